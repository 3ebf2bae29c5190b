import { z } from 'zod'
import { product } from './directory-products.ts'
import { pastedTable } from './pasted-table.ts'
import { day, id, route } from './route.ts'

/** `null` empties a field, one left out stays as it is. */
const stageDays = {
  launchOn: day.nullish(),
  growthOn: day.nullish(),
  maturityOn: day.nullish(),
}

export const createProduct = route({
  name: 'createProduct',
  method: 'POST',
  path: '/api/products',
  summary: { zh: '新增产品', en: 'Add a product' },
  body: z.strictObject({
    code: z.string().trim().min(1).max(60),
    name: z.string().trim().min(1).max(120),
    category: z.string().trim().max(60).optional(),
    ...stageDays,
  }),
  reply: product,
  status: 201,
  refusals: ['code_taken', 'stages_out_of_order'],
})

export const changeProduct = route({
  name: 'changeProduct',
  method: 'PATCH',
  path: '/api/products/:id',
  summary: {
    zh: '修改产品：名称、类别、生命周期各阶段的开始日期',
    en: 'Change a product: name, category, the first day of each stage of its life',
  },
  params: z.strictObject({ id }),
  body: z.strictObject({
    name: z.string().trim().min(1).max(120).optional(),
    category: z.string().trim().max(60).nullable().optional(),
    ...stageDays,
  }),
  reply: product,
  refusals: ['not_found', 'stages_out_of_order'],
})

export const productColumns = ['code', 'name', 'category', 'launchOn', 'growthOn', 'maturityOn'] as const
export const productColumn = z.enum(productColumns)
export type ProductColumn = z.infer<typeof productColumn>

export const bringProducts = route({
  name: 'bringProducts',
  method: 'POST',
  path: '/api/products/table',
  summary: {
    zh: '粘贴产品表（含生命周期各阶段的开始日期）：猜列、预览，确认后写入',
    en: 'Products and their stages as a pasted table: columns guessed, previewed, written once confirmed',
  },
  body: pastedTable(productColumn).body,
  reply: z.object({ ...pastedTable(productColumn).reply }),
  refusals: ['no_name_column'],
})
