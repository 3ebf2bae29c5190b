/** A call or chat as measuring sees it. Instants are epoch ms. */
export interface ContactFact {
  unitId: string
  agentId: string | null
  productId: string | null
  category: string | null
  subcategory: string | null
  channel: string | null
  priority: string | null
  startedAt: number
  answeredAt: number | null
  endedAt: number | null
  rings: number | null
  excludedReason: string | null
}
