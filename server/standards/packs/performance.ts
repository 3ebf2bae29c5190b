import type { Pack } from '../shapes.ts'
import { completeness, experience, firstContact } from './general.ts'
import { handlingLimits, limit } from './handling-limits.ts'
import { inTime } from './in-time.ts'

export const performance: Pack = {
  name: 'performance',
  title: { zh: '绩效考核', en: 'Performance appraisal' },
  source: {
    zh: '售后绩效指标:响应及时率以24小时为窗口;其余时限、目标值与评分取自表1和售后服务流程;权重与及时率目标值为本系统设定',
    en: 'After-sales performance indicators: responses within 24 h; other limits, targets and scoring from table 1 and the after-sales process; weights and in-time targets are ours',
  },
  indicators: [
    inTime(
      'response_in_time_rate',
      { zh: '响应及时率', en: 'Responses in time' },
      { weight: '20', target: '95' },
    ),
    inTime(
      'resolution_in_time_rate',
      { zh: '解决及时率', en: 'Resolved in time' },
      { weight: '15', target: '90' },
    ),
    { ...firstContact, weight: '25' },
    { ...experience, weight: '30' },
    completeness,
  ],
  timeLimits: [limit('response', 1440), ...handlingLimits],
}
