/** An inspection as measuring sees it. Scores are exact decimals of 0–100 as text. */
export interface InspectionFact {
  unitId: string
  agentId: string | null
  productId: string | null
  category: string | null
  subcategory: string | null
  channel: string | null
  priority: string | null
  kind: 'inspection' | 'mystery_shopper'
  /** Epoch ms: when what was inspected took place. */
  at: number
  score: string | null
  etiquetteScore: string | null
  wordingScore: string | null
  fieldsRight: number | null
  fieldsInspected: number | null
  /** Nodes of the process that were inspected, and those done in order, in time and by the right role. */
  nodesRight: number | null
  nodesInspected: number | null
  excludedReason: string | null
}
