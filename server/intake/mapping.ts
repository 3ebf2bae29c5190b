import { zone as openZone } from '../platform/time.ts'
import { type Field, fieldOf, fields, type Kind } from './fields.ts'
import { itemField } from './item-columns.ts'
import { type MappingFault, mappingFault } from './mapping-faults.ts'
import { closest, columnNames, nameKey } from './mapping-names.ts'
import { type Mapping, mappingSchema } from './mapping-schema.ts'
import { parserOf } from './values-field.ts'
import { formatFault } from './values-format.ts'

export type { MappingFault } from './mapping-faults.ts'
export { guessMapping, type MappingGuess } from './mapping-guess.ts'
export { columnNames } from './mapping-names.ts'
export type { Mapping } from './mapping-schema.ts'

/** A mapping as read from JSON; every fault names its place in the file. */
export function readMapping(json: unknown): { mapping: Mapping } | { faults: MappingFault[] } {
  const parsed = mappingSchema.safeParse(json)
  if (parsed.success) return { mapping: parsed.data }
  const faults = parsed.error.issues.map(({ path, message }) =>
    mappingFault('not_a_mapping', path.length > 0 ? `${path.join('.')}: ${message}` : message),
  )
  return { faults }
}

export interface ResolvedColumn {
  /** Place in the row. */
  index: number
  /** The user's header, told apart from others of that name. */
  name: string
  field: Field
  format?: string
}

export interface ResolvedMapping {
  /** All columns of the file, in order, each under its own name. */
  names: string[]
  columns: ResolvedColumn[]
  /** Columns that go to no field: kept with the raw row, and said so. */
  unmapped: string[]
  /** Headers that occur more than once. */
  duplicates: string[]
}

/** Finds the columns of a mapping in a header, or says all that stands in the way. */
export function resolveMapping(
  kind: Kind,
  mapping: Mapping,
  header: string[],
): { resolved: ResolvedMapping } | { faults: MappingFault[] } {
  const names = columnNames(header)
  const faults: MappingFault[] = []
  const columns: ResolvedColumn[] = []
  for (const [name, target] of Object.entries(mapping.columns)) {
    const { field: fieldName, format } =
      typeof target === 'string' ? { field: target, format: undefined } : target
    const column = resolveColumn(kind, names, name, fieldName)
    if ('fault' in column) {
      faults.push(column.fault)
      continue
    }
    if (columns.some(({ field }) => field === column.field)) {
      faults.push(mappingFault('field_twice', fieldName, { column: name, field: fieldName }))
    }
    const formatTrouble = checkFormat(column.field, format, name)
    if (formatTrouble) faults.push(formatTrouble)
    columns.push({ ...column, ...(format ? { format } : {}) })
  }
  faults.push(...checkWords(kind, mapping), ...checkZone(mapping), ...checkRequired(kind, mapping))
  if (faults.length > 0) return { faults }
  names.forEach((name, index) => {
    const field = columns.some((one) => one.index === index) ? undefined : itemField(kind, name)
    if (field && !columns.some((one) => one.field.name === field.name)) columns.push({ index, name, field })
  })
  const used = new Set(columns.map(({ index }) => index))
  const unmapped = names.filter((_, index) => !used.has(index))
  const duplicates = [
    ...new Set(header.map((text) => text.trim()).filter((text, i, all) => text && all.indexOf(text) !== i)),
  ]
  return { resolved: { names, columns, unmapped, duplicates } }
}

function resolveColumn(
  kind: Kind,
  names: string[],
  name: string,
  fieldName: string,
): { index: number; name: string; field: Field } | { fault: MappingFault } {
  const field = fieldOf(kind, fieldName)
  if (!field) {
    const suggestions = closest(
      fieldName,
      fields[kind].map((known) => known.name),
    )
    return {
      fault: mappingFault('no_such_field', fieldName, { column: name, field: fieldName, suggestions }),
    }
  }
  const exact = names.indexOf(name.trim())
  if (exact >= 0) return { index: exact, name: names[exact]!, field }
  const key = nameKey(name)
  const alike = names.flatMap((other, index) => (nameKey(other) === key && key !== '' ? [index] : []))
  if (alike.length === 1) return { index: alike[0]!, name: names[alike[0]!]!, field }
  if (alike.length > 1)
    return { fault: mappingFault('unclear_column', name, { column: name, field: fieldName }) }
  const suggestions = closest(name, names)
  return { fault: mappingFault('no_such_column', name, { column: name, field: fieldName, suggestions }) }
}

function checkFormat(field: Field, format: string | undefined, column: string): MappingFault | null {
  if (!format) return null
  const place = { column, field: field.name }
  if (field.type !== 'instant' && field.type !== 'date')
    return mappingFault('format_without_time', field.name, place)
  return formatFault(format) === null ? null : mappingFault('bad_format', format, place)
}

/** Values and constants must belong to fields of the kind and be words that their fields take. */
function checkWords(kind: Kind, mapping: Mapping): MappingFault[] {
  const faults: MappingFault[] = []
  const given: [string, (string | number | boolean)[]][] = [
    ...Object.entries(mapping.values ?? {}).map(([name, table]): [string, string[]] => [
      name,
      Object.values(table),
    ]),
    ...Object.entries(mapping.constants ?? {}).map(([name, value]): [string, (typeof value)[]] => [
      name,
      [value],
    ]),
  ]
  for (const [name, words] of given) {
    const field = fieldOf(kind, name)
    if (!field) {
      const suggestions = closest(
        name,
        fields[kind].map((known) => known.name),
      )
      faults.push(mappingFault('no_such_field', name, { field: name, suggestions }))
      continue
    }
    const parse = parserOf(field, { zone: 'UTC', now: Date.now() })
    const bad = words.find((word) => word !== '' && 'fault' in parse(word))
    if (bad !== undefined) faults.push(mappingFault('bad_word', String(bad), { field: name }))
  }
  return faults
}

function checkZone({ zone }: Mapping): MappingFault[] {
  if (zone === undefined) return []
  try {
    openZone(zone)
    return []
  } catch {
    return [mappingFault('unknown_zone', zone)]
  }
}

/** A field whose column cannot be found is given: that fault has been told. */
function checkRequired(kind: Kind, mapping: Mapping): MappingFault[] {
  const targets = Object.values(mapping.columns).map((target) =>
    typeof target === 'string' ? target : target.field,
  )
  const given = new Set([...targets, ...Object.keys(mapping.constants ?? {})])
  const faults = fields[kind]
    .filter((field) => field.required && !given.has(field.name))
    .map((field) => mappingFault('required_unmapped', `${field.zh} ${field.name}`, { field: field.name }))
  const holdsTime = fields[kind].some((field) => field.type === 'instant' && given.has(field.name))
  if (kind === 'work-orders' && !holdsTime) faults.push(mappingFault('no_time_column', ''))
  return faults
}
