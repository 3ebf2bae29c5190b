import { useEffect, useMemo, useState } from 'react'
import { useWords } from '../words.ts'
import { cellsIn, type Span, statsOf } from './grid-block.ts'
import type { LargeColumn } from './grid-large.tsx'
import { type Rows, windowRows } from './grid-windows.ts'
import { useNumbers } from './use-numbers.ts'

interface Props<Row> {
  columns: LargeColumn<Row>[]
  rows: Rows<Row>
  span: Span | undefined
}

/** Cells a selection is added up to; beyond, fetching them all would take longer than anyone waits for a sum. */
const most = 200_000

/** How many rows there are, and what a spreadsheet would say of the selected cells. */
export function GridFoot<Row>({ columns, rows, span }: Props<Row>) {
  const { t } = useWords()
  const { count, plain } = useNumbers()
  const several = span !== undefined && cellsIn(span) > 1
  const ready = useLoaded(rows, several ? span : undefined)
  const stats = useMemo(() => {
    if (!several || !ready) return undefined
    return statsOf(valuesIn(columns, rows, span))
  }, [several, ready, columns, rows, span])
  return (
    <output className="large-foot number">
      <span>{rows.total === undefined ? '' : t('list.total', { n: count(rows.total) })}</span>
      <span className="grow" />
      {several && <span>{t('grid.selected', { n: count(cellsIn(span)) })}</span>}
      {stats && <span>{t('grid.filled', { n: count(stats.filled) })}</span>}
      {stats && stats.numbers > 0 && (
        <>
          <span>{t('grid.sum', { n: plain(stats.sum) })}</span>
          <span>{t('grid.mean', { n: plain(stats.sum / stats.numbers) })}</span>
        </>
      )}
    </output>
  )
}

export function* valuesIn<Row>(
  columns: readonly LargeColumn<Row>[],
  rows: Rows<Row>,
  { top, bottom, left, right }: Span,
): Generator<string | number | null> {
  const chosen = columns.slice(left, right + 1)
  for (let index = top; index <= bottom; index++) {
    const row = rows.at(index)
    if (row) for (const column of chosen) yield column.value(row)
  }
}

/** Whether every row of the selection is here; fetches what is missing once the selecting rests. */
function useLoaded<Row>(rows: Rows<Row>, span: Span | undefined): boolean {
  const [, again] = useState(0)
  const { at, load } = rows
  const { top = 0, bottom = -1 } = span ?? {}
  const few = span !== undefined && cellsIn(span) <= most
  const here = few && isHere(at, top, bottom)
  useEffect(() => {
    if (!few || here) return
    const timer = setTimeout(() => void load(top, bottom).then(() => again((n) => n + 1)), 250)
    return () => clearTimeout(timer)
  }, [few, here, load, top, bottom])
  return here
}

function isHere(at: (index: number) => unknown, top: number, bottom: number): boolean {
  for (let index = top; index <= bottom; index += windowRows) if (at(index) === undefined) return false
  return bottom < top || at(bottom) !== undefined
}
