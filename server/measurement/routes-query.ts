import { Refusal } from '../platform/refusal.ts'
import { dateToDay } from '../platform/time.ts'
import { type Dimension, dimensions, type Question, type Where } from './question.ts'
import type { ScorecardQuestion } from './scorecard.ts'

type Filters = { [Name in keyof Where]?: string | undefined }

/** The filters of a query string, without those that were not given. Within a unit alone is that unit. */
export const whereOf = ({ within, ...query }: Filters): Where => ({
  ...(within && { unit: within, within }),
  ...Object.fromEntries(dimensions.flatMap((name) => (query[name] ? [[name, query[name]]] : []))),
})

/** Both days of a call are included; inside, spans end before their last day. */
export const questionOf = (
  query: Filters & {
    from: string
    to: string
    grain?: Question['grain']
    by?: Dimension | undefined
    across?: Dimension | undefined
  },
): Question => ({
  fromDay: dateToDay(query.from),
  toDay: dateToDay(query.to) + 1,
  grain: query.grain ?? 'whole',
  ...(query.by && { by: query.by }),
  ...(query.across && { across: query.across }),
  where: whereOf(query),
})

export const scorecardQuestionOf = (query: {
  period: string
  unit?: string | undefined
  product?: string | undefined
  copy?: ScorecardQuestion['copy'] | undefined
}): ScorecardQuestion => ({
  period: query.period,
  ...(query.unit && { unit: query.unit }),
  ...(query.product && { product: query.product }),
  ...(query.copy && { copy: query.copy }),
})

export interface Place {
  at: number
  id: string
}

export const cursorOf = ({ at, id }: Place): string => Buffer.from(`${at}|${id}`).toString('base64url')

/** The place a cursor names; refuses (400) one that no page of ours gave. */
export function placeOf(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  const found = /^(-?\d{1,16})\|([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString())
  if (found?.[1] && found[2]) return { at: Number(found[1]), id: found[2] }
  throw new Refusal('cursor_unusable', 400, {
    zh: 'cursor 无效，请使用上一页返回的 next。',
    en: 'The cursor is not one of ours; use the `next` of the page before.',
  })
}
