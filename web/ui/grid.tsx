import type { ReactNode } from 'react'
import './grid.css'

export interface Column<Row> {
  key: string
  title: ReactNode
  cell: (row: Row) => ReactNode
  /** Numbers stand at the right edge. */
  right?: boolean
  /** Long text: one line, the rest in the tooltip of the browser. */
  clip?: boolean
  /** Sentences, which may take several lines. */
  wrap?: boolean
  /** Left out on narrow screens. */
  wide?: boolean
}

interface Props<Row> {
  caption: string
  columns: Column<Row>[]
  rows: Row[]
  keyOf: (row: Row) => string
  /** Shown under the head when there are no rows. */
  empty?: ReactNode
}

/** A dense table with a head that stays; wide ones scroll inside their own frame. */
export function Grid<Row>({ caption, columns, rows, keyOf, empty }: Props<Row>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard
    <section className="grid-frame" aria-label={caption} tabIndex={0}>
      <table className="grid">
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={classOf(column)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) => {
                const content = column.cell(row)
                return (
                  <td
                    key={column.key}
                    className={classOf(column)}
                    title={column.clip && typeof content === 'string' ? content : undefined}
                  >
                    {content ?? <span className="soft">—</span>}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && empty}
    </section>
  )
}

const classOf = <Row,>({ right, clip, wide, wrap }: Column<Row>) =>
  [right && 'grid-right number', clip && 'grid-clip', wide && 'grid-wide', wrap && 'grid-wrap']
    .filter(Boolean)
    .join(' ') || undefined
