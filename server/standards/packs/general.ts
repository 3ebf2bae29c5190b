import type { Indicator, Pack } from '../shapes.ts'
import { handlingLimits, limit } from './handling-limits.ts'

export const responseMinutes: Indicator = {
  code: 'first_response_minutes',
  measure: 'first_response_minutes',
  nameZh: '首次响应平均时长',
  nameEn: 'Mean first response time',
  dimension: 'timeliness',
  source: '工单系统',
  period: 'month',
  weight: '25',
  target: { operator: '<=', value: '30' },
  rule: { kind: 'deduct', points: '1', per: '5', step: 'whole' },
  minimumN: 10,
}

export const firstContact: Indicator = {
  code: 'first_contact_resolution',
  measure: 'first_contact_resolution',
  nameZh: '问题一次性解决率',
  nameEn: 'First contact resolution',
  dimension: 'expertise',
  source: '工单系统',
  period: 'month',
  weight: '30',
  target: { operator: '>=', value: '90' },
  rule: { kind: 'deduct', points: '0.5', per: '1', step: 'whole' },
  minimumN: 10,
}

export const experience: Indicator = {
  code: 'experience_score',
  measure: 'experience_score',
  nameZh: '客户服务体验评分',
  nameEn: 'Customer experience score',
  dimension: 'satisfaction',
  source: '在线问卷',
  period: 'month',
  weight: '35',
  target: { operator: '>=', value: '4.5' },
  rule: { kind: 'deduct', points: '1', per: '0.1', step: 'whole' },
  minimumN: 10,
}

export const completeness: Indicator = {
  code: 'record_completeness',
  measure: 'record_completeness',
  nameZh: '工单填写完整度',
  nameEn: 'Work order completeness',
  dimension: 'compliance',
  source: '质检记录',
  period: 'month',
  weight: '10',
  target: { operator: '>=', value: '95' },
  rule: { kind: 'deduct', points: '0.2', per: '1', step: 'whole' },
  minimumN: 10,
}

export const general: Pack = {
  name: 'general',
  title: { zh: '综合监测', en: 'General monitoring' },
  source: {
    zh: '表1 售后服务质量监测指标:权重、目标值与评分标准;统计周期(月)为本系统补充',
    en: 'Table 1 of after-sales quality indicators: weights, targets and scoring rules; the period (month) is ours',
  },
  indicators: [responseMinutes, firstContact, experience, completeness],
  timeLimits: [limit('response', 30), ...handlingLimits],
}
