import { sql } from '../../platform/sql.ts'
import type { Zone } from '../../platform/time.ts'
import type { AttendanceFact } from '../../staff/attendance-fact.ts'
import { type Emit, tallyNumber as t } from '../tallies.ts'
import { columnsOfPeople, fieldsOfPeople, type MeasuredKind, ofPeople } from './measured-kind.ts'
import { hoursMs } from './training.ts'

export const attendance: MeasuredKind<AttendanceFact> = {
  kind: 'attendance',
  table: 'staff.attendance',
  columns: [
    ...columnsOfPeople,
    'worked_at',
    'scheduled_hours::text',
    'worked_hours::text',
    'on_duty',
    'qualified',
  ],
  read: (row) => ({
    ...fieldsOfPeople(row),
    workedAt: row.instant(3) ?? 0,
    scheduledHours: row.text(4) ?? '0',
    workedHours: row.text(5),
    onDuty: row.bool(6) === true,
    qualified: row.bool(7),
  }),
  place: 'worked_at',
  anchoredWithin: (from, to) => sql`worked_at >= ${from} and worked_at < ${to}`,
  has: [],
  lacks: ofPeople,
  at: (fact) => fact.workedAt,
  contribute,
}

/** On the day worked. Hours are scheduled also for who did not come; a day was worked, and qualified, by who did. */
function contribute(f: AttendanceFact, zone: Zone, emit: Emit): void {
  const day = zone.localDay(f.workedAt)
  emit(t.scheduled, day, hoursMs(f.scheduledHours), 1, 0)
  if (!f.onDuty) return
  emit(t.agent_day, day, 1, 1, 0)
  if (f.qualified === null) emit(t.qualified_on_duty, day, 0, 0, 1)
  else emit(t.qualified_on_duty, day, f.qualified ? 1 : 0, 1, 0)
}
