import { sql } from '../../platform/sql.ts'
import type { Zone } from '../../platform/time.ts'
import type { TrainingFact } from '../../staff/training-fact.ts'
import { type Emit, tallyNumber as t } from '../tallies.ts'
import { columnsOfPeople, fieldsOfPeople, type MeasuredKind, ofPeople } from './measured-kind.ts'

export const training: MeasuredKind<TrainingFact> = {
  kind: 'training',
  table: 'staff.training',
  columns: [...columnsOfPeople, 'kind', 'held_at', 'hours::text', 'score::text', 'passed'],
  read: (row) => ({
    ...fieldsOfPeople(row),
    kind: row.text(3) === 'exam' ? 'exam' : 'training',
    heldAt: row.instant(4) ?? 0,
    hours: row.text(5),
    score: row.text(6),
    passed: row.bool(7),
  }),
  place: 'held_at',
  anchoredWithin: (from, to) => sql`held_at >= ${from} and held_at < ${to}`,
  has: [],
  lacks: ofPeople,
  at: (fact) => fact.heldAt,
  contribute,
}

/** On the day it took place. The hours of an exam are no training; a training with a result was examined too. */
function contribute(f: TrainingFact, zone: Zone, emit: Emit): void {
  const day = zone.localDay(f.heldAt)
  if (f.kind === 'training' && f.hours !== null) emit(t.training_hours, day, hoursMs(f.hours), 1, 0)
  if (f.passed !== null) emit(t.exam_passed, day, f.passed ? 1 : 0, 1, 0)
  else if (f.kind === 'exam' || f.score !== null) emit(t.exam_passed, day, 0, 0, 1)
}

/** '7.5' hours → 27000000 ms, exact to the four decimals that are kept. */
export function hoursMs(hours: string): number {
  const [whole = '0', part = ''] = hours.split('.')
  return Number(whole) * 3_600_000 + Number(part.padEnd(4, '0').slice(0, 4)) * 360
}
