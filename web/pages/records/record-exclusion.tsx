import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import type { ListKind } from '../../../contract/list-columns.ts'
import { useMe } from '../../session.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Detail } from '../../ui/states.tsx'
import { say } from '../../ui/toast.tsx'
import { useWords } from '../../words.ts'
import { recordRoutes } from './record-routes.ts'

interface Props {
  kind: ListKind
  id: string
  excluded: boolean
}

/** Leaves a record out of every figure, with the reason; lets it count again. Both can be taken back at once. */
export function RecordExclusion({ kind, id, excluded }: Props) {
  const { t } = useWords()
  const me = useMe()
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const { exclude, include } = recordRoutes[kind]
  const fresh = () => queries.invalidateQueries({ queryKey: [kind] })
  const including = useMutation({
    mutationFn: () => include(id),
    onSuccess: () => {
      say(t('exclusion.undone'))
      return fresh()
    },
  })
  const excluding = useMutation({
    mutationFn: () => exclude(id, reason.trim()),
    onSuccess: () => {
      setOpen(false)
      say(t('exclusion.done'), () => including.mutate())
      return fresh()
    },
  })
  if (!me.roles.some((role) => role === 'administrator' || role === 'quality_supervisor')) return null
  if (excluded)
    return (
      <Button loading={including.isPending} onClick={() => including.mutate()}>
        {t('exclusion.undo')}
      </Button>
    )
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (reason.trim() !== '') excluding.mutate()
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('exclusion.do')}</Button>
      {open && (
        <Dialog title={t('exclusion.do')} place="middle" onClose={() => setOpen(false)}>
          <form className="stack" onSubmit={send}>
            <p>{t('exclusion.what')}</p>
            <Input.TextArea
              autoFocus
              value={reason}
              maxLength={400}
              aria-label={t('exclusion.reason')}
              placeholder={t('exclusion.reason')}
              rows={3}
              onChange={(event) => setReason(event.target.value)}
            />
            {excluding.error && (
              <div role="alert" className="refusal">
                <Detail error={excluding.error} />
              </div>
            )}
            <div className="row dialog-foot">
              <Button onClick={() => setOpen(false)}>{t('action.cancel')}</Button>
              <Button
                type="primary"
                htmlType="submit"
                disabled={reason.trim() === ''}
                loading={excluding.isPending}
              >
                {t('exclusion.do')}
              </Button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  )
}
