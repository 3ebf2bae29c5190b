import type { WorkOrder } from '../../contract/cases.ts'
import { describeCustomer, maskText, nextNumber, stageSql, zoneSql } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { editFact } from '../platform/edit-fact.ts'
import { type FactRow, type FactTable, type WriteContext, writeFacts } from '../platform/fact-table.ts'
import { inOrder, listPage } from '../platform/list-page.ts'
import { changesBetween, type FieldChange } from '../platform/record-change.ts'
import { notFound, Refusal } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { sql } from '../platform/sql.ts'
import { openWorkOrders } from './context.ts'
import { episodeFacts } from './episodes.ts'
import { pausesIn } from './pauses.ts'
import { stageIn } from './reply-parts.ts'
import { findAnew, touchedRecords } from './touched.ts'
import { columnsOf, type Entered } from './work-order-entry.ts'
import { askedOf, type ListQuery, workOrderList } from './work-order-list.ts'

interface Row extends Record<string, unknown> {
  id: string
}

const iso = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null)
const text = (value: unknown): string | null =>
  value === null || value === undefined ? null : maskText(String(value))
const plain = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value)
const count = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value)
const yesNo = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null)
const named = (id: unknown, name: unknown) => (id ? { id: String(id), name: String(name ?? '') } : null)

/** An order as it leaves the server: the customer by code, numbers inside free text masked. */
function workOrderReply(tx: Tx, secrets: Secrets, row: Row): WorkOrder {
  return {
    id: row.id,
    externalId: String(row.external_id),
    source: String(row.source_name),
    unit: named(row.unit_id, row.unit_name)!,
    agent: named(row.agent_id, row.agent_name),
    responder: named(row.responder_id, row.responder_name),
    responderUnit: named(row.responder_unit_id, row.responder_unit_name),
    product: named(row.product_id, row.product_name),
    lifeStage: stageIn(row.life_stage),
    supplier: named(row.supplier_id, row.supplier_name),
    customer: row.customer_code
      ? describeCustomer(secrets, tx.organizationId, {
          code: String(row.customer_code),
          name_cipher: row.name_cipher as Buffer | null,
        })
      : null,
    serial: plain(row.serial),
    orderNo: plain(row.order_no),
    problem: text(row.problem),
    demand: text(row.demand),
    category: plain(row.category),
    subcategory: plain(row.subcategory),
    priority: plain(row.priority),
    complexity: plain(row.complexity),
    faultLevel: plain(row.fault_level),
    channel: plain(row.channel),
    plan: text(row.plan),
    result: text(row.result),
    confirmation: text(row.confirmation),
    status: plain(row.status),
    resolutionMode: plain(row.resolution_mode),
    cost: plain(row.cost),
    receivedAt: iso(row.received_at),
    respondedAt: iso(row.responded_at),
    startedAt: iso(row.started_at),
    faultIdentifiedAt: iso(row.fault_identified_at),
    planConfirmedAt: iso(row.plan_confirmed_at),
    arrivedAt: iso(row.arrived_at),
    resolvedAt: iso(row.resolved_at),
    reopenedAt: iso(row.reopened_at),
    confirmedAt: iso(row.confirmed_at),
    surveySentAt: iso(row.survey_sent_at),
    closedAt: iso(row.closed_at),
    occurredAt: iso(row.occurred_at) ?? '',
    responseDueAt: iso(row.response_due_at),
    startDueAt: iso(row.start_due_at),
    planDueAt: iso(row.plan_due_at),
    onsiteDueAt: iso(row.onsite_due_at),
    resolutionDueAt: iso(row.resolution_due_at),
    followedUpAt: iso(row.followed_up_at),
    followUpDueAt: iso(row.follow_up_due_at),
    pauses: pausesIn(plain(row.pauses)).map(({ from, to, reason }) => ({
      from: new Date(from).toISOString(),
      to: to === null ? null : new Date(to).toISOString(),
      reason,
    })),
    episodes: episodesReply(row),
    reopenCount: count(row.reopen_count),
    contactCount: count(row.contact_count),
    visits: count(row.visits),
    firstDiagnosis: text(row.first_diagnosis),
    finalCause: text(row.final_cause),
    redone: yesNo(row.redone),
    planReplaced: yesNo(row.plan_replaced),
    partsRequested: count(row.parts_requested),
    partsFilled: count(row.parts_filled),
    article: plain(row.article),
    articleUsed: yesNo(row.article_used),
    requiredFields: Number(row.required_fields),
    filledFields: Number(row.filled_fields),
    excludedReason: plain(row.excluded_reason),
    version: Number(row.version),
    provenance: row.batch_id && row.line ? { batchId: String(row.batch_id), line: Number(row.line) } : null,
  }
}

function episodesReply(row: Row): WorkOrder['episodes'] {
  const names = row.episode_agents as Record<string, string> | null
  const at = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
  return episodeFacts(plain(row.episodes), plain(row.episode_dues)).map((one) => ({
    reopenedAt: new Date(one.at).toISOString(),
    resolvedAt: at(one.resolvedAt),
    dueAt: at(one.dueAt),
    agent: named(one.agentId, one.agentId === null ? null : names?.[one.agentId]),
  }))
}

