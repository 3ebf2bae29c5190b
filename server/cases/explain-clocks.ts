import type { ClockExplanation } from '../../contract/cases.ts'
import { organizationOf } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { type FactRow, readRows } from '../platform/fact-table.ts'
import { notFound } from '../platform/refusal.ts'
import { type Clock, deadline, openHours, pausesFor, timeLimit } from '../standards/index.ts'
import { clockRules } from './context.ts'
import { pauseSpans } from './pauses.ts'
import { workOrderTable } from './work-order-table.ts'

const clocks: [clock: Clock, done: string, due: string, given: string | null][] = [
  ['response', 'responded_at', 'response_due_at', 'response_due_given_at'],
  ['start', 'started_at', 'start_due_at', null],
  ['plan', 'plan_confirmed_at', 'plan_due_at', null],
  ['resolution', 'resolved_at', 'resolution_due_at', 'resolution_due_given_at'],
]

/** Why each limit of an order runs out when it does: which limit holds, from when, what stood still, over which days. */
export async function explainClocks(tx: Tx, id: string, now: Date): Promise<ClockExplanation[]> {
  const rules = await clockRules(tx)
  const [row] = await readRows(
    tx,
    workOrderTable({ ...rules, now }),
    'id = $2 and (unit_id = any($3) or responder_unit_id = any($3))',
    [id, tx.unitIds],
  )
  if (!row) throw notFound()
  const { zone } = await organizationOf(tx)
  const chain = (await openHours(tx, zone)).chainOf(String(row.unit_id))
  return clocks.flatMap(([clock, done, due, given]): ClockExplanation[] => {
    const dueAt = instantOf(row[due])
    if (given !== null && row[given] !== null)
      return [{ clock, given: true, limit: null, dueAt, pausedMinutes: 0, steps: [] }]
    const limit = limitOf(row, clock, rules)
    if (!limit) return []
    const received = Number(row.received_at)
    const pauses = pausesFor(clock, pauseSpans(row.pauses as string | null), row[done] as number | null)
    const found = deadline(limit, received, { zone, chain, pauses: [...pauses] })
    const end = found.dueAt ?? now.getTime()
    const paused = pauses.reduce(
      (sum, [from, to]) => sum + Math.max(0, Math.min(to, end) - Math.max(from, received)),
      0,
    )
    const steps = found.steps.map(({ day, ...step }) => ({ date: day, ...step }))
    const { seconds, runs } = limit
    const pausedMinutes = Math.round(paused / 60_000)
    return [{ clock, given: false, limit: { seconds, runs }, dueAt, pausedMinutes, steps }]
  })
}

const instantOf = (value: FactRow[string] | undefined): string | null =>
  typeof value === 'number' ? new Date(value).toISOString() : null

function limitOf(row: FactRow, clock: Clock, { limitsOn }: Awaited<ReturnType<typeof clockRules>>) {
  if (typeof row.received_at !== 'number') return null
  const scope = { priority: row.priority, complexity: row.complexity, channel: row.channel }
  return timeLimit(limitsOn(row.received_at), clock, scope as Parameters<typeof timeLimit>[2])
}
