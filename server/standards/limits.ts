import { dueOf } from './due.ts'
import type { Clock, ClockOfWork, TimeLimit } from './shapes.ts'
import type { Hours, Pause } from './working-time.ts'

/** What a record is; null where it is not (yet) known. */
export interface LimitScope {
  priority: 'urgent' | 'important' | 'normal' | null
  complexity: 'ordinary' | 'complex' | null
  channel: string | null
  faultLevel: string | null
}

/** What a record's clocks run by. Instants are epoch ms. */
export interface Timed extends LimitScope {
  receivedAt: number
  /** When each clock that a pause stops was done; null while it runs. */
  startedAt: number | null
  planConfirmedAt: number | null
  arrivedAt: number | null
  resolvedAt: number | null
  /** In order and apart; only the last may have no end (Infinity). */
  pauses: readonly Pause[]
}

/** Epoch ms; null where the standard sets no limit, or where it is not running out because the record is paused. */
export interface Dues {
  responseDueAt: number | null
  startDueAt: number | null
  planDueAt: number | null
  onsiteDueAt: number | null
  resolutionDueAt: number | null
  /** Runs from the solution. */
  followUpDueAt: number | null
}

/**
 * When each clock of a record runs out. Pauses stop the clocks of the work; the first response is owed whatever the work
 * waits for. A pause without an end lasts, for each clock, at most until that clock is done.
 */
export function dues(limits: readonly TimeLimit[], record: Timed, hours: () => Hours): Dues {
  const due = (
    clock: ClockOfWork,
    done: number | null,
    from: number | null = record.receivedAt,
  ): number | null => {
    const limit = from === null ? null : timeLimit(limits, clock, record)
    return from === null ? null : limit && dueOf(limit, from, hours(), pausesFor(clock, record.pauses, done))
  }
  return {
    responseDueAt: due('response', null),
    startDueAt: due('start', record.startedAt),
    planDueAt: due('plan', record.planConfirmedAt),
    onsiteDueAt: due('onsite', record.arrivedAt),
    resolutionDueAt: due('resolution', record.resolvedAt),
    followUpDueAt: due('follow_up', null, record.resolvedAt),
  }
}

const none: readonly Pause[] = []

/** Pauses as one clock knows them: the response and the follow-up have none, and another stands still no longer once it is done. */
export function pausesFor(
  clock: ClockOfWork,
  pauses: readonly Pause[],
  done: number | null,
): readonly Pause[] {
  if (clock === 'response' || clock === 'follow_up') return none
  if (done === null || pauses.length === 0) return pauses
  return pauses.flatMap(([from, to]): Pause[] => (from < done ? [[from, Math.min(to, done)]] : []))
}

/**
 * The most specific limit that fits, or null when none does. An unknown complexity counts as ordinary. Between two that
 * name equally many scopes the shorter one holds, so the order of rows never matters.
 */
export function timeLimit(limits: readonly TimeLimit[], clock: Clock, record: LimitScope): TimeLimit | null {
  let best: { named: number; limit: TimeLimit } | undefined
  for (const limit of limits) {
    if (limit.clock !== clock || !fits(limit, record)) continue
    const named = scopesNamed(limit)
    if (!best || named > best.named || (named === best.named && limit.seconds < best.limit.seconds))
      best = { named, limit }
  }
  return best?.limit ?? null
}

const scopesNamed = ({ priority, complexity, channel, faultLevel }: TimeLimit): number =>
  Number(priority !== '') + Number(complexity !== '') + Number(channel !== '') + Number(faultLevel !== '')

const fits = (limit: TimeLimit, { priority, complexity, channel, faultLevel }: LimitScope): boolean =>
  (limit.priority === '' || limit.priority === priority) &&
  (limit.complexity === '' || limit.complexity === (complexity ?? 'ordinary')) &&
  (limit.channel === '' || limit.channel === channel) &&
  (limit.faultLevel === '' || limit.faultLevel === faultLevel)