const selection = sql`w.*, ${stageSql(sql`p`, sql`w.occurred_at`, zoneSql(sql`w.organization_id`))} as life_stage, s.name as source_name, u.name as unit_name, a.name as agent_name, rp.name as responder_name,
  ru.name as responder_unit_name, p.name as product_name,
  v.name as supplier_name, c.code as customer_code, i.name_cipher,
  case when w.episodes is not null then (
    select json_object_agg(e.id, e.name) from directory.person e
    where e.organization_id = w.organization_id and strpos(w.episodes, e.id::text) > 0) end as episode_agents
  from cases.work_order w
  left join directory.source s on s.organization_id = w.organization_id and s.id = w.source_id
  join directory.unit u on u.organization_id = w.organization_id and u.id = w.unit_id
  left join directory.person a on a.organization_id = w.organization_id and a.id = w.agent_id
  left join directory.person rp on rp.organization_id = w.organization_id and rp.id = w.responder_id
  left join directory.unit ru on ru.organization_id = w.organization_id and ru.id = w.responder_unit_id
  left join directory.product p on p.organization_id = w.organization_id and p.id = w.product_id
  left join directory.unit v on v.organization_id = w.organization_id and v.id = w.supplier_id
  left join directory.customer c on c.organization_id = w.organization_id and c.id = w.customer_id
  left join directory.customer_identity i on i.organization_id = w.organization_id and i.customer_id = w.customer_id`

export async function readWorkOrder(tx: Tx, secrets: Secrets, id: string): Promise<WorkOrder> {
  const row = await tx.one<Row>(
    sql`select ${selection} where w.organization_id = ${tx.organizationId} and w.id = ${id}`,
  )
  if (!row) throw notFound()
  return workOrderReply(tx, secrets, row)
}

export async function listWorkOrders(tx: Tx, secrets: Secrets, query: ListQuery, zoneName: string) {
  const page = await listPage(tx, workOrderList(tx, query, zoneName), askedOf('work-orders', query))
  const rows = await tx.rows<Row>(sql`
    select ${selection} where w.organization_id = ${tx.organizationId} and w.id = any(${page.ids}::uuid[])`)
  return {
    items: inOrder(page.ids, rows, (row) => workOrderReply(tx, secrets, row)),
    next: page.next,
    total: page.total,
  }
}

export async function createWorkOrder(
  tx: Tx,
  secrets: Secrets,
  entered: Entered,
  context: { now: Date; sourceId: string; homeUnitId: string },
): Promise<WorkOrder> {
  const values = await columnsOf(tx, secrets, entered, context.now)
  const externalId =
    typeof entered.externalId === 'string' ? entered.externalId : await freeNumber(tx, context.sourceId)
  const taken = await tx.one(sql`
    select 1 from cases.work_order where organization_id = ${tx.organizationId} and source_id = ${context.sourceId}
      and external_id = ${externalId}`)
  if (taken)
    throw new Refusal('number_taken', 409, {
      zh: `工单编号“${externalId}”已存在。`,
      en: `Work order number "${externalId}" is taken.`,
    })
  const table = await openWorkOrders(tx, context.now)
  const write: WriteContext = {
    sourceId: context.sourceId,
    batchId: null,
    now: context.now,
    demo: false,
    sink: null,
  }
  const [outcome] = await writeFacts(
    tx,
    table,
    [{ externalId, line: null, values: { unit_id: context.homeUnitId, ...values } }],
    write,
  )
  if (!outcome || outcome.outcome === 'rejected')
    throw new Refusal(outcome?.code ?? 'rejected', 400, outcome ?? { zh: '未保存', en: 'Not kept' })
  await findAnewOf(tx, table, [outcome.row], context.now)
  return readWorkOrder(tx, secrets, outcome.id)
}

async function findAnewOf(tx: Tx, table: FactTable, rows: FactRow[], now: Date): Promise<void> {
  const touched = touchedRecords()
  for (const row of rows) touched.note(row)
  await findAnew(tx, table, touched, { sink: null, now })
}

/** SR001, SR002 … past numbers somebody typed in. */
async function freeNumber(tx: Tx, sourceId: string): Promise<string> {
  for (;;) {
    const number = `SR${String(await nextNumber(tx, sourceId)).padStart(3, '0')}`
    const taken = await tx.one(sql`
      select 1 from cases.work_order where organization_id = ${tx.organizationId} and source_id = ${sourceId}
        and external_id = ${number}`)
    if (!taken) return number
  }
}

export async function editWorkOrder(
  tx: Tx,
  secrets: Secrets,
  id: string,
  version: number,
  entered: Entered,
  now: Date,
  told?: (changes: FieldChange[]) => void,
): Promise<WorkOrder> {
  const table = await openWorkOrders(tx, now)
  const { before, after } = await editFact(
    tx,
    table,
    id,
    version,
    await columnsOf(tx, secrets, entered, now, id),
    now,
  )
  await findAnewOf(tx, table, [before, after], now)
  told?.(changesBetween(table, before, after))
  return readWorkOrder(tx, secrets, id)
}

/** Leaves an order out of every figure, with the reason; `null` lets it count again. It is never deleted. */
export async function excludeWorkOrder(
  tx: Tx,
  secrets: Secrets,
  id: string,
  reason: string | null,
  now: Date,
  told?: (changes: FieldChange[]) => void,
): Promise<WorkOrder> {
  const current = await readWorkOrder(tx, secrets, id)
  return editWorkOrder(tx, secrets, id, current.version, { excludedReason: reason }, now, told)
}
