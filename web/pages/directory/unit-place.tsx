import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import { listUnitPlaces } from '../../../contract/directory.ts'
import { call } from '../../call.ts'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'

/** From when a unit stands below its parent; `same` leaves that as it is. */
export interface Since {
  how: 'same' | 'day' | 'always'
  /** '' is today. */
  day: string
}

/** What a chosen `Since` asks of the server; nothing where its own usual day is meant. */
export const fromOnOf = ({ how, day }: Since): string | undefined =>
  how === 'always' ? 'always' : how === 'day' && day !== '' ? day : undefined

interface Props {
  unitId: string
  /** Whether another parent was chosen. */
  moves: boolean
  since: Since | undefined
  onChange: (since: Since) => void
}

/** From which day a unit stands where it is put, and where it stood before. */
export function UnitPlace({ unitId, moves, since, onChange }: Props) {
  const { t } = useWords()
  const params = { id: unitId }
  const { data } = useQuery({
    queryKey: ['unit-places', unitId],
    queryFn: ({ signal }) => call(listUnitPlaces, { params, signal }),
  })
  if (!data || (!moves && data.items.length === 0)) return null
  const usual: Since = {
    how: moves ? (data.madeOn === data.today ? 'always' : 'day') : 'same',
    day: data.today,
  }
  const { how, day } = since && (since.how !== 'same' || !moves) ? since : usual
  const choice = (one: Since['how'], what?: string) => (
    <div className="unit-since">
      <label>
        <input
          type="radio"
          name="since"
          checked={how === one}
          aria-describedby={what && `place-${one}`}
          onChange={() => onChange({ how: one, day })}
        />{' '}
        {t(`place.${one}`)}
      </label>
      {what && (
        <p id={`place-${one}`} className="soft small">
          {what}
        </p>
      )}
    </div>
  )
  return (
    <>
      <fieldset className="unit-place">
        <legend>{t('place.from')}</legend>
        {!moves && choice('same')}
        {choice('day', t('place.dayWhat'))}
        {how === 'day' && (
          <input
            type="date"
            required
            aria-label={t('place.day')}
            min={data.firstOn}
            max={data.today}
            value={day}
            onChange={(event) => onChange({ how, day: event.target.value })}
          />
        )}
        {choice('always', t('place.alwaysWhat'))}
        {moves && <p className="soft small">{t('place.sight')}</p>}
      </fieldset>
      {data.items.length > 0 && <Places items={data.items} />}
    </>
  )
}

function Places({ items }: Pick<z.infer<typeof listUnitPlaces.reply>, 'items'>) {
  const { t } = useWords()
  const { stamp } = useNumbers()
  return (
    <section className="unit-places" aria-label={t('place.history')}>
      <h3>{t('place.history')}</h3>
      <ul className="postings">
        {items.map(({ parent, fromOn, recordedAt, by }) => (
          <li key={`${fromOn} ${recordedAt} ${parent?.id}`}>
            <b>{parent?.name ?? t('place.hidden')}</b>{' '}
            <span className="soft">
              {fromOn === null ? t('place.ever') : t('place.since', { day: fromOn })}
              {recordedAt !== null && ` · ${t('place.recorded', { by, at: stamp(recordedAt) })}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
