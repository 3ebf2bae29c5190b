import { FilterFilled, MoreOutlined } from '@ant-design/icons'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useWords } from '../words.ts'
import type { LargeColumn } from './grid-large.tsx'
import { useRest } from './grid-rest.ts'

/** A pointer that crosses the head is faster. */
const aimedMs = 60

interface Props<Row> {
  columns: LargeColumn<Row>[]
  pinned: number
  lefts: number[]
  width: number
  active: number | undefined
  sorted: (key: string) => { place: number; descending: boolean; of: number } | undefined
  filtered: (key: string) => boolean
  onSort: (key: string, add: boolean) => void
  onAim: (key: string) => void
  menu: (key: string, close: () => void) => ReactNode
  menuOf: string | undefined
  onMenu: (key: string | undefined) => void
}

/** The head: a press sorts, with Shift as well; the mark at the right opens filter and place of the column. */
export function GridHead<Row>(props: Props<Row>) {
  const { t } = useWords()
  const { columns, pinned, lefts, active, sorted, filtered, onSort, menuOf, onMenu } = props
  const [below, setBelow] = useState<string>()
  const aimed = below ?? (active === undefined ? undefined : columns[active]?.key)
  // Pressed once it may be pressed again: what follows then is another order.
  const state = aimed === undefined ? undefined : JSON.stringify([aimed, sorted(aimed)?.descending])
  useRest(state, aimedMs, () => aimed !== undefined && props.onAim(aimed))
  return (
    // biome-ignore lint/a11y/useSemanticElements: the table is not one, see the frame
    <div role="rowgroup" className="large-head" style={{ width: props.width }}>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the frame holds the focus and names the active cell */}
      <div role="row" aria-rowindex={1} className="large-head-row">
        {columns.map((column, at) => {
          const sort = sorted(column.key)
          return (
            // biome-ignore lint/a11y/useSemanticElements: as above
            // biome-ignore lint/a11y/useFocusableInteractive: as above
            <div
              key={column.key}
              id={`cell--1-${at}`}
              role="columnheader"
              aria-colindex={at + 1}
              aria-sort={sort ? (sort.descending ? 'descending' : 'ascending') : 'none'}
              className={[
                'large-title',
                at < pinned && 'large-pinned',
                at === pinned - 1 && 'large-last-pinned',
                column.right && 'large-right',
                at === active && 'large-active',
              ]
                .filter(Boolean)
                .join(' ')}
              style={{ width: column.width, ...(at < pinned && { left: lefts[at] }) }}
            >
              <button
                type="button"
                tabIndex={-1}
                className="large-sort"
                title={`${column.title} · ${t('grid.sortHint')}`}
                onPointerEnter={() => setBelow(column.key)}
                onPointerLeave={() => setBelow(undefined)}
                onClick={(event) => onSort(column.key, event.shiftKey)}
              >
                <span className="large-name">{column.title}</span>
                {sort && (
                  <span aria-hidden="true" className="large-arrow">
                    {sort.descending ? '↓' : '↑'}
                    {sort.of > 1 && <sub>{sort.place}</sub>}
                  </span>
                )}
              </button>
              <button
                type="button"
                tabIndex={-1}
                className={filtered(column.key) ? 'large-more large-filtered' : 'large-more'}
                aria-label={t('grid.columnMenu', { column: column.title })}
                aria-expanded={menuOf === column.key}
                onClick={() => onMenu(column.key)}
              >
                {filtered(column.key) ? <FilterFilled /> : <MoreOutlined />}
              </button>
              {menuOf === column.key && (
                <Menu title={column.title} onClose={() => onMenu(undefined)}>
                  {props.menu(column.key, () => onMenu(undefined))}
                </Menu>
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** In the browser's top layer, so that the frame does not cut it; Esc and a press elsewhere close it. */
function Menu({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const panel = useRef<HTMLDivElement>(null)
  const close = useRef(onClose)
  close.current = onClose
  useEffect(() => {
    const it = panel.current
    const head = it?.parentElement?.getBoundingClientRect()
    if (!it || !head) return
    const toggled = (event: Event) => {
      if ((event as ToggleEvent).newState === 'closed') close.current()
    }
    it.addEventListener('toggle', toggled)
    it.showPopover()
    it.style.top = `${head.bottom + 4}px`
    it.style.left = `${Math.max(8, Math.min(head.left, innerWidth - it.offsetWidth - 8))}px`
    it.querySelector<HTMLElement>('input, select, button')?.focus()
    return () => it.removeEventListener('toggle', toggled)
  }, [])
  return (
    <div
      ref={panel}
      popover="auto"
      role="dialog"
      aria-label={title}
      className="large-menu"
      data-own-keys
      onPointerDown={(event) => event.stopPropagation()}
    >
      {children}
    </div>
  )
}
