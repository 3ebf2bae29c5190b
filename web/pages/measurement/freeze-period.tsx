import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { closePeriod, restatePeriod } from '../../../contract/measurement.ts'
import { call } from '../../call.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { usePeriodName } from '../../ui/period-name.ts'
import { Detail } from '../../ui/states.tsx'
import { say } from '../../ui/toast.tsx'
import { useWords } from '../../words.ts'

interface Props {
  period: string
  verb: 'close' | 'restate'
  onDone?: () => void
}

/** Closes a period or restates it: says what that means, asks for the note, and tells what came of it. */
export function FreezePeriod({ period, verb, onDone }: Props) {
  const { t } = useWords()
  const name = usePeriodName()
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const [note, setNote] = useState('')
  const freezing = useMutation({
    mutationFn: () => {
      const params = { period }
      return verb === 'close'
        ? call(closePeriod, { params, body: { note: note.trim() } })
        : call(restatePeriod, { params, body: { reason: note.trim() } })
    },
    onSuccess: async () => {
      setOpen(false)
      setNote('')
      await queries.invalidateQueries()
      say(t(`periods.${verb}Done`, { period: name(period) }))
      onDone?.()
    },
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (note.trim() !== '') freezing.mutate()
  }
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t(`periods.${verb}`)}
      </Button>
      {open && (
        <Dialog
          title={t(`periods.${verb}Title`, { period: name(period) })}
          place="middle"
          onClose={() => setOpen(false)}
        >
          <form className="stack" onSubmit={send}>
            <p>{t(`periods.${verb}What`)}</p>
            <Input.TextArea
              autoFocus
              value={note}
              maxLength={1000}
              rows={3}
              aria-label={t(`periods.${verb}Note`)}
              placeholder={t(`periods.${verb}Note`)}
              onChange={(event) => setNote(event.target.value)}
            />
            {freezing.error && (
              <div role="alert" className="refusal">
                <Detail error={freezing.error} />
              </div>
            )}
            <div className="row dialog-foot">
              <Button onClick={() => setOpen(false)}>{t('action.cancel')}</Button>
              <Button
                type="primary"
                htmlType="submit"
                disabled={note.trim() === ''}
                loading={freezing.isPending}
              >
                {t(`periods.${verb}`)}
              </Button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  )
}
