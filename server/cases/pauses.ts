import { Refusal } from '../platform/refusal.ts'
import type { Pause } from '../standards/index.ts'

/** A time in which the clocks of an order stood still; instants in epoch ms, no end while it lasts. */
export interface Paused {
  from: number
  to: number | null
  reason: string
}

const none: readonly Pause[] = []
const line = /^(\S+)\/(\S*)(?: (.*))?$/

/** As they are stored: a line each, an ISO 8601 interval and the reason; null for none. */
export function pausesText(pauses: readonly Paused[]): string | null {
  if (pauses.length === 0) return null
  const iso = (ms: number) => new Date(ms).toISOString()
  return pauses
    .toSorted((a, b) => a.from - b.from)
    .map(({ from, to, reason }) =>
      `${iso(from)}/${to === null ? '' : iso(to)} ${reason.replaceAll(/\s+/g, ' ')}`.trim(),
    )
    .join('\n')
}

export function pausesIn(text: string | null): Paused[] {
  if (text === null) return []
  return text.split('\n').map((one) => {
    const [, from = '', to = '', reason = ''] = one.match(line) ?? []
    return { from: Date.parse(from), to: to === '' ? null : Date.parse(to), reason }
  })
}

export const pauseSpans = (text: string | null): readonly Pause[] =>
  text === null ? none : pausesIn(text).map(({ from, to }): Pause => [from, to ?? Number.POSITIVE_INFINITY])

/** Refuses (400) a pause that ends before it begins, two that overlap, and one without end before another one. */
export function checkPauses(pauses: readonly Paused[]): void {
  const ordered = pauses.toSorted((a, b) => a.from - b.from)
  for (const [i, { from, to }] of ordered.entries()) {
    if (to !== null && to <= from)
      throw new Refusal('pause_backwards', 400, {
        zh: '暂停的结束时间须晚于开始时间。',
        en: 'A pause must end after it begins.',
      })
    const next = ordered[i + 1]
    if (next && (to === null || to > next.from))
      throw new Refusal('pauses_overlap', 400, {
        zh: '两段暂停有重叠，或前一段还没有结束。请先结束前一段，或合并为一段。',
        en: 'Two pauses overlap, or the earlier one has no end. End the earlier one first, or make them one.',
      })
  }
}
