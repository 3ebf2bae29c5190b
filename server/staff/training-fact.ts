/** One person's part in a training or an exam as measuring sees it. Hours are exact decimals as text. */
export interface TrainingFact {
  unitId: string
  agentId: string | null
  productId: null
  category: null
  subcategory: null
  channel: null
  priority: null
  kind: 'training' | 'exam'
  /** Epoch ms. */
  heldAt: number
  hours: string | null
  score: string | null
  passed: boolean | null
  excludedReason: string | null
}
