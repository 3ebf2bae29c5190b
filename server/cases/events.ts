import type { FactSink } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import {
  deleteRows,
  type FactRow,
  type FactTable,
  type Incoming,
  lockRows,
  writeFacts,
} from '../platform/fact-table.ts'
import { sql } from '../platform/sql.ts'
import { episodesText } from './episodes.ts'
import { type Paused, pausesText } from './pauses.ts'

/** What an event does to its case. A pause ends with `resumed`, or with the next event that shows work going on. */
export const eventMeanings = [
  'received',
  'responded',
  'started',
  'resolved',
  'reopened',
  'confirmed',
  'closed',
  'paused',
  'resumed',
] as const

export interface EventRow {
  caseId: string
  at: number
  activity: string
  actor: string
  /** One of `eventMeanings`; null for a plain event. */
  meaning: string | null
  line: number
}

/** Keeps events; the same (case, activity, at, actor) again is unchanged. Returns how many were new. */
export async function writeEvents(
  tx: Tx,
  events: EventRow[],
  context: { sourceId: string; batchId: string; unitId: string },
): Promise<number> {
  return tx.run(sql`
    insert into cases.event (organization_id, source_id, case_id, at, activity, actor, meaning, unit_id, batch_id, line)
    select ${tx.organizationId}::uuid, ${context.sourceId}::uuid, case_id, at, activity, actor, meaning,
      ${context.unitId}::uuid, ${context.batchId}::uuid, line
    from unnest(${events.map((event) => event.caseId)}::text[],
      ${events.map((event) => new Date(event.at).toISOString())}::timestamptz[],
      ${events.map((event) => event.activity)}::text[], ${events.map((event) => event.actor)}::text[],
      ${events.map((event) => event.meaning)}::text[], ${events.map((event) => event.line)}::int[])
      as new (case_id, at, activity, actor, meaning, line)
    on conflict do nothing`)
}

/** What the log of one case says about its order. */
export function orderOfEvents(events: EventRow[]): FactRow {
  const first = (meaning: string) => events.find((event) => event.meaning === meaning)
  const resolved = first('resolved')
  const episodes = episodesOfEvents(events)
  return {
    received_at: (first('received') ?? events[0])?.at ?? null,
    responded_at: first('responded')?.at ?? null,
    started_at: first('started')?.at ?? null,
    resolved_at: resolved?.at ?? null,
    confirmed_at: first('confirmed')?.at ?? null,
    closed_at: events.findLast((event) => event.meaning === 'closed')?.at ?? null,
    reopen_count: episodes.length,
    reopened_at: episodes[0]?.from ?? null,
    pauses: pausesText(pausesOf(events)),
  }
}

interface ActorEpisode {
  from: number
  to: number | null
  actor: string
}

/** When the case was open again, and who solved it then. */
export function episodesOfEvents(events: EventRow[]): ActorEpisode[] {
  const episodes: ActorEpisode[] = []
  let solved = false
  let workSince: number | null = null
  for (const event of events) {
    const { meaning, at, actor } = event
    if (meaning === 'resolved') {
      const open = episodes.at(-1)
      // Solved again after other work: in between the case was open.
      if (solved && workSince !== null) episodes.push({ from: workSince, to: at, actor })
      else if (!solved && open?.to === null) episodes[episodes.length - 1] = { ...open, to: at, actor }
      solved = true
      workSince = null
    } else if (meaning === 'reopened' && solved) {
      episodes.push({ from: at, to: null, actor: '' })
      solved = false
      workSince = null
    } else if (solved) workSince ??= at
  }
  return episodes
}

function pausesOf(events: EventRow[]): Paused[] {
  const pauses: Paused[] = []
  let since: EventRow | undefined
  const end = (to: number | null) => {
    if (since && since.at !== to) pauses.push({ from: since.at, to, reason: '' })
    since = undefined
  }
  for (const event of events) {
    if (event.meaning === 'paused') since ??= event
    else if (event.meaning !== null) end(event.at)
  }
  end(null)
  return pauses
}

/** Derives the orders of some cases from all their events; a case without events loses its order. */
export async function deriveOrders(
  tx: Tx,
  table: FactTable,
  caseIds: string[],
  context: {
    sourceId: string
    batchId: string
    now: Date
    demo: boolean
    sink: FactSink
    /** Called with all actors of some cases before they are asked for: a log may hold a part of a case alone. */
    learn?: (actors: string[]) => Promise<void>
    placeOf: (actor: string | null, at: number | null) => { unitId: string; agentId: string | null }
    superseded?: (id: string, version: number, before: FactRow) => void
  },
): Promise<{ orders: number }> {
  let orders = 0
  for (let i = 0; i < caseIds.length; i += 2000) {
    const some = caseIds.slice(i, i + 2000)
    const rows = await tx.rows<EventRow>(sql`
      select case_id as "caseId", round(extract(epoch from at) * 1000)::float8 as at, activity, actor, meaning, line
      from cases.event where organization_id = ${tx.organizationId} and source_id = ${context.sourceId}
        and case_id = any(${some}) order by case_id, at, line`)
    await context.learn?.([...new Set(rows.flatMap(({ actor }) => actor || []))])
    const logs = Map.groupBy(rows, (row) => row.caseId)
    const incoming: Incoming[] = [...logs].map(([caseId, events]) => {
      const responded = events.find((event) => event.meaning === 'responded')
      const handler = events.find((event) => event.meaning === 'resolved' && event.actor) ?? responded
      // Where each was on the day of what they did.
      const placeOf = (event: EventRow | undefined) =>
        context.placeOf(event?.actor || null, (event ?? events[0])?.at ?? null)
      const { unitId, agentId } = placeOf(handler)
      const responder = responded?.actor ? placeOf(responded) : null
      return {
        externalId: caseId,
        line: events[0]?.line ?? null,
        values: {
          ...orderOfEvents(events),
          unit_id: unitId,
          agent_id: agentId,
          responder_id: responder?.agentId ?? null,
          responder_unit_id: responder?.unitId ?? null,
          episodes: episodesText(
            episodesOfEvents(events).map(({ from, to, actor }) => ({
              from,
              to,
              agentId: actor ? context.placeOf(actor, to).agentId : null,
            })),
          ),
          from_events: true,
        },
      }
    })
    await writeFacts(tx, table, incoming, { ...context, batchId: context.batchId })
    orders += incoming.length
    const gone = some.filter((caseId) => !logs.has(caseId))
    if (gone.length > 0)
      await deleteRows(
        tx,
        table,
        await lockRows(
          tx,
          table,
          'source_id = $2 and external_id = any($3) and from_events and edited_at is null',
          [context.sourceId, gone],
        ),
        context,
      )
  }
  return { orders }
}

/** Takes the events of a batch away; the caller derives the orders of their cases anew. */
export const removeEvents = (tx: Tx, batchId: string): Promise<number> =>
  tx.run(sql`delete from cases.event where organization_id = ${tx.organizationId} and batch_id = ${batchId}`)
