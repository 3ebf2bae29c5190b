import { useMemo } from 'react'
import type { WorkOrder } from '../../../contract/cases.ts'
import { type ListColumn, type ListKind, listColumns } from '../../../contract/list-columns.ts'
import { wordOf } from '../../../contract/words.ts'
import type { LargeColumn } from '../../ui/grid-large.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { type Language, useWords } from '../../words.ts'

/** A record of any list: read by the keys of its columns. */
export type Listed = Record<string, unknown> & {
  id: string
  externalId: string
  excludedReason: string | null
}

const widths: Record<ListColumn['kind'], number> = {
  text: 128,
  long: 220,
  choice: 104,
  named: 128,
  customer: 176,
  number: 88,
  score: 96,
  instant: 164,
}
const own: Record<string, number> = { externalId: 140, product: 156, category: 136, workOrder: 128 }

export const recordPath = (kind: ListKind) => `/records/${kind}/$id` as const

/** The columns shown, in their order, with what stands in their cells. */
export function useListColumns(kind: ListKind, keys: readonly string[]): LargeColumn<Listed>[] {
  const { said, language } = useWords()
  const { stamp } = useNumbers()
  const wanted = keys.join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `said` follows the language, the keys are compared by what they say
  return useMemo(
    () =>
      wanted.split(',').flatMap((key) => {
        const column = listColumns[kind].find((one) => one.key === key)
        if (!column) return []
        return [
          {
            key,
            title: said(column),
            width: own[key] ?? widths[column.kind],
            right: column.kind === 'number' || column.kind === 'score',
            value: (row: Listed) => valueIn(column, row, language, stamp),
            ...(key === 'externalId' && { cell: (row: Listed) => <NumberCell kind={kind} row={row} /> }),
            ...(key === 'workOrder' && { cell: (row: Listed) => <Order row={row} /> }),
          },
        ]
      }),
    [kind, wanted, language, stamp],
  )
}

/** What a cell says, as it is drawn, copied and added up. */
export function valueIn(
  column: ListColumn,
  row: Listed,
  language: Language,
  stamp: (instant: string) => string,
): string | number | null {
  const value = row[column.key]
  if (value === null || value === undefined || value === '') return null
  if (column.kind === 'instant') return stampOf(column, row, String(value), stamp)
  if (column.kind === 'customer') {
    const { masked, code } = value as NonNullable<WorkOrder['customer']>
    return masked ? `${masked} (${code})` : code
  }
  if (column.words) {
    const word = wordOf(column.words, String(value), language)
    return column.key === 'category' && row.subcategory ? `${word}-${String(row.subcategory)}` : word
  }
  if (typeof value === 'object')
    return 'name' in value ? String(value.name) : 'externalId' in value ? String(value.externalId) : null
  // Money comes as exact text.
  return typeof value === 'number' || column.kind === 'number' ? Number(value) : String(value)
}

/** Where a file knew the month alone, no day is invented. */
const stampOf = (
  { key, day }: ListColumn,
  row: Listed,
  value: string,
  stamp: (instant: string) => string,
): string => {
  if (key === 'receivedAt' && row.receivedMonthOnly === true) return stamp(value).slice(0, 7)
  return day ? stamp(value).slice(0, 10) : stamp(value)
}

/*
 * Plain links, followed by `followLink`: a list draws dozens of them at each step, and the router's own each watch the whole
 * address.
 */
const NumberCell = ({ kind, row }: { kind: ListKind; row: Listed }) => (
  <a
    className={row.excludedReason === null ? 'number' : 'number large-excluded'}
    href={`/records/${kind}/${row.id}`}
    tabIndex={-1}
  >
    {row.externalId}
  </a>
)

function Order({ row }: { row: Listed }) {
  const order = row.workOrder as { id: string | null; externalId: string } | null
  if (!order) return null
  if (order.id === null) return <span className="number">{order.externalId}</span>
  return (
    <a className="number" href={`/records/work-orders/${order.id}`} tabIndex={-1}>
      {order.externalId}
    </a>
  )
}

/** A plain press on a link goes where the router leads; with Ctrl or the middle button the browser opens it as ever. */
export function followLink(event: React.MouseEvent, go: (href: string) => void): void {
  const link = event.target instanceof Element ? event.target.closest('a[href^="/records/"]') : null
  const href = link?.getAttribute('href')
  if (!href || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  go(href)
}
