import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { type FormEvent, useState } from 'react'
import { type CalendarReply, publishCalendar } from '../../../contract/standards.ts'
import { call } from '../../call.ts'
import { Choose } from '../../ui/choose.tsx'
import { Detail } from '../../ui/states.tsx'
import { say } from '../../ui/toast.tsx'
import { useWords } from '../../words.ts'
import { periodsIn, periodsText } from './periods.ts'

interface Props {
  unitId: string
  start: CalendarReply | undefined
  /** whether the unit has no hours of its own yet */
  first: boolean
  today: string
}

const office = '09:00–12:00, 13:00–18:00'
const usual = [office, office, office, office, office, '', '']
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

interface OwnDay {
  key: string
  date: string
  name: string
  periods: string
}

/** The hours of a week, holidays, single days; published as a version with its first day and reason. */
export function CalendarForm({ unitId, start, first, today }: Props) {
  const { t, label } = useWords()
  const queries = useQueryClient()
  const [week, setWeek] = useState(() => start?.week.map(periodsText) ?? usual)
  const [holidays, setHolidays] = useState(start?.holidays ?? 'cn')
  const [days, setDays] = useState<OwnDay[]>(
    () => start?.days.map((one) => ({ ...one, key: one.date, periods: periodsText(one.periods) })) ?? [],
  )
  // The first version measures the whole year: its holidays are known from January on.
  const [effectiveOn, setEffectiveOn] = useState(first ? `${today.slice(0, 4)}-01-01` : today)
  const [reason, setReason] = useState(first ? t('calendar.firstReason') : '')
  const publishing = useMutation({
    mutationFn: () =>
      call(publishCalendar, {
        body: {
          unitId,
          effectiveOn,
          reason,
          week: week.map((text) => periodsIn(text) ?? []),
          holidays,
          days: days.map(({ date, name, periods }) => ({ date, name, periods: periodsIn(periods) ?? [] })),
        },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['calendars'] })
      await queries.invalidateQueries({ queryKey: ['calendar-days'] })
      say(t('calendar.published'))
    },
  })
  const readable =
    week.every((text) => periodsIn(text) !== undefined) &&
    days.every(({ date, periods }) => date !== '' && periodsIn(periods) !== undefined)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (readable && reason.trim() !== '') publishing.mutate()
  }
  const changeDay = (at: number, changed: Partial<OwnDay>) =>
    setDays(days.map((one, i) => (i === at ? { ...one, ...changed } : one)))
  return (
    <form className="panel" onSubmit={submit} aria-label={t('calendar.hours')}>
      <h2>{t('calendar.hours')}</h2>
      <div className="calendar-week">
        {weekdays.map((weekday, i) => (
          <label key={weekday}>
            <span>{label('weekday', weekday)}</span>
            <input
              className="number"
              placeholder={t('calendar.off')}
              aria-invalid={periodsIn(week[i] ?? '') === undefined}
              value={week[i]}
              onChange={(event) => setWeek(week.with(i, event.target.value))}
            />
          </label>
        ))}
      </div>
      <p className="soft small">{t('calendar.how')}</p>
      <div className="settings-field">
        {t('calendar.holidays')}
        <Choose
          label={t('calendar.holidays')}
          value={holidays === 'cn' ? 'cn' : 'none'}
          options={[
            { value: 'cn', label: t('calendar.china') },
            { value: 'none', label: t('calendar.noHolidays') },
          ]}
          onChange={(chosen) => setHolidays(chosen === 'cn' ? 'cn' : '')}
        />
      </div>
      <h3>{t('calendar.ownDays')}</h3>
      <ul className="settings-list">
        {days.map((one, i) => (
          <li key={one.key} className="calendar-day">
            <input
              type="date"
              aria-label={t('calendar.date')}
              required
              value={one.date}
              onChange={(event) => changeDay(i, { date: event.target.value })}
            />
            <input
              aria-label={t('calendar.dayName')}
              placeholder={t('calendar.dayName')}
              maxLength={60}
              value={one.name}
              onChange={(event) => changeDay(i, { name: event.target.value })}
            />
            <input
              aria-label={t('calendar.dayHours')}
              placeholder={t('calendar.off')}
              aria-invalid={periodsIn(one.periods) === undefined}
              value={one.periods}
              onChange={(event) => changeDay(i, { periods: event.target.value })}
            />
            <Button
              size="small"
              type="text"
              aria-label={`${t('standards.drop')} ${one.date}`}
              onClick={() => setDays(days.toSpliced(i, 1))}
            >
              ×
            </Button>
          </li>
        ))}
      </ul>
      <Button
        size="small"
        onClick={() => setDays([...days, { key: String(Math.random()), date: '', name: '', periods: '' }])}
      >
        {t('calendar.addDay')}
      </Button>
      <div className="calendar-publish">
        <label className="settings-field">
          {t('standards.effectiveOn')}
          <input
            type="date"
            required
            value={effectiveOn}
            onChange={(event) => setEffectiveOn(event.target.value)}
          />
        </label>
        <label className="settings-field">
          {t('standards.reason')}
          <input
            required
            maxLength={400}
            value={reason}
            placeholder={t('standards.reasonHint')}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
      </div>
      {publishing.error && (
        <div role="alert" className="refusal">
          <Detail error={publishing.error} />
        </div>
      )}
      <Button type="primary" htmlType="submit" disabled={!readable} loading={publishing.isPending}>
        {t('calendar.publish')}
      </Button>
    </form>
  )
}
