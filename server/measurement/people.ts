import {
  everDay,
  joiningDays,
  type OrganizationAsked,
  type PlacedUnit,
  stageOfRecord,
} from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { type Sql, sql } from '../platform/sql.ts'
import { dayToDate, type Zone } from '../platform/time.ts'
import { workOrder } from './kinds/work-order.ts'
import type { Measure } from './measure.ts'
import { type Dimension, type Question, type Span, whereSql } from './question.ts'
import { type AskedUnits, placedSql, unitsAsked } from './units-of-days.ts'
import { nothing, type Value, valueOfAmount } from './value.ts'

/** The people who resolved orders in a span. Points in hundredths: a hundred a month, one an order. */
export interface PeopleCounts {
  /** Those whose day of joining is known, and the orders they resolved in the span. */
  people: number
  orders: number
  points: number
  squares: bigint
  /** People whose day of joining is not known, and orders that name nobody. */
  unknown: number
  nameless: number
}

interface Asked {
  question: Question
  spans: Span[]
  /** Of a span that is not over, people's time is counted up to here. */
  today: number
  zone: Zone
  units: AskedUnits
}

/**
 * People are counted from the orders themselves, in the database: who resolves on two days or in two teams is one person,
 * whose orders of all years count together (docs/decisions/0022). Per span, by its place, and member.
 */
export async function countPeople(
  tx: Tx,
  question: Question,
  spans: Span[],
  { zone, today, ...context }: OrganizationAsked & { today: number; units?: PlacedUnit[] | undefined },
): Promise<Map<string, PeopleCounts>[]> {
  const units = await ordersAsked(tx, question, { zone, ...context })
  const rows = await tx.rows<
    Omit<PeopleCounts, 'squares'> & { place: number; member: string; squares: string }
  >(
    sql`
      select place, member, count(points)::float8 as people, coalesce(sum(orders) filter (where points is not null), 0)::float8 as orders,
        coalesce(sum(points), 0)::float8 as points, coalesce(sum(points * points), 0)::text as squares,
        (count(person) - count(points))::float8 as unknown, coalesce(sum(orders) filter (where person is null), 0)::float8 as nameless
      from (${pointsSql(tx, { question, spans, today, zone, units })}) each group by place, member`,
  )
  const counted = spans.map(() => new Map<string, PeopleCounts>())
  for (const { place, member, squares, ...counts } of rows)
    counted[place]?.set(member, { ...counts, squares: BigInt(squares) })
  return counted
}

/** The units a question is about on each day there ever was: orders of all years count. */
export const ordersAsked = (
  tx: Tx,
  question: Question,
  { units, ...context }: OrganizationAsked & { units?: PlacedUnit[] | undefined },
): Promise<AskedUnits> => unitsAsked(tx, { ...question, fromDay: everDay }, context, units)

/**
 * A row for each person, span and member: `orders` resolved in the span, and `points` at its end, null where the day of
 * joining is not known. What names nobody is one row without a person. A month is full with its last day, and joining
 * after the end makes none.
 */
export function pointsSql(tx: Tx, asked: Asked): Sql {
  const { spans, today } = asked
  const ends = spans.map(({ toDay }) => dayToDate(Math.min(toDay, today + 1)))
  return sql`
    select each.place, each.member, each.person, each.orders,
      case when t.joined_on is not null then 100 * greatest(0, ${monthsSql(sql`t.joined_on`, sql`s.end_on`)}) + each.so_far end as points
    from (select place, member, person, orders, sum(orders) over (partition by member, person order by place) as so_far
      from (${resolvedSql(tx, asked)}) resolved) each
    join unnest(${spans.map((_, place) => place)}::int[], ${ends}::date[]) as s (place, end_on) on s.place = each.place
    left join (${joiningDays(tx.organizationId)}) t on t.person_id = each.person`
}

