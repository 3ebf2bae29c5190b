import type { ListFilter, ListSort } from '../../contract/list-query.ts'
import type { Tx } from './database.ts'
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
  offset?: number | undefined
  limit: number
}

/**
 * The ids of one page, in order. Blank values stand last in both directions; equal ones stand by id, so that every order is
 * total and a cursor neither misses nor repeats a row. Rows are counted on the first page alone.
 */
export async function listPage(
  tx: Tx,
  list: List,
  asked: ListAsked,
): Promise<{ ids: string[]; next: string | null; total: number | null }> {
  const where = [...list.where, ...(await Promise.all(asked.filters.map((one) => filterSql(list, one))))]
  const keys = keysOf(list, asked.sort)
  const first = !asked.cursor && !asked.offset
  const total = first
    ? await tx.one<{ n: number }>(
        sql`select count(*) as n from ${list.from} where ${joinSql(where, ' and ')}`,
      )
    : undefined
  if (asked.cursor) where.push(afterSql(list, keys, readCursor(asked.cursor, keys)))
  const names = keys.map((key) => sql`(${key.at})::text`)
  const rows = await tx.rows<{ id: string; keys: (string | null)[] }>(sql`
    select ${list.id} as id, array[${joinSql(names, ', ')}]::text[] as keys
    from ${list.from} ${keys.reduce((all, { join }) => sql`${all} ${join ?? sql``}`, sql``)}
    where ${joinSql(where, ' and ')}
    order by ${joinSql([...keys.map(orderSql), sql`${list.id} desc`], ', ')}
    limit ${asked.limit} offset ${asked.offset ?? 0}`)
  const last = rows.at(-1)
  return {
    ids: rows.map(({ id }) => id),
    next: last && rows.length === asked.limit ? printCursor(keys, last) : null,
    total: total?.n ?? null,
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

function orderSql(key: Key): Sql {
  if (key.alone) return sql`${sorted(key)} desc`
  return key.descending ? sql`${sorted(key)} desc nulls last` : sql`${sorted(key)} asc nulls last`
}

function valueSql({ type }: ListField, value: string | null): Sql {
  if (type === 'instant') return sql`${value}::timestamptz`
  return type === 'number' ? sql`${value}::numeric` : sql`${value}::text`
}

function afterSql(list: List, keys: Key[], place: { values: (string | null)[]; id: string }): Sql {
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

const printCursor = (keys: Key[], row: { id: string; keys: (string | null)[] }): string =>
  Buffer.from(JSON.stringify([orderName(keys), row.id, ...row.keys])).toString('base64url')

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** A cursor comes back from outside: it must be of this order, and its values must be what they are compared with. */
function readCursor(cursor: string, keys: Key[]): { values: (string | null)[]; id: string } {
  try {
    const [order, id, ...values]: unknown[] = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const fit = keys.every((key, i) => fits(key, values[i]))
    if (order === orderName(keys) && typeof id === 'string' && uuid.test(id) && fit)
      return { id, values: values as (string | null)[] }
  } catch {
    // Not a cursor of ours: refused below.
  }
  throw new Refusal('wrong_cursor', 400, {
    zh: '翻页位置与当前排序不符，请从第一页重新开始。',
    en: 'The place in the list does not belong to this order; begin again at the first page.',
  })
}

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
  const among = sql`(${is})::text = any(${given}::text[])`
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
