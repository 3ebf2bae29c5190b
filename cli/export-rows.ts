import { describeCustomer } from '../server/directory/index.ts'
import type { Tx } from '../server/platform/database.ts'
import type { Secrets } from '../server/platform/secrets.ts'
import { type Sql, sql } from '../server/platform/sql.ts'

export const exportKinds = [
  'work-orders',
  'feedback',
  'responses',
  'invitations',
  'calls',
  'inspections',
  'trainings',
  'purchases',
  'attendance',
  'messages',
  'costs',
] as const
export type ExportKind = (typeof exportKinds)[number]
/** A stored record by the names of its fields; times are Dates. */
export type ExportRow = Record<string, unknown>

const perPage = 5000

/** The records of a span of instants in the order of their time, read a page at a time. */
export async function* exportRows(
  tx: Tx,
  kind: ExportKind,
  span: { from: Date; to: Date },
  secrets: Secrets,
): AsyncGenerator<ExportRow> {
  let after = { at: span.from, id: '00000000-0000-0000-0000-000000000000' }
  for (;;) {
    const rows = await tx.rows<ExportRow & { id: string; place_at: Date }>(
      pageOf[kind](tx.organizationId, after, span.to),
    )
    for (const row of rows) yield { ...row, customer: customerOf(row, secrets, tx.organizationId) }
    const last = rows.at(-1)
    if (!last || rows.length < perPage) return
    after = { at: last.place_at, id: last.id }
  }
}

type PageOf = (organizationId: string, after: { at: Date; id: string }, to: Date) => Sql

