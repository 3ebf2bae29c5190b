import { z } from 'zod'
import { batch, duplicates, kind, mapping, preview } from './intake-shapes.ts'
import { id, instant, route } from './route.ts'

/** Files on their way in: uploaded once, looked at as often as needed, then imported. */

export const uploadFile = route({
  name: 'uploadFile',
  method: 'POST',
  path: '/api/imports/files',
  summary: {
    zh: '上传待导入的文件：保留24小时，只有上传者可用',
    en: 'Upload a file to import: kept for 24 hours, for its uploader alone',
  },
  query: z.strictObject({ fileName: z.string().min(1).max(255) }),
  takes: 'file',
  reply: z.object({ id, fileName: z.string(), bytes: z.number().int(), expiresAt: instant }),
  status: 201,
  refusals: ['file_too_large'],
})

const reading = {
  kind,
  source: z.string().trim().min(1).max(120).optional(),
  /** How to read the file, where no mapping is given and what was found is not right. */
  layout: z
    .strictObject({
      sheet: z.string().max(120).optional(),
      headerRow: z.number().int().min(1).max(40).optional(),
      encoding: z.string().max(40).optional(),
    })
    .optional(),
  mapping: mapping.optional(),
  duplicates: duplicates.optional(),
  /** Cells to read instead of what the file holds; the raw rows are kept as they came. */
  corrections: z
    .array(
      z.strictObject({
        line: z.number().int().min(1),
        column: z.string().max(300),
        value: z.string().max(2000),
      }),
    )
    .max(5000)
    .optional(),
}

export const previewFile = route({
  name: 'previewFile',
  method: 'POST',
  path: '/api/imports/files/:id/preview',
  summary: {
    zh: '预览已上传的文件：同一个解析器，不写入',
    en: 'Preview an uploaded file: the same parser, nothing written',
  },
  params: z.strictObject({ id }),
  body: z.strictObject({
    ...reading,
    show: z.enum(['errors', 'warnings', 'all']).optional(),
    after: z.number().int().min(0).optional(),
  }),
  reply: preview,
  refusals: ['file_refused', 'mapping_wrong', 'upload_gone', 'correction_wrong'],
})

export const importUpload = route({
  name: 'importUpload',
  method: 'POST',
  path: '/api/imports/files/:id/import',
  summary: { zh: '导入已上传的文件', en: 'Import an uploaded file' },
  params: z.strictObject({ id }),
  body: z.strictObject(reading),
  reply: batch,
  status: 202,
  refusals: ['file_refused', 'mapping_wrong', 'upload_gone', 'correction_wrong'],
})

export const importTemplate = route({
  name: 'importTemplate',
  method: 'GET',
  path: '/api/imports/templates/:kind',
  summary: {
    zh: '导入模板.xlsx：原表的列与填写说明',
    en: 'Template: the columns of the source tables, with notes',
  },
  params: z.strictObject({ kind }),
  sends: 'file',
})
