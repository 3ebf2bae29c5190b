import { z } from 'zod'
import { batch, kind, preview } from './intake-shapes.ts'
import { id, instant, page, pageQuery, route } from './route.ts'

export * from './intake-files.ts'
export * from './intake-shapes.ts'

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
  reply: preview,
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

/** What an undo would do, so that nobody is surprised by it. */
export const foreseeUndo = route({
  name: 'foreseeUndo',
  method: 'GET',
  path: '/api/imports/:id/undo',
  summary: {
    zh: '撤销会怎样：删除、恢复、保留的记录',
    en: 'What an undo would take away, bring back and keep',
  },
  params: z.strictObject({ id }),
  reply: z.object({
    removed: z.number().int(),
    restored: z.number().int(),
    kept: z.number().int(),
    /** The first 50: changed since by hand or by a later file. */
    keptRecords: z.array(
      z.object({ kind: z.string(), externalId: z.string(), by: z.enum(['hand', 'file']) }),
    ),
    until: instant,
  }),
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
    cells: z.array(
      z.object({
        column: z.string(),
        value: z.string().nullable(),
        masked: z.boolean(),
        /** What was read instead, where somebody mended the cell in the preview. */
        corrected: z.string().nullable(),
      }),
    ),
    correctedBy: z.string().nullable(),
  }),
})
