import type { ClockExplanation } from '../../contract/cases.ts'
import { organizationOf } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { type FactRow, readRows } from '../platform/fact-table.ts'
import { notFound } from '../platform/refusal.ts'
import {
  type ClockOfWork,
  deadline,
  openHours,
  type Pause,
  pausesFor,
  timeLimit,
} from '../standards/index.ts'
import { type ClockRules, clockRules, clocksOfWork } from './context.ts'
import { episodeFacts, episodesIn, pausesOfEpisode } from './episodes.ts'
import { pauseSpans } from './pauses.ts'
import { workOrderTable } from './work-order-table.ts'

const clocks: [clock: ClockOfWork, done: string, due: string, given: string | null][] = [
  ['response', 'responded_at', 'response_due_at', 'response_due_given_at'],
  ['start', 'started_at', 'start_due_at', null],
  ['plan', 'plan_confirmed_at', 'plan_due_at', null],
  ['onsite', 'arrived_at', 'onsite_due_at', null],
  ['resolution', 'resolved_at', 'resolution_due_at', 'resolution_due_given_at'],
  ['follow_up', 'followed_up_at', 'follow_up_due_at', 'follow_up_due_given_at'],
]

/** Why each limit of an order runs out when it does: which limit holds, from when, what stood still, over which days. */
export async function explainClocks(tx: Tx, id: string, now: Date): Promise<ClockExplanation[]> {
  const rules = await clockRules(tx, clocksOfWork)
  const [row] = await readRows(
    tx,
    workOrderTable({ ...rules, now }),
    'id = $2 and (unit_id = any($3) or responder_unit_id = any($3))',
    [id, tx.unitIds],
  )
  if (!row) throw notFound()
  const { zone } = await organizationOf(tx)
  const { chainOf } = await openHours(tx, zone)
  const explained = (running: Running): ClockExplanation[] => {
    const { clock, from, dueAt, pauses } = running
    const limit = from === null ? null : limitOf(row, clock, from, rules)
    if (from === null || !limit) return []
    const chain = chainOf(String(row.unit_id), from)
    const found = deadline(limit, from, { zone, chain, pauses: [...pauses] })
    const end = found.dueAt ?? now.getTime()
    const paused = pauses.reduce(
      (sum, [began, ended]) => sum + Math.max(0, Math.min(ended, end) - Math.max(began, from)),
      0,
    )
    const steps = found.steps.map(({ day, ...step }) => ({ date: day, ...step }))
    const { seconds, runs } = limit
    const pausedMinutes = Math.round(paused / 60_000)
    const { episode } = running
    return [{ clock, episode, given: false, limit: { seconds, runs }, dueAt, pausedMinutes, steps }]
  }
  const spans = pauseSpans(text(row.pauses))
  const first = clocks.flatMap(([clock, done, due, given]): ClockExplanation[] => {
    const dueAt = instantOf(row[due])
    if (given !== null && row[given] !== null)
      return [{ clock, episode: 1, given: true, limit: null, dueAt, pausedMinutes: 0, steps: [] }]
    const pauses = pausesFor(clock, spans, row[done] as number | null)
    // What is owed after the solution runs from it.
    const from = clock === 'follow_up' ? row.resolved_at : row.received_at
    return explained({ clock, episode: 1, from: from as number | null, dueAt, pauses })
  })
  const due = episodeFacts(text(row.episodes), text(row.episode_dues))
  const again = episodesIn(text(row.episodes)).flatMap((one, i) => {
    const pauses = pausesFor('resolution', pausesOfEpisode(one, spans), one.to)
    const dueAt = instantOf(due[i]?.dueAt)
    return explained({ clock: 'resolution', episode: i + 2, from: one.from, dueAt, pauses })
  })
  return [...first, ...again]
}

interface Running {
  clock: ClockOfWork
  episode: number
  from: number | null
  dueAt: string | null
  pauses: readonly Pause[]
}

const text = (value: FactRow[string] | undefined): string | null => (typeof value === 'string' ? value : null)

const instantOf = (value: FactRow[string] | undefined): string | null =>
  typeof value === 'number' ? new Date(value).toISOString() : null

function limitOf(row: FactRow, clock: ClockOfWork, from: number, { limitsOn }: ClockRules) {
  const { priority, complexity, channel, fault_level: faultLevel } = row
  const scope = { priority, complexity, channel, faultLevel }
  return timeLimit(limitsOn(from), clock, scope as Parameters<typeof timeLimit>[2])
}
