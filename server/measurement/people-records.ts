import { joiningDays, type OrganizationAsked } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'
import { ordersAsked, pointsSql, resolvedBefore } from './people.ts'
import type { Question } from './question.ts'
import type { Page, Records } from './records.ts'

/** The orders resolved in a period by people who have points, each with the points of who resolved it. */
export async function peopleRecords(
  tx: Tx,
  question: Question,
  organization: OrganizationAsked,
  { after, limit, now }: Page,
): Promise<Records> {
  const { zone } = organization
  const { by: _, across: __, ...asked } = question
  const units = await ordersAsked(tx, asked, organization)
  const spans = [{ label: 'whole', fromDay: asked.fromDay, toDay: asked.toDay }]
  const today = now ? zone.localDay(now.getTime()) : asked.toDay
  const within = sql`${resolvedBefore(tx, asked, units, zone)} and resolved_at >= ${new Date(zone.dayStartMs(asked.fromDay))}`
  const rows = await tx.rows<PageRow | { total: number; id: null }>(sql`
    with who as materialized (
      select person, points from (${pointsSql(tx, { question: asked, spans, today, zone, units })}) p where points is not null),
    one as materialized (
      select w.*, who.points from (
        select id, external_id, unit_id, agent_id, product_id, batch_id, line,
          floor(extract(epoch from occurred_at) * 1000)::float8 as at
        from cases.work_order where ${within} and excluded_reason is null offset 0) w
      join who on who.person = w.agent_id)
    select counted.total, page.* from (select count(*)::float8 as total from one) counted
    left join lateral (
      select * from one
      where ${after === undefined} or (at, id) > (${after?.at ?? 0}::float8, ${after?.id ?? null}::uuid)
      order by at, id limit ${Number.isSafeInteger(limit + 1) ? limit : null}) page on true`)
  return {
    items: rows.flatMap((row) => (row.id === null ? [] : [recordOf(row)])),
    total: rows[0]?.total ?? 0,
    excluded: await tx.rows(sql`
      select excluded_reason as reason, count(*)::float8 as n from (
        select excluded_reason, agent_id from cases.work_order where ${within} and excluded_reason is not null offset 0) w
      join (${joiningDays(tx.organizationId)}) t on t.person_id = w.agent_id and t.joined_on is not null
      group by 1 order by 2 desc, 1`),
  }
}

interface PageRow {
  total: number
  id: string
  external_id: string
  unit_id: string
  agent_id: string
  product_id: string | null
  batch_id: string | null
  line: number | null
  at: number
  points: string
}

const recordOf = (row: PageRow): Records['items'][number] => ({
  kind: 'work_order',
  id: row.id,
  externalId: row.external_id,
  unitId: row.unit_id,
  agentId: row.agent_id,
  productId: row.product_id,
  at: row.at,
  value: Number(row.points) / 100,
  measuredIn: '分',
  inNumerator: null,
  batchId: row.batch_id,
  line: row.line,
})
