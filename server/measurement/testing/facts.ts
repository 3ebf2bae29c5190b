import type { WorkOrderFact } from '../../cases/work-order-fact.ts'
import type { FactKind } from '../../platform/change.ts'
import { dayToDate, zone } from '../../platform/time.ts'
import type { InvitationFact } from '../../surveys/invitation-fact.ts'
import type { RatingFact } from '../../surveys/rating-fact.ts'
import { contribute, partsOf } from '../kernel.ts'
import type { Fact } from '../kinds/measured-kind.ts'
import { noOwnShares, type OwnShares } from '../own/compile.ts'
import { type Emit, type Tally, tallies } from '../tallies.ts'

export const shanghai = zone('Asia/Shanghai')
export const at = (local: string) => Date.parse(`2024-${local}+08:00`)
export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

export const received = at('05-10T10:00:00')
export const order: WorkOrderFact = {
  unitId: 'u',
  agentId: null,
  responderId: null,
  responderUnitId: null,
  productId: null,
  supplierId: null,
  category: null,
  subcategory: null,
  channel: null,
  priority: null,
  complexity: null,
  occurredAt: received,
  receivedAt: received,
  respondedAt: null,
  startedAt: null,
  faultIdentifiedAt: null,
  planConfirmedAt: null,
  arrivedAt: null,
  resolvedAt: null,
  reopenedAt: null,
  responseDueAt: null,
  startDueAt: null,
  planDueAt: null,
  onsiteDueAt: null,
  resolutionDueAt: null,
  responseInTime: null,
  resolutionInTime: null,
  reopenCount: null,
  contactCount: null,
  visits: null,
  diagnosisRight: null,
  redone: null,
  planReplaced: null,
  partsRequested: null,
  partsFilled: null,
  articleUsed: null,
  followedUpAt: null,
  followUpDueAt: null,
  repeatedAt: null,
  confirmedAt: null,
  surveySentAt: null,
  closedAt: null,
  faultLevel: null,
  resolutionMode: null,
  cost: null,
  costed: false,
  faultBefore: null,
  faultAfter: null,
  complaintBefore: null,
  episodes: [],
  requiredFields: 0,
  filledFields: 0,
  excludedReason: null,
  clockAt: at('06-30T00:00:00'),
}
export const rating: RatingFact = {
  unitId: 'u',
  agentId: null,
  productId: null,
  category: null,
  subcategory: null,
  channel: null,
  priority: null,
  at: received,
  overall: null,
  responseSpeed: null,
  resolutionEfficiency: null,
  attitude: null,
  professionalism: null,
  channelEase: null,
  handlingQuality: null,
  recommend: null,
  excludedReason: null,
  replyFor: null,
  repliedAt: null,
  replyDueAt: null,
  replyUnknown: false,
  clockAt: at('06-30T00:00:00'),
}

export const invitation: InvitationFact = {
  unitId: 'u',
  agentId: null,
  productId: null,
  category: null,
  subcategory: null,
  channel: null,
  priority: null,
  sentAt: received,
  submittedAt: null,
  round: 1,
  reminder: false,
  excludedReason: null,
}

type Share = [day: string, value: number, n: number, missing: number]

/** What a fact contributes, by tally: each share with its local day as `05-10`. */
export function sharesOf(
  kind: FactKind,
  fact: Fact,
  own: OwnShares = noOwnShares,
): Partial<Record<Tally, Share[]>> {
  const shares: Partial<Record<Tally, Share[]>> = {}
  const keep: Emit = (tally, localDay, value, n, missing) => {
    const list = shares[tallies[tally]!] ?? []
    shares[tallies[tally]!] = list
    list.push([dayToDate(localDay).slice(5), value, n, missing])
  }
  for (const part of partsOf(kind, fact)) contribute(kind, part, shanghai, keep, own)
  return shares
}
