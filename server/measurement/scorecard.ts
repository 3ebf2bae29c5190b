import type { ExactCard, Scorecard } from '../../contract/measurement.ts'
import { organizationOf, readPlacedUnits } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { notFound, Refusal } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { dayToDate, type Period, parsePeriod } from '../platform/time.ts'
import { type Indicator, type Standard, standardOn } from '../standards/index.ts'
import { catalogueFor } from './catalogue.ts'
import { exactOrNull, numberOf, ratioOf } from './exact.ts'
import { exactCard, periodsShown, periodsUpTo, type ShownPeriod } from './exact-card.ts'
import { type FigureOf, indicatorFigures } from './figures.ts'
import { invitationTally } from './measure.ts'
import { measures } from './measures.ts'
import { cardOfCopy, type FrozenCard, newestCards, newestNumber, stateOfCopy } from './period-copies.ts'
import { responseRateOf, type WithResponseRate } from './response-rate.ts'
import { attainmentOf } from './score.ts'
import { memberNames } from './units.ts'

/** `period` is `2024`, `2024-Q2`, `2024-05`, `2024-W21` or `2024-05-03`; unit and product are ids. */
export interface ScorecardQuestion {
  period: string
  unit?: string
  product?: string
  /** Of a closed period: one copy by its number, or `live` for what the records give now; else its newest copy. */
  copy?: number | 'live'
}

/**
 * The scorecard of a period, with the scores of the periods before it. A closed period is shown as it was frozen. Else
 * each period is scored from exact values by the standard effective on its own first day. Wants a read-only
 * transaction. Refuses not_a_period (400), and a unit the actor may not see or a copy that is not there (404).
 */
export async function scorecard(
  tx: Tx,
  question: ScorecardQuestion,
  { now }: { now: Date },
): Promise<Scorecard> {
  const period = periodOf(question.period)
  if (question.unit !== undefined && !tx.unitIds.includes(question.unit)) throw notFound()
  const shown = periodsUpTo(period, periodsShown)
  const frozenUnit = await unitOfCopies(tx, question)
  if (typeof question.copy === 'number') {
    const found =
      frozenUnit === undefined ? undefined : await cardOfCopy(tx, question.period, question.copy, frozenUnit)
    if (!found) throw notFound()
    return frozenReply(found, question)
  }
  const labels = shown.map(({ label }) => label)
  const [closed, copied, { zone }] = await Promise.all([
    frozenUnit === undefined ? new Map<string, FrozenCard>() : newestCards(tx, labels, frozenUnit),
    // Even where the figures asked for were never frozen (those of a product), the period is closed.
    newestNumber(tx, question.period),
    organizationOf(tx),
  ])
  const newest = closed.get(question.period)
  if (newest && question.copy !== 'live') return frozenReply(newest, question)
  const [card, unit] = await Promise.all([
    liveCard(tx, question, shown, now, question.copy === 'live' ? new Map() : closed),
    unitOf(tx, question.unit),
  ])
  const over = zone.localDay(now.getTime()) >= period.toDay
  const state = copied === undefined ? (over ? 'complete' : 'open') : stateOfCopy(copied)
  return { ...replyOf(card), unit, state, copy: null }
}

/** The days of a period label; refuses not_a_period (400). */
export function periodOf(label: string): Period {
  try {
    return parsePeriod(label)
  } catch {
    throw new Refusal('not_a_period', 400, {
      zh: `“${label}”不是周期,请写 2024、2024-Q2、2024-05、2024-W21 或 2024-05-03。`,
      en: `“${label}” is no period; write 2024, 2024-Q2, 2024-05, 2024-W21 or 2024-05-03.`,
    })
  }
}

/**
 * Whose frozen card answers a question: the unit asked for, else the one that holds all the actor sees. A product has
 * none, and somebody who sees several teams apart has none for all of them together.
 */
export async function unitOfCopies(
  tx: Tx,
  { unit, product }: Pick<ScorecardQuestion, 'unit' | 'product'>,
): Promise<string | undefined> {
  if (product !== undefined) return undefined
  if (unit !== undefined) return unit
  const { rootUnitId } = await organizationOf(tx)
  if (tx.unitIds.includes(rootUnitId)) return rootUnitId
  const own = new Set(tx.unitIds)
  const tops = (await readPlacedUnits(tx)).filter(
    ({ id, parentId }) => own.has(id) && !(parentId && own.has(parentId)),
  )
  return tops.length === 1 ? tops[0]?.id : undefined
}

/** What the records give now, by the code that every copy is written with. */
export async function liveCard(
  tx: Tx,
  question: ScorecardQuestion,
  shown: ShownPeriod[],
  now: Date,
  closed: Map<string, { card: ExactCard }> = new Map(),
): Promise<ExactCard> {
  const [standards, at] = await Promise.all([standardsOn(tx, shown), measuredAt(tx)])
  const figureOf = await figuresShown(tx, question, shown, standards, now)
  const cards = new Map([...closed].map(([label, { card }]) => [label, card]))
  const { of } = await catalogueFor(tx, measuresIn(standards))
  return exactCard({ shown, standards, figureOf, of, measuredAt: at, closed: cards })
}

