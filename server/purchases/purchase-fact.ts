/** A purchase as measuring sees it. */
export interface PurchaseFact {
  unitId: string
  agentId: string | null
  customerId: string | null
  productId: string | null
  category: null
  subcategory: null
  channel: string | null
  priority: null
  /** Epoch ms */
  orderedAt: number
  /** An exact decimal of at most two places. */
  amount: string | null
  excludedReason: string | null
}
