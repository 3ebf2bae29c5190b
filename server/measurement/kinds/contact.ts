import type { ContactFact } from '../../cases/contact-fact.ts'
import { sql } from '../../platform/sql.ts'
import type { Zone } from '../../platform/time.ts'
import { type Emit, tallyNumber as t } from '../tallies.ts'
import { type MeasuredKind, sharedColumns, sharedFields } from './measured-kind.ts'

export const contact: MeasuredKind<ContactFact> = {
  kind: 'contact',
  table: 'cases.contact',
  columns: [...sharedColumns, 'started_at', 'answered_at', 'rings', 'ended_at'],
  read: (row) => ({
    ...sharedFields(row),
    startedAt: row.instant(8) ?? 0,
    answeredAt: row.instant(9),
    rings: row.int(10),
    endedAt: row.instant(11),
  }),
  place: 'started_at',
  anchoredWithin: (from, to) => sql`started_at >= ${from} and started_at < ${to}`,
  has: [],
  at: (fact) => fact.startedAt,
  contribute,
}

const mostRings = 3
const mostChatMs = 10_000

/** On the day it began. Answered within the standard: a phone by its rings, a chat by its seconds, others have none. */
function contribute(f: ContactFact, zone: Zone, emit: Emit): void {
  const day = zone.localDay(f.startedAt)
  const { answeredAt: answered } = f
  emit(t.answered, day, answered === null ? 0 : 1, 1, 0)
  if (f.channel === 'phone') {
    // Without rings nobody can say; a call that was given up would else stand alone for the whole.
    if (f.rings === null) emit(t.answered_in_standard, day, 0, 0, 1)
    else emit(t.answered_in_standard, day, answered !== null && f.rings <= mostRings ? 1 : 0, 1, 0)
  }
  if (f.channel !== 'chat') return
  // Answered before it began is a fault in the data, told at import.
  if (answered !== null && answered < f.startedAt) return
  emit(t.answered_in_standard, day, answered !== null && answered - f.startedAt <= mostChatMs ? 1 : 0, 1, 0)
}
