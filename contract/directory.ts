import { z } from 'zod'
import { day, id, route } from './route.ts'

export const unitKind = z.enum(['organization', 'department', 'team', 'outlet', 'supplier'])
const unit = z.object({ id, parentId: id.nullable(), kind: unitKind, name: z.string() })

export const listUnits = route({
  name: 'listUnits',
  method: 'GET',
  path: '/api/units',
  summary: { zh: '组织单位', en: 'Units' },
  reply: z.object({ items: z.array(unit) }),
})

export const createUnit = route({
  name: 'createUnit',
  method: 'POST',
  path: '/api/units',
  summary: { zh: '新增组织单位', en: 'Add a unit' },
  body: z.strictObject({
    name: z.string().trim().min(1).max(120),
    kind: z.enum(['department', 'team', 'outlet', 'supplier']),
    parentId: id.optional(),
  }),
  reply: unit,
  status: 201,
  refusals: ['name_taken', 'not_found'],
})

const person = z.object({
  id,
  employeeNo: z.string().nullable(),
  name: z.string(),
  unitId: id,
  unitName: z.string(),
  postings: z.array(z.object({ unitId: id, duty: z.string(), fromOn: day, toOn: day.nullable() })),
})

export const listPeople = route({
  name: 'listPeople',
  method: 'GET',
  path: '/api/people',
  summary: { zh: '人员', en: 'People' },
  reply: z.object({ items: z.array(person) }),
})

export const createPerson = route({
  name: 'createPerson',
  method: 'POST',
  path: '/api/people',
  summary: { zh: '新增人员', en: 'Add a person' },
  body: z.strictObject({
    name: z.string().trim().min(1).max(60),
    employeeNo: z.string().trim().max(40).optional(),
    unitId: id,
    duty: z.string().max(40).default('specialist'),
    fromOn: day.optional(),
  }),
  reply: person,
  status: 201,
  refusals: ['employee_no_taken', 'not_found'],
})

const product = z.object({ id, code: z.string(), name: z.string(), category: z.string().nullable() })

export const listProducts = route({
  name: 'listProducts',
  method: 'GET',
  path: '/api/products',
  summary: { zh: '产品', en: 'Products' },
  reply: z.object({ items: z.array(product) }),
})

export const createProduct = route({
  name: 'createProduct',
  method: 'POST',
  path: '/api/products',
  summary: { zh: '新增产品', en: 'Add a product' },
  body: z.strictObject({
    code: z.string().trim().min(1).max(60),
    name: z.string().trim().min(1).max(120),
    category: z.string().max(60).optional(),
  }),
  reply: product,
  status: 201,
  refusals: ['code_taken'],
})
