import { z } from 'zod'
import { factKinds } from './fact-kinds.ts'
import { day, id, instant, named, route } from './route.ts'

const key = z.string().min(1).max(40)

/** A number of a record: an amount, or the time from a moment until another one. */
export const quantity = z.strictObject({ field: key, until: key.optional() })
export type Quantity = z.infer<typeof quantity>

export const comparisons = ['is', 'not', 'contains', 'filled', 'blank', '<', '<=', '>', '>='] as const

/**
 * What a record has to meet. `is` and `not` take one value or several, of which any; amounts are written in their unit,
 * times in minutes.
 */
export const condition = z.strictObject({
  ...quantity.shape,
  comparison: z.enum(comparisons),
  values: z.array(z.string().trim().max(200)).max(20),
})
export type Condition = z.infer<typeof condition>
const conditions = z.array(condition).max(10)

export const percents = [50, 75, 80, 90, 95, 99] as const

export const aggregate = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('count') }),
  z.strictObject({ kind: z.literal('sum'), of: quantity }),
  z.strictObject({ kind: z.literal('mean'), of: quantity }),
  z.strictObject({ kind: z.literal('percentile'), of: quantity, percent: z.literal([...percents]) }),
  /** of the records those that meet these conditions too */
  z.strictObject({ kind: z.literal('share'), meeting: conditions.min(1) }),
  /** Σ of one number ÷ Σ of another one */
  z.strictObject({ kind: z.literal('ratio'), of: quantity, per: quantity }),
  /** of answers from 0 to 10 */
  z.strictObject({ kind: z.literal('nps'), of: quantity }),
])
export type Aggregate = z.infer<typeof aggregate>

/** A measure of the organization's own: which records, narrowed how, counted on which day, and what is made of them. */
export const ownDefinition = z.strictObject({
  facts: z.enum(factKinds),
  where: conditions,
  day: key,
  aggregate,
  /** what times are shown in */
  timeUnit: z.enum(['min', 'h']).default('min'),
})
export type OwnDefinition = z.infer<typeof ownDefinition>

const given = {
  nameZh: z.string().trim().min(1).max(80),
  nameEn: z.string().trim().min(1).max(120),
  better: z.enum(['lower', 'higher', 'none']),
  definition: ownDefinition,
}

const words = z.object({ zh: z.string(), en: z.string() })

const ownMeasure = z.object({
  id,
  code: z.string(),
  ...given,
  unit: z.string(),
  formula: words,
  version: z.number().int(),
  changedBy: z.string().nullable(),
  changedAt: instant,
  /** Whether its figures stand in the cells; until then they are worked out from the records, slower and the same. */
  counted: z.boolean(),
  /** the versions of the standard that use it */
  usedIn: z.array(z.number().int()),
})
export type OwnMeasure = z.infer<typeof ownMeasure>

const unusable = 'definition_unusable'
const byId = z.strictObject({ id })

export const listOwnMeasures = route({
  name: 'listOwnMeasures',
  method: 'GET',
  path: '/api/own-measures',
  summary: { zh: '自定义度量', en: 'Measures of the organization’s own' },
  reply: z.object({ items: z.array(ownMeasure) }),
})

export const createOwnMeasure = route({
  name: 'createOwnMeasure',
  method: 'POST',
  path: '/api/own-measures',
  summary: { zh: '新建自定义度量', en: 'Compose a measure of one’s own' },
  body: z.strictObject({
    /** its public name, with `own:` before it */
    code: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/),
    ...given,
  }),
  reply: ownMeasure,
  status: 201,
  refusals: [unusable, 'code_taken', 'too_many_measures'],
})

export const changeOwnMeasure = route({
  name: 'changeOwnMeasure',
  method: 'PUT',
  path: '/api/own-measures/:id',
  summary: {
    zh: '修改自定义度量：口径变动即新版本，已关账的周期不变',
    en: 'Change one; another definition is another version, and closed periods stay',
  },
  params: byId,
  body: z.strictObject({ version: z.number().int().min(1), ...given }),
  reply: ownMeasure,
  refusals: [unusable, 'changed_meanwhile', 'too_many_measures'],
})

export const deleteOwnMeasure = route({
  name: 'deleteOwnMeasure',
  method: 'DELETE',
  path: '/api/own-measures/:id',
  summary: { zh: '删除没有标准使用的自定义度量', en: 'Delete one that no standard uses' },
  params: byId,
  refusals: ['measure_in_use'],
})

const previewed = z.object({
  id,
  externalId: z.string(),
  unit: named.shape.name.nullable(),
  at: instant,
  value: z.number().nullable(),
  inNumerator: z.boolean().nullable(),
})

export const previewOwnMeasure = route({
  name: 'previewOwnMeasure',
  method: 'POST',
  path: '/api/own-measures/preview',
  summary: {
    zh: '试算一个口径：读作什么、得多少、数了哪些记录',
    en: 'What a definition says, gives and counts',
  },
  body: z.strictObject({ definition: ownDefinition, from: day, to: day }),
  reply: z.object({
    formula: words,
    measuredIn: z.string(),
    value: z.number().nullable(),
    interval: z.tuple([z.number(), z.number()]).nullable(),
    n: z.number().int(),
    numerator: z.number().nullable(),
    denominator: z.number().nullable(),
    /** records that would count but lack a field */
    missing: z.number().int(),
    excluded: z.number().int(),
    records: z.array(previewed),
  }),
  refusals: [unusable],
})
