import type { z } from 'zod'
import type {
  listPacks,
  publishStandard,
  readStandardCells,
  StandardReply,
} from '../../../contract/standards.ts'

export type Draft = z.infer<typeof publishStandard.body>['indicators'][number]
export type Rule = Draft['rule']
type ReadItem = z.infer<typeof readStandardCells.reply>['items'][number]
export type Unread = ReadItem['unread'][number]
export type Limit = StandardReply['timeLimits'][number]

/** An indicator being edited, with the cells that came as text and were not understood. */
export interface Row {
  key: string
  draft: Draft
  unread: Unread[]
}

export const rowOf = (draft: Draft, unread: Unread[] = []): Row => ({
  key: `${draft.code} ${Math.random()}`,
  draft,
  unread,
})

export function draftOf(indicator: StandardReply['indicators'][number]): Draft {
  const { sentence: _s, targetText: _t, definition: _d, unit: _u, ...fields } = indicator
  return fields
}

export type Pack = z.infer<typeof listPacks.reply>['items'][number]

/** The indicators of a pack as rows of their own. */
export const packRows = ({ indicators }: Pack): Row[] =>
  indicators.map(({ sentence: _s, targetText: _t, ...draft }) => rowOf(draft))

/** The server has read the rule by the same schema before it answered. */
export const rowRead = ({ indicator, unread }: ReadItem): Row =>
  rowOf({ ...indicator, rule: indicator.rule as Rule }, unread)

/** A code nobody has yet: of two indicators of one measure the second is `_2`. */
export function freeCode(wanted: string, rows: readonly Row[]): string {
  const taken = new Set(rows.map(({ draft }) => draft.code))
  for (let n = 1; ; n++) {
    const code = n === 1 ? wanted : `${wanted}_${n}`
    if (!taken.has(code)) return code
  }
}

/** How many rows below, of one dimension, a row stands for; 0 for one that stands under such a row. */
export const spanOf = (dimensions: readonly string[], at: number): number => {
  if (at > 0 && dimensions[at - 1] === dimensions[at]) return 0
  const after = dimensions.findIndex((one, i) => i > at && one !== dimensions[at])
  return (after === -1 ? dimensions.length : after) - at
}
