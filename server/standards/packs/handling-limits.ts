import type { TimeLimit } from '../shapes.ts'

/** A limit in minutes for every record, or for those that `scope` names. */
export const limit = (
  clock: TimeLimit['clock'],
  minutes: number,
  scope: Partial<Pick<TimeLimit, 'priority' | 'complexity' | 'channel' | 'runs'>> = {},
): TimeLimit => ({
  clock,
  priority: '',
  complexity: '',
  channel: '',
  faultLevel: '',
  runs: 'always',
  ...scope,
  seconds: minutes * 60,
})

/**
 * Start by priority (2, 24, 48 h), a plan for complex cases (24 h), resolution by complexity (24, 72 h), a reply to low
 * scores and suggestions (3 working days).
 */
export const handlingLimits: TimeLimit[] = [
  limit('start', 120, { priority: 'urgent' }),
  limit('start', 1440, { priority: 'important' }),
  limit('start', 2880, { priority: 'normal' }),
  limit('plan', 1440, { complexity: 'complex' }),
  limit('resolution', 1440, { complexity: 'ordinary' }),
  limit('resolution', 4320, { complexity: 'complex' }),
  limit('reply', 3 * 1440, { runs: 'workdays' }),
]
