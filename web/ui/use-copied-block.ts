import { useWords } from '../words.ts'
import { copy } from './copy.ts'
import { cellsIn, type Span, tsvOf } from './grid-block.ts'
import type { LargeColumn } from './grid-large.tsx'
import type { Rows } from './grid-windows.ts'
import { say } from './toast.tsx'
import { useNumbers } from './use-numbers.ts'

/** Rows that are copied at once; for more there is the export. */
const most = 10_000

/** What Ctrl+C does over the table: the block as tab-separated text, which spreadsheets take as cells. */
export function useCopiedBlock<Row>(
  columns: readonly LargeColumn<Row>[],
  rows: Rows<Row>,
  span: Span | undefined,
): (event: React.ClipboardEvent) => void {
  const { t } = useWords()
  const { count } = useNumbers()
  return (event) => {
    // A text that is marked inside a field or a link is the browser's own to copy.
    if (!span || event.target !== event.currentTarget || !getSelection()?.isCollapsed) return
    event.preventDefault()
    const { top, bottom, left, right } = span
    if (bottom - top >= most) return say(t('grid.tooManyToCopy', { n: count(most) }))
    const chosen = columns.slice(left, right + 1)
    const text = () => {
      const lines: (string | number | null)[][] = []
      for (let index = top; index <= bottom; index++) {
        const row = rows.at(index)
        if (row) lines.push(chosen.map((column) => column.value(row)))
      }
      return { text: tsvOf(lines), whole: lines.length === bottom - top + 1 }
    }
    const done = t('grid.copied', { n: count(cellsIn(span)) })
    const now = text()
    if (now.whole) {
      event.clipboardData.setData('text/plain', now.text)
      say(done)
    } else void rows.load(top, bottom).then(() => copy(text().text, done, t))
  }
}
