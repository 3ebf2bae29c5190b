import { bookkeeping, type FactRow, type FactTable } from '../platform/fact-table.ts'
import { type Dues, dues } from '../standards/index.ts'
import type { ClockRules } from './context.ts'
import { duesText, episodeFacts, episodesIn, pausesOfEpisode } from './episodes.ts'
import { pauseSpans } from './pauses.ts'
import { deriveRepair } from './repair-facts.ts'
import { surveyDueAt, type WorkOrderFact } from './work-order-fact.ts'

const given = [
  'unit_id',
  'agent_id',
  'responder_id',
  'responder_unit_id',
  'customer_id',
  'product_id',
  'supplier_id',
  'serial',
  'order_no',
  'problem',
  'demand',
  'category',
  'subcategory',
  'priority',
  'complexity',
  'fault_level',
  'channel',
  'plan',
  'result',
  'confirmation',
  'status',
  'resolution_mode',
  'cost',
  'received_at',
  'responded_at',
  'started_at',
  'fault_identified_at',
  'plan_confirmed_at',
  'arrived_at',
  'resolved_at',
  'reopened_at',
  'confirmed_at',
  'closed_at',
  'response_due_given_at',
  'resolution_due_given_at',
  'response_in_time',
  'resolution_in_time',
  'reopen_count',
  'contact_count',
  'visits',
  'first_diagnosis',
  'final_cause',
  'redone',
  'plan_replaced',
  'parts_requested',
  'parts_filled',
  'article',
  'article_given',
  'followed_up_at',
  'follow_up_due_given_at',
  'excluded_reason',
  'pauses',
  'episodes',
] as const

const times = [
  'received_at',
  'responded_at',
  'started_at',
  'fault_identified_at',
  'plan_confirmed_at',
  'arrived_at',
  'resolved_at',
  'confirmed_at',
  'closed_at',
] as const

/** 模板一: what every order must carry, and what one must that is done. */
const always = ['customer_id', 'product_id', 'problem', 'category', 'priority', 'agent_id'] as const
const alwaysAndDone = [...always, 'plan', 'result', 'confirmation'] as const

interface Judging extends Pick<ClockRules, 'limitsOn' | 'hoursOf'> {
  now: Date
}

/** The table of work orders, judged by the limits of the standard in force when each was received. */
export function workOrderTable(options: Judging): FactTable {
  return {
    kind: 'work_order',
    table: 'cases.work_order',
    sight: { column: 'responder_unit_id', table: 'cases.responding_unit', id: 'work_order_id' },
    columns: {
      id: 'uuid',
      source_id: 'uuid',
      external_id: 'text',
      unit_id: 'uuid',
      agent_id: 'uuid',
      responder_id: 'uuid',
      responder_unit_id: 'uuid',
      customer_id: 'uuid',
      product_id: 'uuid',
      supplier_id: 'uuid',
      serial: 'text',
      order_no: 'text',
      problem: 'text',
      demand: 'text',
      category: 'text',
      subcategory: 'text',
      priority: 'text',
      complexity: 'text',
      fault_level: 'text',
      channel: 'text',
      plan: 'text',
      result: 'text',
      confirmation: 'text',
      status: 'text',
      resolution_mode: 'text',
      cost: 'numeric',
      received_at: 'instant',
      responded_at: 'instant',
      started_at: 'instant',
      fault_identified_at: 'instant',
      plan_confirmed_at: 'instant',
      arrived_at: 'instant',
      resolved_at: 'instant',
      reopened_at: 'instant',
      confirmed_at: 'instant',
      closed_at: 'instant',
      occurred_at: 'instant',
      survey_sent_at: 'instant',
      response_due_at: 'instant',
      start_due_at: 'instant',
      plan_due_at: 'instant',
      onsite_due_at: 'instant',
      resolution_due_at: 'instant',
      response_due_given_at: 'instant',
      resolution_due_given_at: 'instant',
      response_in_time: 'verdict',
      resolution_in_time: 'verdict',
      reopen_count: 'int',
      contact_count: 'int',
      visits: 'int',
      first_diagnosis: 'text',
      final_cause: 'text',
      diagnosis_right: 'verdict',
      redone: 'verdict',
      plan_replaced: 'verdict',
      parts_requested: 'int',
      parts_filled: 'int',
      article: 'text',
      article_given: 'verdict',
      article_used: 'verdict',
      followed_up_at: 'instant',
      follow_up_due_given_at: 'instant',
      follow_up_due_at: 'instant',
      repeated_at: 'instant',
      fault_before_at: 'instant',
      fault_after_at: 'instant',
      complaint_before_at: 'instant',
      required_fields: 'int',
      filled_fields: 'int',
      excluded_reason: 'text',
      pauses: 'text',
      episodes: 'text',
      episode_dues: 'text',
      clock_at: 'instant',
      next_due_at: 'instant',
      from_events: 'bool',
      costed: 'bool',
      ...bookkeeping,
    },
    given,
    derive: (row, before) => {
      keepResponder(row, before)
      return deriveOrder(row, options)
    },
    factOf: orderFact,
  }
}

