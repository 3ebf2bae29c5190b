import { randomBytes } from 'node:crypto'
import type { ListFilter, ListSort } from '../../contract/list-query.ts'
import type { Tx } from './database.ts'
import { keptOrder } from './list-order.ts'
import { Refusal } from './refusal.ts'
import { joinSql, type Sql, sql } from './sql.ts'

/** What a column of a list is to the database. */
export interface ListField {
  /** What is sorted and compared by. Texts are put in the order of a Chinese dictionary. */
  at: Sql
  type: 'text' | 'instant' | 'number'
  /** Needed to sort by it. */
  join?: Sql
  /** How a text is looked for in it; by default anywhere in `at`, in either case. */
  has?: (text: string) => Sql | Promise<Sql>
  /** What is compared with chosen values; by default `at`. */
  is?: Sql
  /** How chosen values are looked for, where comparing row by row would take too long. */
  among?: (values: readonly string[]) => Sql
}

export interface List {
  /** `cases.work_order w`; `id` and `organization_id` are named by it. */
  from: Sql
  id: Sql
  /** Always true of what is listed: organization, scope. */
  where: Sql[]
  fields: Record<string, ListField>
  /** The order without a choice: this, the latest first. It is never null. */
  latest: Sql
  zoneName: string
}

export interface ListAsked {
  filters: readonly ListFilter[]
  sort: readonly ListSort[]
  cursor?: string | undefined
  /** Rows left out behind the cursor, or from the top. */
  offset?: number | undefined
  limit: number
  /** How many there are, where the asker knows it or will ask later: they are not counted now. */
  total?: number | 'later' | undefined
}

interface Page {
  ids: string[]
  next: string | null
  total: number | null
}

/**
 * The ids of one page, in order. Blank values stand last in both directions; equal ones stand by id, so that every order is
 * total and a cursor neither misses nor repeats a row. Rows are counted on the first page alone, unless they all stand on it.
 * Who leaves out rows behind a cursor is given them from an order kept for its reading, where the list is not too long for
 * that.
 */
export async function listPage(tx: Tx, list: List, asked: ListAsked): Promise<Page> {
  const where = [...list.where, ...(await Promise.all(asked.filters.map((one) => filterSql(list, one))))]
  const keys = keysOf(list, asked.sort)
  const place = asked.cursor ? readCursor(asked.cursor, keys) : undefined
  if (place) {
    const page = await pageOfOrder(tx, list, { where, keys, place }, asked)
    if (page) return page
  }
  const { offset = 0, limit } = asked
  const after = place ? [...where, afterSql(list, keys, place)] : where
  const rows =
    limit === 0
      ? []
      : await tx.rows<KeyRow>(sql`
          select ${keyColumns(list, keys)}
          from ${joined(list, keys)}
          where ${joinSql(after, ' and ')}
          order by ${orderSql(list, keys)}
          limit ${limit} offset ${offset}`)
  return {
    ...pageOf(keys, rows, limit, {
      reading: place?.reading ?? randomBytes(12).toString('base64url'),
      at: (place?.at ?? 0) + offset,
    }),
    total: place || offset > 0 ? null : await totalOf(tx, list, where, { asked, listed: rows.length }),
  }
}

/** Of a list whose first rows have been read. */
async function totalOf(
  tx: Tx,
  list: List,
  where: Sql[],
  { asked: { limit, total }, listed }: { asked: ListAsked; listed: number },
): Promise<number | null> {
  if (listed < limit) return listed
  if (total !== undefined) return total === 'later' ? null : total
  const counted = await tx.one<{ n: number }>(
    sql`select count(*) as n from ${list.from} where ${joinSql(where, ' and ')}`,
  )
  return counted?.n ?? null
}

interface Question {
  where: Sql[]
  keys: Key[]
  place: Place
}

/**
 * The page out of the kept order, its rows looked up anew. Undefined where none is kept, and where a row of it is gone or
 * no longer fits what is asked: the order is then of the past and is forgotten.
 */
