import { z } from 'zod'
import { day, id, route } from './route.ts'

export const product = z.object({
  id,
  code: z.string(),
  name: z.string(),
  category: z.string().nullable(),
  /** The first day of each stage; null: not known, or not yet. */
  launchOn: day.nullable(),
  growthOn: day.nullable(),
  maturityOn: day.nullable(),
})
export type Product = z.infer<typeof product>

export const listProducts = route({
  name: 'listProducts',
  method: 'GET',
  path: '/api/products',
  summary: { zh: '产品', en: 'Products' },
  reply: z.object({ items: z.array(product) }),
})
