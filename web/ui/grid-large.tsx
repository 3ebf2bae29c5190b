import { type ReactNode, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { density } from './appearance.ts'
import { type Block, moved, type Place, spanOf } from './grid-block.ts'
import { GridFoot } from './grid-foot.tsx'
import { GridHead } from './grid-head.tsx'
import { type Drawn, GridRow } from './grid-row.tsx'
import { useRowsInView } from './grid-rows.ts'
import type { Rows } from './grid-windows.ts'
import { useKeys } from './keys.ts'
import { useCopiedBlock } from './use-copied-block.ts'
import './grid-large.css'

export interface LargeColumn<Row> {
  key: string
  title: string
  /** What is copied and added up. */
  value: (row: Row) => string | number | null
  /** What is drawn, where it is not the value itself. */
  cell?: (row: Row) => ReactNode
  right?: boolean
  width: number
}

interface Props<Row> {
  caption: string
  columns: LargeColumn<Row>[]
  pinned: number
  rows: Rows<Row>
  /** 1-based place in the sort, and its direction. */
  sorted: (key: string) => { place: number; descending: boolean; of: number } | undefined
  onSort: (key: string, add: boolean) => void
  /** A head is about to be pressed. */
  onAim: (key: string) => void
  /** What opens below the head of a column. */
  menu: (key: string, close: () => void) => ReactNode
  filtered: (key: string) => boolean
  onOpen: (row: Row) => void
  /** A press anywhere in the table, for what its cells hold. */
  onPress?: (event: React.MouseEvent) => void
}

const heights = { comfortable: 40, compact: 32 }
export const headHeight = 36

/**
 * A table of any length: rows are drawn as they come into view and fetched in windows. One cell is active; arrows move it,
 * Shift makes a block of it, and the arrow above the first row leads to the head. The focus stays on the frame.
 */
export function LargeGrid<Row>(props: Props<Row>) {
  const { caption, columns, pinned, rows, onOpen, onSort } = props
  const frame = useRef<HTMLDivElement>(null)
  const [block, setBlock] = useState<Block>()
  const [menuOf, setMenuOf] = useState<string>()
  const [shownId, setShownId] = useState(rows.id)
  if (shownId !== rows.id) {
    // Another filter or order is another list: nothing is selected in it yet, and whoever is in the head stays there.
    setShownId(rows.id)
    if (block && block.head.row >= 0) setBlock(undefined)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its top
  useLayoutEffect(() => frame.current?.scrollTo(0, 0), [rows.id])
  const height = heights[useSyncExternalStore(density.on, density.get)]
  const total = rows.known ?? 0
  const lefts = useMemo(() => leftsOf(columns), [columns])
  const width = lefts.at(-1) ?? 0
  const { from, to, show } = useRowsInView(frame, { count: total, height, head: headHeight })
  const drawnRows = Array.from({ length: to - from + 1 }, (_, i) => from + i)
  const slots = Math.ceil(drawnRows.length / 32) * 32
  useSeen(rows, from, Math.max(from, to))
  const span = block && spanOf(block)
  const copied = useCopiedBlock(columns, rows, span)

  const go = (to: Place, extend: boolean) => {
    setBlock({ anchor: extend && block ? block.anchor : to, head: to })
    if (to.row >= 0) show(to.row)
    showColumn(frame.current, lefts, pinned, to.column)
  }
  const active = block?.head
  const step = (by: 1 | -1) => {
    const row = Math.min(total - 1, Math.max(0, (active?.row ?? -1) + by))
    frame.current?.focus()
    go({ row, column: active?.column ?? 0 }, false)
  }
  useKeys({ j: () => step(1), k: () => step(-1) })

  const pressed = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.target !== frame.current) return
    const at = active ?? { row: -1, column: 0 }
    const page = Math.max(1, Math.floor((frame.current.clientHeight - headHeight) / height) - 1)
    const edge = event.ctrlKey || event.metaKey
    const to = event.altKey
      ? undefined
      : moved(at, event.key, edge, { rows: total, columns: columns.length, page })
    const key = columns[at.column]?.key
    if (to) go(active ? to : { row: 0, column: 0 }, event.shiftKey)
    else if (edge && event.key.toLowerCase() === 'a')
      setBlock({ anchor: { row: 0, column: 0 }, head: { row: total - 1, column: columns.length - 1 } })
    else if (event.altKey && event.key === 'ArrowDown') setMenuOf(key)
    else if (event.key === 'Enter' && at.row < 0 && key) onSort(key, event.shiftKey)
    else if (event.key === 'Enter') {
      const row = rows.at(at.row)
      if (row) onOpen(row)
    } else if (event.key === 'Escape' && span && (span.top < span.bottom || span.left < span.right))
      go(at, false)
    else return
    event.preventDefault()
  }

  const placeAt = (target: EventTarget): Place | undefined => {
    const cell = target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null
    const [row, column] = (cell?.dataset.cell ?? '').split(' ').map(Number)
    return row === undefined || column === undefined || Number.isNaN(row) ? undefined : { row, column }
  }

  const drawn: Drawn<Row> = { columns, lefts, pinned, height }
  return (
    <div className="large">
      {/* biome-ignore lint/a11y/useSemanticElements: rows that are not in view are not there, which a table cannot be told */}
      <div
        ref={frame}
        className="large-frame"
        role="grid"
        aria-label={caption}
        aria-rowcount={rows.total === undefined ? -1 : total + 1}
        aria-colcount={columns.length}
        aria-multiselectable="true"
        data-question={rows.id}
        aria-activedescendant={active ? `cell-${active.row}-${active.column}` : undefined}
        tabIndex={0}
        onKeyDown={pressed}
        onCopy={copied}
        onFocus={(event) => {
          if (event.target === frame.current && !block && total > 0)
            setBlock({ anchor: { row: 0, column: 0 }, head: { row: 0, column: 0 } })
        }}
        onPointerDown={(event) => {
          const to = event.button === 0 ? placeAt(event.target) : undefined
          if (to) setBlock({ anchor: event.shiftKey && block ? block.anchor : to, head: to })
        }}
        onPointerOver={(event) => {
          if (event.buttons !== 1 || event.pointerType === 'touch' || !block) return
          const to = placeAt(event.target)
          if (to) setBlock({ anchor: block.anchor, head: to })
        }}
        onClick={props.onPress}
        onDoubleClick={(event) => {
          const row = rows.at(placeAt(event.target)?.row ?? -1)
          if (row) onOpen(row)
        }}
      >
        <GridHead
          {...props}
          lefts={lefts}
          width={width}
          active={active && active.row < 0 ? active.column : undefined}
          menuOf={menuOf}
          onMenu={(key) => {
            setMenuOf(key)
            if (key === undefined) frame.current?.focus()
          }}
        />
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        <div role="rowgroup" className="large-body" style={{ height: total * height, width }}>
          {drawnRows.map((index) => {
            const row = rows.at(index)
            const within = span && index >= span.top && index <= span.bottom
            return (
              <GridRow
                // A row that leaves gives its place to one that comes: to write other texts is quicker than to build it anew.
                key={index % slots}
                row={row}
                index={index}
                top={index * height}
                {...drawn}
                from={within ? span.left : -1}
                to={within ? span.right : -1}
                active={active?.row === index ? active.column : -1}
              />
            )
          })}
        </div>
      </div>
      <GridFoot columns={columns} rows={rows} span={span} />
    </div>
  )
}

