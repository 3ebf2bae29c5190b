import { episodeFacts } from '../../cases/index.ts'
import type { WorkOrderFact } from '../../cases/work-order-fact.ts'
import { sql } from '../../platform/sql.ts'
import { type MeasuredKind, type ReadRow, sharedColumns } from './measured-kind.ts'
import { partsOfOrder } from './work-order-parts.ts'
import { contributeOrder } from './work-order-shares.ts'

export const workOrder: MeasuredKind<WorkOrderFact> = {
  kind: 'work_order',
  table: 'cases.work_order',
  columns: [
    ...sharedColumns,
    'occurred_at',
    'received_at',
    'responded_at',
    'started_at',
    'fault_identified_at',
    'plan_confirmed_at',
    'resolved_at',
    'reopened_at',
    'response_due_at',
    'start_due_at',
    'plan_due_at',
    'resolution_due_at',
    'repeated_at',
    'clock_at',
    'response_in_time',
    'resolution_in_time',
    'reopen_count',
    'contact_count',
    'required_fields',
    'filled_fields',
    'confirmed_at',
    'closed_at',
    'supplier_id',
    'complexity',
    'fault_level',
    'resolution_mode',
    'cost::text',
    'case when serial is not null then fault_before_at is not null end',
    'case when customer_id is not null then complaint_before_at is not null end',
    'responder_id',
    'responder_unit_id',
    'episodes',
    'episode_dues',
    'arrived_at',
    'onsite_due_at',
    'visits',
    'case when serial is not null then fault_after_at is not null end',
    'diagnosis_right',
    'redone',
    'plan_replaced',
    'parts_requested',
    'parts_filled',
    'article_used',
    'followed_up_at',
    'follow_up_due_at',
    'survey_sent_at',
    'costed',
  ],
  read,
  place: 'occurred_at',
  // A limit given by the source may lie before all else that is known of the order.
  countsEarlier: `least(received_at, responded_at, started_at, fault_identified_at, plan_confirmed_at, resolved_at,
    arrived_at, closed_at, followed_up_at, survey_sent_at, response_due_at, start_due_at, plan_due_at, onsite_due_at, resolution_due_at,
    follow_up_due_at) < occurred_at`,
  // For the same reason the order's first time bounds nothing.
  anchoredWithin: (from, to) =>
    sql`((occurred_at >= ${from} and occurred_at < ${to}) or (resolved_at >= ${from} and resolved_at < ${to})
      or (received_at >= ${from} and received_at < ${to}) or (closed_at >= ${from} and closed_at < ${to})
      or (responded_at >= ${from} and responded_at < ${to}) or (response_due_at >= ${from} and response_due_at < ${to})
      or (started_at >= ${from} and started_at < ${to}) or (start_due_at >= ${from} and start_due_at < ${to})
      or (plan_confirmed_at >= ${from} and plan_confirmed_at < ${to})
      or (plan_due_at >= ${from} and plan_due_at < ${to})
      or (arrived_at >= ${from} and arrived_at < ${to}) or (onsite_due_at >= ${from} and onsite_due_at < ${to})
      or (resolution_due_at >= ${from} and resolution_due_at < ${to})
      or (followed_up_at >= ${from} and followed_up_at < ${to})
      or (follow_up_due_at >= ${from} and follow_up_due_at < ${to})
      or (confirmed_at >= ${from}::timestamptz - interval '24 hours' and confirmed_at < ${to})
      or (survey_sent_at >= ${from} and survey_sent_at < ${to})
      or (episodes is not null and occurred_at < ${to}))`,
  has: ['supplier', 'faultLevel', 'responder'],
  at: (fact) => fact.occurredAt,
  parts: partsOfOrder,
  contribute: contributeOrder,
}

// Written out: this is the row of which there are millions.
function read(row: ReadRow): WorkOrderFact {
  return {
    unitId: row.uuid(0) ?? '',
    agentId: row.uuid(1),
    productId: row.uuid(2),
    category: row.text(3),
    subcategory: row.text(4),
    channel: row.text(5),
    priority: row.text(6) as WorkOrderFact['priority'],
    excludedReason: row.text(7),
    occurredAt: row.instant(8) ?? 0,
    receivedAt: row.instant(9),
    respondedAt: row.instant(10),
    startedAt: row.instant(11),
    faultIdentifiedAt: row.instant(12),
    planConfirmedAt: row.instant(13),
    resolvedAt: row.instant(14),
    reopenedAt: row.instant(15),
    responseDueAt: row.instant(16),
    startDueAt: row.instant(17),
    planDueAt: row.instant(18),
    resolutionDueAt: row.instant(19),
    repeatedAt: row.instant(20),
    clockAt: row.instant(21) ?? 0,
    responseInTime: row.bool(22),
    resolutionInTime: row.bool(23),
    reopenCount: row.int(24),
    contactCount: row.int(25),
    requiredFields: row.int(26) ?? 0,
    filledFields: row.int(27) ?? 0,
    confirmedAt: row.instant(28),
    closedAt: row.instant(29),
    supplierId: row.uuid(30),
    complexity: row.text(31) as WorkOrderFact['complexity'],
    faultLevel: row.text(32),
    resolutionMode: row.text(33),
    cost: row.text(34),
    faultBefore: row.bool(35),
    complaintBefore: row.bool(36),
    responderId: row.uuid(37),
    responderUnitId: row.uuid(38),
    episodes: episodeFacts(row.text(39), row.text(40)),
    arrivedAt: row.instant(41),
    onsiteDueAt: row.instant(42),
    visits: row.int(43),
    faultAfter: row.bool(44),
    diagnosisRight: row.bool(45),
    redone: row.bool(46),
    planReplaced: row.bool(47),
    partsRequested: row.int(48),
    partsFilled: row.int(49),
    articleUsed: row.bool(50),
    followedUpAt: row.instant(51),
    followUpDueAt: row.instant(52),
    surveySentAt: row.instant(53),
    costed: row.bool(54) === true,
  }
}
