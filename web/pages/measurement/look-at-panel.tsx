import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import {
  type Finding,
  type Holder,
  listMeasures,
  readFindings,
  type Scorecard,
} from '../../../contract/measurement.ts'
import { call } from '../../call.ts'
import { mayReadRecords, useMe } from '../../session.ts'
import { Mark } from '../../ui/mark.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { rowOf } from './filters.ts'
import { type Thing, thingsToLookAt } from './look-at.ts'
import { useMemberName } from './member-name.ts'
import type { Question } from './queries.ts'
import { markOf } from './scorecard-table.tsx'

interface Props {
  card: Scorecard
  question: Question
}

/** Three things to look at, written from the figures; each leads to its records. */
export function LookAtPanel({ card, question }: Props) {
  // What gathers where is found in the records, which are those of now.
  const { copy: _, ...ofNow } = question
  const { t } = useWords()
  const measures = useQuery({
    queryKey: ['measures'],
    queryFn: () => call(listMeasures, {}),
    staleTime: Infinity,
  })
  const findings = useQuery({
    queryKey: ['findings', ofNow],
    queryFn: ({ signal }) => call(readFindings, { query: ofNow, signal }),
    placeholderData: keepPreviousData,
  })
  const things = thingsToLookAt(card, findings.data?.items ?? [], measures.data?.items ?? [])
  return (
    <section className="panel look" aria-labelledby="look-title">
      <h2 id="look-title" className="soft small">
        {things.length > 0 ? t('look.title', { n: things.length }) : t('look.titleNone')}
      </h2>
      {things.length === 0 ? (
        <p>{t(card.indicators.every(({ value }) => value === null) ? 'look.noFigures' : 'look.none')}</p>
      ) : (
        <ol className="look-list">
          {things.map((thing) => (
            <li key={thing.indicator.code}>
              <Sentence thing={thing} card={card} question={question} />
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function Sentence({ thing, card, question }: Props & { thing: Thing }) {
  const { t, said, label } = useWords()
  const { value, difference } = useNumbers()
  const me = useMe()
  const { indicator, gap, worse, finding } = thing
  const parts: string[] = []
  if (indicator.state === 'incomputable')
    parts.push(
      t('look.missing', { fields: indicator.missing.map((field) => label('field', field)).join(', ') }),
    )
  if (gap !== null)
    parts.push(t('look.gap', { target: said(indicator.target.text), gap: difference(gap, indicator.unit) }))
  if (worse > 0) parts.push(t('look.worse', { n: worse }))
  const holder = finding?.holder
  const narrowed = holder && holder.by !== 'hour' ? rowOf(holder.by, holder.member) : {}
  return (
    <>
      <Mark kind={markOf(indicator)} word="" />
      <span className="unseen">{label('status', indicator.status)}</span>
      <span className="look-text">
        <Link to="/board/m/$code" params={{ code: indicator.code }} search={question}>
          {said(indicator.name)}
        </Link>{' '}
        {indicator.value !== null && <b className="number">{value(indicator.value, indicator.unit)}</b>}
        {indicator.value !== null && t('look.comma')}
        {parts.join(t('look.comma'))}
        {finding && holder && <Held finding={finding} holder={holder} />}{' '}
        {mayReadRecords(me) && (
          <Link
            to="/records/measure/$code"
            params={{ code: indicator.measure }}
            search={{
              from: card.from,
              to: card.to,
              unit: question.unit,
              product: question.product,
              ...indicator.scope,
              ...narrowed,
            }}
          >
            {t('look.open')}
          </Link>
        )}
      </span>
    </>
  )
}

/** Who holds far more of the failing records than of all. */
function Held({ finding, holder }: { finding: Finding; holder: Holder }) {
  const { t } = useWords()
  const { percent, count } = useNumbers()
  const memberName = useMemberName()
  const name =
    holder.by === 'hour'
      ? t('look.hours', { from: holder.member, to: Number(holder.member) + 4 })
      : memberName(holder.by, holder)
  return (
    <span>
      {t('look.held', {
        name,
        share: percent(holder.failing / finding.failing),
        n: count(holder.failing),
        of: count(finding.failing),
      })}
    </span>
  )
}
