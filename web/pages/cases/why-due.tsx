import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type ClockExplanation, explainClocks } from '../../../contract/cases.ts'
import { call } from '../../call.ts'
import { useLimitText } from '../../ui/limit-text.ts'
import { Detail, Loading } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'

/** Why the limits run out when they do: which limit holds, what stood still, which days count. */
export function WhyDue({ id, version }: { id: string; version: number }) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  const found = useQuery({
    queryKey: ['work-orders', id, 'clocks', version],
    queryFn: ({ signal }) => call(explainClocks, { params: { id }, signal }),
    enabled: open,
  })
  return (
    <details className="why-due" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('why.title')}</summary>
      {found.error && <Detail error={found.error} />}
      {open && found.isPending && <Loading rows={3} />}
      {found.data?.items.length === 0 && <p className="soft">{t('why.none')}</p>}
      <dl>
        {found.data?.items.map((one) => (
          <OneClock key={`${one.clock} ${one.episode}`} {...one} />
        ))}
      </dl>
    </details>
  )
}

function OneClock({ clock, episode, given, limit, dueAt, pausedMinutes, steps }: ClockExplanation) {
  const { t, said, label } = useWords()
  const { stamp, duration } = useNumbers()
  const text = useLimitText()
  const words = limit && text(limit)
  // Days of the limit's own kind are not told one by one; those that make a difference are.
  const special = limit?.runs === 'always' ? [] : steps.filter(({ kind }) => kind !== 'workday')
  return (
    <>
      <dt>
        {label('limit', clock)}
        {episode > 1 && t('why.again', { n: episode - 1 })}
      </dt>
      <dd>
        {given && t('why.given')}
        {words && t('why.limit', words)}
        {pausedMinutes > 0 && t('why.paused', { length: duration(pausedMinutes) })}
        {dueAt === null ? t('why.never') : t('why.due', { at: stamp(dueAt) })}
        {special.length > 0 && (
          <ul className="small soft">
            {special.map(({ date, kind, name, minutes }) => (
              <li key={date}>
                <span className="number">{date}</span> {label('dayKind', kind)} {name ? said(name) : ''}
                {minutes > 0 && ` ${t('why.counted', { length: duration(minutes) })}`}
              </li>
            ))}
          </ul>
        )}
      </dd>
    </>
  )
}
