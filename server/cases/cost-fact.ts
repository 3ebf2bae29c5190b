/** Something spent on the service as measuring sees it. The amount is an exact decimal as text. */
export interface CostFact {
  unitId: string
  agentId: string | null
  productId: string | null
  category: string | null
  subcategory: string | null
  channel: string | null
  priority: string | null
  kind: 'labour' | 'parts' | 'travel' | 'compensation'
  /** Epoch ms: an instant of the day, mostly its midnight. */
  incurredAt: number
  amount: string
  excludedReason: string | null
}
