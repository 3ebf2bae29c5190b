import type { Clock, TimeLimit } from './shapes.ts'

/** What a record is; null where it is not (yet) known. */
export interface LimitScope {
  priority: 'urgent' | 'important' | 'normal' | null
  complexity: 'ordinary' | 'complex' | null
  channel: string | null
}

/** Epoch ms; null where the standard sets no limit. */
export interface Dues {
  responseDueAt: number | null
  startDueAt: number | null
  planDueAt: number | null
  resolutionDueAt: number | null
}

/**
 * When each clock of a record received at `receivedAt` (epoch ms) runs out. Limits in working time run around the clock
 * here too: the calendar is not asked yet.
 */
export function dues(limits: readonly TimeLimit[], record: LimitScope & { receivedAt: number }): Dues {
  const due = (clock: Clock): number | null => {
    const seconds = timeLimit(limits, clock, record)
    return seconds === null ? null : record.receivedAt + seconds * 1000
  }
  return {
    responseDueAt: due('response'),
    startDueAt: due('start'),
    planDueAt: due('plan'),
    resolutionDueAt: due('resolution'),
  }
}

/**
 * Seconds of the most specific limit that fits, or null when none does. An unknown complexity counts as ordinary.
 * Between two that name equally many scopes the shorter one holds, so the order of rows never matters.
 */
export function timeLimit(limits: readonly TimeLimit[], clock: Clock, record: LimitScope): number | null {
  let best: { named: number; seconds: number } | undefined
  for (const limit of limits) {
    if (limit.clock !== clock || !fits(limit, record)) continue
    const named = [limit.priority, limit.complexity, limit.channel].filter((scope) => scope !== '').length
    if (!best || named > best.named || (named === best.named && limit.seconds < best.seconds))
      best = { named, seconds: limit.seconds }
  }
  return best?.seconds ?? null
}

const fits = (limit: TimeLimit, { priority, complexity, channel }: LimitScope): boolean =>
  (limit.priority === '' || limit.priority === priority) &&
  (limit.complexity === '' || limit.complexity === (complexity ?? 'ordinary')) &&
  (limit.channel === '' || limit.channel === channel)
