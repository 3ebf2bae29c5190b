/** One person's working day as measuring sees it. Hours are exact decimals as text. */
export interface AttendanceFact {
  unitId: string
  agentId: string | null
  productId: null
  category: null
  subcategory: null
  channel: null
  priority: null
  /** Epoch ms: an instant of the day, mostly its midnight. */
  workedAt: number
  scheduledHours: string
  workedHours: string | null
  onDuty: boolean
  qualified: boolean | null
  excludedReason: string | null
}
