import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { tryCalendar } from '../../../contract/standards.ts'
import { call } from '../../call.ts'
import { Mark } from '../../ui/mark.tsx'
import { Detail } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'

/** One order tried: received then, allowed so long; when that is over by this calendar. */
export function CalendarTester({ unit, today }: { unit: string; today: string }) {
  const { t } = useWords()
  const { stamp } = useNumbers()
  const [from, setFrom] = useState(`${today}T17:00`)
  const [hours, setHours] = useState('2')
  const seconds = Math.round(Number(hours) * 3600)
  const usable = seconds > 0 && seconds <= 60_000_000 && from !== ''
  const found = useQuery({
    queryKey: ['calendar-days', 'due', unit, from, seconds],
    queryFn: () => call(tryCalendar, { query: { unit, from, seconds } }),
    enabled: usable,
  })
  return (
    <section className="panel" aria-label={t('calendar.tester')}>
      <h2>{t('calendar.tester')}</h2>
      <label className="settings-field">
        {t('calendar.received')}
        <input type="datetime-local" value={from} onChange={(event) => setFrom(event.target.value)} />
      </label>
      <label className="settings-field">
        {t('calendar.allowed')}
        <input inputMode="decimal" value={hours} onChange={(event) => setHours(event.target.value)} />
      </label>
      {found.error && <Detail error={found.error} />}
      {usable && found.data && (
        <dl className="calendar-due number" aria-live="polite">
          <dt>{t('calendar.due')}</dt>
          <dd>
            <b>{found.data.dueAt ? stamp(found.data.dueAt) : t('calendar.never')}</b>
          </dd>
          <dt>{t('runs.always')}</dt>
          <dd>{stamp(found.data.alwaysAt)}</dd>
        </dl>
      )}
      {found.data && found.data.unknownYears.length > 0 && (
        <Mark kind="warn" word={t('calendar.unknown', { year: found.data.unknownYears.join(', ') })} />
      )}
    </section>
  )
}
