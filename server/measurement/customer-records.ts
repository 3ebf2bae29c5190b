import { type OrganizationAsked, organizationOf } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { type Sql, sql } from '../platform/sql.ts'
import { purchase } from './kinds/purchase.ts'
import type { Measure, OfCustomers } from './measure.ts'
import { periodBefore } from './period-before.ts'
import { type Question, whereSql } from './question.ts'
import type { MeasuredRecord, Records } from './records.ts'
import { placedSql, unitsAsked } from './units-of-days.ts'

/** The purchases a measure of customers is read from, in the order of their time. */
export async function customerRecords(
  tx: Tx,
  measure: Measure & { customers: OfCustomers },
  question: Question,
  organization: OrganizationAsked,
  { after, limit }: { after?: { at: number; id: string }; limit: number },
): Promise<Records> {
  const asked = await askedOf(tx, measure.customers, question, organization)
  // The purchases are gone through once, for the page and for how many there are.
  const rows = await tx.rows<PageRow | { total: number; id: null }>(sql`
    with one as materialized (${listed(asked)})
    select counted.total, page.* from (select count(*)::float8 as total from one where listed) counted
    left join lateral (
      select * from one
      where listed and (${after === undefined} or (at, id) > (${after?.at ?? 0}::float8, ${after?.id ?? null}::uuid))
      order by at, id limit ${Number.isSafeInteger(limit + 1) ? limit : null}) page on true`)
  return {
    items: rows.flatMap((row) => (row.id === null ? [] : [recordOf(row, measure.customers)])),
    total: rows[0]?.total ?? 0,
    excluded: await excluded(tx, asked),
  }
}

interface PageRow {
  total: number
  id: string
  external_id: string
  unit_id: string
  agent_id: string | null
  product_id: string | null
  batch_id: string | null
  line: number | null
  at: number
  amount: string | null
  hit: boolean | null
}

function recordOf(row: PageRow, customers: OfCustomers): MeasuredRecord {
  const within = row.hit === null ? null : Number(row.hit)
  return {
    kind: 'purchase',
    id: row.id,
    externalId: row.external_id,
    unitId: row.unit_id,
    agentId: row.agent_id,
    productId: row.product_id,
    at: row.at,
    value: customers === 'repeat_spend' ? Number(row.amount) : within,
    measuredIn: customers === 'repeat_spend' ? 'CNY' : 'count',
    inNumerator: row.hit,
    batchId: row.batch_id,
    line: row.line,
  }
}

/** How many of the listed purchases are by customers in the numerator, and how many there are. */
export async function customerHalves(
  tx: Tx,
  customers: OfCustomers,
  question: Question,
): Promise<{ all: number; hits: number }> {
  const asked = await askedOf(tx, customers, question, await organizationOf(tx))
  const found = await tx.one<{ all: number; hits: number }>(sql`
    select count(*)::float8 as all, (count(*) filter (where one.hit))::float8 as hits
    from (${listed(asked)}) one where one.listed`)
  return found ?? { all: 0, hits: 0 }
}

interface Asked {
  customers: OfCustomers
  /** Of the actor, within the filter and the days that matter, customers named. */
  within: Sql
  /** First instant of the period itself. */
  from: Date
}

async function askedOf(
  tx: Tx,
  customers: OfCustomers,
  question: Question,
  organization: OrganizationAsked,
): Promise<Asked> {
  const { zone } = organization
  const back = customers === 'kept' || customers === 'lost'
  const first = back ? periodBefore(question).fromDay : question.fromDay
  const [since, from, to] = [first, question.fromDay, question.toDay].map(
    (day) => new Date(zone.dayStartMs(day)),
  )
  const units = await unitsAsked(tx, { ...question, fromDay: first }, organization)
  const where = whereSql(tx, question.where, units.ever, purchase)
  const within = sql`organization_id = ${tx.organizationId} and ordered_at >= ${since} and ordered_at < ${to}
    and customer_id is not null and ${where} and ${placedSql(units, sql`ordered_at`, zone)}`
  return { customers, within, from: from! }
}

const listed = ({ customers, within, from }: Asked): Sql => sql`
  select id, external_id, unit_id, agent_id, product_id, batch_id, line, amount,
    floor(extract(epoch from ordered_at) * 1000)::float8 as at, ${listedSql(customers, from)}
  from purchases.purchase where ${within} and excluded_reason is null`

function listedSql(customers: OfCustomers, from: Date): Sql {
  if (customers === 'repeats')
    return sql`null::bool as hit, row_number() over (partition by customer_id order by ordered_at, id) > 1 as listed`
  const twice = sql`count(*) over (partition by customer_id) > 1 as hit`
  if (customers === 'repeat_customers') return sql`${twice}, true as listed`
  if (customers === 'repeat_spend') return sql`${twice}, amount is not null as listed`
  const came = sql`bool_or(ordered_at >= ${from}) over (partition by customer_id)`
  return sql`${customers === 'kept' ? came : sql`not ${came}`} as hit,
    bool_or(ordered_at < ${from}) over (partition by customer_id) as listed`
}

/** Purchases of the same days that somebody left out. */
const excluded = (tx: Tx, { within }: Asked): Promise<Records['excluded']> =>
  tx.rows(sql`
    select excluded_reason as reason, count(*)::float8 as n from purchases.purchase
    where ${within} and excluded_reason is not null group by 1 order by 2 desc, 1`)
