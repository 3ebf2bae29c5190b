import type { WorkOrder } from '../../../contract/cases.ts'
import { Mark } from '../../ui/mark.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'

type Moment = [key: string, at: string | null, due?: string | null]

/** What happened when, in the order of the service, each against its limit where it has one. */
export function Clocks({ order }: { order: WorkOrder }) {
  const { t, label } = useWords()
  const { stamp, duration } = useNumbers()
  const moments: Moment[] = [
    ['received_at', order.receivedAt],
    ['responded_at', order.respondedAt, order.responseDueAt],
    ['started_at', order.startedAt, order.startDueAt],
    ['fault_identified_at', order.faultIdentifiedAt],
    ['plan_confirmed_at', order.planConfirmedAt, order.planDueAt],
    ['arrived_at', order.arrivedAt, order.onsiteDueAt],
    ['resolved_at', order.resolvedAt, order.resolutionDueAt],
    ['reopened_at', order.reopenedAt],
    ['confirmed_at', order.confirmedAt],
    ['closed_at', order.closedAt],
    ['followed_up_at', order.followedUpAt, order.followUpDueAt],
  ]
  const start = order.receivedAt ?? order.occurredAt
  const since = (at: string) => duration((Date.parse(at) - Date.parse(start)) / 60_000)
  return (
    <ol className="clocks">
      {moments.map(([key, at, due]) => (
        <li key={key} className={at ? undefined : 'clocks-open'}>
          <span>{label('field', key)}</span>
          <span className="number clocks-at">
            <span>{at ? stamp(at, true) : '—'}</span>
            {at && at !== start && <span className="soft">+{since(at)}</span>}
          </span>
          {due && (
            <span className="small clocks-due">
              <Verdict at={at} due={due} />
              <span className="soft number">{t('order.due', { at: stamp(due) })}</span>
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}

export function Verdict({ at, due }: { at: string | null; due: string }) {
  const { t } = useWords()
  const judged = at === null ? Date.now() : Date.parse(at)
  const late = judged > Date.parse(due)
  if (at === null && !late) return <Mark kind="busy" word={t('order.running')} />
  return late ? <Mark kind="bad" word={t('order.late')} /> : <Mark kind="good" word={t('order.inTime')} />
}
