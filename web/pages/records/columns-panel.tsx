import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  PushpinFilled,
  PushpinOutlined,
  TableOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import { type ListKind, listColumns } from '../../../contract/list-columns.ts'
import { Drop } from '../../ui/drop.tsx'
import { pinnedTo, shown, stepped } from '../../ui/grid-shape.ts'
import { useWords } from '../../words.ts'
import { type ListState, usualShape } from './use-list-state.ts'

/** Which columns are shown, in which order, and which stay; all by button, none needs dragging. */
export function ColumnsPanel({ kind, list }: { kind: ListKind; list: ListState }) {
  const { t, said } = useWords()
  const { shape, setShape } = list
  const nameOf = (key: string) => {
    const column = listColumns[kind].find((one) => one.key === key)
    return column ? said(column) : key
  }
  const hidden = listColumns[kind].filter(({ key }) => !shape.columns.includes(key))
  return (
    <Drop
      align="end"
      button={(open, toggle) => (
        <Button icon={<TableOutlined />} aria-expanded={open} onClick={toggle}>
          {t('grid.columns')}
        </Button>
      )}
    >
      {() => (
        <div className="columns-panel" data-own-keys>
          <ul>
            {shape.columns.map((key, at) => (
              <li key={key}>
                <label>
                  <input
                    type="checkbox"
                    checked
                    disabled={shape.columns.length === 1}
                    onChange={() => setShape(shown(shape, key, false))}
                  />{' '}
                  {nameOf(key)}
                </label>
                <span className="grow" />
                <Button
                  type="text"
                  size="small"
                  icon={at < shape.pinned ? <PushpinFilled /> : <PushpinOutlined />}
                  aria-pressed={at < shape.pinned}
                  aria-label={t('grid.pinColumn', { column: nameOf(key) })}
                  onClick={() => setShape(pinnedTo(shape, key, at >= shape.pinned))}
                />
                <Button
                  type="text"
                  size="small"
                  icon={<ArrowUpOutlined />}
                  disabled={at === 0}
                  aria-label={t('grid.earlier', { column: nameOf(key) })}
                  onClick={() => setShape(stepped(shape, key, -1))}
                />
                <Button
                  type="text"
                  size="small"
                  icon={<ArrowDownOutlined />}
                  disabled={at === shape.columns.length - 1}
                  aria-label={t('grid.later', { column: nameOf(key) })}
                  onClick={() => setShape(stepped(shape, key, 1))}
                />
              </li>
            ))}
            {hidden.map((column) => (
              <li key={column.key}>
                <label className="soft">
                  <input
                    type="checkbox"
                    checked={false}
                    onChange={() => setShape(shown(shape, column.key, true))}
                  />{' '}
                  {said(column)}
                </label>
              </li>
            ))}
          </ul>
          <Button size="small" onClick={() => setShape(usualShape(kind))}>
            {t('grid.usualColumns')}
          </Button>
        </div>
      )}
    </Drop>
  )
}
