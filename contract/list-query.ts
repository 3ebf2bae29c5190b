import { z } from 'zod'
import { type ListColumn, type ListKind, listColumns, maySort } from './list-columns.ts'
import { id, pageQuery } from './route.ts'

/** A filter on one column: `has` a text, `in` a set of values ('' is blank), or a `range` with both ends in it. */
export type ListFilter =
  | { column: string; op: 'has'; text: string }
  | { column: string; op: 'in'; values: string[] }
  | { column: string; op: 'range'; from: string; to: string }

export interface ListSort {
  column: string
  descending: boolean
}

const signs = { has: '~', in: ':', range: '=' } as const
const day = /^\d{4}-\d{2}-\d{2}$/
const number = /^-?\d{1,12}(\.\d{1,6})?$/
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** As it stands in addresses: `category:repair,complaint;externalId~SR0;receivedAt=2024-05-01..2024-05-31`. */
export const printFilters = (filters: readonly ListFilter[]): string =>
  filters.map((one) => `${one.column}${signs[one.op]}${printed(one)}`).join(';')

function printed(filter: ListFilter): string {
  if (filter.op === 'has') return encodeURIComponent(filter.text)
  if (filter.op === 'in') return filter.values.map(encodeURIComponent).join(',')
  return `${filter.from}..${filter.to}`
}

/** Undefined when a part does not fit the columns: nothing is quietly left out. */
export function parseFilters(columns: readonly ListColumn[], text: string): ListFilter[] | undefined {
  const filters: ListFilter[] = []
  for (const part of text.split(';')) {
    if (part === '') continue
    const filter = parseFilter(columns, part)
    if (!filter || filters.some(({ column }) => column === filter.column)) return undefined
    filters.push(filter)
  }
  return filters
}

function parseFilter(columns: readonly ListColumn[], part: string): ListFilter | undefined {
  const [, key, sign, rest] = /^([a-zA-Z]+)([~:=])([\s\S]*)$/.exec(part) ?? []
  const column = columns.find((one) => one.key === key)
  if (!column || rest === undefined) return undefined
  if (sign === '~') return hasFilter(column, rest)
  return sign === ':' ? inFilter(column, rest) : rangeFilter(column, rest)
}

function hasFilter({ key, kind }: ListColumn, rest: string): ListFilter | undefined {
  const text = decoded(rest)?.trim()
  const fits = ['text', 'long', 'named', 'customer'].includes(kind)
  return text && text.length <= 100 && fits ? { column: key, op: 'has', text } : undefined
}

function inFilter({ key, kind }: ListColumn, rest: string): ListFilter | undefined {
  const values = rest.split(',').map(decoded)
  if (!values.every((value) => value !== undefined && value.length <= 200) || values.length > 50)
    return undefined
  const given = values as string[]
  if (kind === 'named') return given.every((v) => v === '' || uuid.test(v)) ? inOf(key, given) : undefined
  if (kind === 'choice') return inOf(key, given)
  // Of the others only "blank" can be chosen.
  return given.length === 1 && given[0] === '' ? inOf(key, given) : undefined
}

const inOf = (column: string, values: string[]): ListFilter => ({ column, op: 'in', values })

function rangeFilter({ key, kind }: ListColumn, rest: string): ListFilter | undefined {
  const [from, to, more] = rest.split('..')
  if (from === undefined || to === undefined || more !== undefined || (from === '' && to === ''))
    return undefined
  const pattern = kind === 'instant' ? day : kind === 'number' || kind === 'score' ? number : undefined
  if (!pattern || ![from, to].every((end) => end === '' || fits(pattern, end))) return undefined
  return { column: key, op: 'range', from, to }
}

/** 2024-02-30 looks like a day and is none. */
const fits = (pattern: RegExp, text: string): boolean =>
  pattern.test(text) && (pattern !== day || new Date(`${text}T00:00Z`).toJSON()?.slice(0, 10) === text)

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** `-receivedAt,priority`: the latest first, and among equals by priority. */
export const printSort = (sort: readonly ListSort[]): string =>
  sort.map(({ column, descending }) => `${descending ? '-' : ''}${column}`).join(',')

export function parseSort(columns: readonly ListColumn[], text: string): ListSort[] | undefined {
  const sort: ListSort[] = []
  for (const part of text.split(',')) {
    if (part === '') continue
    const key = part.replace(/^-/, '')
    const column = columns.find((one) => one.key === key)
    if (!column || !maySort(column) || sort.some((one) => one.column === key)) return undefined
    sort.push({ column: key, descending: part !== key })
  }
  return sort.length <= 5 ? sort : undefined
}

/** What narrows and orders a list; the same for the screen, an export and a saved view. */
export const listed = (kind: ListKind) => ({
  filter: z
    .string()
    .max(4000)
    .refine((text) => parseFilters(listColumns[kind], text) !== undefined, {
      message: '筛选条件无法识别 · The filter is not understood',
    })
    .optional(),
  sort: z
    .string()
    .max(300)
    .refine((text) => parseSort(listColumns[kind], text) !== undefined, {
      message: '排序无法识别 · The sort is not understood',
    })
    .optional(),
  unit: id.optional(),
})

/** The longest list that is jumped about in within an order that is kept. */
export const mostKeptRows = 250_000

/**
 * A list is read on by `cursor`. `offset` leaves out so many rows behind it: all that is read with cursors of one first page
 * is in one order, as it was when first jumped in, so that no row is missed or repeated. Without a cursor it counts from the
 * top, and a row that moved meanwhile may be missed or repeated. `total` is how many there are, where the asker has been
 * told for the same filter: they are not counted again. With `later` the first page comes without it where it ends before
 * the list does, so that nobody waits for the counting; a `limit` of 0 asks for the number alone.
 */
export const listQuery = (kind: ListKind) => ({
  ...pageQuery,
  ...listed(kind),
  limit: z.coerce.number().int().min(0).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000).optional(),
  total: z.union([z.literal('later'), z.coerce.number().int().min(0).max(1_000_000_000)]).optional(),
})
