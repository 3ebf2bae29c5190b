import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type OwnDefinition, previewOwnMeasure } from '../../../contract/measurement-own.ts'
import { call } from '../../call.ts'
import { Grid } from '../../ui/grid.tsx'
import { Detail } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'

const days = 90
const quietMs = 350

/** What the definition says, gives and counts on the last ninety days there are records of, as it is typed. */
export function Trial({ definition, today }: { definition: OwnDefinition; today: string }) {
  const { t, said } = useWords()
  const { value, bothEnds, count, plain, stamp } = useNumbers()
  const settled = useSettled(definition)
  const from = dayBefore(today, days - 1)
  const tried = useQuery({
    queryKey: ['own-measures', 'trial', settled, from],
    queryFn: ({ signal }) =>
      call(previewOwnMeasure, { body: { definition: settled, from, to: today }, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  })
  const found = tried.data
  return (
    <section className="panel compose-trial" aria-label={t('own.trial')} aria-busy={tried.isFetching}>
      <h2>{t('own.trial')}</h2>
      <p className="soft small">{t('own.trialOf', { from, to: today })}</p>
      {tried.error ? (
        <div role="alert" className="compose-wrong">
          <Detail error={tried.error} />
        </div>
      ) : (
        found && (
          <>
            <p>{said(found.formula)}</p>
            <p className="compose-figure number" aria-live="polite">
              {found.value === null ? t('own.nothing') : value(found.value, found.measuredIn)}
            </p>
            <dl className="compose-facts number">
              <dt>{t('own.n')}</dt>
              <dd>{count(found.n)}</dd>
              {found.numerator !== null && found.denominator !== null && (
                <>
                  <dt>{t('own.quotient')}</dt>
                  <dd>
                    {plain(found.numerator)} ÷ {plain(found.denominator)}
                  </dd>
                </>
              )}
              {found.interval && (
                <>
                  <dt>{t('own.interval')}</dt>
                  <dd>{bothEnds(found.interval, found.measuredIn)}</dd>
                </>
              )}
              <dt>{t('own.missing')}</dt>
              <dd>{count(found.missing)}</dd>
              <dt>{t('own.excluded')}</dt>
              <dd>{count(found.excluded)}</dd>
            </dl>
            <Grid
              caption={t('own.firstRecords')}
              rows={found.records}
              keyOf={({ id }) => id}
              empty={t('own.noRecords')}
              columns={[
                {
                  key: 'number',
                  title: t('record.number'),
                  clip: true,
                  cell: ({ externalId }) => externalId,
                },
                { key: 'at', title: t('record.time'), wide: true, cell: ({ at }) => stamp(at) },
                { key: 'unit', title: t('record.unit'), wide: true, clip: true, cell: ({ unit }) => unit },
                {
                  key: 'value',
                  title: t('own.value'),
                  right: true,
                  cell: ({ value: own, inNumerator }) =>
                    inNumerator !== null
                      ? t(inNumerator ? 'own.counts' : 'own.countsNot')
                      : own === null
                        ? ''
                        : value(own, found.measuredIn),
                },
              ]}
            />
          </>
        )
      )}
    </section>
  )
}

/** What was typed, once no key has been pressed for a moment. */
function useSettled(definition: OwnDefinition): OwnDefinition {
  const [settled, setSettled] = useState(definition)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(definition), quietMs)
    return () => clearTimeout(timer)
  }, [definition])
  return settled
}

const dayBefore = (day: string, by: number): string =>
  new Date(Date.parse(day) - by * 86_400_000).toISOString().slice(0, 10)
