import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import type { z } from 'zod'
import { bringProducts, type ProductColumn, productColumns } from '../../../contract/directory.ts'
import { call } from '../../call.ts'
import { Choose } from '../../ui/choose.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Grid } from '../../ui/grid.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Detail } from '../../ui/states.tsx'
import { say } from '../../ui/toast.tsx'
import { useWords } from '../../words.ts'

type Brought = z.infer<typeof bringProducts.reply>

const rowsOf = (text: string): string[][] =>
  text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.split('\t').map((cell) => cell.trim()))

/** Products from Excel, as people are: pasted, looked at row by row, taken in with one press. */
export function PasteProducts() {
  const { t } = useWords()
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [found, setFound] = useState<Brought>()
  const latest = useRef('')
  const asking = useMutation({
    mutationFn: (given: { text: string; columns?: Brought['columns']; apply: boolean }) =>
      call(bringProducts, {
        body: {
          rows: rowsOf(given.text),
          apply: given.apply,
          ...(given.columns && { columns: given.columns }),
        },
      }),
    onSuccess: async (brought, given) => {
      // An answer to what was typed before is no answer to what stands there now.
      if (given.text !== latest.current) return
      setFound(brought)
      if (!given.apply) return
      await queries.invalidateQueries()
      const refused = brought.items.filter(({ outcome }) => outcome === 'rejected')
      say(t('products.brought', { n: brought.items.length - refused.length, refused: refused.length }))
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
        {t('products.paste')}
      </Button>
      {open && (
        <Dialog title={t('products.paste')} place="side" onClose={close}>
          <p className="soft small">{t('products.pasteHow')}</p>
          <textarea
            className="paste-area number"
            aria-label={t('products.paste')}
            autoFocus
            value={text}
            onChange={(event) => look(event.target.value)}
          />
          {asking.error && (
            <div role="alert" className="refusal">
              <Detail error={asking.error} />
            </div>
          )}
          {found && (
            <Preview found={found} onColumns={(columns) => asking.mutate({ text, columns, apply: false })} />
          )}
          <div className="row dialog-foot">
            <Button onClick={close}>{t('action.cancel')}</Button>
            <Button
              type="primary"
              disabled={ready === 0}
              loading={asking.isPending}
              onClick={() => found && asking.mutate({ text, columns: found.columns, apply: true })}
            >
              {t('products.takeIn', { n: ready })}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  )
}

function Preview({ found, onColumns }: { found: Brought; onColumns: (columns: Brought['columns']) => void }) {
  const { t, said, label } = useWords()
  const marks = { accepted: 'good', updated: 'good', unchanged: 'none', rejected: 'bad' } as const
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
              options={productColumns.map((one) => ({ value: one, label: label('productColumn', one) }))}
              onChange={(chosen) =>
                onColumns(
                  found.columns.map((old, place) =>
                    place === i ? ((chosen as ProductColumn) ?? null) : old === chosen ? null : old,
                  ),
                )
              }
            />
          ),
          cell: ({ cells }: Brought['items'][number]) => cells[i] ?? '',
        })),
      ]}
    />
  )
}
