/** A time after the first solution in which the order was open again. */
export interface Episode {
  at: number
  resolvedAt: number | null
  dueAt: number | null
  /** Who solved it then; null: the order's agent. */
  agentId: string | null
}

/**
 * A work order as measuring sees it: who and what it belongs to, and its times. Instants are epoch ms.
 * Written as it stands into `platform.change`, read from `cases.work_order` by the measuring module.
 */
export interface WorkOrderFact {
  unitId: string
  agentId: string | null
  /** Whose the first response was, where it was not the order's own agent and unit; null where it was. */
  responderId: string | null
  responderUnitId: string | null
  productId: string | null
  supplierId: string | null
  category: string | null
  subcategory: string | null
  channel: string | null
  priority: 'urgent' | 'important' | 'normal' | null
  complexity: 'ordinary' | 'complex' | null
  occurredAt: number
  receivedAt: number | null
  respondedAt: number | null
  startedAt: number | null
  faultIdentifiedAt: number | null
  planConfirmedAt: number | null
  arrivedAt: number | null
  resolvedAt: number | null
  reopenedAt: number | null
  responseDueAt: number | null
  startDueAt: number | null
  planDueAt: number | null
  onsiteDueAt: number | null
  resolutionDueAt: number | null
  /** The source system's own verdicts; they stand above our comparison with the limit. */
  responseInTime: boolean | null
  resolutionInTime: boolean | null
  reopenCount: number | null
  contactCount: number | null
  /** How often somebody came. */
  visits: number | null
  /** Whether the final cause is the first diagnosis; null unless both are known. */
  diagnosisRight: boolean | null
  /** Whether the repair damaged something or had to be done again. */
  redone: boolean | null
  /** Whether the plan was replaced by another. */
  planReplaced: boolean | null
  partsRequested: number | null
  /** Of those requested, how many were there at once. */
  partsFilled: number | null
  /** Whether an article of the knowledge base was used. */
  articleUsed: boolean | null
  followedUpAt: number | null
  followUpDueAt: number | null
  /** When the same customer came back with the same product and category within 7 days of the resolution. */
  repeatedAt: number | null
  requiredFields: number
  filledFields: number
  confirmedAt: number | null
  /** When the customer was first asked what the order was like; null while nobody did. */
  surveySentAt: number | null
  closedAt: number | null
  faultLevel: string | null
  resolutionMode: string | null
  /** An exact decimal as text. */
  cost: string | null
  /** Whether records of costs stand in for that. */
  costed: boolean
  /** Whether the same product had the same fault within 30 days before; null without a serial number. */
  faultBefore: boolean | null
  /** Whether it had the same fault again within 30 days after the solution; null without a serial number. */
  faultAfter: boolean | null
  /** Whether the same customer complained of the same within 30 days before; null without a customer. */
  complaintBefore: boolean | null
  /** After the first solution, in order. */
  episodes: readonly Episode[]
  excludedReason: string | null
  /** Open limits are judged as of this instant: one that passed later is not yet counted. */
  clockAt: number
  /** Which part of the order this is, once `partsOf` has told apart what counts for different people; without it all. */
  part?: 'response' | 'work' | 'episode'
}

/** A survey is owed within 24 hours of the customer's confirmation, by the clock on the wall. */
export const surveyDueAt = (confirmedAt: number | null): number | null =>
  confirmedAt === null ? null : confirmedAt + 86_400_000
