import { type Item, type ItemHead, inRange, printItems, readItemHead } from '../inspections/index.ts'
import type { Field, Kind } from './fields.ts'
import type { RowRecord } from './rows.ts'
import type { RowCheck } from './rows-checks.ts'
import { trouble } from './values-trouble.ts'

const mark = 'item:'

/**
 * The field of a column that is an item of an inspection form, known by its header `组-项目(满分)`: there are as many as a
 * form has, so no mapping names them.
 */
export function itemField(kind: Kind, header: string): Field | undefined {
  const head = kind === 'inspections' ? readItemHead(header) : undefined
  if (!head) return undefined
  return {
    name: `${mark}${header.trim()}`,
    zh: header.trim(),
    en: header.trim(),
    type: head.max === null ? 'boolean' : 'decimal',
    aliases: [],
  }
}

const headOf = (field: string): ItemHead | undefined =>
  field.startsWith(mark) ? readItemHead(field.slice(mark.length)) : undefined

/** Points lie between 0 and the full ones that the header says. */
export const pointsInRange: RowCheck = (record, { reject }) => {
  for (const field in record) {
    const value = record[field]
    const max = headOf(field)?.max
    if (typeof max === 'string' && typeof value === 'string' && !inRange(value, max))
      reject(field, trouble('out_of_range', `0–${max}`))
  }
}

/** The items of a row as its inspection keeps them; undefined where the file has no item column. A blank one was not looked at. */
export function itemsOf(record: RowRecord): string | null | undefined {
  const items: Item[] = []
  let any = false
  for (const field in record) {
    const head = headOf(field)
    if (!head) continue
    any = true
    const value = record[field]
    if (value === null || value === undefined) continue
    items.push(
      head.max === null
        ? { ...head, points: null, passed: value === true }
        : { ...head, points: String(value), passed: null },
    )
  }
  return any ? printItems(items) || null : undefined
}
