import type { MessageFact } from '../../cases/message-fact.ts'
import { sql } from '../../platform/sql.ts'
import type { Zone } from '../../platform/time.ts'
import { type Emit, tallyNumber as t } from '../tallies.ts'
import { type MeasuredKind, sharedColumns, sharedFields } from './measured-kind.ts'

export const message: MeasuredKind<MessageFact> = {
  kind: 'message',
  table: 'cases.message',
  columns: [...sharedColumns, 'sender', 'sent_at', 'awaited_at'],
  read: (row) => ({
    ...sharedFields(row),
    // The table holds no other word.
    sender: row.text(8) as MessageFact['sender'],
    sentAt: row.instant(9) ?? 0,
    awaitedAt: row.instant(10),
  }),
  // A response counts on the day the wait began, before it was sent.
  place: 'counted_at',
  anchoredWithin: (from, to) =>
    sql`((sent_at >= ${from} and sent_at < ${to}) or (counted_at >= ${from} and counted_at < ${to}))`,
  has: [],
  at: (fact) => fact.awaitedAt ?? fact.sentAt,
  contribute,
}

/** A message that answers is one response, on the day the customer began to wait; it counts for who sent it. */
function contribute(f: MessageFact, zone: Zone, emit: Emit): void {
  if (f.awaitedAt === null) return
  emit(t.response_wait, zone.localDay(f.awaitedAt), f.sentAt - f.awaitedAt, 1, 0)
}
