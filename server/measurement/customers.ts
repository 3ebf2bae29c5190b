import { type OrganizationAsked, type PlacedUnit, stageOfRecord } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { joinSql, type Sql, sql } from '../platform/sql.ts'
import type { Zone } from '../platform/time.ts'
import { purchase } from './kinds/purchase.ts'
import { periodBefore } from './period-before.ts'
import { type Dimension, type Question, type Span, whereSql } from './question.ts'
import { type AskedUnits, placedSql, unitsAsked } from './units-of-days.ts'

/** What the purchases of a period and of the one before it say of the customers. Money in cents. */
export interface CustomerCounts {
  /** Of the period, those that name a customer, and those that do not. */
  purchases: number
  nameless: number
  customers: number
  /** Customers with two purchases or more. */
  repeaters: number
  /** Purchases that name a customer and have an amount, the customers of those, and the money. */
  priced: number
  pricedCustomers: number
  cents: bigint
  repeatCents: bigint
  /** Of the period before: customers, purchases that name one, those that do not; 0 where it was not asked for. */
  before: number
  purchasesBefore: number
  namelessBefore: number
  /** Customers of both periods, and what they bought in the later one. */
  kept: number
  purchasesOfKept: number
}

/** Per span (by its place) and member; '' where the question does not split. */
export type CountedCustomers = Map<string, CustomerCounts>[]

/**
 * Customers are counted from the purchases themselves, in the database: whoever buys on two days, in two teams or by
 * two channels is one customer, so no stored part adds up to the whole (docs/decisions/0015).
 */
export async function countCustomers(
  tx: Tx,
  question: Question,
  spans: Span[],
  context: Asked & OrganizationAsked & { units?: PlacedUnit[] | undefined },
): Promise<CountedCustomers> {
  const counted: CountedCustomers = spans.map(() => new Map())
  const member = memberSql(tx, question.by, context.zone)
  if (!member) return counted
  const windows = windowsOf(spans, context)
  const fromDay = Math.min(...windows.map((window) => window.fromDay))
  const units = await unitsAsked(tx, { ...question, fromDay }, context, context.units)
  const where = whereSql(tx, question.where, units.ever, purchase)
  const above = question.by === 'unit'
  // One statement goes through the windows one by one, each by the index of its days (offset keeps the planner from
  // reading all purchases for each), and groups once, to a row a customer.
  const rows = await tx.rows<CountedRow>(sql`
    with each as (
      select w.place, ${above ? sql`o.owner` : sql`p.member`} as member, p.customer_id as customer, ${boughtSql(context)}
      from unnest(${windowsSql(windows, context.zone)}) as w (place, earlier, from_at, to_at)
      cross join lateral (
        select ${member} as member, customer_id, amount, ordered_at from purchases.purchase
        where organization_id = ${tx.organizationId} and ordered_at >= w.from_at and ordered_at < w.to_at
          and excluded_reason is null and ${where} and ${placedSql(units, sql`ordered_at`, context.zone)} offset 0) p
      ${above ? ownersJoined(ownersOf(units, fromDay), context.zone) : sql``}
      where p.member is not null
      group by 1, 2, 3
    )
    select place, member::text, ${countsSql} from each group by place, member`)
  for (const { place, member: of, cents, repeatCents, ...counts } of rows)
    counted[place]?.set(of, { ...counts, cents: BigInt(cents), repeatCents: BigInt(repeatCents) })
  return counted
}

/** What only some measures need, and costs. */
interface Asked {
  withBefore: boolean
  withSpend: boolean
}

/** Of one customer in one window or the two. */
function boughtSql({ withBefore, withSpend }: Asked): Sql {
  const of = withBefore ? sql`filter (where not w.earlier)` : sql``
  return sql`(count(*) ${of})::int as purchases,
    ${withBefore ? sql`(count(*) filter (where w.earlier))::int` : sql`0`} as before,
    ${withSpend ? sql`(count(amount) ${of})::int as priced, sum(amount) ${of} as spent` : sql`0 as priced, 0::numeric as spent`}`
}

type CountedRow = Omit<CustomerCounts, 'cents' | 'repeatCents'> & {
  place: number
  member: string
  cents: string
  repeatCents: string
}

