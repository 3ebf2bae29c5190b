import { z } from 'zod'
import { frozenResponseRate } from './response-rate.ts'
import { day, id, instant, periodLabel, route } from './route.ts'
import { indicatorFields, indicatorScope } from './standards.ts'

const words = z.object({ zh: z.string(), en: z.string() })
const state = z.enum(['ok', 'none', 'few', 'incomputable', 'failed'])

/** An exact number: the decimal that is shown (values to six places, scores to ten), and the fraction that it is. */
const exact = z.object({ decimal: z.string(), fraction: z.string() })

const frozenIndicator = z.object({
  code: z.string(),
  measure: z.string(),
  measureVersion: z.number().int(),
  name: words,
  dimension: z.string(),
  unit: z.string(),
  scope: indicatorScope,
  value: exact.nullable(),
  n: z.number().int(),
  records: z.number().int(),
  /** Rates: both halves. Means: the sum, in the unit of the measure. */
  numerator: z.string().nullable(),
  denominator: z.string().nullable(),
  sum: exact.nullable(),
  interval: z.tuple([z.string(), z.string()]).nullable(),
  responseRate: frozenResponseRate,
  p50: z.string().nullable(),
  target: z.object({ op: z.string(), value: z.string(), text: words }),
  rule: indicatorFields.rule,
  sentence: words,
  score: exact.nullable(),
  weight: z.string(),
  status: z.enum(['met', 'near', 'missed', 'no_data']),
  state,
  missing: z.array(z.string()),
  provisional: z.boolean(),
  trend: z.array(z.object({ period: z.string(), value: exact.nullable(), score: exact.nullable() })),
})

/** A scorecard in exact texts: what a copy keeps for ever. */
export const exactCard = z.object({
  period: z.string(),
  from: day,
  to: day,
  standard: z.string().nullable(),
  total: exact.nullable(),
  baseWeight: z.string(),
  leftOut: z.array(z.object({ code: z.string(), state })),
  measuredAt: instant.nullable(),
  totals: z.array(z.object({ period: z.string(), total: exact.nullable() })),
  indicators: z.array(frozenIndicator),
})
export type ExactCard = z.infer<typeof exactCard>

/** Of which copy figures are; the first copy is made by closing, later ones by restating. */
export const copyHead = z.object({
  number: z.number().int(),
  madeAt: instant,
  by: z.string(),
  /** Why the period was closed as it is, or restated. */
  note: z.string(),
})
export type CopyHead = z.infer<typeof copyHead>

/** Which figures of a closed period: its newest copy, one by its number, or what the records give now. */
export const copyAsked = z.union([z.literal('live'), z.coerce.number().int().min(1).max(10_000)]).optional()

const unitAsked = { unit: id.optional() }
const params = z.strictObject({ period: periodLabel })
const copyParams = z.strictObject({ period: periodLabel, number: z.coerce.number().int().min(1).max(10_000) })

export const periodState = z.object({
  period: z.string(),
  from: day,
  to: day,
  /** `open`: can still be closed; `over` says whether its last day has passed. */
  state: z.enum(['open', 'closed', 'restated']),
  over: z.boolean(),
  /** Newest first; none of an open period. */
  copies: z.array(copyHead),
})
export type PeriodState = z.infer<typeof periodState>

export const listPeriods = route({
  name: 'listPeriods',
  method: 'GET',
  path: '/api/periods/states',
  summary: {
    zh: '最近的周期及其状态：未关账、已关账、已重述',
    en: 'The last periods and their state: open, closed, restated',
  },
  query: z.strictObject({
    /** The monitoring period of the organization where none is given. */
    grain: z.enum(['day', 'week', 'month', 'quarter', 'year']).optional(),
    last: z.coerce.number().int().min(1).max(60).default(12),
  }),
  reply: z.object({ grain: z.string(), items: z.array(periodState) }),
})

export const readPeriod = route({
  name: 'readPeriod',
  method: 'GET',
  path: '/api/periods/:period',
  summary: {
    zh: '一个周期的状态，以及关账后变动的指标数',
    en: 'The state of a period, and how many indicators moved since its newest copy',
  },
  params,
  query: z.strictObject(unitAsked),
  reply: periodState.extend({
    /** Indicators of this scorecard that differ from the newest copy; null where there is no copy of it. */
    moved: z.number().int().nullable(),
  }),
  refusals: ['not_a_period'],
})

const note = z.string().trim().min(1).max(1000)
const made = periodState

