import type { z } from 'zod'
import { pairScale, type weighPairs } from '../../../contract/standards.ts'
import type { Draft, Row } from './rows.ts'

export type Times = (typeof pairScale)[number]
type Weighed = z.output<typeof weighPairs.reply>

/** What was judged so far, by the two codes; kept while the page is open. */
export type Judged = Readonly<Record<string, Times>>

export const pairKey = (left: string, right: string): string => JSON.stringify([left, right])

/** Every two indicators once, in the order of the table. */
export const pairsOf = <Of extends { code: string }>(drafts: readonly Of[]): { left: Of; right: Of }[] =>
  drafts.flatMap((left, i) => drafts.slice(i + 1).map((right) => ({ left, right })))

/** The judgement of a pair, whichever way round it was given before the rows were moved. */
export function judgedTimes(judged: Judged, left: string, right: string): Times | undefined {
  const turned = judged[pairKey(right, left)]
  return judged[pairKey(left, right)] ?? (turned && reciprocal(turned))
}

/** The same judgement said the other way round. */
export const reciprocal = (times: Times): Times => pairScale[pairScale.length - 1 - pairScale.indexOf(times)]!

/** The rows with the weights that came of it. */
export const weighted = (rows: readonly Row[], { weights }: Weighed): Row[] => {
  const found = new Map(weights.map(({ code, weight }) => [code, weight]))
  return rows.map((row) => ({
    ...row,
    draft: { ...row.draft, weight: found.get(row.draft.code) ?? row.draft.weight } satisfies Draft,
    unread: row.unread.filter(({ column }) => column !== 'weight'),
  }))
}

/** The reason with a sentence said by the page put into it: in place of the one it said before, else behind. */
export function reasonWith(reason: string, before: string | undefined, sentence: string): string {
  if (before !== undefined && reason.includes(before)) return reason.replace(before, () => sentence)
  const own = reason.trim()
  const both = own === '' ? sentence : `${own} ${sentence}`
  return both.length <= mostLetters ? both : own
}

const mostLetters = 400
