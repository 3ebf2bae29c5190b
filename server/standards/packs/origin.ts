import type { Indicator, Words } from '../shapes.ts'

const tableOne: Words = { zh: '表1', en: 'table 1' }
const process: Words = { zh: '售后服务流程', en: 'the after-sales process' }
const goals: Words = { zh: '客服目标', en: 'contact-centre goals' }

/** Targets that stand in a source: measure, its sign and value. Every other one is our convention. */
const targets: Record<string, Words> = {
  'first_response_minutes <= 30': tableOne,
  'first_response_minutes <= 15': process,
  'first_response_minutes <= 0.5': goals,
  'first_contact_resolution >= 90': tableOne,
  'fcr_all_rate >= 85': goals,
  'experience_score >= 4.5': tableOne,
  'csat_rate >= 90': goals,
  'record_completeness >= 95': tableOne,
}

export const targetOrigin = ({ measure, target }: Indicator): Words | undefined =>
  targets[`${measure} ${target.operator} ${target.value}`]

/** Scoring rules that stand in a source: measure, points, step. */
const rules: Record<string, Words> = {
  'first_response_minutes 1 5': tableOne,
  'first_contact_resolution 0.5 1': tableOne,
  'experience_score 1 0.1': tableOne,
  'record_completeness 0.2 1': tableOne,
}

export const ruleOrigin = ({ measure, rule }: Indicator): Words | undefined =>
  rule.kind === 'deduct' ? rules[`${measure} ${rule.points} ${rule.per}`] : undefined
