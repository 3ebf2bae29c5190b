/**
 * The accumulators that figures are read from. A number is a place in every stored cell: never reorder,
 * only append. `sketched` ones keep a histogram for percentiles.
 */
export const tallies = [
  'first_response',
  'response_in_time',
  'start_in_time',
  'plan_in_time',
  'handling',
  'resolution',
  'fault_repair',
  'resolution_in_time',
  'first_contact',
  'fcr_all',
  'resolved_share',
  'reopened',
  'completeness',
  'experience',
  'csat',
  'response_speed',
  'resolution_efficiency',
  'attitude',
  'professionalism',
  'nps',
  'remote',
  'self_service',
  'repaired',
  'repeat_fault',
  'complaint_share',
  'complaint_response',
  'complaint_handled',
  'complaint_accepted',
  'complaint_in_time',
  'repeat_complaint',
  'cost',
  'answered',
  'answered_in_standard',
  'inspection',
  'etiquette',
  'wording',
  'mystery_shopper',
  'record_accuracy',
  // Places for measures of an organization's own: which one holds what, each organization says for itself.
  'own_1',
  'own_2',
  'own_3',
  'own_4',
  'own_5',
  'own_6',
  'own_7',
  'own_8',
  'own_9',
  'own_10',
  'own_sketched_1',
  'own_sketched_2',
  'own_sketched_3',
  'own_sketched_4',
  'own_sketched_5',
  'own_sketched_6',
  'own_sketched_7',
  'own_sketched_8',
  'own_sketched_9',
  'own_sketched_10',
  'training_hours',
  'exam_passed',
  'onsite_in_time',
  'first_time_fix',
  'scheduled',
  'agent_day',
  'qualified_on_duty',
  'diagnosis',
  'repair_accuracy',
  'plan_accuracy',
  'parts_fill',
  'knowledge_use',
  'follow_up',
  'process_compliance',
  'survey_answered',
  'survey_in_time',
  'survey_sent',
  'complaint_satisfaction',
  'response_wait',
  'spent',
  'complaint_survey_answered',
  'replied_in_time',
  'score_replied_in_time',
  'suggestion_replied_in_time',
] as const
export type Tally = (typeof tallies)[number]
export const tallyNumber = Object.fromEntries(tallies.map((name, i) => [name, i])) as Record<Tally, number>
export const sketched: readonly boolean[] = tallies.map(
  (name) =>
    [
      'first_response',
      'handling',
      'resolution',
      'fault_repair',
      'complaint_response',
      'response_wait',
    ].includes(name) || name.startsWith('own_sketched_'),
)

/** The places of own measures: those that keep a histogram, and those that do not. */
export const ownTallies = (withSketch: boolean): Tally[] =>
  tallies.filter((name, i) => name.startsWith('own_') && sketched[i] === withSketch)

/** Those judged by limits of the standard, each of which says for itself which hours it runs in. */
export const byLimits: ReadonlySet<Tally> = new Set<Tally>([
  'response_in_time',
  'start_in_time',
  'plan_in_time',
  'onsite_in_time',
  'resolution_in_time',
  'complaint_handled',
  'complaint_accepted',
  'complaint_in_time',
  'follow_up',
  'replied_in_time',
  'score_replied_in_time',
  'suggestion_replied_in_time',
])

/** Those whose values are thousandths of a point, as scores of 0–100 are kept. */
export const inThousandths: ReadonlySet<Tally> = new Set<Tally>([
  'inspection',
  'etiquette',
  'wording',
  'mystery_shopper',
])

/**
 * One fact version's share in one tally on one local day. `value` is an exact integer: ms for durations,
 * 0/1 for rates, tenths for scores, hundredths for money, −1/0/+1 for the net promoter score, filled fields for completeness.
 * missing = 1, with n and value 0, says the record belongs here but lacks the field.
 */
export type Emit = (tally: number, day: number, value: number, n: number, missing: number) => void