export const closePeriod = route({
  name: 'closePeriod',
  method: 'POST',
  path: '/api/periods/:period/close',
  summary: { zh: '关账：冻结一个周期的全部数值', en: 'Close a period: its figures are frozen as copy 1' },
  params,
  body: z.strictObject({ note }),
  reply: made,
  status: 201,
  refusals: [
    'not_a_period',
    'period_not_over',
    'period_closed',
    'no_standard',
    'figures_incomplete',
    'figures_failed',
    'figures_busy',
  ],
})

export const restatePeriod = route({
  name: 'restatePeriod',
  method: 'POST',
  path: '/api/periods/:period/restate',
  summary: {
    zh: '重述：把关账后的变动记为下一份，并写明原因',
    en: 'Restate a closed period: the next copy, with its reason and the difference',
  },
  params,
  body: z.strictObject({ reason: note }),
  reply: made,
  status: 201,
  refusals: [
    'not_a_period',
    'period_not_closed',
    'nothing_moved',
    'no_standard',
    'figures_incomplete',
    'figures_failed',
    'figures_busy',
  ],
})

export const readCopy = route({
  name: 'readCopy',
  method: 'GET',
  path: '/api/periods/:period/copies/:number',
  summary: { zh: '一份冻结的计分卡，精确值为文本', en: 'A frozen scorecard, exact values as text' },
  params: copyParams,
  query: z.strictObject(unitAsked),
  reply: copyHead.extend({
    unit: z.object({ id: z.string(), name: z.string() }),
    zone: z.string(),
    card: exactCard,
  }),
  refusals: ['not_a_period'],
})

const side = z.object({
  value: exact.nullable(),
  n: z.number().int(),
  score: exact.nullable(),
  weight: z.string(),
  targetText: words,
  state,
})
export type MovedSide = z.infer<typeof side>

/** What moved in one unit between two copies; a side is null where the indicator, or the unit, was not there. */
export const unitDifference = z.object({
  unit: z.object({ id: z.string(), name: z.string() }),
  /** Whether it stands for the whole organization. */
  whole: z.boolean(),
  total: z.object({ before: exact.nullable(), after: exact.nullable() }),
  rows: z.array(
    z.object({
      code: z.string(),
      measure: z.string(),
      name: words,
      unit: z.string(),
      before: side.nullable(),
      after: side.nullable(),
    }),
  ),
})
export type UnitDifference = z.infer<typeof unitDifference>

export const causeKinds = [
  'import',
  'undo',
  'entered',
  'edited',
  'excluded',
  'included',
  'standard',
  'calendar',
  'zone',
  'unit',
  'product',
  'people',
  'time',
] as const

/** Something done since the earlier copy that touched this period. */
export const cause = z.object({
  kind: z.enum(causeKinds),
  at: instant.nullable(),
  by: z.string().nullable(),
  /** The file, the version, the zone; the numbers of records. */
  what: z.string(),
  why: z.string().nullable(),
  /** Records of this period it touched; null where that cannot be told. */
  n: z.number().int().nullable(),
  /** Of an import: the batch, and the first lines of the file that touched this period. */
  batch: z.string().nullable(),
  lines: z.array(z.number().int()),
})
export type Cause = z.infer<typeof cause>

const difference = z.object({
  period: z.string(),
  /** Copy numbers; `after` is null for what the records give now. */
  before: z.number().int(),
  after: z.number().int().nullable(),
  units: z.array(unitDifference),
  causes: z.array(cause),
})
export type PeriodDifference = z.infer<typeof difference>

export const readCopyDifference = route({
  name: 'readCopyDifference',
  method: 'GET',
  path: '/api/periods/:period/copies/:number/difference',
  summary: {
    zh: '一份重述与前一份（或 against 指明的一份）的差异及原因',
    en: 'What a copy changed against the one before it, or the one named by against, and why',
  },
  params: copyParams,
  query: z.strictObject({ against: z.coerce.number().int().min(1).max(10_000).optional() }),
  reply: difference,
  refusals: ['not_a_period'],
})

export const readLateChanges = route({
  name: 'readLateChanges',
  method: 'GET',
  path: '/api/periods/:period/late-changes',
  summary: {
    zh: '关账后变动：最新一份与当前数据的差异及原因',
    en: 'Late changes: the newest copy against what the records give now, and why',
  },
  params,
  reply: difference,
  refusals: ['not_a_period', 'period_not_closed'],
})
