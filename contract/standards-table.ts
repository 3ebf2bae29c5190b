import { z } from 'zod'
import { indicatorScope } from './indicator-scope.ts'
import { route } from './route.ts'

/** The eight columns of the indicator table, in its order. */
export const tableColumns = [
  'dimension',
  'name',
  'definition',
  'source',
  'period',
  'weight',
  'target',
  'rule',
] as const
export const tableColumn = z.enum(tableColumns)
export type TableColumn = z.infer<typeof tableColumn>

const words = z.object({ zh: z.string(), en: z.string() })

const readRow = z.object({
  /** What was understood, in the shape of an indicator; a column in `unread` keeps what stood there before. */
  indicator: z.object({
    code: z.string(),
    /** '' where no measure is known by that name */
    measure: z.string(),
    nameZh: z.string(),
    nameEn: z.string(),
    dimension: z.string(),
    source: z.string(),
    period: z.enum(['day', 'week', 'month', 'quarter', 'year']),
    weight: z.string(),
    target: z.object({ operator: z.enum(['<=', '>=']), value: z.string() }),
    rule: z.unknown(),
    minimumN: z.number().int(),
    /** Of the indicator in use by that name; a table has no column for it. */
    scope: indicatorScope.optional(),
  }),
  unread: z.array(z.object({ column: tableColumn, text: z.string(), why: words })),
})
const readReply = z.object({ items: z.array(readRow) })

const cell = z.string().max(2000)

export const readStandardCells = route({
  name: 'readStandardCells',
  method: 'POST',
  path: '/api/standards/reading',
  summary: {
    zh: '读懂指标表的单元格：不写入',
    en: 'Understand cells of the indicator table; nothing is stored',
  },
  body: z.strictObject({
    rows: z
      .array(
        z.strictObject({
          code: z.string().max(80).optional(),
          measure: z.string().max(80).optional(),
          cells: z.array(cell).length(tableColumns.length),
        }),
      )
      .min(1)
      .max(60),
  }),
  reply: readReply,
})

export const readStandardFile = route({
  name: 'readStandardFile',
  method: 'POST',
  path: '/api/standards/file',
  summary: {
    zh: '读取指标表文件（xlsx 或 csv）：不写入',
    en: 'Read the indicator table of a file (xlsx or csv); nothing is stored',
  },
  query: z.strictObject({ fileName: z.string().min(1).max(255) }),
  takes: 'file',
  reply: readReply,
  refusals: ['file_too_large', 'no_indicator_table'],
})

export const downloadStandard = route({
  name: 'downloadStandard',
  method: 'GET',
  path: '/api/standards/table.xlsx',
  summary: { zh: '指标表（xlsx，原列）', en: 'The indicator table as xlsx, in its own columns' },
  query: z.strictObject({ version: z.coerce.number().int().min(1) }),
  sends: 'file',
})