async function pageOfOrder(
  tx: Tx,
  list: List,
  { where, keys, place }: Question,
  { offset = 0, limit }: ListAsked,
): Promise<Page | undefined> {
  const order = await keptOrder(tx, {
    reading: place.reading,
    question: [list.from, ...where, orderSql(list, keys)],
    at: place.at,
    // Reading on from row to row needs none; who jumps once will jump again.
    build: offset > 0,
    following: (most) => sql`
      select ${list.id} as id from ${joined(list, keys)}
      where ${joinSql([...where, afterSql(list, keys, place)], ' and ')}
      order by ${orderSql(list, keys)} limit ${most}`,
  })
  const ids = order?.ids(place.at + offset, limit)
  if (!order || !ids) return undefined
  const found = await tx.rows<KeyRow>(sql`
    select ${keyColumns(list, keys)} from ${joined(list, keys)}
    where ${joinSql(where, ' and ')} and ${list.id} = any(${ids}::uuid[])`)
  if (found.length < ids.length) {
    order.forget()
    return undefined
  }
  const rows = inOrder(ids, found, (row) => row)
  const here = { reading: place.reading, at: place.at + offset }
  return { ...pageOf(keys, rows, limit, here), total: order.total }
}

interface KeyRow {
  id: string
  keys: (string | null)[]
}

/** Where a page begins: how many rows stand before it, in which reading of the list. */
interface Here {
  reading: string
  at: number
}

function pageOf(keys: Key[], rows: KeyRow[], limit: number, { reading, at }: Here) {
  const last = rows.at(-1)
  return {
    ids: rows.map(({ id }) => id),
    next: last && rows.length === limit ? printCursor(keys, last, { reading, at: at + rows.length }) : null,
  }
}

/** Rows read by their ids, in the order of the ids. */
export function inOrder<Row extends { id: string }, Item>(
  ids: readonly string[],
  rows: readonly Row[],
  item: (row: Row) => Item,
): Item[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    return row ? [item(row)] : []
  })
}

interface Key extends ListField {
  name: string
  descending: boolean
  /** Never null and the only one, so that an index can be followed. */
  alone: boolean
}

function keysOf(list: List, sort: readonly ListSort[]): Key[] {
  if (sort.length === 0)
    return [{ at: list.latest, type: 'instant', name: '', descending: true, alone: true }]
  return sort.map(({ column, descending }) => ({
    ...fieldOf(list, column),
    name: column,
    descending,
    alone: false,
  }))
}

function fieldOf(list: List, name: string): ListField {
  const field = list.fields[name]
  if (!field) throw new Error(`the list has no column ${name}`)
  return field
}

const sorted = ({ at, type }: ListField): Sql => (type === 'text' ? sql`(${at}) collate "zh-x-icu"` : at)

const orderSql = (list: List, keys: Key[]): Sql =>
  joinSql([...keys.map(directed), sql`${list.id} desc`], ', ')

function directed(key: Key): Sql {
  if (key.alone) return sql`${sorted(key)} desc`
  return key.descending ? sql`${sorted(key)} desc nulls last` : sql`${sorted(key)} asc nulls last`
}

const joined = (list: List, keys: Key[]): Sql =>
  keys.reduce((all, { join }) => sql`${all} ${join ?? sql``}`, list.from)

const keyColumns = (list: List, keys: Key[]): Sql =>
  sql`${list.id} as id, array[${joinSql(
    keys.map((key) => sql`(${key.at})::text`),
    ', ',
  )}]::text[] as keys`

function valueSql({ type }: ListField, value: string | null): Sql {
  if (type === 'instant') return sql`${value}::timestamptz`
  return type === 'number' ? sql`${value}::numeric` : sql`${value}::text`
}

