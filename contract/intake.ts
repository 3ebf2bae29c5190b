import { z } from 'zod'
import { id, instant, page, pageQuery, route } from './route.ts'

export const kinds = ['work-orders', 'events', 'feedback', 'responses', 'people', 'products'] as const
export const kind = z.enum(kinds)

const message = z.object({ zh: z.string(), en: z.string() })

export const batch = z.object({
  id,
  kind: z.string(),
  source: z.string(),
  fileName: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled', 'undone']),
  rows: z.number().int(),
  accepted: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  rejected: z.number().int(),
  /** Present while running. */
  progress: z
    .object({ rows: z.number(), rowsPerSecond: z.number(), bytes: z.number(), total: z.number() })
    .nullable(),
  warnings: z.array(
    z.object({
      code: z.string(),
      column: z.string().nullable(),
      count: z.number().int(),
      sample: z.string().nullable(),
      message,
    }),
  ),
  rejections: z.array(
    z.object({
      line: z.number().int(),
      column: z.string().nullable(),
      code: z.string(),
      value: z.string().nullable(),
      message,
    }),
  ),
  failure: message.extend({ code: z.string() }).nullable(),
  /** After an undo: facts that were edited since and therefore kept. */
  kept: z.array(z.object({ kind: z.string(), externalId: z.string() })).nullable(),
  createdAt: instant,
  finishedAt: instant.nullable(),
  undoneAt: instant.nullable(),
})
export type Batch = z.infer<typeof batch>

const columnMapping = z.union([z.string(), z.object({ field: z.string(), format: z.string().optional() })])
export const mapping = z.object({
  zone: z.string().optional(),
  encoding: z.string().optional(),
  sheet: z.union([z.number(), z.string()]).optional(),
  headerRow: z.number().optional(),
  null: z.array(z.string()).optional(),
  columns: z.record(z.string(), columnMapping).optional(),
  values: z.record(z.string(), z.record(z.string(), z.string())).optional(),
  constants: z.record(z.string(), z.string()).optional(),
  activities: z.record(z.string(), z.string()).optional(),
})

const fileQuery = {
  kind,
  source: z.string().trim().min(1).max(120).optional(),
  fileName: z.string().min(1).max(255),
  /** The mapping as JSON; left out, the remembered one or a guess is used. */
  mapping: z.string().max(100_000).optional(),
}

export const previewImport = route({
  name: 'previewImport',
  method: 'POST',
  path: '/api/imports/preview',
  summary: { zh: '预览导入：用同一个解析器，不写入', en: 'Preview: the same parser, nothing written' },
  query: z.strictObject(fileQuery),
  takes: 'file',
  reply: z.object({
    header: z.array(z.string()),
    headerRow: z.number().int(),
    format: z.string(),
    encoding: z.string().nullable(),
    sheets: z.array(z.object({ name: z.string(), hidden: z.boolean() })),
    mapping,
    guesses: z.array(
      z.object({ column: z.string(), field: z.string(), confidence: z.number(), why: z.string() }),
    ),
    unmapped: z.array(z.string()),
    sample: z.array(z.array(z.string().nullable())),
    result: batch.omit({ id: true }).nullable(),
  }),
  refusals: ['file_refused', 'mapping_wrong'],
})

export const startImport = route({
  name: 'startImport',
  method: 'POST',
  path: '/api/imports',
  summary: { zh: '开始导入', en: 'Start an import' },
  query: z.strictObject(fileQuery),
  takes: 'file',
  reply: batch,
  status: 202,
  refusals: ['file_refused', 'mapping_wrong'],
})

export const listImports = route({
  name: 'listImports',
  method: 'GET',
  path: '/api/imports',
  summary: { zh: '导入历史', en: 'Import history, newest first' },
  query: z.strictObject(pageQuery),
  reply: page(batch),
})

export const readImport = route({
  name: 'readImport',
  method: 'GET',
  path: '/api/imports/:id',
  summary: { zh: '一次导入', en: 'One import' },
  params: z.strictObject({ id }),
  reply: batch,
})

export const cancelImport = route({
  name: 'cancelImport',
  method: 'POST',
  path: '/api/imports/:id/cancellation',
  summary: { zh: '取消正在进行的导入', en: 'Cancel a running import' },
  params: z.strictObject({ id }),
  reply: batch,
  refusals: ['not_running'],
})

export const undoImport = route({
  name: 'undoImport',
  method: 'POST',
  path: '/api/imports/:id/undo',
  summary: { zh: '撤销导入（30天内）', en: 'Undo an import (within 30 days)' },
  params: z.strictObject({ id }),
  reply: batch,
  refusals: ['not_undoable'],
})

export const downloadErrors = route({
  name: 'downloadErrors',
  method: 'GET',
  path: '/api/imports/:id/errors.xlsx',
  summary: {
    zh: '错误行.xlsx：您自己的列加“错误原因”',
    en: 'Rejected rows: your own columns plus the reason',
  },
  params: z.strictObject({ id }),
  sends: 'file',
})

export const kindFields = route({
  name: 'kindFields',
  method: 'GET',
  path: '/api/imports/fields/:kind',
  summary: { zh: '某类文件可对应的字段', en: 'Fields that a kind of file can be mapped to' },
  params: z.strictObject({ kind }),
  reply: z.object({
    items: z.array(z.object({ name: z.string(), zh: z.string(), en: z.string(), required: z.boolean() })),
  }),
})

/** The raw record of a fact: the user's own columns and values, personal ones masked. */
export const readRawRecord = route({
  name: 'readRawRecord',
  method: 'GET',
  path: '/api/imports/:id/lines/:line',
  summary: { zh: '一条记录的原始行：文件、行、原值', en: 'Its raw record: file, line, values as they came' },
  params: z.strictObject({ id, line: z.coerce.number().int().min(1) }),
  query: z.strictObject({ fact: id }),
  reply: z.object({
    fileName: z.string(),
    fileHash: z.string(),
    line: z.number().int(),
    cells: z.array(z.object({ column: z.string(), value: z.string().nullable(), masked: z.boolean() })),
  }),
})
