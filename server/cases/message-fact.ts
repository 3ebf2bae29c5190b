/** One message of a chat as measuring sees it. Instants are epoch ms. */
export interface MessageFact {
  unitId: string
  agentId: string | null
  productId: string | null
  category: string | null
  subcategory: string | null
  channel: string | null
  priority: string | null
  sender: 'customer' | 'agent' | 'automatic'
  sentAt: number
  /** Of a message that answers: when the first customer's message came that nobody had answered. */
  awaitedAt: number | null
  excludedReason: string | null
}
