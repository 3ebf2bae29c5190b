import { z } from 'zod'
import { id, instant } from './route.ts'

export const kinds = [
  'work-orders',
  'events',
  'feedback',
  'responses',
  'invitations',
  'calls',
  'inspections',
  'trainings',
  'purchases',
  'attendance',
  'messages',
  'costs',
  'people',
  'products',
] as const

/** What customers write of themselves in a chat is needed for nothing: of messages only the columns with a field are kept. */
export const keepsUnused = (kind: (typeof kinds)[number]): boolean => kind !== 'messages'
export const kind = z.enum(kinds)

const message = z.object({ zh: z.string(), en: z.string() })

/** What becomes of a record whose number is there already. */
export const duplicates = z.enum(['update', 'skip', 'overwrite'])

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
  /** Rows among those taken that carry a warning. */
  warned: z.number().int(),
  /** Cells mended in the preview. */
  corrected: z.number().int(),
  duplicates,
  /** Who brought the file in; null for the command line. */
  user: z.string().nullable(),
  /** Present while running. */
  progress: z
    .object({
      rows: z.number(),
      rowsPerSecond: z.number(),
      bytes: z.number(),
      total: z.number(),
      /** Null until it can be told. */
      secondsLeft: z.number().int().nullable(),
    })
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
  constants: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  activities: z.record(z.string(), z.string()).optional(),
  cachedValues: z.boolean().optional(),
})

const cellFault = z.object({
  /** Place in the row; null for what concerns the whole row. */
  column: z.number().int().nullable(),
  code: z.string(),
  message,
})

export const preview = z.object({
  fileName: z.string(),
  /** Each column under a name of its own. */
  header: z.array(z.string()),
  headerRow: z.number().int(),
  format: z.string(),
  encoding: z.string().nullable(),
  sheets: z.array(z.object({ name: z.string(), hidden: z.boolean() })),
  sheet: z.string().nullable(),
  /** The first rows of the file, for finding the header among them. */
  top: z.array(z.object({ line: z.number().int(), cells: z.array(z.string().nullable()) })),
  mapping,
  /** Where the mapping is from: the caller, the last import of this source, or a guess. */
  mappedBy: z.enum(['caller', 'memory', 'guess']),
  guesses: z.array(
    z.object({ column: z.string(), field: z.string(), confidence: z.number(), why: z.string() }),
  ),
  unmapped: z.array(z.string()),
  /** Why the mapping cannot be used yet; nothing is read before it is mended. */
  faults: z.array(
    z.object({ code: z.string(), column: z.string().nullable(), field: z.string().nullable(), message }),
  ),
  sample: z.array(z.array(z.string().nullable())),
  /** False where only the first rows of a long file were looked at. */
  whole: z.boolean(),
  result: batch.omit({ id: true }).nullable(),
  rows: z.array(
    z.object({
      line: z.number().int(),
      cells: z.array(z.string().nullable()),
      faults: z.array(cellFault),
      doubts: z.array(cellFault),
    }),
  ),
  /** Line after which more rows follow. */
  next: z.number().int().nullable(),
  /** Names of agents nobody has, and who they may be. */
  people: z.array(
    z.object({
      name: z.string(),
      rows: z.number().int(),
      alike: z.array(
        z.object({
          name: z.string(),
          employeeNo: z.string().nullable(),
          /** Null for another name of this file. */
          unit: z.string().nullable(),
        }),
      ),
    }),
  ),
})
export type Preview = z.infer<typeof preview>
