import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { editWorkOrder, type Pause, type WorkOrder } from '../../../contract/cases.ts'
import { call } from '../../call.ts'
import { useMe } from '../../session.ts'
import { Detail } from '../../ui/states.tsx'
import { say } from '../../ui/toast.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'

/** When the clocks of the work stood still, and the way to stop them and let them run again. */
export function Pauses({ order }: { order: WorkOrder }) {
  const { t } = useWords()
  const me = useMe()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const fresh = () => queries.invalidateQueries({ queryKey: ['work-orders'] })
  const saving = useMutation({
    mutationFn: ({ pauses, version }: { pauses: Pause[]; version: number }) =>
      call(editWorkOrder, { params: { id: order.id }, body: { version, pauses } }),
    onSuccess: async (saved, { pauses }) => {
      setAsking(false)
      setReason('')
      const undo = () => saving.mutate({ pauses: order.pauses, version: saved.version })
      say(t(pauses.at(-1)?.to === null ? 'pause.stopped' : 'pause.resumed'), undo)
      await fresh()
    },
  })
  const last = order.pauses.at(-1)
  const paused = last?.to === null
  const isOpen = order.resolvedAt === null || order.episodes.at(-1)?.resolvedAt === null
  const now = () => new Date().toISOString()
  const save = (pauses: Pause[]) => saving.mutate({ pauses, version: order.version })
  const stop = (event: FormEvent) => {
    event.preventDefault()
    save([...order.pauses, { from: now(), to: null, reason: reason.trim() }])
  }
  const resume = () => save(order.pauses.map((one) => (one.to === null ? { ...one, to: now() } : one)))
  return (
    <section className="stack pauses" aria-label={t('pause.title')}>
      <PauseList pauses={order.pauses} />
      {saving.error && (
        <div role="alert" className="refusal">
          <Detail error={saving.error} />
        </div>
      )}
      {me.can.write && paused && (
        <div>
          <Button loading={saving.isPending} onClick={resume}>
            {t('pause.resume')}
          </Button>
        </div>
      )}
      {me.can.write && !paused && isOpen && !asking && (
        <div>
          <Button onClick={() => setAsking(true)}>{t('pause.stop')}</Button>
        </div>
      )}
      {asking && !paused && (
        <form className="row" onSubmit={stop}>
          <Input
            autoFocus
            className="pauses-reason"
            value={reason}
            maxLength={200}
            aria-label={t('pause.reason')}
            placeholder={t('pause.reason')}
            onChange={(event) => setReason(event.target.value)}
          />
          <Button type="primary" htmlType="submit" loading={saving.isPending}>
            {t('pause.stop')}
          </Button>
          <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
        </form>
      )}
    </section>
  )
}

function PauseList({ pauses }: { pauses: Pause[] }) {
  const { t } = useWords()
  const { stamp, duration } = useNumbers()
  if (pauses.length === 0) return null
  return (
    <>
      <h3>{t('pause.title')}</h3>
      <ul className="pauses-list">
        {pauses.map(({ from, to, reason }) => (
          <li key={from}>
            <span className="number">
              {stamp(from)} – {to === null ? t('pause.lasts') : stamp(to)}
            </span>
            {to !== null && (
              <span className="soft number">{duration((Date.parse(to) - Date.parse(from)) / 60_000)}</span>
            )}
            {reason && <span>{reason}</span>}
          </li>
        ))}
      </ul>
    </>
  )
}