/** Where each column begins, and at the end where the last one ends. */
const leftsOf = (columns: readonly { width: number }[]): number[] => {
  const lefts = [0]
  for (const { width } of columns) lefts.push((lefts.at(-1) ?? 0) + width)
  return lefts
}

/** Rows that fly by are not fetched: only where a jump lands, the scrolling rests or goes on slowly. */
function useSeen(rows: Rows<unknown>, first: number, last: number): void {
  const { see } = rows
  const earlier = useRef({ first, flown: 0 })
  // Before what is there is painted: the rows are waited for.
  useLayoutEffect(() => {
    const far = Math.abs(first - earlier.current.first) > 200
    const flies = far && performance.now() - earlier.current.flown < 150
    earlier.current = { first, flown: far ? performance.now() : earlier.current.flown }
    if (!flies) return see(first, last, !far)
    const timer = setTimeout(() => see(first, last, false), 25)
    return () => clearTimeout(timer)
  }, [see, first, last])
}

function showColumn(frame: HTMLElement | null, lefts: number[], pinned: number, column: number): void {
  if (!frame || column < pinned) return
  const [left, right] = [lefts[column] ?? 0, lefts[column + 1] ?? 0]
  const held = lefts[pinned] ?? 0
  if (left - held < frame.scrollLeft) frame.scrollLeft = left - held
  else if (right > frame.scrollLeft + frame.clientWidth) frame.scrollLeft = right - frame.clientWidth
}
