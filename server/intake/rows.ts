import { type Kind, keepsUnused } from './fields.ts'
import { type Mapping, type MappingFault, type ResolvedMapping, resolveMapping } from './mapping.ts'
import { labelText } from './read/header.ts'
import type { Cell, TableRow } from './read/table.ts'
import { type RowFindings, rowChecks } from './rows-checks.ts'
import { compileColumns } from './rows-columns.ts'
import type { DateOrders } from './rows-date-orders.ts'
import type { Value } from './values-field.ts'
import { type Trouble, trouble } from './values-trouble.ts'

export { type DateOrders, dateOrderLearner } from './rows-date-orders.ts'

/** Typed values by field name: null for a mapped cell that is blank, absent for a field that no column goes to. No prototype. */
export type RowRecord = Record<string, Value>

export interface Rejection {
  line: number
  /** The user's header; null for what concerns the whole row. */
  column: string | null
  code: string
  /** What stands in the cell, clipped. */
  value: string
  zh: string
  en: string
}

export type RowWarning = Rejection

export type RowOutcome = (
  | { record: RowRecord; rejections?: undefined }
  | { rejections: Rejection[]; record?: undefined }
) & {
  warnings?: RowWarning[]
  /** Fields whose times came as a day alone. */
  dateOnly?: string[]
}

/** Warnings of one kind in one column, over all rows read so far. */
export interface ColumnWarning {
  code: string
  column: string | null
  count: number
  sample: string
  zh: string
  en: string
}

export interface RowReader {
  (row: TableRow): RowOutcome
  warnings(): ColumnWarning[]
  /** The places of the columns that go to a field. */
  used: ReadonlySet<number>
}

export interface RowOptions {
  /** Zone of times without an offset, where the mapping names none. */
  zone: string
  now: number
  /** What `dateOrderLearner` learnt; without it each undecided date is read as is usual in the zone, with a warning. */
  dateOrders?: DateOrders
}

/** The mapping does not fit the header: see `faults`. */
export class MappingRefusal extends Error {
  readonly faults: MappingFault[]

  constructor(faults: MappingFault[]) {
    super(faults.map(({ en }) => en).join('; '))
    this.name = 'MappingRefusal'
    this.faults = faults
  }
}

/**
 * The one reader of rows, for dry run, import and preview. All that can be known beforehand is worked out once; a row is
 * then read without validation machinery. Throws MappingRefusal when the mapping does not fit the header.
 */
export function compileRow(kind: Kind, mapping: Mapping, header: string[], options: RowOptions): RowReader {
  const result = resolveMapping(kind, mapping, header)
  if ('faults' in result) throw new MappingRefusal(result.faults)
  const columns = compileColumns(kind, mapping, result.resolved, options)
  const checks = rowChecks(kind, columns, mapping, mapping.zone ?? options.zone)
  const headerOf = new Map(columns.map(({ field, name }) => [field.name, name]))
  const tally = new Map<string, ColumnWarning>()
  warnOfHeader(kind, result.resolved, tally)

  function read(row: TableRow): RowOutcome {
    const { cells, line } = row
    // Of `Object.create(null)` each is a table of its own: twice the time to fill and to read.
    const record: RowRecord = Object.setPrototypeOf({}, null)
    const rejections: Rejection[] = []
    const warnings: RowWarning[] = []
    const dateOnly: string[] = []
    for (const column of columns) {
      const cell = cells[column.index] ?? null
      if (column.isBlank(cell)) {
        if (!column.storeBlank(record))
          rejections.push(messageOf(line, column.name, trouble('required'), cell))
        continue
      }
      const parsed = column.parse(cell)
      if ('fault' in parsed) {
        rejections.push(messageOf(line, column.name, parsed.fault, cell))
        continue
      }
      column.store(record, parsed.value)
      if (parsed.dateOnly) dateOnly.push(column.field.name)
      if (parsed.warning) warnings.push(messageOf(line, column.name, parsed.warning, cell))
    }
    rejectSurplus(row, header.length, rejections)
    // Checks of the whole row would repeat what its cells have been rejected for.
    if (rejections.length === 0) runChecks(line, cells, record, { rejections, warnings, dateOnly })
    for (const warning of warnings) count(tally, warning)
    const outcome: RowOutcome = rejections.length > 0 ? { rejections } : { record }
    if (warnings.length > 0) outcome.warnings = warnings
    if (dateOnly.length > 0) outcome.dateOnly = dateOnly
    return outcome
  }

  function runChecks(
    line: number,
    cells: Cell[],
    record: RowRecord,
    {
      rejections,
      warnings,
      dateOnly,
    }: { rejections: Rejection[]; warnings: RowWarning[]; dateOnly: string[] },
  ): void {
    const cellOf = (field: string | null) =>
      cells[columns.find((column) => column.field.name === field)?.index ?? -1] ?? null
    const message = (field: string | null, found: Trouble) =>
      messageOf(line, field === null ? null : (headerOf.get(field) ?? field), found, cellOf(field))
    const findings: RowFindings = {
      dateOnly,
      reject: (field, fault) => rejections.push(message(field, fault)),
      warn: (field, doubt) => warnings.push(message(field, doubt)),
    }
    for (const check of checks) check(record, findings)
  }

  const used = new Set(columns.map(({ index }) => index))
  return Object.assign(read, { warnings: () => [...tally.values()], used })
}

/** Texts behind the last column, as the reader of text files marks them. */
function rejectSurplus({ cells, line }: TableRow, width: number, rejections: Rejection[]): void {
  for (let index = width; index < cells.length; index++) {
    const cell = cells[index]
    if (typeof cell !== 'object' || cell === null || !('fault' in cell) || cell.fault !== 'surplus') continue
    rejections.push(messageOf(line, null, trouble('surplus_cells', cell.text.slice(0, 60)), cell))
  }
}

function warnOfHeader(
  kind: Kind,
  { duplicates, unmapped }: ResolvedMapping,
  tally: Map<string, ColumnWarning>,
): void {
  const say = (code: string, name: string, zh: string, en: string) =>
    count(tally, { line: 0, column: name, code, value: name, zh, en })
  for (const name of duplicates) {
    say(
      'duplicate_header',
      name,
      `表头“${name}”出现多次，第二列记作“${name}#2”`,
      `the header "${name}" occurs more than once; the second is called "${name}#2"`,
    )
  }
  const [zh, en] = keepsUnused(kind)
    ? ['随原始记录保留', 'it is kept with the raw record']
    : ['不保留', 'it is not kept']
  for (const name of unmapped)
    say(
      'unmapped_column',
      name,
      `“${name}”列没有对应的字段，${zh}`,
      `no field for the column "${name}"; ${en}`,
    )
}

function messageOf(line: number, column: string | null, { code, zh, en }: Trouble, cell: Cell): Rejection {
  return { line, column, code, value: labelText(cell).slice(0, 200), zh, en }
}

function count(tally: Map<string, ColumnWarning>, { column, code, value, zh, en }: RowWarning): void {
  const key = `${code}\n${column}`
  const known = tally.get(key)
  if (known) known.count++
  else tally.set(key, { code, column, count: 1, sample: value, zh, en })
}
