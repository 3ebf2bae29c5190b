import { categoryAlone } from '../../../contract/category-filter.ts'
import type { LifeStage } from '../../../contract/life-stage.ts'

/** What a figure is narrowed to; the same on the board, in the drawer and in the list of records. */
export interface Filters {
  unit?: string | undefined
  agent?: string | undefined
  product?: string | undefined
  category?: string | undefined
  channel?: string | undefined
  priority?: string | undefined
  supplier?: string | undefined
  faultLevel?: string | undefined
  lifeStage?: LifeStage | undefined
  /** Only the days on which the unit stood below this one. */
  within?: string | undefined
}

/**
 * The filter that holds what one row of a split counts: a category stands there without those below it, a unit with the
 * days on which it stood below the one that was split.
 */
export const rowOf = (by: string, member: string, split: Filters = {}): Filters => ({
  [by]: by === 'category' ? categoryAlone(member) : member,
  ...(by === 'unit' && split.unit && { within: split.within ?? split.unit }),
})

/** The ways a figure is split. */
export const splits = [
  'unit',
  'agent',
  'product',
  'category',
  'channel',
  'priority',
  'faultLevel',
  'lifeStage',
] as const
export type Split = (typeof splits)[number]