const named = sql`customer is not null`

/** One row a customer; the row without one holds what names nobody. */
const countsSql = joinSql(
  (
    [
      ['purchases', sql`sum(purchases) filter (where ${named})`],
      ['nameless', sql`sum(purchases) filter (where customer is null)`],
      ['customers', sql`count(*) filter (where ${named} and purchases > 0)`],
      ['repeaters', sql`count(*) filter (where ${named} and purchases > 1)`],
      ['priced', sql`sum(priced) filter (where ${named})`],
      ['"pricedCustomers"', sql`count(*) filter (where ${named} and priced > 0)`],
      ['before', sql`count(*) filter (where ${named} and before > 0)`],
      ['"purchasesBefore"', sql`sum(before) filter (where ${named})`],
      ['"namelessBefore"', sql`sum(before) filter (where customer is null)`],
      ['kept', sql`count(*) filter (where ${named} and before > 0 and purchases > 0)`],
      ['"purchasesOfKept"', sql`sum(purchases) filter (where ${named} and before > 0)`],
    ] as const
  )
    .map(([name, count]) => sql`coalesce(${count}, 0)::float8 as ${{ text: name, values: [] }}`)
    .concat(
      sql`coalesce(sum(spent * 100) filter (where ${named}), 0)::bigint as cents`,
      sql`coalesce(sum(spent * 100) filter (where ${named} and purchases > 1), 0)::bigint as "repeatCents"`,
    ),
  ', ',
)

/** The spans and, where asked for, what each is held against, as rows. */
const windowsOf = (spans: Span[], { withBefore }: Pick<Asked, 'withBefore'>): Window[] =>
  spans.flatMap((span, place) => [
    { place, earlier: false, ...span },
    ...(withBefore ? [{ place, earlier: true, ...periodBefore(span) }] : []),
  ])

interface Window {
  place: number
  earlier: boolean
  fromDay: number
  toDay: number
}

function windowsSql(windows: Window[], zone: Zone): Sql {
  const at = (day: number) => new Date(zone.dayStartMs(day))
  return sql`${windows.map(({ place }) => place)}::int[], ${windows.map(({ earlier }) => earlier)}::bool[],
    ${windows.map(({ fromDay }) => at(fromDay))}::timestamptz[], ${windows.map(({ toDay }) => at(toDay))}::timestamptz[]`
}

interface Owner {
  unit: string
  owner: string
  fromDay: number
  /** exclusive; null: to the end */
  toDay: number | null
}

/** In a split by unit: for which units the purchases of each count, stretch by stretch of days. */
function ownersOf(units: AskedUnits, firstDay: number): Owner[] {
  const starts = [firstDay, ...units.cuts]
  return starts.flatMap((fromDay, i) =>
    units.ever.flatMap((unit) =>
      units.owners(unit, fromDay).map((owner) => ({ unit, owner, fromDay, toDay: starts[i + 1] ?? null })),
    ),
  )
}

function ownersJoined(owners: Owner[], zone: Zone): Sql {
  const at = (day: number | null) => (day === null ? null : new Date(zone.dayStartMs(day)))
  return sql`
    join unnest(${owners.map(({ unit }) => unit)}::uuid[], ${owners.map(({ owner }) => owner)}::uuid[],
      ${owners.map(({ fromDay }) => at(fromDay))}::timestamptz[], ${owners.map(({ toDay }) => at(toDay))}::timestamptz[])
      as o (unit, owner, from_at, to_at)
      on o.unit = p.member and p.ordered_at >= o.from_at and (o.to_at is null or p.ordered_at < o.to_at)`
}

/** What a question splits by; undefined where purchases have no such thing. */
function memberSql(tx: Tx, by: Dimension | undefined, zone: Zone): Sql | undefined {
  if (by === undefined) return sql`''::text`
  if (by === 'channel') return sql`channel`
  if (by === 'lifeStage') return stageOfRecord(tx.organizationId, sql`product_id`, sql`ordered_at`, zone.name)
  if (by === 'unit' || by === 'agent' || by === 'product') return { text: `${by}_id`, values: [] }
  return undefined
}