const pageOf: Record<ExportKind, PageOf> = {
  'work-orders': (organizationId, after, to) => sql`
    select t.*, t.occurred_at as place_at, u.name as unit, a.name as agent, rp.name as responder, p.name as product, s.name as supplier,
      c.code as customer_code, i.name_cipher, r.overall as score
    from cases.work_order t
    ${people}
    left join directory.person rp on rp.organization_id = t.organization_id and rp.id = t.responder_id
    left join directory.unit s on s.organization_id = t.organization_id and s.id = t.supplier_id
    left join surveys.response r on r.organization_id = t.organization_id and r.source_id = t.source_id
      and r.origin = 'work_order' and r.external_id = t.external_id
    where t.organization_id = ${organizationId} and (t.occurred_at, t.id) > (${after.at}, ${after.id}::uuid)
      and t.occurred_at < ${to} order by t.occurred_at, t.id limit ${perPage}`,
  feedback: (organizationId, after, to) => sql`
    select t.*, t.received_at as place_at, u.name as unit, a.name as agent, p.name as product,
      c.code as customer_code, i.name_cipher
    from surveys.feedback t
    ${people}
    where t.organization_id = ${organizationId} and (t.received_at, t.id) > (${after.at}, ${after.id}::uuid)
      and t.received_at < ${to} order by t.received_at, t.id limit ${perPage}`,
  responses: (organizationId, after, to) => sql`
    select t.*, t.submitted_at as place_at, u.name as unit, a.name as agent, p.name as product,
      c.code as customer_code, i.name_cipher, t.work_order_external_id as work_order
    from surveys.response t
    ${people}
    where t.organization_id = ${organizationId} and (t.submitted_at, t.id) > (${after.at}, ${after.id}::uuid)
      and t.submitted_at < ${to} and t.origin = 'survey' order by t.submitted_at, t.id limit ${perPage}`,
  invitations: (organizationId, after, to) => sql`
    select t.*, t.sent_at as place_at, u.name as unit, a.name as agent, p.name as product,
      c.code as customer_code, i.name_cipher, t.work_order_external_id as work_order
    from surveys.invitation t
    ${people}
    where t.organization_id = ${organizationId} and (t.sent_at, t.id) > (${after.at}, ${after.id}::uuid)
      and t.sent_at < ${to} order by t.sent_at, t.id limit ${perPage}`,
  calls: (organizationId, after, to) => sql`
    select t.*, t.started_at as place_at, u.name as unit, a.name as agent, p.name as product,
      c.code as customer_code, i.name_cipher, t.work_order_external_id as work_order
    from cases.contact t
    ${people}
    where t.organization_id = ${organizationId} and (t.started_at, t.id) > (${after.at}, ${after.id}::uuid)
      and t.started_at < ${to} order by t.started_at, t.id limit ${perPage}`,
  inspections: (organizationId, after, to) => sql`
    select t.*, t.occurred_at as place_at, u.name as unit, a.name as agent, p.name as product,
      c.code as customer_code, i.name_cipher, t.work_order_external_id as work_order,
      t.contact_external_id as contact_number
    from inspections.inspection t
    ${people}
    where t.organization_id = ${organizationId} and (t.occurred_at, t.id) > (${after.at}, ${after.id}::uuid)
      and t.occurred_at < ${to} order by t.occurred_at, t.id limit ${perPage}`,
  trainings: (organizationId, after, to) => sql`
    select t.*, t.held_at as place_at, u.name as unit, a.name as agent from staff.training t ${staff}
    where t.organization_id = ${organizationId} and (t.held_at, t.id) > (${after.at}, ${after.id}::uuid)
      and t.held_at < ${to} order by t.held_at, t.id limit ${perPage}`,
  purchases: (organizationId, after, to) => sql`
    select t.*, t.ordered_at as place_at, u.name as unit, a.name as agent, p.name as product,
      c.code as customer_code, i.name_cipher
    from purchases.purchase t
    ${people}
    where t.organization_id = ${organizationId} and (t.ordered_at, t.id) > (${after.at}, ${after.id}::uuid)
      and t.ordered_at < ${to} order by t.ordered_at, t.id limit ${perPage}`,
  attendance: (organizationId, after, to) => sql`
    select t.*, t.worked_at as place_at, u.name as unit, a.name as agent from staff.attendance t ${staff}
    where t.organization_id = ${organizationId} and (t.worked_at, t.id) > (${after.at}, ${after.id}::uuid)
      and t.worked_at < ${to} order by t.worked_at, t.id limit ${perPage}`,
  messages: (organizationId, after, to) => sql`
    select t.*, t.sent_at as place_at, u.name as unit, a.name as agent, p.name as product,
      t.work_order_external_id as work_order
    from cases.message t ${staff} ${products}
    where t.organization_id = ${organizationId} and (t.sent_at, t.id) > (${after.at}, ${after.id}::uuid)
      and t.sent_at < ${to} order by t.sent_at, t.id limit ${perPage}`,
  costs: (organizationId, after, to) => sql`
    select t.*, t.incurred_at as place_at, u.name as unit, a.name as agent, p.name as product,
      t.work_order_external_id as work_order
    from cases.cost t ${staff} ${products}
    where t.organization_id = ${organizationId} and (t.incurred_at, t.id) > (${after.at}, ${after.id}::uuid)
      and t.incurred_at < ${to} order by t.incurred_at, t.id limit ${perPage}`,
}

const products = sql`left join directory.product p on p.organization_id = t.organization_id and p.id = t.product_id`
const staff = sql`
  left join directory.unit u on u.organization_id = t.organization_id and u.id = t.unit_id
  left join directory.person a on a.organization_id = t.organization_id and a.id = t.agent_id`

const people = sql`
  left join directory.unit u on u.organization_id = t.organization_id and u.id = t.unit_id
  left join directory.person a on a.organization_id = t.organization_id and a.id = t.agent_id
  left join directory.product p on p.organization_id = t.organization_id and p.id = t.product_id
  left join directory.customer c on c.organization_id = t.organization_id and c.id = t.customer_id
  left join directory.customer_identity i on i.organization_id = t.organization_id and i.customer_id = t.customer_id`

/** `C000012 张*`: told apart by the code, never named. */
function customerOf(row: ExportRow, secrets: Secrets, organizationId: string): string | null {
  if (typeof row.customer_code !== 'string') return null
  const cipher = Buffer.isBuffer(row.name_cipher) ? row.name_cipher : null
  const { code, masked } = describeCustomer(secrets, organizationId, {
    code: row.customer_code,
    name_cipher: cipher,
  })
  return masked === '' ? code : `${code} ${masked}`
}
