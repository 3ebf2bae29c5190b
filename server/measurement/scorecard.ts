import type { Scorecard } from '../../contract/measurement.ts'
import { organizationOf } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { type Ratio, ratio, toNumber } from '../platform/ratio.ts'
import { notFound, Refusal } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { dayToDate, type Period, parsePeriod, periodLabel, periodStart } from '../platform/time.ts'
import { ruleSentence, type Standard, standardOn, targetText } from '../standards/index.ts'
import { type FigureOf, indicatorFigures, scopeKey } from './figures.ts'
import { measureOf } from './measures.ts'
import { statusOf } from './score.ts'
import { type IndicatorScore, type PeriodScore, scorePeriod } from './score-period.ts'
import { memberNames } from './units.ts'

/** `period` is `2024`, `2024-Q2`, `2024-05`, `2024-W21` or `2024-05-03`; unit and product are ids. */
export interface ScorecardQuestion {
  period: string
  unit?: string
  product?: string
}

/** The period asked and the five before it (近6月). */
const periodsShown = 6

/**
 * The scorecard of a period, with the scores of the periods before it. Each period is scored from exact values by the
 * standard effective on its own first day. `state` is complete once the period is over. Wants a read-only transaction. Refuses not_a_period (400)
 * and a unit the actor may not see (404).
 */
export async function scorecard(
  tx: Tx,
  question: ScorecardQuestion,
  { now }: { now: Date },
): Promise<Scorecard> {
  const period = periodOf(question.period)
  const shown = periodsUpTo(period, periodsShown)
  const [unit, { zone }, standards, lastMeasured] = await Promise.all([
    unitOf(tx, question.unit),
    organizationOf(tx),
    standardsOn(tx, shown),
    measuredAt(tx),
  ])
  const figureOf = await figuresShown(tx, question, shown, standards, now)
  const scored = shown.map(({ label }, i) =>
    scorePeriod(standards[i]?.indicators ?? [], (indicator) => figureOf(indicator, label)),
  )
  const asked = scored.at(-1)!
  const standard = standards.at(-1)
  return {
    period: question.period,
    from: dayToDate(period.fromDay),
    to: dayToDate(period.toDay - 1),
    unit,
    standard: standard ? `v${standard.version}` : null,
    total: numberOf(asked.total),
    baseWeight: toNumber(asked.baseWeight),
    leftOut: asked.leftOut,
    state: zone.localDay(now.getTime()) >= period.toDay ? 'complete' : 'open',
    measuredAt: lastMeasured,
    totals: shown.map(({ label }, i) => ({ period: label, total: numberOf(scored[i]?.total) })),
    indicators: asked.rows.map((row) => ({
      ...indicatorReply(row),
      trend: shown.map(({ label }, i) => ({
        period: label,
        value: figureOf(row.indicator, label).value,
        score: numberOf(sameIndicator(scored[i], row)?.score),
      })),
    })),
  }
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

async function unitOf(tx: Tx, id: string | undefined): Promise<Scorecard['unit']> {
  if (id === undefined) return null
  if (!tx.unitIds.includes(id)) throw notFound()
  return { id, name: (await memberNames(tx, 'unit', [id])).get(id) ?? id }
}

export interface ShownPeriod extends Period {
  label: string
}

/** So many periods of the same grain that end with this one, oldest first. */
export function periodsUpTo(period: Period, count: number): ShownPeriod[] {
  const { grain } = period
  const shown = [{ ...period, label: periodLabel(grain, period.fromDay) }]
  while (shown.length < count) {
    const toDay = shown[0]!.fromDay
    const fromDay = periodStart(grain, toDay - 1)
    shown.unshift({ grain, fromDay, toDay, label: periodLabel(grain, fromDay) })
  }
  return shown
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
  const indicators = [...new Set(standards)].flatMap((standard) => standard?.indicators ?? [])
  return indicatorFigures(tx, indicators, question, { now })
}

/** When the cells were last written; null before the first fact. */
export async function measuredAt(tx: Tx): Promise<string | null> {
  const state = await tx.one<{ measured_at: Date }>(
    sql`select measured_at from measurement.state where organization_id = ${tx.organizationId}`,
  )
  return state?.measured_at.toISOString() ?? null
}

function indicatorReply({
  indicator,
  figure,
  score,
}: IndicatorScore): Omit<Scorecard['indicators'][number], 'trend'> {
  const { code, measure, nameZh, nameEn, dimension, target, rule } = indicator
  const { unit } = measureOf(measure)
  return {
    code,
    measure,
    name: { zh: nameZh, en: nameEn },
    dimension,
    unit,
    scope: indicator.scope ?? {},
    value: figure.value,
    n: figure.n,
    records: figure.records,
    interval: figure.interval,
    p50: figure.p50,
    target: { op: target.operator, value: Number(target.value), text: targetText(target, unit) },
    score: numberOf(score),
    weight: Number(indicator.weight),
    status: figure.exact ? statusOf(ratio(...figure.exact), target, rule) : 'no_data',
    state: figure.state,
    missing: figure.missing,
    provisional: figure.provisional,
    rule: ruleSentence(rule, target, unit),
  }
}

/** A score of the past is comparable only where the same measure stood under the same code. */
const sameIndicator = (
  period: PeriodScore | undefined,
  { indicator }: IndicatorScore,
): IndicatorScore | undefined =>
  period?.rows.find(
    (row) =>
      row.indicator.code === indicator.code &&
      row.indicator.measure === indicator.measure &&
      scopeKey(row.indicator) === scopeKey(indicator),
  )

const numberOf = (exact: Ratio | null | undefined): number | null => (exact ? toNumber(exact) : null)