/**
 * Handed on after its first response and before its solution, an order's response stays with whoever had it then; after
 * the solution another agent is a correction, of both. What was given of the responder stands above that.
 */
function keepResponder(row: FactRow, before: FactRow | null | undefined): void {
  const handedOn =
    before &&
    row.responder_unit_id === null &&
    before.responder_unit_id === null &&
    before.responded_at !== null &&
    row.responded_at !== null &&
    before.resolved_at === null &&
    (row.unit_id !== before.unit_id || (before.agent_id !== null && row.agent_id !== before.agent_id))
  if (handedOn) {
    row.responder_id = before.agent_id ?? null
    row.responder_unit_id = before.unit_id ?? null
  }
  if (row.responder_id !== row.agent_id || row.responder_unit_id !== row.unit_id) return
  row.responder_id = null
  row.responder_unit_id = null
}

function deriveOrder(row: FactRow, options: Judging) {
  const occurredAt = earliest(row)
  if (occurredAt === null)
    return {
      code: 'no_time',
      zh: '没有任何时间，无法归入统计周期。请填写受理时间或其他时间。',
      en: 'The row holds no time, so it belongs to no period. Fill in the receipt or another time.',
    }
  row.occurred_at = occurredAt
  // Costs of its own stand in for a cost that is there; which orders have some is found in `costed.ts`.
  if (row.cost === null) row.costed = false
  const limits = duesOf(row, options)
  row.response_due_at = row.response_due_given_at ?? limits.responseDueAt
  row.start_due_at = limits.startDueAt
  row.plan_due_at = limits.planDueAt
  row.onsite_due_at = limits.onsiteDueAt
  row.resolution_due_at = row.resolution_due_given_at ?? limits.resolutionDueAt
  row.follow_up_due_at = row.follow_up_due_given_at ?? limits.followUpDueAt
  row.episode_dues = duesText(episodeDues(row, options))
  const done = row.resolved_at !== null || row.confirmed_at !== null || row.closed_at !== null
  const required = done ? alwaysAndDone : always
  row.required_fields = required.length
  row.filled_fields = required.reduce((n, name) => (row[name] === null || row[name] === '' ? n : n + 1), 0)
  judgeClocks(row, options.now.getTime())
  return deriveRepair(row)
}

function earliest(row: FactRow): number | null {
  let first: number | null = null
  for (const name of times) {
    const at = row[name]
    if (typeof at === 'number' && (first === null || at < first)) first = at
  }
  return first
}

const noDues: Dues = {
  responseDueAt: null,
  startDueAt: null,
  planDueAt: null,
  onsiteDueAt: null,
  resolutionDueAt: null,
  followUpDueAt: null,
}

function duesOf(row: FactRow, { limitsOn, hoursOf }: Judging): Dues {
  const receivedAt = row.received_at
  if (typeof receivedAt !== 'number') return noDues
  const record = {
    receivedAt,
    startedAt: row.started_at as number | null,
    planConfirmedAt: row.plan_confirmed_at as number | null,
    arrivedAt: row.arrived_at as number | null,
    resolvedAt: row.resolved_at as number | null,
    pauses: pauseSpans(row.pauses as string | null),
    ...scopeOf(row),
  }
  return dues(limitsOn(receivedAt), record, () => hoursOf(String(row.unit_id), receivedAt))
}

const scopeOf = (row: FactRow) => ({
  priority: row.priority as WorkOrderFact['priority'],
  complexity: row.complexity as WorkOrderFact['complexity'],
  channel: row.channel as string | null,
  faultLevel: row.fault_level as string | null,
})

