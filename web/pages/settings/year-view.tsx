import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { readCalendarDays } from '../../../contract/standards.ts'
import { call } from '../../call.ts'
import { Mark } from '../../ui/mark.tsx'
import { usePeriodName } from '../../ui/period-name.ts'
import { Detail, Loading } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'

interface Props {
  unit: string
  year: number
  lastKnownYear: number
  onYear: (year: number) => void
}

const kinds = ['holiday', 'makeup', 'own'] as const
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** Twelve months: days off are quiet, holidays and make-up workdays carry a letter as well as a colour. */
export function YearView({ unit, year, lastKnownYear, onYear }: Props) {
  const { t, label, said } = useWords()
  const name = usePeriodName()
  const found = useQuery({
    queryKey: ['calendar-days', unit, year],
    queryFn: () => call(readCalendarDays, { query: { unit, year } }),
  })
  if (found.error) return <Detail error={found.error} />
  if (!found.data) return <Loading rows={6} />
  const months = Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`)
  const days = found.data.days
  return (
    <section className="panel" aria-label={t('calendar.year', { year })}>
      <div className="row">
        <h2>{t('calendar.year', { year })}</h2>
        <Button size="small" aria-label={t('action.earlier')} onClick={() => onYear(year - 1)}>
          ‹
        </Button>
        <Button size="small" aria-label={t('action.later')} onClick={() => onYear(year + 1)}>
          ›
        </Button>
        <span className="soft number">{t('calendar.workdays', { n: found.data.workdays })}</span>
        <span className="grow" />
        {kinds.map((kind) => (
          <span key={kind} className="row small">
            <span className={`year-day year-${kind}`}>{label('dayMark', kind)}</span>
            {label('dayKind', kind)}
          </span>
        ))}
      </div>
      {!found.data.known && <Mark kind="warn" word={t('calendar.unknown', { year })} />}
      {!found.data.known && (
        <p className="soft small">{t('calendar.unknownWhat', { year: lastKnownYear })}</p>
      )}
      <div className="year-months">
        {months.map((month) => {
          const inMonth = days.filter(({ date }) => date.startsWith(month))
          const blank = (new Date(`${month}-01T00:00:00Z`).getUTCDay() + 6) % 7
          return (
            <div key={month}>
              <div className="soft small">{name(month, 'short')}</div>
              <div className="year-grid">
                {weekdays.map((weekday) => (
                  <span key={weekday} className="soft year-head">
                    {label('weekdayShort', weekday)}
                  </span>
                ))}
                {inMonth.map(({ date, kind, name: why, minutes }, i) => (
                  <span
                    key={date}
                    className={`year-day year-${kind}${minutes === 0 ? ' year-off' : ''}`}
                    style={i === 0 ? { gridColumnStart: blank + 1 } : undefined}
                    title={`${date} ${label('dayKind', kind)}${why ? ` ${said(why)}` : ''}`}
                  >
                    {Number(date.slice(8))}
                    {(kinds as readonly string[]).includes(kind) && <i>{label('dayMark', kind)}</i>}
                  </span>
                ))}
              </div>
            </div>
          )
        })}
      </div>
    </section>
  )
}
