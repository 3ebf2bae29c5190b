import { Button } from 'antd'
import { type ListColumn, maySort } from '../../../contract/list-columns.ts'
import { pinnedTo, shown, stepped } from '../../ui/grid-shape.ts'
import { useWords } from '../../words.ts'
import { FilterForm } from './filter-form.tsx'
import type { ListState } from './use-list-state.ts'

interface Props {
  column: ListColumn
  list: ListState
  close: () => void
}

/** Below the head of a column: its order, its filter, its place. */
export function ColumnMenu({ column, list, close }: Props) {
  const { t } = useWords()
  const { shape, setShape } = list
  const at = shape.columns.indexOf(column.key)
  const pinned = at < shape.pinned
  const act = (work: () => void) => () => {
    work()
    close()
  }
  const order = (descending: boolean) => act(() => list.setSort([{ column: column.key, descending }]))
  return (
    <div className="column-menu">
      {maySort(column) ? (
        <div className="row">
          <Button size="small" onClick={order(false)}>
            ↑ {t('grid.ascending')}
          </Button>
          <Button size="small" onClick={order(true)}>
            ↓ {t('grid.descending')}
          </Button>
        </div>
      ) : (
        <p className="soft small">{t('grid.longNotSorted')}</p>
      )}
      <FilterForm
        column={column}
        filter={list.filters.find((one) => one.column === column.key)}
        onFilter={(filter) => {
          list.setFilter(column.key, filter)
          close()
        }}
      />
      <div className="row column-place">
        <Button size="small" onClick={act(() => setShape(pinnedTo(shape, column.key, !pinned)))}>
          {t(pinned ? 'grid.unpin' : 'grid.pin')}
        </Button>
        <Button size="small" disabled={at <= 0} onClick={() => setShape(stepped(shape, column.key, -1))}>
          ← {t('grid.left')}
        </Button>
        <Button
          size="small"
          disabled={at < 0 || at === shape.columns.length - 1}
          onClick={() => setShape(stepped(shape, column.key, 1))}
        >
          {t('grid.right')} →
        </Button>
        <Button size="small" onClick={act(() => setShape(shown(shape, column.key, false)))}>
          {t('grid.hide')}
        </Button>
      </div>
    </div>
  )
}
