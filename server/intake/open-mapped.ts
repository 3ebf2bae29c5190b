import type { Database, Scope } from '../platform/database.ts'
import { Refusal } from '../platform/refusal.ts'
import { rememberedMapping } from './batches.ts'
import type { Kind } from './fields.ts'
import { guessMapping, type Mapping, type MappingGuess, resolveMapping } from './mapping.ts'
import { openTable } from './read/open-table.ts'
import { FileRefusal } from './read/refusal.ts'
import type { Table, TableRow } from './read/table.ts'
import { MappingRefusal } from './rows.ts'

export type MappedBy = 'caller' | 'memory' | 'guess'

/** How to read a file for which no mapping is given. */
export interface Layout {
  sheet?: string | undefined
  headerRow?: number | undefined
  encoding?: string | undefined
}

export interface MappedFile {
  table: Table
  mapping: Mapping
  mappedBy: MappedBy
  /** What headers and values suggest, whatever the mapping says; null where it was not asked for. */
  guess: MappingGuess | null
  sample: TableRow[] | null
}

export interface FileToMap {
  kind: Kind
  path: string
  fileName: string
  sourceName: string
  mapping?: Mapping | undefined
  layout?: Layout | undefined
}

/** The file read by the mapping given; else by the one remembered for this source, where it still fits; else by a guess. */
export async function openMapped(db: Database, scope: Scope, file: FileToMap): Promise<MappedFile> {
  const open = (how?: Partial<Mapping>) =>
    refused(openTable(file.path, { name: file.fileName, ...fileOptions(how) }))
  if (file.mapping) return withoutGuess(await open(file.mapping), file.mapping, 'caller')
  const layout = fileOptions(file.layout)
  if (Object.keys(layout).length === 0) {
    const remembered = await db.transaction(scope, (tx) => rememberedMapping(tx, file.sourceName, file.kind))
    // Its sheet or header row may not be in this file: then it does not fit, which is no fault of the file.
    const table = remembered && (await open(remembered).catch(() => undefined))
    if (table && 'resolved' in resolveMapping(file.kind, remembered, table.header))
      return withoutGuess(table, remembered, 'memory')
  }
  const table = await open(layout)
  const sample = await sampleRows(table)
  const guess = guessMapping(file.kind, table.header, sample)
  return { table, mapping: { ...layout, ...guess.mapping }, mappedBy: 'guess', guess, sample }
}

const withoutGuess = (table: Table, mapping: Mapping, mappedBy: MappedBy): MappedFile => ({
  table,
  mapping,
  mappedBy,
  guess: null,
  sample: null,
})

const fileOptions = (how: Partial<Mapping> | Layout | undefined) => ({
  ...(how?.encoding ? { encoding: how.encoding } : {}),
  ...(how?.sheet ? { sheet: how.sheet } : {}),
  ...(how?.headerRow ? { headerRow: how.headerRow } : {}),
  ...(how && 'cachedValues' in how && how.cachedValues ? { takeCachedValues: true } : {}),
})

export async function sampleRows(table: Table, most = 200): Promise<TableRow[]> {
  const sample: TableRow[] = []
  for await (const rows of table.rows()) {
    sample.push(...rows)
    if (sample.length >= most) break
  }
  return sample.slice(0, most)
}

/** A file that cannot be used is an expected refusal. */
export async function refused<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw asRefusal(error)
  }
}

export function asRefusal(error: unknown): unknown {
  if (error instanceof FileRefusal)
    return new Refusal(
      'file_refused',
      error.status,
      { zh: error.zh, en: error.en },
      { reason: error.code, place: error.place },
    )
  if (error instanceof MappingRefusal)
    return new Refusal(
      'mapping_wrong',
      422,
      {
        zh: error.faults.map((fault) => fault.zh).join('；'),
        en: error.faults.map((fault) => fault.en).join('; '),
      },
      { faults: error.faults },
    )
  return error
}