/** Each re-opening starts the resolution limit anew, by the standard in force then. */
function episodeDues(row: FactRow, { limitsOn, hoursOf }: Judging): (number | null)[] {
  return episodesIn(row.episodes as string | null).map((episode) => {
    const record = {
      receivedAt: episode.from,
      startedAt: null,
      planConfirmedAt: null,
      arrivedAt: null,
      resolvedAt: episode.to,
      pauses: pausesOfEpisode(episode, pauseSpans(row.pauses as string | null)),
      ...scopeOf(row),
    }
    return dues(limitsOn(episode.from), record, () => hoursOf(String(row.unit_id), episode.from))
      .resolutionDueAt
  })
}

/** Judges the open limits as of `now` and finds the next one still to come. */
export function judgeClocks(row: FactRow, now: number): void {
  row.clock_at = now
  let next: number | null = null
  const coming = (done: FactRow[string] | undefined, due: FactRow[string] | undefined) => {
    if (done === null && typeof due === 'number' && due > now && (next === null || due < next)) next = due
  }
  coming(row.responded_at, row.response_due_at)
  coming(row.started_at, row.start_due_at)
  coming(row.plan_confirmed_at, row.plan_due_at)
  coming(row.arrived_at, row.onsite_due_at)
  coming(row.resolved_at, row.resolution_due_at)
  coming(row.followed_up_at, row.follow_up_due_at)
  coming(row.survey_sent_at, surveyDueAt(row.confirmed_at as number | null))
  for (const { resolvedAt, dueAt } of episodeFacts(
    row.episodes as string | null,
    row.episode_dues as string | null,
  ))
    coming(resolvedAt, dueAt)
  row.next_due_at = next
}

function orderFact(row: FactRow): WorkOrderFact {
  // Each field by its own name: asked for by one that varies it takes several times as long, a million times over.
  return {
    unitId: String(row.unit_id),
    agentId: row.agent_id as string | null,
    responderId: row.responder_id as string | null,
    responderUnitId: row.responder_unit_id as string | null,
    productId: row.product_id as string | null,
    supplierId: row.supplier_id as string | null,
    category: row.category as string | null,
    subcategory: row.subcategory as string | null,
    channel: row.channel as string | null,
    priority: row.priority as WorkOrderFact['priority'],
    complexity: row.complexity as WorkOrderFact['complexity'],
    occurredAt: Number(row.occurred_at),
    receivedAt: row.received_at as number | null,
    respondedAt: row.responded_at as number | null,
    startedAt: row.started_at as number | null,
    faultIdentifiedAt: row.fault_identified_at as number | null,
    planConfirmedAt: row.plan_confirmed_at as number | null,
    arrivedAt: row.arrived_at as number | null,
    resolvedAt: row.resolved_at as number | null,
    reopenedAt: row.reopened_at as number | null,
    responseDueAt: row.response_due_at as number | null,
    startDueAt: row.start_due_at as number | null,
    planDueAt: row.plan_due_at as number | null,
    onsiteDueAt: row.onsite_due_at as number | null,
    resolutionDueAt: row.resolution_due_at as number | null,
    responseInTime: row.response_in_time as boolean | null,
    resolutionInTime: row.resolution_in_time as boolean | null,
    reopenCount: row.reopen_count as number | null,
    contactCount: row.contact_count as number | null,
    visits: row.visits as number | null,
    diagnosisRight: row.diagnosis_right as boolean | null,
    redone: row.redone as boolean | null,
    planReplaced: row.plan_replaced as boolean | null,
    partsRequested: row.parts_requested as number | null,
    partsFilled: row.parts_filled as number | null,
    articleUsed: row.article_used as boolean | null,
    followedUpAt: row.followed_up_at as number | null,
    followUpDueAt: row.follow_up_due_at as number | null,
    repeatedAt: row.repeated_at as number | null,
    requiredFields: Number(row.required_fields),
    filledFields: Number(row.filled_fields),
    confirmedAt: row.confirmed_at as number | null,
    surveySentAt: row.survey_sent_at as number | null,
    closedAt: row.closed_at as number | null,
    faultLevel: row.fault_level as string | null,
    resolutionMode: row.resolution_mode as string | null,
    cost: row.cost as string | null,
    costed: row.costed === true,
    faultBefore: row.serial === null ? null : row.fault_before_at !== null,
    faultAfter: row.serial === null ? null : row.fault_after_at !== null,
    complaintBefore: row.customer_id === null ? null : row.complaint_before_at !== null,
    episodes: episodeFacts(row.episodes as string | null, row.episode_dues as string | null),
    excludedReason: row.excluded_reason as string | null,
    clockAt: Number(row.clock_at),
  }
}
