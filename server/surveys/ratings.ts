import type { z } from 'zod'
import type * as contract from '../../contract/surveys.ts'
import { askedOf, type ListQuery } from '../cases/index.ts'
import { describeCustomer, maskText } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { inOrder, listPage } from '../platform/list-page.ts'
import { notFound } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { sql } from '../platform/sql.ts'
import { feedbackList, responseList } from './rating-list.ts'

export type ResponseReply = z.input<typeof contract.response>
export type FeedbackReply = z.input<typeof contract.feedback>
type Row = Record<string, unknown> & { id: string }

const named = (id: unknown, name: unknown) => (id ? { id: String(id), name: String(name ?? '') } : null)
const number = (value: unknown): number | null => (value === null ? null : Number(value))
const masked = (value: unknown): string | null => (value === null ? null : maskText(String(value)))
const plain = (value: unknown): string | null => (value === null ? null : String(value))
const provenance = (row: Row) =>
  row.batch_id && row.line ? { batchId: String(row.batch_id), line: Number(row.line) } : null

const names = sql`s.name as source_name, u.name as unit_name, a.name as agent_name, p.name as product_name`
const joins = sql`join directory.source s on s.organization_id = f.organization_id and s.id = f.source_id
  join directory.unit u on u.organization_id = f.organization_id and u.id = f.unit_id
  left join directory.person a on a.organization_id = f.organization_id and a.id = f.agent_id
  left join directory.product p on p.organization_id = f.organization_id and p.id = f.product_id`

function responseReply(row: Row): ResponseReply {
  return {
    id: row.id,
    externalId: String(row.external_id),
    source: String(row.source_name),
    origin: row.origin === 'work_order' ? 'work_order' : 'survey',
    workOrder: row.work_order_external_id
      ? { id: plain(row.work_order_id), externalId: String(row.work_order_external_id) }
      : null,
    unit: named(row.unit_id, row.unit_name)!,
    agent: named(row.agent_id, row.agent_name),
    product: named(row.product_id, row.product_name),
    submittedAt: (row.submitted_at as Date).toISOString(),
    responseSpeed: number(row.response_speed),
    resolutionEfficiency: number(row.resolution_efficiency),
    attitude: number(row.attitude),
    professionalism: number(row.professionalism),
    overall: number(row.overall),
    recommend: number(row.recommend),
    suggestion: masked(row.suggestion),
    channel: plain(row.channel),
    excludedReason: plain(row.excluded_reason),
    version: Number(row.version),
    provenance: provenance(row),
  }
}

const readResponses = (tx: Tx, ids: readonly string[]): Promise<Row[]> =>
  tx.rows(sql`
    select f.*, ${names} from surveys.response f ${joins}
    where f.organization_id = ${tx.organizationId} and f.unit_id = any(${tx.unitIds}::uuid[])
      and f.id = any(${ids}::uuid[])`)

export async function listResponses(tx: Tx, query: ListQuery, zoneName: string) {
  const page = await listPage(tx, responseList(tx, query, zoneName), askedOf('responses', query))
  return { ...page, items: inOrder(page.ids, await readResponses(tx, page.ids), responseReply) }
}

export async function readResponse(tx: Tx, id: string): Promise<ResponseReply> {
  const [row] = await readResponses(tx, [id])
  if (!row) throw notFound()
  return responseReply(row)
}

function feedbackReply(tx: Tx, secrets: Secrets, row: Row): FeedbackReply {
  return {
    id: row.id,
    externalId: String(row.external_id),
    source: String(row.source_name),
    customer: row.customer_code
      ? describeCustomer(secrets, tx.organizationId, {
          code: String(row.customer_code),
          name_cipher: row.name_cipher as Buffer | null,
        })
      : null,
    product: named(row.product_id, row.product_name),
    unit: named(row.unit_id, row.unit_name)!,
    agent: named(row.agent_id, row.agent_name),
    problem: masked(row.problem),
    channel: plain(row.channel),
    status: plain(row.status),
    score: number(row.score),
    suggestion: masked(row.suggestion),
    receivedAt: (row.received_at as Date).toISOString(),
    receivedMonthOnly: row.received_month_only === true,
    excludedReason: plain(row.excluded_reason),
    version: Number(row.version),
    provenance: provenance(row),
  }
}

const readFeedbackRows = (tx: Tx, ids: readonly string[]): Promise<Row[]> =>
  tx.rows(sql`
    select f.*, ${names}, c.code as customer_code, i.name_cipher from surveys.feedback f ${joins}
    left join directory.customer c on c.organization_id = f.organization_id and c.id = f.customer_id
    left join directory.customer_identity i on i.organization_id = f.organization_id and i.customer_id = f.customer_id
    where f.organization_id = ${tx.organizationId} and f.unit_id = any(${tx.unitIds}::uuid[])
      and f.id = any(${ids}::uuid[])`)

export async function listFeedback(tx: Tx, secrets: Secrets, query: ListQuery, zoneName: string) {
  const page = await listPage(tx, feedbackList(tx, query, zoneName), askedOf('feedback', query))
  const rows = await readFeedbackRows(tx, page.ids)
  return { ...page, items: inOrder(page.ids, rows, (row) => feedbackReply(tx, secrets, row)) }
}

export async function readFeedback(tx: Tx, secrets: Secrets, id: string): Promise<FeedbackReply> {
  const [row] = await readFeedbackRows(tx, [id])
  if (!row) throw notFound()
  return feedbackReply(tx, secrets, row)
}
