import { z } from 'zod'
import { type ListKind, listColumns, listKinds } from './list-columns.ts'
import { parseFilters, parseSort } from './list-query.ts'
import { id, instant, route } from './route.ts'

const list = z.enum(listKinds)
const kindAndId = z.strictObject({ kind: list, id })

/** A value of a field before or after a change; people, units and products by their names, texts masked. */
const shown = z.union([z.string(), z.number(), z.boolean()]).nullable()

const historyEntry = z.object({
  at: instant,
  actor: z.string(),
  action: z.string(),
  changes: z.array(z.object({ field: z.string(), before: shown, after: shown })),
})
export type HistoryEntry = z.infer<typeof historyEntry>

export const readHistory = route({
  name: 'readHistory',
  method: 'GET',
  path: '/api/records/:kind/:id/history',
  summary: { zh: '一条记录的修改历史', en: 'Who changed a record, when, from what to what' },
  params: kindAndId,
  reply: z.object({ items: z.array(historyEntry) }),
})

const view = z.object({
  id,
  list,
  name: z.string(),
  query: z.string(),
  /** There for the team as well. */
  team: z.boolean(),
  mine: z.boolean(),
  mayDelete: z.boolean(),
  usual: z.boolean(),
})
export type View = z.infer<typeof view>

export const listViews = route({
  name: 'listViews',
  method: 'GET',
  path: '/api/views',
  summary: { zh: '保存的视图', en: 'Saved views of a list: own ones and the team’s' },
  query: z.strictObject({ list: list.optional() }),
  reply: z.object({ items: z.array(view) }),
})

export const saveView = route({
  name: 'saveView',
  method: 'POST',
  path: '/api/views',
  summary: { zh: '保存视图', en: 'Save a view' },
  body: z.strictObject({
    list,
    name: z.string().trim().min(1).max(40),
    query: z.string().max(6000),
    team: z.boolean().default(false),
  }),
  reply: view,
  status: 201,
  refusals: ['name_taken'],
})

export const deleteView = route({
  name: 'deleteView',
  method: 'DELETE',
  path: '/api/views/:id',
  summary: { zh: '删除视图', en: 'Delete a view' },
  params: z.strictObject({ id }),
})

export const chooseUsualView = route({
  name: 'chooseUsualView',
  method: 'PUT',
  path: '/api/views/:id/usual',
  summary: { zh: '打开列表时使用此视图，或不再使用', en: 'Open the list with this view, or no longer' },
  params: z.strictObject({ id }),
  body: z.strictObject({ usual: z.boolean() }),
  reply: view,
})

/** What is exported: the list as it is seen, or all of it. */
const exported = z
  .strictObject({
    list,
    format: z.enum(['xlsx', 'csv']),
    /** `template`: its columns and headers, never translated; else these columns. */
    columns: z.union([z.literal('template'), z.literal('all'), z.array(z.string().max(40)).min(1).max(60)]),
    filter: z.string().max(4000).optional(),
    sort: z.string().max(300).optional(),
    unit: id.optional(),
    product: id.optional(),
    agent: id.optional(),
    search: z.string().max(100).optional(),
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
  })
  .refine((body) => fitsList(body.list, body.filter, body.sort), {
    message: '筛选或排序无法识别 · The filter or the sort is not understood',
  })

const fitsList = (kind: ListKind, filter = '', sort = ''): boolean =>
  parseFilters(listColumns[kind], filter) !== undefined && parseSort(listColumns[kind], sort) !== undefined

const exportJob = z.object({
  id,
  list,
  format: z.enum(['xlsx', 'csv']),
  fileName: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  total: z.number().int(),
  rows: z.number().int(),
  createdAt: instant,
  expiresAt: instant,
})
export type ExportJob = z.infer<typeof exportJob>

export const startExport = route({
  name: 'startExport',
  method: 'POST',
  path: '/api/exports',
  summary: { zh: '导出列表', en: 'Export a list; answers at once, the file is written behind' },
  body: exported,
  reply: exportJob,
  status: 202,
  refusals: ['too_many_exports'],
})

export const listExports = route({
  name: 'listExports',
  method: 'GET',
  path: '/api/exports',
  summary: { zh: '我的导出（24 小时内）', en: 'Own exports of the last 24 hours' },
  reply: z.object({ items: z.array(exportJob) }),
})

export const cancelExport = route({
  name: 'cancelExport',
  method: 'POST',
  path: '/api/exports/:id/cancellation',
  summary: { zh: '取消导出', en: 'Cancel an export' },
  params: z.strictObject({ id }),
  reply: exportJob,
})

export const downloadExport = route({
  name: 'downloadExport',
  method: 'GET',
  path: '/api/exports/:id/file',
  summary: { zh: '下载导出文件', en: 'The file of an export' },
  params: z.strictObject({ id }),
  sends: 'file',
  refusals: ['export_gone'],
})
