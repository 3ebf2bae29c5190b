import type { z } from 'zod'
import type * as contract from '../../contract/surveys.ts'
import { describeCustomer, maskText, resolveCustomers } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { type FactRow, type FactTable, writeFacts } from '../platform/fact-table.ts'
import { newId } from '../platform/ids.ts'
import { notFound, Refusal } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { type Sql, sql } from '../platform/sql.ts'
import { feedbackTable, responseTable } from './rating-tables.ts'

type ResponseReply = z.input<typeof contract.response>
type FeedbackReply = z.input<typeof contract.feedback>
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

export interface ListQuery {
  cursor?: string
  limit: number
  unit?: string
}

function place(query: ListQuery, column: Sql): Sql {
  const [at, id] = (query.cursor ?? '').split('|')
  return at && id ? sql`(${column}, f.id) < (${new Date(Number(at))}, ${id}::uuid)` : sql`true`
}

const nextOf = (rows: Row[], limit: number, column: string): string | null => {
  const last = rows.at(-1)
  return last && rows.length === limit ? `${(last[column] as Date).getTime()}|${last.id}` : null
}

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
    excludedReason: plain(row.excluded_reason),
    provenance: provenance(row),
  }
}

const readResponses = (tx: Tx, condition: Sql, order: Sql): Promise<Row[]> =>
  tx.rows(sql`
    select f.*, ${names} from surveys.response f ${joins}
    where f.organization_id = ${tx.organizationId} and f.unit_id = any(${tx.unitIds}::uuid[]) and ${condition} ${order}`)

export async function listResponses(tx: Tx, query: ListQuery) {
  const condition = query.unit ? sql`f.unit_id = ${query.unit}` : sql`true`
  const rows = await readResponses(
    tx,
    sql`${condition} and ${place(query, sql`f.submitted_at`)}`,
    sql`order by f.submitted_at desc, f.id desc limit ${query.limit}`,
  )
  const total = await tx.one<{ n: number }>(sql`
    select count(*) as n from surveys.response f
    where f.organization_id = ${tx.organizationId} and f.unit_id = any(${tx.unitIds}::uuid[]) and ${condition}`)
  return {
    items: rows.map(responseReply),
    next: nextOf(rows, query.limit, 'submitted_at'),
    total: total?.n ?? 0,
  }
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
    provenance: provenance(row),
  }
}

const readFeedback = (tx: Tx, condition: Sql, order: Sql): Promise<Row[]> =>
  tx.rows(sql`
    select f.*, ${names}, c.code as customer_code, i.name_cipher from surveys.feedback f ${joins}
    left join directory.customer c on c.organization_id = f.organization_id and c.id = f.customer_id
    left join directory.customer_identity i on i.organization_id = f.organization_id and i.customer_id = f.customer_id
    where f.organization_id = ${tx.organizationId} and f.unit_id = any(${tx.unitIds}::uuid[]) and ${condition} ${order}`)

export async function listFeedback(tx: Tx, secrets: Secrets, query: ListQuery) {
  const condition = query.unit ? sql`f.unit_id = ${query.unit}` : sql`true`
  const rows = await readFeedback(
    tx,
    sql`${condition} and ${place(query, sql`f.received_at`)}`,
    sql`order by f.received_at desc, f.id desc limit ${query.limit}`,
  )
  const total = await tx.one<{ n: number }>(sql`
    select count(*) as n from surveys.feedback f
    where f.organization_id = ${tx.organizationId} and f.unit_id = any(${tx.unitIds}::uuid[]) and ${condition}`)
  return {
    items: rows.map((row) => feedbackReply(tx, secrets, row)),
    next: nextOf(rows, query.limit, 'received_at'),
    total: total?.n ?? 0,
  }
}

interface HandContext {
  now: Date
  sourceId: string
  homeUnitId: string
}

/** One rating entered by hand, under its own number or a new one. */
async function enter(
  tx: Tx,
  table: FactTable,
  externalId: string,
  values: FactRow,
  context: HandContext,
): Promise<string> {
  const unitId = typeof values.unit_id === 'string' ? values.unit_id : context.homeUnitId
  if (!tx.unitIds.includes(unitId)) throw notFound()
  const [outcome] = await writeFacts(
    tx,
    table,
    [{ externalId, line: null, values: { ...values, unit_id: unitId } }],
    {
      sourceId: context.sourceId,
      batchId: null,
      now: context.now,
      demo: false,
      sink: null,
    },
  )
  if (outcome?.outcome === 'accepted') return outcome.id
  if (outcome?.outcome === 'rejected') throw new Refusal(outcome.code, 400, outcome)
  throw new Refusal('number_taken', 409, {
    zh: `编号“${externalId}”已存在。`,
    en: `Number "${externalId}" is taken.`,
  })
}

const score = (value: number | undefined): string | null =>
  value === undefined ? null : value.toFixed(1).replace(/\.0$/, '')

export async function createResponse(
  tx: Tx,
  given: z.output<typeof contract.createResponse.body>,
  context: HandContext,
): Promise<ResponseReply> {
  const answers = [
    given.responseSpeed,
    given.resolutionEfficiency,
    given.attitude,
    given.professionalism,
    given.overall,
    given.recommend,
  ]
  if (answers.every((answer) => answer === undefined))
    throw new Refusal('nothing_answered', 400, {
      zh: '请至少填写一项评分。',
      en: 'Fill in at least one score.',
    })
  const id = await enter(
    tx,
    responseTable,
    given.externalId ?? newId(context.now.getTime()),
    {
      origin: 'survey',
      work_order_id: given.workOrderId ?? null,
      ...(given.unitId ? { unit_id: given.unitId } : {}),
      agent_id: given.agentId ?? null,
      product_id: given.productId ?? null,
      channel: given.channel ?? null,
      submitted_at: Date.parse(given.submittedAt),
      response_speed: score(given.responseSpeed),
      resolution_efficiency: score(given.resolutionEfficiency),
      attitude: score(given.attitude),
      professionalism: score(given.professionalism),
      overall: score(given.overall),
      recommend: given.recommend ?? null,
      suggestion: given.suggestion ?? null,
    },
    context,
  )
  return responseReply((await readResponses(tx, sql`f.id = ${id}`, sql``))[0]!)
}

export async function createFeedback(
  tx: Tx,
  secrets: Secrets,
  given: z.output<typeof contract.createFeedback.body>,
  context: HandContext,
): Promise<FeedbackReply> {
  const known = new Map<string, string>()
  if (given.customer)
    await resolveCustomers(tx, secrets, known, [{ name: given.customer, contact: null }], {
      batchId: null,
      now: context.now,
      demo: false,
    })
  const id = await enter(
    tx,
    feedbackTable,
    given.externalId ?? newId(context.now.getTime()),
    {
      customer_id: [...known.values()][0] ?? null,
      ...(given.unitId ? { unit_id: given.unitId } : {}),
      agent_id: given.agentId ?? null,
      product_id: given.productId ?? null,
      channel: given.channel ?? null,
      problem: given.problem ?? null,
      status: given.status,
      score: score(given.score),
      suggestion: given.suggestion ?? null,
      received_at: Date.parse(given.receivedAt),
    },
    context,
  )
  return feedbackReply(tx, secrets, (await readFeedback(tx, sql`f.id = ${id}`, sql``))[0]!)
}