function afterSql(list: List, keys: Key[], place: Place): Sql {
  const [only] = keys
  if (only?.alone)
    return sql`(${only.at}, ${list.id}) < (${valueSql(only, place.values[0] ?? null)}, ${place.id}::uuid)`
  const equal: Sql[] = []
  const ways: Sql[] = []
  keys.forEach((key, i) => {
    const value = place.values[i] ?? null
    const given = valueSql(key, value)
    if (value !== null) {
      const beyond = key.descending ? sql`${sorted(key)} < ${given}` : sql`${sorted(key)} > ${given}`
      ways.push(sql`(${joinSql([...equal, sql`(${beyond} or ${key.at} is null)`], ' and ')})`)
    }
    equal.push(sql`${key.at} is not distinct from ${given}`)
  })
  ways.push(sql`(${joinSql([...equal, sql`${list.id} < ${place.id}::uuid`], ' and ')})`)
  return sql`(${joinSql(ways, ' or ')})`
}

const orderName = (keys: Key[]): string =>
  keys.map(({ name, descending }) => (descending ? `-${name}` : name)).join()

/** The last row that was read, by its keys, and where it stood in which reading. */
interface Place extends Here {
  values: (string | null)[]
  id: string
}

const printCursor = (keys: Key[], row: KeyRow, { reading, at }: Here): string =>
  Buffer.from(JSON.stringify([orderName(keys), row.id, reading, at, ...row.keys])).toString('base64url')

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** A cursor comes back from outside: it must be of this order, and its values must be what they are compared with. */
function readCursor(cursor: string, keys: Key[]): Place {
  try {
    const [order, id, reading, at, ...values]: unknown[] = JSON.parse(
      Buffer.from(cursor, 'base64url').toString(),
    )
    const fit = keys.every((key, i) => fits(key, values[i]))
    const here = typeof reading === 'string' && /^[\w-]{16}$/.test(reading) && isPlace(at)
    if (order === orderName(keys) && typeof id === 'string' && uuid.test(id) && here && fit)
      return { id, reading, at, values: values as (string | null)[] }
  } catch {
    // Not a cursor of ours: refused below.
  }
  throw new Refusal('wrong_cursor', 400, {
    zh: '翻页位置与当前排序不符，请从第一页重新开始。',
    en: 'The place in the list does not belong to this order; begin again at the first page.',
  })
}

const isPlace = (at: unknown): at is number => Number.isSafeInteger(at) && Number(at) >= 0

function fits({ type, alone }: Key, value: unknown): boolean {
  if (value === null) return !alone
  if (typeof value !== 'string' || value.length > 1000 || value.includes('\0')) return false
  if (type === 'number') return /^-?\d{1,20}(\.\d{1,20})?$/.test(value)
  return type === 'text' || /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d){0,2}$/.test(value)
}

async function filterSql(list: List, filter: ListFilter): Promise<Sql> {
  const field = fieldOf(list, filter.column)
  if (filter.op === 'has')
    return field.has ? await field.has(filter.text) : containsSql(field.at, filter.text)
  if (filter.op === 'range') return rangeSql(list, field, filter)
  const is = field.is ?? field.at
  const given = filter.values.filter((value) => value !== '')
  const blank = field.type === 'text' && !field.is ? sql`(${is} is null or ${is} = '')` : sql`${is} is null`
  if (given.length === 0) return blank
  const among = field.among?.(given) ?? sql`(${is})::text = any(${given}::text[])`
  return given.length === filter.values.length ? among : sql`(${among} or ${blank})`
}

/** A text anywhere in a value, as it was typed: % and _ are themselves. */
export const containsSql = (at: Sql, text: string): Sql =>
  sql`${at} ilike ${`%${text.replaceAll(/[%_\\]/g, '\\$&')}%`}`

/** Both ends belong to it; a day reaches to its end in the organization's zone. */
function rangeSql(list: List, { at, type }: ListField, { from, to }: { from: string; to: string }): Sql {
  const ends: Sql[] = []
  const zone = list.zoneName
  if (type === 'instant') {
    if (from) ends.push(sql`${at} >= (${from}::date)::timestamp at time zone ${zone}`)
    if (to) ends.push(sql`${at} < (${to}::date + 1)::timestamp at time zone ${zone}`)
  } else {
    if (from) ends.push(sql`${at} >= ${from}::numeric`)
    if (to) ends.push(sql`${at} <= ${to}::numeric`)
  }
  return joinSql(ends, ' and ')
}
