import type { Pack } from '../shapes.ts'
import { completeness, experience, firstContact, responseMinutes } from './general.ts'
import { handlingLimits, limit } from './handling-limits.ts'
import { inTime } from './in-time.ts'

export const hardware: Pack = {
  name: 'hardware',
  title: { zh: '硬件/制造售后', en: 'Hardware and manufacturing' },
  source: {
    zh: '售后服务流程:响应15分钟(紧急5分钟)、启动2/24/48小时;解决时限、评分与其余目标值取自表1;权重与及时率目标值为本系统设定',
    en: 'The after-sales process: response in 15 min (urgent 5), start in 2/24/48 h; limits of resolution, scoring and other targets from table 1; weights and in-time targets are ours',
  },
  indicators: [
    { ...responseMinutes, weight: '15', target: { operator: '<=', value: '15' } },
    inTime('start_in_time_rate', { zh: '启动及时率', en: 'Started in time' }, { weight: '10', target: '95' }),
    inTime(
      'resolution_in_time_rate',
      { zh: '解决及时率', en: 'Resolved in time' },
      { weight: '15', target: '90' },
    ),
    { ...firstContact, weight: '20' },
    { ...experience, weight: '30' },
    completeness,
  ],
  timeLimits: [limit('response', 15), limit('response', 5, { priority: 'urgent' }), ...handlingLimits],
}