/** The standard of each period's first day. */
export async function standardsOn(tx: Tx, shown: ShownPeriod[]): Promise<(Standard | undefined)[]> {
  const on = ({ fromDay }: ShownPeriod) => standardOn(tx, dayToDate(fromDay))
  const [oldest, newest] = await Promise.all([on(shown[0]!), on(shown.at(-1)!)])
  // Effective days only move on with the day asked, so the same version at both ends is the one of all between.
  if (oldest?.version === newest?.version) return shown.map(() => newest)
  const between: (Standard | undefined)[] = []
  for (const period of shown.slice(1, -1)) between.push(await on(period))
  return [oldest, ...between, newest]
}

/** All indicators of all the standards shown, in one question over the whole span for each scope. */
async function figuresShown(
  tx: Tx,
  { unit, product }: ScorecardQuestion,
  shown: ShownPeriod[],
  standards: (Standard | undefined)[],
  now: Date,
): Promise<FigureOf> {
  const [first, last] = [shown[0]!, shown.at(-1)!]
  const where = { ...(unit && { unit }), ...(product && { product }) }
  const question = { fromDay: first.fromDay, toDay: last.toDay, grain: last.grain, where }
  return indicatorFigures(tx, indicatorsOf(standards), question, { now })
}

/** Each indicator of some standards, those of one that stands for several periods once. */
export const indicatorsOf = (standards: (Standard | undefined)[]): Indicator[] =>
  [...new Set(standards)].flatMap((standard) => standard?.indicators ?? [])

/** What some standards measure by. */
export const measuresIn = (standards: (Standard | undefined)[]): string[] =>
  indicatorsOf(standards).map(({ measure }) => measure)

/** When the cells were last written; null before the first fact. */
export async function measuredAt(tx: Tx): Promise<string | null> {
  const [state] = await tx.prepared<[measuredAt: Date]>(
    'measured at',
    sql`select measured_at from measurement.state where organization_id = ${tx.organizationId}`,
  )
  return state?.[0].toISOString() ?? null
}

async function unitOf(tx: Tx, id: string | undefined): Promise<Scorecard['unit']> {
  if (id === undefined) return null
  return { id, name: (await memberNames(tx, 'unit', [id])).get(id) ?? id }
}

/** A copy as it was written, with the name its unit had: nothing of today is in it. */
function frozenReply(
  { card, unit, number, madeAt, by, note }: FrozenCard,
  question: ScorecardQuestion,
): Scorecard {
  return {
    ...replyOf(card),
    unit: question.unit === undefined ? null : unit,
    state: stateOfCopy(number),
    copy: { number, madeAt, by, note },
  }
}

/** A copy made before response rates were kept does not know that of a measure of answers. */
function rateBeside({ measure, responseRate: kept }: ExactCard['indicators'][number]): WithResponseRate {
  if (kept) return { responseRate: responseRateOf(kept.submitted, kept.sent) }
  const known = measures.find(({ code }) => code === measure)
  return kept === null || (known && invitationTally(known)) ? { responseRate: null } : {}
}

function attained({ value, target }: ExactCard['indicators'][number]): number | null {
  if (value === null) return null
  const operator = target.op === '<=' ? '<=' : '>='
  return numberOf(exactOrNull(attainmentOf(ratioOf(value), { operator, value: target.value })))
}

type CardReply = Omit<Scorecard, 'unit' | 'state' | 'copy'>

const replyOf = (card: ExactCard): CardReply => ({
  period: card.period,
  from: card.from,
  to: card.to,
  standard: card.standard,
  total: numberOf(card.total),
  baseWeight: Number(card.baseWeight),
  leftOut: card.leftOut,
  measuredAt: card.measuredAt,
  totals: card.totals.map(({ period, total }) => ({ period, total: numberOf(total) })),
  indicators: card.indicators.map((one) => ({
    code: one.code,
    measure: one.measure,
    name: one.name,
    dimension: one.dimension,
    unit: one.unit,
    scope: one.scope,
    value: numberOf(one.value),
    n: one.n,
    records: one.records,
    ...rateBeside(one),
    interval: one.interval && [Number(one.interval[0]), Number(one.interval[1])],
    p50: one.p50 === null ? null : Number(one.p50),
    target: { ...one.target, value: Number(one.target.value) },
    score: numberOf(one.score),
    attainment: attained(one),
    weight: Number(one.weight),
    status: one.status,
    state: one.state,
    missing: one.missing,
    provisional: one.provisional,
    rule: one.sentence,
    trend: one.trend.map(({ period, value, score }) => ({
      period,
      value: numberOf(value),
      score: numberOf(score),
    })),
  })),
})
