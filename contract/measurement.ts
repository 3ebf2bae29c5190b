import { z } from 'zod'
import { factKinds } from './fact-kinds.ts'
import { lifeStage } from './life-stage.ts'
import { copyAsked, copyHead } from './measurement-periods.ts'
import { responseRate } from './response-rate.ts'
import { day, id, instant, page, pageQuery, periodLabel, route } from './route.ts'
import { indicatorScope } from './standards.ts'

export * from './measurement-periods.ts'
export * from './measurement-trial.ts'

export const dimensions = [
  'unit',
  'agent',
  'product',
  'category',
  'channel',
  'priority',
  'supplier',
  'faultLevel',
  'lifeStage',
] as const
export const grains = ['day', 'week', 'month', 'quarter', 'year', 'whole'] as const
export const states = ['ok', 'none', 'few', 'incomputable', 'failed'] as const
const state = z.enum(states)
const words = z.object({ zh: z.string(), en: z.string() })

export const measure = z.object({
  code: z.string(),
  name: words,
  unit: z.string(),
  better: z.enum(['lower', 'higher', 'none']),
  version: z.number().int(),
  formula: words,
  attribution: words,
  clock: z.string(),
  source: z.string(),
  needs: z.array(z.string()),
})
export type Measure = z.infer<typeof measure>

export const listMeasures = route({
  name: 'listMeasures',
  method: 'GET',
  path: '/api/measures',
  summary: { zh: '指标目录', en: 'The measure catalogue' },
  reply: z.object({ items: z.array(measure) }),
})

const filters = {
  unit: id.optional(),
  agent: id.optional(),
  product: id.optional(),
  /** See category-filter.ts: with all below it, or with a hyphen at its end that one alone. */
  category: z.string().max(120).optional(),
  channel: z.string().max(60).optional(),
  priority: z.string().max(20).optional(),
  supplier: id.optional(),
  faultLevel: z.string().max(200).optional(),
  /** The stage of life the record's product was in on its day. */
  lifeStage: lifeStage.optional(),
  /** With a unit: only the days on which it stood below this one. What a row of a split within a unit counts. */
  within: id.optional(),
}

