import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactNode, useRef, useState } from 'react'
import { Choose } from '../../ui/choose.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Grid } from '../../ui/grid.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Detail } from '../../ui/states.tsx'
import { say } from '../../ui/toast.tsx'
import { type Key, useWords } from '../../words.ts'

/** As the routes that take a pasted table answer. */
interface Brought<Column extends string> {
  columns: (Column | null)[]
  applied: boolean
  items: {
    line: number
    cells: string[]
    outcome: 'accepted' | 'updated' | 'unchanged' | 'rejected'
    why: { zh: string; en: string } | null
  }[]
}

interface Asked<Column extends string> {
  rows: string[][]
  columns?: (Column | null)[]
  apply: boolean
}

interface Props<Column extends string, Found extends Brought<Column>> {
  /** Its texts: the press that opens it, how it is used, the press that takes rows in, and what was taken in. */
  texts: Record<'paste' | 'how' | 'takeIn' | 'brought', Key>
  /** What a column may be, and how it is called. */
  columns: readonly Column[]
  columnName: (column: Column) => string
  ask: (asked: Asked<Column>) => Promise<Found>
  /** The queries that are of the past once it is written; all of them where figures change with it. */
  changes?: string[]
  /** Stands above the preview. */
  note?: (found: Found) => ReactNode
}

const rowsOf = (text: string): string[][] =>
  text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.split('\t').map((cell) => cell.trim()))

/** A list from Excel: pasted, looked at row by row, and taken in with one press. What was refused stays in the field. */
export function PasteTable<Column extends string, Found extends Brought<Column>>(
  props: Props<Column, Found>,
) {
  const { texts, ask, changes, note } = props
  const { t } = useWords()
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [found, setFound] = useState<Found>()
  const latest = useRef('')
  const asking = useMutation({
    mutationFn: ({ text, ...given }: Omit<Asked<Column>, 'rows'> & { text: string }) =>
      ask({ rows: rowsOf(text), ...given }),
    onSuccess: async (brought, given) => {
      // An answer to what was typed before is no answer to what stands there now.
      if (given.text !== latest.current) return
      setFound(brought)
      if (!given.apply) return
      await (changes
        ? Promise.all(changes.map((key) => queries.invalidateQueries({ queryKey: [key] })))
        : queries.invalidateQueries())
      const refused = brought.items.filter(({ outcome }) => outcome === 'rejected')
      say(t(texts.brought, { n: brought.items.length - refused.length, refused: refused.length }))
      // Nothing is lost: what was not taken stays to be mended.
      setText(refused.map(({ cells }) => cells.join('\t')).join('\n'))
      if (refused.length === 0) close()
    },
  })
  const close = () => {
    setOpen(false)
    setText('')
    setFound(undefined)
  }
  const look = (typed: string) => {
    setText(typed)
    latest.current = typed
    setFound(undefined)
    if (rowsOf(typed).length > 0) asking.mutate({ text: typed, apply: false })
  }
  const ready =
    found && !found.applied ? found.items.filter(({ outcome }) => outcome !== 'rejected').length : 0
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t(texts.paste)}
      </Button>
      {open && (
        <Dialog title={t(texts.paste)} place="side" onClose={close}>
          <p className="soft small">{t(texts.how)}</p>
          <textarea
            className="paste-area number"
            aria-label={t(texts.paste)}
            autoFocus
            value={text}
            onChange={(event) => look(event.target.value)}
          />
          {asking.error && (
            <div role="alert" className="refusal">
              <Detail error={asking.error} />
            </div>
          )}
          {found && note?.(found)}
          {found && (
            <Preview
              found={found}
              columns={props.columns}
              columnName={props.columnName}
              onColumns={(columns) => asking.mutate({ text, columns, apply: false })}
            />
          )}
          <div className="row dialog-foot">
            <Button onClick={close}>{t('action.cancel')}</Button>
            <Button
              type="primary"
              disabled={ready === 0}
              loading={asking.isPending}
              onClick={() => found && asking.mutate({ text, columns: found.columns, apply: true })}
            >
              {t(texts.takeIn, { n: ready })}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  )
}

interface PreviewProps<Column extends string> {
  found: Brought<Column>
  columns: readonly Column[]
  columnName: (column: Column) => string
  onColumns: (columns: (Column | null)[]) => void
}

const marks = { accepted: 'good', updated: 'good', unchanged: 'none', rejected: 'bad' } as const

function Preview<Column extends string>({ found, columns, columnName, onColumns }: PreviewProps<Column>) {
  const { t, said, label } = useWords()
  return (
    <Grid
      caption={t('people.preview')}
      rows={found.items}
      keyOf={({ line }) => String(line)}
      columns={[
        {
          key: 'outcome',
          title: t('people.outcome'),
          wrap: true,
          cell: ({ outcome, why }) => (
            <>
              <Mark kind={marks[outcome]} word={label('brought', outcome)} />
              {why && <div className="small">{said(why)}</div>}
            </>
          ),
        },
        ...found.columns.map((field, i) => ({
          key: String(i),
          title: (
            <Choose
              label={t('people.column', { n: i + 1 })}
              all={t('people.ignored')}
              value={field ?? undefined}
              options={columns.map((one) => ({ value: one, label: columnName(one) }))}
              onChange={(chosen) => {
                const now = columns.find((one) => one === chosen) ?? null
                // No two columns are the same.
                onColumns(
                  found.columns.map((old, place) =>
                    place === i ? now : now !== null && old === now ? null : old,
                  ),
                )
              }}
            />
          ),
          cell: ({ cells }: Brought<Column>['items'][number]) => cells[i] ?? '',
        })),
      ]}
    />
  )
}
