import { z } from 'zod'
import { route } from './route.ts'

export const loadDemo = route({
  name: 'loadDemo',
  method: 'POST',
  path: '/api/demo',
  summary: { zh: '载入示例数据', en: 'Load the demo data' },
  reply: z.object({ workOrders: z.number().int(), responses: z.number().int() }),
  status: 201,
  refusals: ['demo_loaded'],
})

export const clearDemo = route({
  name: 'clearDemo',
  method: 'DELETE',
  path: '/api/demo',
  summary: {
    zh: '清除示例数据（恰好这些行，您修改过的记录保留）',
    en: 'Remove the demo data, exactly those rows; records you edited stay',
  },
  reply: z.object({ removed: z.number().int(), kept: z.number().int() }),
})
