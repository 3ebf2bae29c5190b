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
  /** What asks for a reply: a score of 3 or less, a suggestion, both; null where nothing does. */
  replyFor: 'score' | 'suggestion' | 'both' | null
  /** Epoch ms: when the customer was told what came of it, and until when that was due. */
  repliedAt: number | null
  replyDueAt: number | null
  /** Whether it was in time cannot be known: the reply or what it answers has no day. */
  replyUnknown: boolean
  /** The limit is judged as of here. */
  clockAt: number | null
}
