/** An invitation to a survey as measuring sees it. Instants are epoch ms. */
export interface InvitationFact {
  unitId: string
  agentId: string | null
  productId: string | null
  category: string | null
  subcategory: string | null
  channel: string | null
  priority: string | null
  sentAt: number
  /** The first answer; null while nobody answered. */
  submittedAt: number | null
  /** 1 is the first survey of an order, 2 the one after it was opened again. */
  round: number
  /** Sent again in a round that was asked before: it is no further invitation. */
  reminder: boolean
  excludedReason: string | null
}
