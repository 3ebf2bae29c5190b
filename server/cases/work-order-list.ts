import { type ListColumn, listColumns } from '../../contract/list-columns.ts'
import { parseFilters, parseSort } from '../../contract/list-query.ts'
import { words } from '../../contract/words.ts'
import { containsShown, findNamed, inStages, stageOfRecord } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { containsSql, type List, type ListAsked, type ListField } from '../platform/list-page.ts'
import { type Sql, sql } from '../platform/sql.ts'

export interface ListQuery {
  cursor?: string | undefined
  offset?: number | undefined
  limit: number
  total?: number | 'later' | undefined
  filter?: string | undefined
  sort?: string | undefined
  unit?: string | undefined
  product?: string | undefined
  agent?: string | undefined
  search?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

export const askedOf = (kind: keyof typeof listColumns, query: ListQuery): ListAsked => ({
  filters: parseFilters(listColumns[kind], query.filter ?? '') ?? [],
  sort: parseSort(listColumns[kind], query.sort ?? '') ?? [],
  cursor: query.cursor,
  offset: query.offset,
  limit: query.limit,
  total: query.total,
})

/** Work orders as a list that can be narrowed and sorted by each of its columns. */
export function workOrderList(tx: Tx, query: ListQuery, zoneName: string): List {
  const where: Sql[] = [
    sql`w.organization_id = ${tx.organizationId}`,
    sql`w.unit_id = any(${tx.unitIds}::uuid[])`,
  ]
  if (query.unit) where.push(sql`w.unit_id = ${query.unit}`)
  if (query.product) where.push(sql`w.product_id = ${query.product}`)
  if (query.agent) where.push(sql`w.agent_id = ${query.agent}`)
  if (query.from) where.push(sql`w.occurred_at >= (${query.from}::date)::timestamp at time zone ${zoneName}`)
  if (query.to) where.push(sql`w.occurred_at < (${query.to}::date + 1)::timestamp at time zone ${zoneName}`)
  // Numbers only: free text may hold personal data, and a search must not reveal what is masked.
  if (query.search) where.push(containsSql(sql`w.external_id`, query.search))
  return {
    from: sql`cases.work_order w`,
    id: sql`w.id`,
    where,
    latest: sql`w.occurred_at`,
    zoneName,
    fields: fieldsOf(listColumns['work-orders'], tx, workOrderColumns, { at: sql`w.occurred_at`, zoneName }),
  }
}

const workOrderColumns: Record<string, Sql> = {
  externalId: sql`w.external_id`,
  problem: sql`w.problem`,
  category: sql`w.category`,
  priority: sql`w.priority`,
  plan: sql`w.plan`,
  result: sql`w.result`,
  confirmation: sql`w.confirmation`,
  confirmedAt: sql`w.confirmed_at`,
  surveySentAt: sql`w.survey_sent_at`,
  receivedAt: sql`w.received_at`,
  respondedAt: sql`w.responded_at`,
  startedAt: sql`w.started_at`,
  resolvedAt: sql`w.resolved_at`,
  channel: sql`w.channel`,
  status: sql`w.status`,
  subcategory: sql`w.subcategory`,
  complexity: sql`w.complexity`,
  faultLevel: sql`w.fault_level`,
  serial: sql`w.serial`,
  orderNo: sql`w.order_no`,
  demand: sql`w.demand`,
  faultIdentifiedAt: sql`w.fault_identified_at`,
  planConfirmedAt: sql`w.plan_confirmed_at`,
  arrivedAt: sql`w.arrived_at`,
  reopenedAt: sql`w.reopened_at`,
  closedAt: sql`w.closed_at`,
  responseDueAt: sql`w.response_due_at`,
  onsiteDueAt: sql`w.onsite_due_at`,
  resolutionDueAt: sql`w.resolution_due_at`,
  reopenCount: sql`w.reopen_count`,
  contactCount: sql`w.contact_count`,
  visits: sql`w.visits`,
  firstDiagnosis: sql`w.first_diagnosis`,
  finalCause: sql`w.final_cause`,
  redone: sql`w.redone::text`,
  planReplaced: sql`w.plan_replaced::text`,
  partsRequested: sql`w.parts_requested`,
  partsFilled: sql`w.parts_filled`,
  article: sql`w.article`,
  articleUsed: sql`w.article_used::text`,
  followedUpAt: sql`w.followed_up_at`,
  followUpDueAt: sql`w.follow_up_due_at`,
  resolutionMode: sql`w.resolution_mode`,
  cost: sql`w.cost`,
  filledFields: sql`w.filled_fields`,
  excludedReason: sql`w.excluded_reason`,
}

/** What tells the day of a record, for what its product was on it. */
interface Day {
  at: Sql
  zoneName: string
}

/** The fields of a list whose table is called `w`; what lies in other tables is the same for all lists. */
export function fieldsOf(
  columns: readonly ListColumn[],
  tx: Tx,
  own: Record<string, Sql>,
  day?: Day,
): Record<string, ListField> {
  const elsewhere: Record<string, ListField> = {
    ...fieldsElsewhere(tx),
    ...(day && { lifeStage: stageField(tx, day) }),
  }
  return Object.fromEntries(
    columns.map((column) => {
      const at = own[column.key]
      const field = at ? fieldOf(column, at) : elsewhere[column.key]
      if (!field) throw new Error(`no field for the column ${column.key}`)
      return [column.key, field]
    }),
  )
}

function stageField({ organizationId }: Tx, { at, zoneName: zone }: Day): ListField {
  const productId = sql`w.product_id`
  const stage = stageOfRecord(organizationId, productId, at, zone)
  return {
    at: sql`case ${stage} when 'launch' then 1 when 'growth' then 2 when 'maturity' then 3 end`,
    type: 'number',
    is: stage,
    among: (stages) => inStages(organizationId, stages, { productId, at, zone }),
  }
}

function fieldOf({ kind, words: list }: ListColumn, at: Sql): ListField {
  if (kind === 'instant') return { at, type: 'instant' }
  if (kind === 'number' || kind === 'score') return { at, type: 'number' }
  if (kind === 'long') return { at, type: 'text', has: (text) => containsShown(at, text) }
  if (list === 'priority')
    return {
      at: sql`case ${at} when 'urgent' then 1 when 'important' then 2 when 'normal' then 3 end`,
      type: 'number',
      is: at,
    }
  if (!list) return { at, type: 'text' }
  // Sorted by the word that is read, found by the code that is stored.
  const zh = Object.fromEntries(Object.entries(words[list]).map(([code, word]) => [code, word.zh]))
  return { at: sql`coalesce((${JSON.stringify(zh)}::jsonb) ->> ${at}, ${at})`, type: 'text', is: at }
}

const fieldsElsewhere = (tx: Tx): Record<string, ListField> => ({
  customer: {
    // The code alone: the name is not shown, so it neither sorts nor finds.
    at: sql`c.code`,
    type: 'text',
    is: sql`w.customer_id`,
    join: sql`left join directory.customer c on c.organization_id = w.organization_id and c.id = w.customer_id`,
    has: (text) => sql`w.customer_id in (select k.id from directory.customer k
      where k.organization_id = ${tx.organizationId} and ${containsSql(sql`k.code`, text)})`,
  },
  product: {
    at: sql`p.name`,
    type: 'text',
    is: sql`w.product_id`,
    join: sql`left join directory.product p on p.organization_id = w.organization_id and p.id = w.product_id`,
    has: async (text) => sql`w.product_id = any(${await findNamed(tx, 'product', text)}::uuid[])`,
  },
  agent: {
    at: sql`a.name`,
    type: 'text',
    is: sql`w.agent_id`,
    join: sql`left join directory.person a on a.organization_id = w.organization_id and a.id = w.agent_id`,
    has: async (text) => sql`w.agent_id = any(${await findNamed(tx, 'person', text)}::uuid[])`,
  },
  responder: {
    at: sql`rp.name`,
    type: 'text',
    is: sql`w.responder_id`,
    join: sql`left join directory.person rp on rp.organization_id = w.organization_id and rp.id = w.responder_id`,
    has: async (text) => sql`w.responder_id = any(${await findNamed(tx, 'person', text)}::uuid[])`,
  },
  unit: {
    at: sql`u.name`,
    type: 'text',
    is: sql`w.unit_id`,
    join: sql`join directory.unit u on u.organization_id = w.organization_id and u.id = w.unit_id`,
    has: async (text) => sql`w.unit_id = any(${await findNamed(tx, 'unit', text)}::uuid[])`,
  },
  supplier: {
    at: sql`v.name`,
    type: 'text',
    is: sql`w.supplier_id`,
    join: sql`left join directory.unit v on v.organization_id = w.organization_id and v.id = w.supplier_id`,
    has: async (text) => sql`w.supplier_id = any(${await findNamed(tx, 'unit', text)}::uuid[])`,
  },
  source: {
    at: sql`s.name`,
    type: 'text',
    join: sql`join directory.source s on s.organization_id = w.organization_id and s.id = w.source_id`,
    has: (text) => sql`w.source_id in (select k.id from directory.source k
      where k.organization_id = ${tx.organizationId} and ${containsSql(sql`k.name`, text)})`,
  },
})