export const figure = z.object({
  period: z.string(),
  member: z.string().nullable(),
  memberName: z.string().nullable(),
  /** The member of the second split, where `across` was asked for; such rows have neither p50 nor p90. */
  across: z.string().optional(),
  acrossName: z.string().optional(),
  n: z.number().int(),
  /** Means: the sum in the measure's unit; rates: numerator and denominator. Exact decimals as numbers. */
  sum: z.number().nullable(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  value: z.number().nullable(),
  p50: z.number().nullable(),
  p90: z.number().nullable(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
  /** Number of records behind the figure: what the list of records holds. */
  records: z.number().int(),
  responseRate,
  missing: z.array(z.string()),
  provisional: z.boolean(),
  state,
})
export type Figure = z.infer<typeof figure>

const figuresQuery = {
  from: day,
  to: day,
  grain: z.enum(grains).default('whole'),
  by: z.enum(dimensions).optional(),
  /** A second split: a row for each pair of members that meet, as in a heat map of product and category. */
  across: z.enum(dimensions).optional(),
  ...filters,
}
const figuresReply = z.object({
  code: z.string(),
  measuredIn: z.string(),
  better: z.string(),
  version: z.number().int(),
  zone: z.string(),
  measuredAt: instant.nullable(),
  rows: z.array(figure),
})

/** What a question about a measure answers, as a file. */
const file = <Query extends z.ZodRawShape>(
  name: string,
  path: string,
  summary: { zh: string; en: string },
  query: Query,
) =>
  route({
    name,
    method: 'GET',
    path,
    summary,
    params: z.strictObject({ code: z.string().max(80) }),
    query: z.strictObject(query),
    sends: 'file',
    refusals: ['unknown_measure'],
  })

export const readFigures = route({
  name: 'readFigures',
  method: 'GET',
  path: '/api/measures/:code/figures',
  summary: { zh: '一个指标的数值（from 含，to 含）', en: 'Figures of a measure, both days included' },
  params: z.strictObject({ code: z.string().max(80) }),
  query: z.strictObject(figuresQuery),
  reply: figuresReply,
  refusals: ['unknown_measure'],
})

export const downloadFigures = file(
  'downloadFigures',
  '/api/measures/:code/figures.csv',
  { zh: '数值导出 CSV', en: 'The same figures as CSV' },
  figuresQuery,
)

export const downloadFiguresSheet = file(
  'downloadFiguresSheet',
  '/api/measures/:code/figures.xlsx',
  { zh: '数值导出 XLSX', en: 'The same figures as a workbook' },
  figuresQuery,
)

const measured = z.object({
  kind: z.enum(factKinds),
  id,
  externalId: z.string(),
  unit: z.string().nullable(),
  agent: z.string().nullable(),
  product: z.string().nullable(),
  at: instant,
  /** This record's own contribution; for rates whether it is in the numerator. */
  value: z.number().nullable(),
  /** The measure's unit; of a quotient of two kinds of record that of the side of the line it stands on. */
  measuredIn: z.string(),
  inNumerator: z.boolean().nullable(),
  fileName: z.string().nullable(),
  line: z.number().int().nullable(),
})

const recordsQuery = { from: day, to: day, ...filters }

export const readRecords = route({
  name: 'readRecords',
  method: 'GET',
  path: '/api/measures/:code/records',
  summary: { zh: '数值背后的记录', en: 'The records behind a figure: exactly those counted' },
  params: z.strictObject({ code: z.string().max(80) }),
  query: z.strictObject({ ...recordsQuery, ...pageQuery }),
  reply: page(measured).extend({ excluded: z.array(z.object({ reason: z.string(), n: z.number().int() })) }),
  refusals: ['unknown_measure'],
})

export const downloadRecords = file(
  'downloadRecords',
  '/api/measures/:code/records.csv',
  { zh: '记录导出 CSV', en: 'The same records as CSV' },
  recordsQuery,
)

export const downloadRecordsSheet = file(
  'downloadRecordsSheet',
  '/api/measures/:code/records.xlsx',
  { zh: '记录导出 XLSX', en: 'The same records as a workbook' },
  recordsQuery,
)

const explanation = z.object({
  code: z.string(),
  period: z.string(),
  value: z.number().nullable(),
  state,
  responseRate,
  definition: measure,
  included: z.object({ n: z.number().int(), records: z.array(measured) }),
  excluded: z.array(z.object({ reason: z.string(), n: z.number().int() })),
  missing: z.array(z.string()),
  /** Of a closed period: what its newest copy says of this figure; the records beside it are today's. */
  closed: copyHead
    .extend({ value: z.number().nullable(), n: z.number().int(), records: z.number().int() })
    .nullable(),
  versions: z.object({ standard: z.string().nullable(), measure: z.number().int() }),
})

export const explainFigure = route({
  name: 'explainFigure',
  method: 'GET',
  path: '/api/measures/:code/explanation',
  summary: {
    zh: '解释一个数：口径、版本、记录、排除',
    en: 'Explain a figure: definition, versions, records, exclusions',
  },
  params: z.strictObject({ code: z.string().max(80) }),
  query: z.strictObject({ period: periodLabel, ...filters }),
  reply: explanation,
  refusals: ['unknown_measure'],
})

const scored = z.object({
  code: z.string(),
  measure: z.string(),
  name: words,
  dimension: z.string(),
  unit: z.string(),
  /** the records it stands for; empty for all of them */
  scope: indicatorScope,
  value: z.number().nullable(),
  n: z.number().int(),
  records: z.number().int(),
  responseRate,
  interval: z.tuple([z.number(), z.number()]).nullable(),
  p50: z.number().nullable(),
  target: z.object({ op: z.string(), value: z.number(), text: words }),
  score: z.number().nullable(),
  /** Percent of the target reached: value ÷ target, or target ÷ value where less is better; null where it cannot be computed. */
  attainment: z.number().nullable(),
  weight: z.number(),
  status: z.enum(['met', 'near', 'missed', 'no_data']),
  state,
  missing: z.array(z.string()),
  provisional: z.boolean(),
  rule: words,
  trend: z.array(
    z.object({ period: z.string(), value: z.number().nullable(), score: z.number().nullable() }),
  ),
})

export const scorecard = z.object({
  period: z.string(),
  from: day,
  to: day,
  unit: z.object({ id: z.string(), name: z.string() }).nullable(),
  standard: z.string().nullable(),
  total: z.number().nullable(),
  baseWeight: z.number(),
  leftOut: z.array(z.object({ code: z.string(), state })),
  /** `open` until its last day has passed, then `complete`, `closed` once frozen, `restated` from the second copy on. */
  state: z.enum(['open', 'complete', 'closed', 'restated']),
  /** The frozen copy these figures are of; null for what the records give now. */
  copy: copyHead.nullable(),
  measuredAt: instant.nullable(),
  totals: z.array(z.object({ period: z.string(), total: z.number().nullable() })),
  indicators: z.array(scored),
})
export type Scorecard = z.infer<typeof scorecard>

const scopeQuery = { period: periodLabel, unit: id.optional(), product: id.optional() }

export const readScorecard = route({
  name: 'readScorecard',
  method: 'GET',
  path: '/api/scorecard',
  summary: { zh: '计分卡', en: 'The scorecard of a period' },
  query: z.strictObject({ ...scopeQuery, copy: copyAsked }),
  reply: scorecard,
})

export const downloadScorecard = route({
  name: 'downloadScorecard',
  method: 'GET',
  path: '/api/scorecard.csv',
  summary: { zh: '计分卡导出 CSV', en: 'The same scorecard as CSV' },
  query: z.strictObject({ ...scopeQuery, copy: copyAsked }),
  sends: 'file',
})

const compared = z.object({
  unit: z.object({ id: z.string(), name: z.string() }),
  total: z.number().nullable(),
  /** The total with each indicator at either end of its own 95 % interval, taken together as independent doubts. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
  /** The fewest records any of the scored indicators rests on. */
  n: z.number().int(),
  /** Whether an indicator rests on fewer records than its standard asks for: such a unit is not ranked. */
  few: z.boolean(),
  /** 1 and how many ranked units are clearly better; null where not ranked. Units that cannot be told apart share it. */
  rank: z.number().int().nullable(),
})
export type Compared = z.infer<typeof compared>

export const readComparison = route({
  name: 'readComparison',
  method: 'GET',
  path: '/api/comparison',
  summary: { zh: '下级各团队的总分、区间与名次', en: 'Totals of the units below, with interval and rank' },
  query: z.strictObject({ ...scopeQuery, copy: copyAsked }),
  reply: z.object({ period: z.string(), items: z.array(compared) }),
})

const holder = z.object({
  by: z.enum(['unit', 'agent', 'product', 'category', 'channel', 'hour']),
  member: z.string(),
  memberName: z.string(),
  /** Records of this member that miss the target, and all of its records. */
  failing: z.number().int(),
  records: z.number().int(),
})
export type Holder = z.infer<typeof holder>

const finding = z.object({
  code: z.string(),
  /** Records that each for itself miss the target, and all records of the figure. */
  failing: z.number().int(),
  records: z.number().int(),
  /** Who holds far more of the failing records than of all; null where nobody does. */
  holder: holder.nullable(),
})
export type Finding = z.infer<typeof finding>

export const readFindings = route({
  name: 'readFindings',
  method: 'GET',
  path: '/api/findings',
  summary: {
    zh: '未达标指标的问题集中在哪里',
    en: 'Where the failing records of the missed indicators gather',
  },
  query: z.strictObject(scopeQuery),
  reply: z.object({ period: z.string(), items: z.array(finding) }),
})

const bin = z.object({
  /** From, included, and to, excluded, in the measure's unit; the same number twice for a single value. */
  from: z.number().nullable(),
  to: z.number().nullable(),
  /** Of rates that count a record in or out: which of both. */
  inNumerator: z.boolean().nullable(),
  n: z.number().int(),
})

export const readDistribution = route({
  name: 'readDistribution',
  method: 'GET',
  path: '/api/measures/:code/distribution',
  summary: { zh: '数值背后各条记录的分布', en: 'How the records behind a figure are distributed' },
  params: z.strictObject({ code: z.string().max(80) }),
  query: z.strictObject(recordsQuery),
  reply: z.object({ records: z.number().int(), bins: z.array(bin) }),
  refusals: ['unknown_measure'],
})

const feed = z.object({
  source: z.string(),
  /** When its last good import ended; null when none did. */
  goodAt: instant.nullable(),
  /** Since when imports of it fail. */
  failingSince: instant,
  reason: words.nullable(),
})

export const readFeeds = route({
  name: 'readFeeds',
  method: 'GET',
  path: '/api/figures/feeds',
  summary: { zh: '最近导入失败的数据来源', en: 'Sources whose last import failed' },
  reply: z.object({ failing: z.array(feed) }),
})

export const readPeriods = route({
  name: 'readPeriods',
  method: 'GET',
  path: '/api/periods',
  summary: {
    zh: '有数据的首末日期与数据时间',
    en: 'First and last day that have facts, and the time of the figures',
  },
  reply: z.object({
    from: day.nullable(),
    to: day.nullable(),
    today: day,
    /** when figures last changed; null before the first fact */
    measuredAt: instant.nullable(),
  }),
})

export const figureEvents = route({
  name: 'figureEvents',
  method: 'GET',
  path: '/api/figures/events',
  summary: { zh: '数值变化的通知（SSE）', en: 'Tells when figures changed (server-sent events)' },
  sends: 'events',
})
