import type { z } from 'zod'
import type { explainFigure } from '../../contract/measurement.ts'
import type { Tx } from '../platform/database.ts'
import { dayToDate } from '../platform/time.ts'
import { standardOn } from '../standards/index.ts'
import { catalogueFor } from './catalogue.ts'
import { numberOf } from './exact.ts'
import { describeMeasure } from './explain-measure.ts'
import { minimumOn } from './explain-minimum.ts'
import { type DescribedRecord, describeRecords } from './explain-records.ts'
import { figures } from './figures.ts'
import { newestCards } from './period-copies.ts'
import type { Question, Where } from './question.ts'
import { records } from './records.ts'
import { periodOf, unitOfCopies } from './scorecard.ts'

export interface ExplainQuestion {
  /** `2024`, `2024-Q2`, `2024-05`, `2024-W21` or `2024-05-03` */
  period: string
  where: Where
}

type Reply = z.input<typeof explainFigure.reply>
export type Explanation = Omit<Reply, 'included'> & { included: { n: number; records: DescribedRecord[] } }

/** Enough to see what kind of records they are; the list of records holds all. */
const recordsShown = 20

/**
 * A figure of a period with everything it stands on: definition, value, the first 20 records, what was left out and
 * why, and the standard in force on the period's first day. Refuses unknown_measure (404) and not_a_period (400).
 */
export async function explain(
  tx: Tx,
  code: string,
  { period, where }: ExplainQuestion,
  { now }: { now: Date },
): Promise<Explanation> {
  const measure = (await catalogueFor(tx, [code])).of(code)
  const { fromDay, toDay } = periodOf(period)
  const question: Question = { fromDay, toDay, grain: 'whole', where }
  const standard = await standardOn(tx, dayToDate(fromDay))
  const [figure] = await figures(tx, code, question, { now, minimumN: await minimumOn(tx, fromDay) })
  const found = await records(tx, code, question, { limit: recordsShown, now })
  return {
    code,
    period,
    value: figure?.value ?? null,
    state: figure?.state ?? 'failed',
    ...(figure && 'responseRate' in figure && { responseRate: figure.responseRate }),
    definition: describeMeasure(measure),
    included: { n: found.total, records: await describeRecords(tx, found.items) },
    excluded: found.excluded,
    missing: figure?.missing ?? [],
    closed: await closedFigure(tx, code, period, where),
    versions: { standard: standard ? `v${standard.version}` : null, measure: measure.version },
  }
}

/** What the newest copy of a closed period says of the figure, for the filters that a copy has: a unit, the scope of an indicator. */
async function closedFigure(
  tx: Tx,
  code: string,
  period: string,
  where: Where,
): Promise<Explanation['closed']> {
  const { unit, ...narrower } = where
  const of = await unitOfCopies(tx, unit === undefined ? {} : { unit })
  const frozen = of === undefined ? undefined : (await newestCards(tx, [period], of)).get(period)
  const indicator = frozen?.card.indicators.find(
    (one) => one.measure === code && filtersKey(one.scope) === filtersKey(narrower),
  )
  if (!frozen || !indicator) return null
  const { number, madeAt, by, note } = frozen
  return {
    number,
    madeAt,
    by,
    note,
    value: numberOf(indicator.value),
    n: indicator.n,
    records: indicator.records,
  }
}

const filtersKey = (filters: object): string => JSON.stringify(Object.entries(filters).sort())
