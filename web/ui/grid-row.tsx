import { memo, type ReactNode } from 'react'
import type { LargeColumn } from './grid-large.tsx'

export interface Drawn<Row> {
  columns: LargeColumn<Row>[]
  lefts: number[]
  pinned: number
  height: number
}

interface Props<Row> extends Drawn<Row> {
  row: Row | undefined
  index: number
  top: number
  /** First and last selected column; -1 for none. */
  from: number
  to: number
  active: number
}

/** One row where it belongs; until it has come, grey lines stand for its texts. */
export const GridRow = memo(function DrawnRow<Row>({ row, index, top, height, ...rest }: Props<Row>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of a table that is only partly there
    // biome-ignore lint/a11y/useFocusableInteractive: the frame holds the focus and names the active cell
    <div
      role="row"
      aria-rowindex={index + 2}
      className="large-row"
      style={{ transform: `translateY(${top}px)`, height }}
    >
      {rest.columns.map((column, at) => {
        const value = row ? column.value(row) : null
        return (
          // biome-ignore lint/a11y/useSemanticElements: as above
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <div
            key={column.key}
            id={`cell-${index}-${at}`}
            role="gridcell"
            aria-colindex={at + 1}
            aria-selected={at >= rest.from && at <= rest.to}
            data-cell={`${index} ${at}`}
            className={classOf(column, at, rest)}
            style={{ width: column.width, ...(at < rest.pinned && { left: rest.lefts[at] }) }}
            title={titleOf(value)}
          >
            {row ? contentOf(column, row, value) : <span className="large-wait" />}
          </div>
        )
      })}
    </div>
  )
}) as <Row>(props: Props<Row>) => ReactNode

type Value = string | number | null

function contentOf<Row>(column: LargeColumn<Row>, row: Row, value: Value): ReactNode {
  const content = column.cell ? column.cell(row) : value
  return content === null || content === undefined || content === '' ? (
    <span className="soft">—</span>
  ) : (
    content
  )
}

/** Long texts are cut: the whole stands in the tooltip of the browser. */
const titleOf = (value: Value): string | undefined =>
  typeof value === 'string' && value.length > 8 ? value : undefined

function classOf<Row>(
  column: LargeColumn<Row>,
  at: number,
  { from, to, active, pinned }: Pick<Props<Row>, 'from' | 'to' | 'active' | 'pinned'>,
): string {
  let name = 'large-cell'
  if (column.right) name += ' large-right'
  if (at < pinned) name += at === pinned - 1 ? ' large-pinned large-last-pinned' : ' large-pinned'
  if (at >= from && at <= to) name += ' large-selected'
  if (at === active) name += ' large-active'
  return name
}
