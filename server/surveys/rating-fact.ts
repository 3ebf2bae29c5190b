/**
 * A rating as measuring sees it: an answered survey (`response`) or a line of the feedback ledger
 * (`feedback`, which has the overall score alone). Scores are exact decimals as text, e.g. '4.5'.
 */
export interface RatingFact {
  unitId: string
  agentId: string | null
  productId: string | null
  category: string | null
  subcategory: string | null
  channel: string | null
  priority: string | null
  /** Epoch ms: when the answer was submitted, or the feedback received. */
  at: number
  overall: string | null
  responseSpeed: string | null
  resolutionEfficiency: string | null
  attitude: string | null
  professionalism: string | null
  /** Asked of those who complained. */
  channelEase: string | null
  handlingQuality: string | null
  /** 0–10, for the net promoter score. */
  recommend: number | null
  excludedReason: string | null
}
