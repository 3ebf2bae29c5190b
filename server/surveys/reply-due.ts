import type { ClockRules } from '../cases/index.ts'
import type { FactRow } from '../platform/fact-table.ts'
import { dueOf, type LimitScope, timeLimit } from '../standards/index.ts'

export type AsksReply = 'score' | 'suggestion' | 'both'

export interface Judging extends Pick<ClockRules, 'limitsOn' | 'hoursOf'> {
  now: Date
}

interface Asked {
  /** Epoch ms of the answer, and whether its day is known. */
  at: number
  dayKnown: boolean
  /** What was scored, 1–5 as decimal text. */
  scores: readonly (string | null)[]
  /** Somebody says that the customer was told, with or without a time. */
  replied: boolean
}

/** A score up to here asks for a reply; so does a suggestion. */
const low = 3

/** What people without a suggestion write into a field for one, without signs and spaces. */
const nothingSaid = new Set(
  (
    '无 没 没有 没有了 暂无 暂时没有 目前没有 无意见 无建议 没意见 没建议 没有意见 没有建议 没什么意见 没什么建议 ' +
    '暂无意见 暂无建议 无意见建议 无意见和建议 暂无意见和建议 没有意见和建议 0 no none nil nothing na notapplicable ' +
    'nosuggestion nosuggestions nocomment nocomments'
  ).split(' '),
)

function suggests(text: string | null): boolean {
  const said = (text ?? '').replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase()
  return said !== '' && !nothingSaid.has(said)
}

function asksFor(row: FactRow, scores: Asked['scores']): AsksReply | null {
  const scored = scores.some((score) => score !== null && Number(score) <= low)
  const suggested = suggests(row.suggestion as string | null)
  if (scored) return suggested ? 'both' : 'score'
  return suggested ? 'suggestion' : null
}

/** What asks for a reply and until when, by the standard in force and the hours of the unit when the customer answered. */
export function deriveReply(row: FactRow, asked: Asked, { limitsOn, hoursOf, now }: Judging): void {
  const { at, dayKnown, replied } = asked
  const asks = asksFor(row, asked.scores)
  const limit = asks && timeLimit(limitsOn(at), 'reply', scopeOf(row))
  row.reply_for = limit ? asks : null
  row.reply_due_at = limit && dayKnown ? dueOf(limit, at, hoursOf(String(row.unit_id), at)) : null
  row.reply_unknown = limit ? !dayKnown || (replied && row.replied_at === null) : null
  judgeReply(row, now.getTime())
}

const scopeOf = (row: FactRow): LimitScope => ({
  priority: row.priority as LimitScope['priority'],
  channel: row.channel as string | null,
  complexity: null,
  faultLevel: null,
})

/** The limit of a reply, judged as of `now` (epoch ms). */
export function judgeReply(row: FactRow, now: number): void {
  row.clock_at = now
  const due = row.reply_due_at
  const waits = row.replied_at === null && row.reply_unknown !== true && typeof due === 'number' && due > now
  row.next_due_at = waits ? due : null
}
