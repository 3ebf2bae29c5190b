import { type Field, fieldOf, type Kind } from './fields.ts'
import type { Mapping, ResolvedColumn, ResolvedMapping } from './mapping.ts'
import type { Cell } from './read/table.ts'
import type { RowOptions, RowRecord } from './rows.ts'
import { usualOrders } from './rows-date-orders.ts'
import { type FieldOptions, type ParsedField, parserOf } from './values-field.ts'
import { cellText } from './values-text.ts'

/** One field of the record and where it comes from, all that can be known beforehand worked out. */
export interface CompiledColumn {
  /** Place in the row, or -1 for a field that only a constant fills. */
  index: number
  name: string
  field: Field
  isBlank(cell: Cell): boolean
  parse(cell: Cell): ParsedField
  store(record: RowRecord, value: StoredValue): void
  /** Fills the field of a blank cell; false when nothing may stand there. */
  storeBlank(record: RowRecord): boolean
}

type StoredValue = Extract<ParsedField, { value: unknown }>['value']

/** What files write for "nothing", unless the mapping says otherwise. */
const nullWords = ['-', '--', '—', '/', 'N/A', 'n/a', '#N/A', 'NULL', 'null', '(null)']

export function compileColumns(
  kind: Kind,
  mapping: Mapping,
  resolved: ResolvedMapping,
  options: RowOptions,
): CompiledColumn[] {
  const filled = new Set(resolved.columns.map(({ field }) => field.name))
  const constants = Object.keys(mapping.constants ?? {}).filter((name) => !filled.has(name))
  const withoutColumn = constants.flatMap((name): ResolvedColumn[] => {
    const field = fieldOf(kind, name)
    return field ? [{ index: -1, name, field }] : []
  })
  return [...resolved.columns, ...withoutColumn].map((column) => compileColumn(column, mapping, options))
}

function compileColumn(column: ResolvedColumn, mapping: Mapping, options: RowOptions): CompiledColumn {
  const { field, name, index } = column
  const zone = mapping.zone ?? options.zone
  const learnt = options.dateOrders?.get(name)
  const fieldOptions: FieldOptions = {
    zone,
    now: options.now,
    ...(column.format ? { format: column.format } : {}),
    ...(learnt?.order ? { order: learnt.order } : {}),
    ...(learnt?.mixed ? {} : { guess: usualOrders(zone) }),
  }
  const parse = parserOf(field, fieldOptions)
  const store = field.type === 'category' ? storeCategory : storeAs(field.name)
  return {
    index,
    name,
    field,
    parse: translated(parse, mapping.values?.[field.name]),
    isBlank: blankTest(mapping.null ?? nullWords, mapping.values?.[field.name]),
    store,
    storeBlank: blankStore(field, store, parse, mapping.constants?.[field.name]),
  }
}

function storeAs(name: string): CompiledColumn['store'] {
  return (record, value) => {
    record[name] = value as Exclude<StoredValue, object>
  }
}

/** Both levels; a column of its own for the second stands above what follows the hyphen. */
function storeCategory(record: RowRecord, value: StoredValue): void {
  if (typeof value !== 'object') return
  record.category = value.category
  record.subcategory ??= value.subcategory
}

function blankStore(
  field: Field,
  store: CompiledColumn['store'],
  parse: (cell: Cell) => ParsedField,
  constant: string | number | boolean | undefined,
): CompiledColumn['storeBlank'] {
  const parsed = constant === undefined ? undefined : parse(constant)
  if (parsed && 'value' in parsed) {
    return (record) => {
      store(record, parsed.value)
      return true
    }
  }
  return (record) => {
    record[field.name] ??= null
    return !field.required
  }
}

function blankTest(words: string[], values: Record<string, string> | undefined): CompiledColumn['isBlank'] {
  const blank = new Set(words.map((word) => word.trim()))
  for (const [word, meaning] of Object.entries(values ?? {})) if (meaning === '') blank.add(word.trim())
  const longest = Math.max(0, ...[...blank].map((word) => word.length))
  return (cell) => {
    if (cell === null || cell === '') return true
    if (typeof cell !== 'string') return false
    if (cell.length > longest && cell.charCodeAt(0) > SPACE) return false
    const text = cell.trim()
    return text === '' || blank.has(text)
  }
}

const SPACE = 32

/** Puts our word for the file's, as the mapping tells: the exact word first, then whatever its case and spaces. */
function translated(
  parse: (cell: Cell) => ParsedField,
  values: Record<string, string> | undefined,
): (cell: Cell) => ParsedField {
  if (!values) return parse
  const exact = new Map(Object.entries(values))
  const alike = new Map(Object.entries(values).map(([word, meaning]) => [looseKey(word), meaning]))
  return (cell) => {
    if (typeof cell === 'object') return parse(cell)
    const text = cellText(cell)
    return parse(exact.get(text) ?? alike.get(looseKey(text)) ?? cell)
  }
}

function looseKey(word: string): string {
  return word.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
}
