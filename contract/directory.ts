import { z } from 'zod'
import { id, route } from './route.ts'

export * from './directory-change-products.ts'
export * from './directory-organization.ts'
export * from './directory-people.ts'
export * from './directory-products.ts'

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

export const changeUnit = route({
  name: 'changeUnit',
  method: 'PATCH',
  path: '/api/units/:id',
  summary: { zh: '修改单位：名称、类别、上级', en: 'Change a unit: name, kind, the unit above it' },
  params: z.strictObject({ id }),
  body: z.strictObject({
    name: z.string().trim().min(1).max(120).optional(),
    kind: z.enum(['department', 'team', 'outlet', 'supplier']).optional(),
    parentId: id.optional(),
  }),
  reply: unit,
  refusals: ['name_taken', 'unit_above_itself', 'root_unit', 'not_found'],
})

export const endUnit = route({
  name: 'endUnit',
  method: 'POST',
  path: '/api/units/:id/ending',
  summary: { zh: '停用单位：其记录保留', en: 'Close a unit; its records stay' },
  params: z.strictObject({ id }),
  refusals: ['unit_in_use', 'root_unit', 'not_found'],
})
