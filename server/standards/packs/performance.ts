import type { Pack } from '../shapes.ts'
import { completeness, experience, firstContact } from './general.ts'
import { handlingLimits, limit } from './handling-limits.ts'

export const performance: Pack = {
  name: 'performance',
  title: { zh: '绩效考核', en: 'Performance appraisal' },
  source: '售后绩效指标:响应及时率以24小时为窗口;权重与其余目标值取自表1,响应及时率目标95%为本系统设定',
  indicators: [
    {
      code: 'response_in_time_rate',
      measure: 'response_in_time_rate',
      nameZh: '响应及时率',
      nameEn: 'Responses in time',
      dimension: 'timeliness',
      source: '工单系统',
      period: 'month',
      weight: '25',
      target: { operator: '>=', value: '95' },
      rule: { kind: 'deduct', points: '0.5', per: '1', step: 'whole' },
      minimumN: 10,
    },
    firstContact,
    experience,
    completeness,
  ],
  timeLimits: [limit('response', 1440), ...handlingLimits],
}
