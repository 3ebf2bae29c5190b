import { z } from 'zod'
import { day, id, instant, route } from './route.ts'

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
  summary: {
    zh: '修改单位：名称、类别、上级（自某日起，或更正为一直如此）',
    en: 'Change a unit: name, kind, the unit above it (from a day on, or always)',
  },
  params: z.strictObject({ id }),
  body: z.strictObject({
    name: z.string().trim().min(1).max(120).optional(),
    kind: z.enum(['department', 'team', 'outlet', 'supplier']).optional(),
    parentId: id.optional(),
    /**
     * The local day from which the unit stands below its parent, today when not given; `always` corrects the record: it never
     * stood elsewhere. On the day a unit is made, its first place is its place from ever.
     */
    fromOn: z.union([day, z.literal('always')]).optional(),
  }),
  reply: unit,
  refusals: [
    'name_taken',
    'unit_above_itself',
    'root_unit',
    'move_in_future',
    'move_before_unit',
    'move_beyond_reach',
    'not_found',
  ],
})

export const listUnitPlaces = route({
  name: 'listUnitPlaces',
  method: 'GET',
  path: '/api/units/:id/places',
  summary: {
    zh: '单位的归属记录：自哪天起归属哪个上级',
    en: 'Where a unit stood: below which unit from which day on',
  },
  params: z.strictObject({ id }),
  reply: z.object({
    /** When the unit was made, the first day on which it can be moved, and today, in the organization's days. */
    madeOn: day,
    firstOn: day,
    today: day,
    /** What was recorded last first: it holds from its day on. Empty for a unit that never moved. */
    items: z.array(
      z.object({
        /** null: a unit out of reach */
        parent: z.object({ id, name: z.string() }).nullable(),
        /** null: from ever */
        fromOn: day.nullable(),
        /** null: where the unit stood before its first move */
        recordedAt: instant.nullable(),
        by: z.string(),
      }),
    ),
  }),
  refusals: ['root_unit', 'not_found'],
})

export const endUnit = route({
  name: 'endUnit',
  method: 'POST',
  path: '/api/units/:id/ending',
  summary: { zh: '停用单位：其记录保留', en: 'Close a unit; its records stay' },
  params: z.strictObject({ id }),
  refusals: ['unit_in_use', 'root_unit', 'not_found'],
})
