import type { Database, Scope } from '../platform/database.ts'
import { corrector } from './corrections.ts'
import { type Imported, type ImportRequest, importFile } from './import-file.ts'
import { columnNames, guessMapping, type Mapping, type MappingGuess, resolveMapping } from './mapping.ts'
import { type Layout, type MappedBy, openMapped, refused, sampleRows } from './open-mapped.ts'
import { type Stranger, strangersIn } from './people-alike.ts'
import { labelText } from './read/header.ts'
import type { Cell, TableRow } from './read/table.ts'
import type { Rejection } from './rows.ts'

export interface PreviewRequest extends ImportRequest {
  layout?: Layout | undefined
  show?: 'errors' | 'warnings' | 'all' | undefined
  /** Rows are shown from the first line after this one. */
  after?: number | undefined
}

interface Said {
  zh: string
  en: string
}
interface CellFault {
  column: number | null
  code: string
  message: Said
}
interface ShownRow {
  line: number
  cells: (string | null)[]
  faults: CellFault[]
  doubts: CellFault[]
}

export interface Previewed {
  fileName: string
  header: string[]
  headerRow: number
  format: string
  encoding: string | null
  sheets: { name: string; hidden: boolean }[]
  sheet: string | null
  top: { line: number; cells: (string | null)[] }[]
  mapping: Mapping
  mappedBy: MappedBy
  guesses: MappingGuess['guesses']
  unmapped: string[]
  faults: { code: string; column: string | null; field: string | null; message: Said }[]
  sample: (string | null)[][]
  whole: boolean
  result: Imported | null
  rows: ShownRow[]
  next: number | null
  people: Stranger[]
}

/** How many rows of a file a preview tries, and how many it shows at a time. */
const mostRows = 20_000
const shownAtOnce = 200
const topRows = 12

/** What an import would do, by the very import, taken back at its end; and what is needed to put the rest right. */
export async function previewFile(db: Database, scope: Scope, request: PreviewRequest): Promise<Previewed> {
  const sourceName = request.sourceName ?? request.kind
  const { table, mapping, mappedBy, ...found } = await openMapped(db, scope, { ...request, sourceName })
  const sample = found.sample ?? (await refused(sampleRows(table)))
  const guess = found.guess ?? guessMapping(request.kind, table.header, sample)
  const names = columnNames(table.header)
  const resolved = resolveMapping(request.kind, mapping, table.header)
  const faults = 'faults' in resolved ? resolved.faults : []
  const shown = rowsToShow(request, names)
  let people: Stranger[] = []
  let result: Imported | null = null
  if ('resolved' in resolved)
    result = await importFile(db, scope, {
      ...request,
      mapping,
      dryRun: true,
      mostRows,
      onChunk: shown.see,
      onPeople: async (tx, strangers) => {
        people = await strangersIn(tx, strangers, request.now)
      },
    })
  else checkCorrections(request, table.header)
  return {
    fileName: request.fileName,
    header: names,
    headerRow: table.headerRow,
    format: table.format,
    encoding: table.encoding,
    sheets: table.sheets,
    sheet: table.sheets[table.sheet - 1]?.name ?? null,
    top: table.top.slice(0, topRows).map(({ line, cells }) => ({ line, cells: cells.map(textOf) })),
    mapping,
    mappedBy,
    guesses: guess.guesses,
    unmapped: 'resolved' in resolved ? resolved.resolved.unmapped : unmappedIn(names, mapping),
    faults: faults.map((fault) => ({
      code: fault.code,
      column: fault.column ?? null,
      field: fault.field ?? null,
      message: { zh: fault.zh, en: fault.en },
    })),
    sample: sample.slice(0, 20).map(({ cells }) => names.map((_, i) => textOf(cells[i] ?? null))),
    whole: result === null || result.rows < mostRows,
    result,
    ...shown.done(),
    people,
  }
}

const unmappedIn = (names: string[], mapping: Mapping): string[] =>
  names.filter((name) => !(name in mapping.columns))

/** Corrections that have no place are told even where nothing can be read yet. */
function checkCorrections(request: PreviewRequest, header: string[]): void {
  corrector(request.corrections ?? [], header)
}

function rowsToShow(request: PreviewRequest, names: string[]) {
  const { show = 'all', after = 0 } = request
  const rows: ShownRow[] = []
  let next: number | null = null
  const faultsOf = (found: Rejection[] | undefined): CellFault[] =>
    (found ?? []).map(({ column, code, zh, en }) => {
      const index = column === null ? -1 : names.indexOf(column)
      return { column: index < 0 ? null : index, code, message: { zh, en } }
    })
  return {
    see(read: TableRow[], bad: Rejection[], doubts: Rejection[]): void {
      if (next !== null) return
      const badOf = Map.groupBy(bad, ({ line }) => line)
      const doubtsOf = Map.groupBy(doubts, ({ line }) => line)
      for (const { line, cells } of read) {
        if (line <= after) continue
        const [wrong, doubtful] = [badOf.get(line), doubtsOf.get(line)]
        if (show === 'errors' && !wrong) continue
        if (show === 'warnings' && (wrong || !doubtful)) continue
        if (rows.length === shownAtOnce) {
          next = rows.at(-1)?.line ?? null
          return
        }
        rows.push({
          line,
          cells: names.map((_, i) => textOf(cells[i] ?? null)),
          faults: faultsOf(wrong),
          doubts: faultsOf(doubtful),
        })
      }
    },
    done: () => ({ rows, next }),
  }
}

const textOf = (cell: Cell): string | null => {
  if (cell === null) return null
  if (typeof cell === 'object' && 'date' in cell)
    return cell.date.replace('T', ' ').replace(/(?: 00:00:00)?\.000$/, '')
  return labelText(cell).slice(0, 500)
}
