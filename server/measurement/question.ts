import { categoryAsked } from '../../contract/category-filter.ts'
import { inStages, zoneSql } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { Refusal } from '../platform/refusal.ts'
import { joinSql, type Sql, sql } from '../platform/sql.ts'
import { type Grain, periodEnd, periodLabel, periodStart } from '../platform/time.ts'
import type { Fact, MeasuredKind } from './kinds/measured-kind.ts'

export const dimensions = [
  'unit',
  'agent',
  'product',
  'category',
  'channel',
  'priority',
  'supplier',
  'faultLevel',
  'lifeStage',
] as const
export type Dimension = (typeof dimensions)[number]
/** `within` is of the unit: only the days on which it stood below that one. */
export type Where = Partial<Record<Dimension | 'within', string>>

/** What is asked: a span of local days (end exclusive), cut by grain, perhaps split and filtered. */
export interface Question {
  fromDay: number
  toDay: number
  grain: Grain | 'whole'
  by?: Dimension
  /** A second split: figures then are of pairs of members, as in a heat map. */
  across?: Dimension
  where: Where
}

export interface Span {
  label: string
  fromDay: number
  toDay: number
}

const mostSpans = 4000

/** The periods of a question, the first and last clipped to its span. */
export function spansOf(question: Question): Span[] {
  const { fromDay, toDay, grain } = question
  if (toDay <= fromDay)
    throw new Refusal('span_backwards', 400, {
      zh: '结束日期不能早于开始日期。',
      en: 'The last day may not be before the first.',
    })
  if (grain === 'whole') return [{ label: 'whole', fromDay, toDay }]
  const spans: Span[] = []
  for (let day = periodStart(grain, fromDay); day < toDay; day = periodEnd(grain, day)) {
    const end = periodEnd(grain, day)
    spans.push({
      label: periodLabel(grain, day),
      fromDay: Math.max(day, fromDay),
      toDay: Math.min(end, toDay),
    })
    if (spans.length > mostSpans)
      throw new Refusal('span_too_long', 400, {
        zh: `时间跨度过长：最多 ${mostSpans} 个周期，请换更大的周期。`,
        en: `The span is too long: at most ${mostSpans} periods; take a larger grain.`,
      })
  }
  return spans
}

/** The place of the span that holds a day; −1 when none does. Spans are in order and do not overlap. */
export function spanOf(spans: Span[], day: number): number {
  let low = 0
  let high = spans.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const span = spans[middle]!
    if (day < span.fromDay) high = middle - 1
    else if (day >= span.toDay) low = middle + 1
    else return middle
  }
  return -1
}

/** Refuses a second split that is none: without a first one, or by the same. */
export function checkSplits({ by, across }: Question): void {
  if (across === undefined || (by !== undefined && by !== across)) return
  throw new Refusal('split_twice', 400, {
    zh: 'across 是第二个拆分维度：请同时给出 by，且两者不同，例如 by=product、across=category。',
    en: 'across is a second split: give by as well, and another dimension, such as by=product and across=category.',
  })
}

/** The filter on facts, as SQL; `units` already hold the unit filter. True of a fact where it is of any of its parts. */
export function whereSql(
  { organizationId }: Pick<Tx, 'organizationId'>,
  where: Where,
  units: string[],
  { has, lacks = [], place }: Pick<MeasuredKind<Fact>, 'has' | 'lacks' | 'place'>,
): Sql {
  if (where.lifeStage && lacks.includes('product')) return sql`false`
  if (lacks.some((dimension) => where[dimension])) return sql`false`
  const inUnits = (column: Sql) => sql`${column} = any(${units}::uuid[])`
  const either = (own: Sql, responder: Sql) =>
    has.includes('responder') ? sql`(${own} or ${responder})` : own
  const conditions: Sql[] = [either(inUnits(sql`unit_id`), inUnits(sql`responder_unit_id`))]
  if (where.agent)
    conditions.push(
      either(
        sql`agent_id = ${where.agent}::uuid`,
        sql`responder_id = ${where.agent}::uuid or strpos(episodes, ${where.agent}) > 0`,
      ),
    )
  if (where.product) conditions.push(sql`product_id = ${where.product}::uuid`)
  if (where.channel) conditions.push(sql`channel = ${where.channel}`)
  if (where.priority) conditions.push(sql`priority = ${where.priority}`)
  if (where.category) {
    // As the cells' members are written.
    const written = sql`category || coalesce('-' || subcategory, '')`
    const { member, below } = categoryAsked(where.category)
    conditions.push(
      below
        ? sql`(${written} = ${member} or starts_with(${written}, ${`${member}-`}))`
        : sql`${written} = ${member}`,
    )
  }
  if (where.supplier)
    conditions.push(has.includes('supplier') ? sql`supplier_id = ${where.supplier}::uuid` : sql`false`)
  if (where.faultLevel)
    conditions.push(has.includes('faultLevel') ? sql`fault_level = ${where.faultLevel}` : sql`false`)
  if (where.lifeStage)
    conditions.push(
      inStages(organizationId, [where.lifeStage], {
        productId: sql`product_id`,
        at: { text: place, values: [] },
        zone: zoneSql(organizationId),
      }),
    )
  return joinSql(conditions, ' and ')
}

/** The member of a fact in the dimension a question splits by. */
export function memberIn(dimension: Dimension, fact: Fact): string | null {
  if (dimension === 'unit') return fact.unitId
  if (dimension === 'agent') return fact.agentId
  if (dimension === 'product') return fact.productId
  if (dimension === 'channel') return fact.channel
  if (dimension === 'priority') return fact.priority
  if (dimension === 'supplier') return 'supplierId' in fact ? fact.supplierId : null
  if (dimension === 'faultLevel') return 'faultLevel' in fact ? fact.faultLevel : null
  if (dimension === 'lifeStage') return fact.lifeStage ?? null
  if (fact.category === null) return null
  return fact.subcategory === null ? fact.category : `${fact.category}-${fact.subcategory}`
}

/** Whether a fact lies in a scope, as `whereSql` asks the database. */
export function factFits(scope: Where = {}, fact: Fact): boolean {
  return (Object.entries(scope) as [Dimension, string][]).every(([dimension, value]) => {
    const member = memberIn(dimension, fact)
    return dimension === 'category' ? categoryFits(value, member) : member === value
  })
}

/** Whether a category lies in the one a filter asks for. */
export function categoryFits(filter: string, member: string | null): boolean {
  const { member: asked, below } = categoryAsked(filter)
  return member === asked || (below && member?.startsWith(`${asked}-`) === true)
}