/** Full months from a day to the one before another: a month from the 31st is full with the last day of a shorter one. */
const monthsSql = (from: Sql, to: Sql): Sql => sql`
  (12 * (extract(year from ${to}) - extract(year from ${from})) + extract(month from ${to}) - extract(month from ${from})
    - (extract(day from ${to}) < extract(day from ${from}))::int)`

/** Orders resolved per person, member and span (by its place; −1: before the first). */
function resolvedSql(tx: Tx, { question, spans, zone, units }: Asked): Sql {
  const starts = spans.map(({ fromDay }) => new Date(zone.dayStartMs(fromDay)))
  const member = memberSql(tx, question.by, zone)
  const resolved = sql`
    select width_bucket(resolved_at, ${starts}::timestamptz[]) - 1 as place, agent_id as person, ${member} as member,
      ${stretchSql(question.by, units, zone)} as stretch
    from cases.work_order where ${resolvedBefore(tx, question, units, zone)} and excluded_reason is null`
  const counted = sql`
    select place, person, member, stretch, count(*) as orders from (${resolved}) one
    where member is not null group by 1, 2, 3, 4`
  if (question.by !== 'unit') return counted
  const owners = ownersOf(units)
  return sql`
    select c.place, c.person, o.owner as member, sum(c.orders) as orders from (${counted}) c
    join unnest(${owners.map(({ unit }) => unit)}::text[], ${owners.map(({ owner }) => owner)}::text[],
      ${owners.map(({ stretch }) => stretch)}::int[]) as o (unit, owner, stretch)
      on o.unit = c.member and o.stretch = c.stretch
    group by 1, 2, 3`
}

/** The orders a question is about that were resolved before its end. What is another's response alone is not among them. */
export const resolvedBefore = (tx: Tx, { where, toDay }: Question, units: AskedUnits, zone: Zone): Sql => sql`
  organization_id = ${tx.organizationId} and resolved_at < ${new Date(zone.dayStartMs(toDay))}
  and ${whereSql(tx, where, units.ever, { has: ['supplier', 'faultLevel'], place: workOrder.place })}
  and ${placedSql(units, sql`resolved_at`, zone)}`

/** Where units moved, for which of them an order counts depends on the stretch of days it was resolved in. */
const stretchSql = (by: Dimension | undefined, { cuts }: AskedUnits, zone: Zone): Sql =>
  by === 'unit' && cuts.length > 0
    ? sql`width_bucket(resolved_at, ${cuts.map((day) => new Date(zone.dayStartMs(day)))}::timestamptz[])`
    : sql`0`

const ownersOf = (units: AskedUnits): { unit: string; owner: string; stretch: number }[] =>
  [everDay, ...units.cuts].flatMap((day, stretch) =>
    units.ever.flatMap((unit) => units.owners(unit, day).map((owner) => ({ unit, owner, stretch }))),
  )

function memberSql(tx: Tx, by: Dimension | undefined, zone: Zone): Sql {
  if (by === undefined) return sql`''::text`
  if (by === 'category') return sql`category || coalesce('-' || subcategory, '')`
  if (by === 'lifeStage')
    return stageOfRecord(tx.organizationId, sql`product_id`, { text: workOrder.place, values: [] }, zone.name)
  return { text: `${columns[by]}::text`, values: [] }
}

const columns: Record<Exclude<Dimension, 'category' | 'lifeStage'>, string> = {
  unit: 'unit_id',
  agent: 'agent_id',
  product: 'product_id',
  channel: 'channel',
  priority: 'priority',
  supplier: 'supplier_id',
  faultLevel: 'fault_level',
}

/** The mean of the people's points. */
export function peopleValue(measure: Measure, counts: PeopleCounts | undefined, minimumN: number): Value {
  if (counts === undefined) return nothing('none', [])
  const { people, orders, points, squares, unknown } = counts
  if (people === 0) return nothing('incomputable', [unknown > 0 ? 'from' : 'agent'])
  const amount = {
    records: orders,
    n: people,
    missing: unknown,
    sum: points,
    squares,
    sketch: null,
    stored: null,
  }
  return valueOfAmount(measure, amount, minimumN)
}
