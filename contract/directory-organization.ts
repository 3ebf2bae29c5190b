import { z } from 'zod'
import { route } from './route.ts'

const organization = z.object({
  name: z.string(),
  zone: z.string(),
  language: z.enum(['zh', 'en']),
  monitoringPeriod: z.enum(['day', 'week', 'month', 'quarter', 'year']),
  categories: z.array(z.object({ code: z.string(), name: z.string(), products: z.number().int() })),
})

export const readOrganization = route({
  name: 'readOrganization',
  method: 'GET',
  path: '/api/organization',
  summary: { zh: '企业信息', en: 'The organization' },
  reply: organization,
})

export const changeOrganization = route({
  name: 'changeOrganization',
  method: 'PATCH',
  path: '/api/organization',
  summary: {
    zh: '修改企业名称、时区、语言、监测周期；改时区会重算全部数值',
    en: 'Change name, zone, language or monitoring period; another zone recomputes every figure',
  },
  body: z.strictObject({
    name: z.string().trim().min(1).max(120).optional(),
    zone: z.string().max(60).optional(),
    language: z.enum(['zh', 'en']).optional(),
    monitoringPeriod: z.enum(['day', 'week', 'month', 'quarter', 'year']).optional(),
  }),
  reply: organization,
  refusals: ['unknown_zone', 'name_taken'],
})

const categoryName = z.string().trim().min(1).max(60)

export const createCategory = route({
  name: 'createCategory',
  method: 'POST',
  path: '/api/product-categories',
  summary: { zh: '新增产品类别', en: 'Add a product category' },
  body: z.strictObject({ name: categoryName }),
  reply: organization,
  status: 201,
  refusals: ['name_taken'],
})

export const changeCategory = route({
  name: 'changeCategory',
  method: 'PATCH',
  path: '/api/product-categories/:code',
  summary: { zh: '修改产品类别的名称', en: 'Rename a product category' },
  params: z.strictObject({ code: z.string().max(80) }),
  body: z.strictObject({ name: categoryName }),
  reply: organization,
  refusals: ['not_found', 'name_taken'],
})

export const removeCategory = route({
  name: 'removeCategory',
  method: 'DELETE',
  path: '/api/product-categories/:code',
  summary: { zh: '删除未使用的产品类别', en: 'Remove a product category nobody uses' },
  params: z.strictObject({ code: z.string().max(80) }),
  reply: organization,
  refusals: ['not_found', 'category_in_use'],
})
