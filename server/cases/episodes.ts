import { Refusal } from '../platform/refusal.ts'
import type { Pause } from '../standards/index.ts'
import type { Episode } from './work-order-fact.ts'

/** A time after the first solution in which an order was open again; instants in epoch ms, no end while it is. */
export interface Reopened {
  from: number
  to: number | null
  /** Who solved it then; null: the order's agent. */
  agentId: string | null
}

const line = /^(\S+)\/(\S*)(?: (\S+))?$/

/** As they are stored: a line each, an ISO 8601 interval and the id of an agent; null for none. */
export function episodesText(episodes: readonly Reopened[]): string | null {
  if (episodes.length === 0) return null
  const iso = (ms: number | null) => (ms === null ? '' : new Date(ms).toISOString())
  return episodes
    .toSorted((a, b) => a.from - b.from)
    .map(({ from, to, agentId }) => `${iso(from)}/${iso(to)} ${agentId ?? ''}`.trim())
    .join('\n')
}

export function episodesIn(text: string | null): Reopened[] {
  if (text === null) return []
  return text.split('\n').map((one) => {
    const [, from = '', to = '', agentId = null] = one.match(line) ?? []
    return { from: Date.parse(from), to: to === '' ? null : Date.parse(to), agentId }
  })
}

/** When each falls due: a line each, blank where it never does. */
export const duesText = (dues: readonly (number | null)[]): string | null =>
  dues.length === 0 ? null : dues.map((at) => (at === null ? '' : new Date(at).toISOString())).join('\n')

const duesIn = (text: string | null): (number | null)[] =>
  text === null ? [] : text.split('\n').map((at) => (at === '' ? null : Date.parse(at)))

const none: readonly Episode[] = []

/** As measuring sees them, out of both columns. */
export function episodeFacts(text: string | null, dues: string | null): readonly Episode[] {
  if (text === null) return none
  const dueAt = duesIn(dues)
  return episodesIn(text).map(({ from, to, agentId }, i) => ({
    at: from,
    resolvedAt: to,
    dueAt: dueAt[i] ?? null,
    agentId,
  }))
}

/** Pauses as an episode knows them: one that began earlier and was never ended was over with the solution before. */
export const pausesOfEpisode = ({ from }: Reopened, pauses: readonly Pause[]): readonly Pause[] =>
  pauses.filter(([began, ended]) => began >= from || ended !== Number.POSITIVE_INFINITY)

/** Refuses (400) what is no course of re-openings and solutions after the first solution. */
export function checkEpisodes(episodes: readonly Reopened[], resolvedAt: number | null): void {
  if (episodes.length > 0 && resolvedAt === null)
    throw new Refusal('not_resolved', 400, {
      zh: '工单还没有解决，不能重新打开。请先填写解决时间。',
      en: 'The work order is not resolved, so it cannot be re-opened. Enter when it was resolved first.',
    })
  let before = resolvedAt
  for (const { from, to } of episodes.toSorted((a, b) => a.from - b.from)) {
    if (before === null || from < before || (to !== null && to < from))
      throw new Refusal('episodes_backwards', 400, {
        zh: '重新打开须晚于上一次解决，再次解决须晚于重新打开。请检查各次的时间。',
        en: 'Each re-opening must come after the solution before it, and each solution after its re-opening. Check the times.',
      })
    before = to
  }
}
