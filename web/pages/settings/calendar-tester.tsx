import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { tryCalendar } from '../../../contract/standards.ts'
import { call } from '../../call.ts'
import { Choose } from '../../ui/choose.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Detail } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'

const units = {
  hours: { seconds: 3600, runs: 'working' },
  workdays: { seconds: 86_400, runs: 'workdays' },
} as const

/** One order tried: received then, allowed so long, perhaps paused; when that is over by this calendar, and why. */
export function CalendarTester({ unit, today }: { unit: string; today: string }) {
  const { t, said, label } = useWords()
  const { stamp, duration } = useNumbers()
  const [from, setFrom] = useState(`${today}T17:00`)
  const [amount, setAmount] = useState('2')
  const [by, setBy] = useState<keyof typeof units>('hours')
  const [pause, setPause] = useState({ from: '', to: '' })
  const seconds = Math.round(Number(amount) * units[by].seconds)
  const whole = by === 'hours' || Number.isInteger(Number(amount))
  const backwards = pause.from !== '' && pause.to !== '' && pause.to <= pause.from
  const usable = seconds > 0 && seconds <= 60_000_000 && from !== '' && whole && !backwards
  const pauses = pause.from === '' ? '' : `${pause.from}/${pause.to}`
  const query = { unit, from, seconds, runs: units[by].runs, pauses }
  const found = useQuery({
    queryKey: ['calendar-days', 'due', query],
    queryFn: () => call(tryCalendar, { query }),
    enabled: usable,
  })
  const moment = (word: 'received' | 'pauseFrom' | 'pauseTo', value: string, set: (to: string) => void) => (
    <label className="settings-field">
      {t(`calendar.${word}`)}
      <input type="datetime-local" value={value} onChange={(event) => set(event.target.value)} />
    </label>
  )
  return (
    <section className="panel" aria-label={t('calendar.tester')}>
      <h2>{t('calendar.tester')}</h2>
      {moment('received', from, setFrom)}
      <div className="settings-field">
        <span id="tester-limit">{t('calendar.allowed')}</span>
        <span className="row">
          <input
            className="calendar-amount"
            inputMode="decimal"
            aria-labelledby="tester-limit"
            value={amount}
            onChange={(event) => setAmount(event.target.value)}
          />
          <Choose
            label={t('calendar.allowedIn')}
            value={by}
            options={[
              { value: 'hours', label: t('calendar.hoursOf') },
              { value: 'workdays', label: t('limitUnit.workdays') },
            ]}
            onChange={(chosen) => setBy(chosen as keyof typeof units)}
          />
        </span>
      </div>
      {moment('pauseFrom', pause.from, (start) => setPause({ ...pause, from: start }))}
      {moment('pauseTo', pause.to, (end) => setPause({ ...pause, to: end }))}
      {backwards && <Mark kind="bad" word={t('calendar.pauseBackwards')} />}
      {found.error && <Detail error={found.error} />}
      {usable && found.data && (
        <>
          <dl className="calendar-due number" aria-live="polite">
            <dt>{t('calendar.due')}</dt>
            <dd>
              <b>{found.data.dueAt ? stamp(found.data.dueAt) : t('calendar.never')}</b>
            </dd>
            <dt>{t('runs.always')}</dt>
            <dd>{stamp(found.data.alwaysAt)}</dd>
          </dl>
          <ul className="calendar-steps small">
            {found.data.steps.map(({ date, kind, name, minutes }) => (
              <li key={date} className={minutes === 0 ? 'soft' : undefined}>
                <span className="number">{date}</span> {label('dayKind', kind)} {name ? said(name) : ''}{' '}
                <span className="number">{minutes > 0 ? duration(minutes) : '—'}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {found.data && found.data.unknownYears.length > 0 && (
        <Mark kind="warn" word={t('calendar.unknown', { year: found.data.unknownYears.join(', ') })} />
      )}
    </section>
  )
}
