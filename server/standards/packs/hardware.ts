import type { Pack } from '../shapes.ts'
import { completeness, experience, firstContact, responseMinutes } from './general.ts'
import { handlingLimits, limit } from './handling-limits.ts'

export const hardware: Pack = {
  name: 'hardware',
  title: { zh: '硬件/制造售后', en: 'Hardware and manufacturing' },
  source: '售后服务流程:响应15分钟(紧急5分钟)、启动2/24/48小时;解决时限、权重与其余目标值取自表1',
  indicators: [
    { ...responseMinutes, target: { operator: '<=', value: '15' } },
    firstContact,
    experience,
    completeness,
  ],
  timeLimits: [limit('response', 15), limit('response', 5, { priority: 'urgent' }), ...handlingLimits],
}
