import type { FactSink } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'
import { messageTable } from './message-table.ts'
import { chunks, type Found, rewriteFound } from './rewrite-found.ts'

export interface Conversation {
  sourceId: string
  number: string
}

/**
 * Finds anew whom the agents' messages of some conversations answer: a wait begins with the first customer's message that
 * nobody has answered and ends with the next message an agent sends. Automatic replies answer nobody. Of one instant the
 * customer's stand first. A message left out is as if it had not been sent; what it would have answered is kept with it.
 */
export async function findWaits(
  tx: Tx,
  conversations: Iterable<Conversation>,
  context: { sink: FactSink | null; now: Date },
): Promise<void> {
  for (const some of chunks(conversations))
    await rewriteFound(tx, messageTable, 'awaited_at', await moved(tx, some), context)
}

const moved = (tx: Tx, some: Conversation[]): Promise<Found[]> =>
  tx.rows<Found>(sql`
    select id, round(extract(epoch from awaited) * 1000)::float8 as found from (
      select m.id, m.awaited_at, case when m.sender = 'agent' then
        min(m.sent_at) filter (where m.sender = 'customer' and m.excluded_reason is null) over (
          partition by m.source_id, m.conversation, m.turn
          order by m.sent_at, m.sender <> 'customer', m.external_id collate "C"
          rows between unbounded preceding and current row) end as awaited
      from (
        select w.*, count(*) filter (where w.sender = 'agent' and w.excluded_reason is null) over (
            partition by w.source_id, w.conversation
            order by w.sent_at, w.sender <> 'customer', w.external_id collate "C"
            rows between unbounded preceding and 1 preceding) as turn
        from unnest(${some.map(({ sourceId }) => sourceId)}::uuid[], ${some.map(({ number }) => number)}::text[])
          as touched (source_id, conversation)
        cross join lateral (
          select o.id, o.source_id, o.conversation, o.sender, o.sent_at, o.awaited_at, o.external_id, o.excluded_reason
          from cases.message o
          where o.organization_id = ${tx.organizationId} and o.source_id = touched.source_id
            and o.conversation = touched.conversation offset 0
        ) w
      ) m
    ) found
    where awaited_at is distinct from awaited`)
