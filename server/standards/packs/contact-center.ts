import type { Indicator, Pack, TimeLimit } from '../shapes.ts'
import { completeness, firstContact, responseMinutes } from './general.ts'
import { limit } from './handling-limits.ts'

export const responseSeconds: Indicator = {
  ...responseMinutes,
  target: { operator: '<=', value: '0.5' },
  rule: { kind: 'deduct', points: '1', per: '0.5', step: 'whole' },
}

export const firstOfAll: Indicator = {
  ...firstContact,
  // This pack's source divides by all orders, those not yet solved included.
  code: 'fcr_all_rate',
  measure: 'fcr_all_rate',
  nameZh: '首次解决率(总工单口径)',
  nameEn: 'First-time resolution of all orders',
  target: { operator: '>=', value: '85' },
}

export const satisfied: Indicator = {
  code: 'csat_rate',
  measure: 'csat_rate',
  nameZh: '客户满意度',
  nameEn: 'Customer satisfaction (CSAT)',
  dimension: 'satisfaction',
  source: '在线问卷',
  period: 'month',
  weight: '35',
  target: { operator: '>=', value: '90' },
  rule: { kind: 'deduct', points: '0.5', per: '1', step: 'whole' },
  minimumN: 10,
}

export const chatLimits: TimeLimit[] = [
  // A chat is taken within ten seconds.
  limit('response', 10 / 60, { channel: 'chat' }),
  limit('plan', 1440, { complexity: 'complex' }),
  limit('resolution', 1440, { complexity: 'ordinary' }),
  limit('resolution', 4320, { complexity: 'complex' }),
]

export const contactCenter: Pack = {
  name: 'contact-center',
  title: { zh: '在线客服', en: 'Contact centre' },
  source: {
    zh: '客服目标:响应30秒、一次解决率85%、满意度90%、复杂问题24小时出方案;权重、完整度与扣分步长取自表1或为本系统设定',
    en: 'Contact-centre goals: response in 30 s, first-time resolution 85%, satisfaction 90%, a plan for complex cases in 24 h; weights, completeness and steps from table 1 or ours',
  },
  indicators: [responseSeconds, firstOfAll, satisfied, completeness],
  timeLimits: chatLimits,
}
