import { organizationOf, readPlacedUnits } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { Refusal } from '../platform/refusal.ts'
import type { Indicator } from '../standards/index.ts'
import { builtIn, type Catalogue, catalogueFor, isOwn } from './catalogue.ts'
import { countedValue, countRecords, isCounted } from './counted.ts'
import { blankPair, blankRow, type FigureRow, fill, none, pairsOf, speaking } from './figure-rows.ts'
import { type Gathered, gather } from './gather.ts'
import { type Ground, isSameGround, keepGround, lastGround } from './ground.ts'
import { kindsRead, type Measure, needsPercentiles, talliesRead } from './measure.ts'
import { checkSplits, type Question, type Span, spansOf } from './question.ts'
import { responseRateBeside } from './response-rate.ts'
import { tallies } from './tallies.ts'
import { namesAhead } from './units.ts'
import { failedValue, isFew, measuredValue, type Value } from './value.ts'

export type { FigureRow } from './figure-rows.ts'

/**
 * Days after a span in which what happens still moves its figure. Who came back, and how long people were here, is known
 * once the period is over: 0.
 */
const waits = new Map([
  ['first_contact_resolution', 7],
  ['fcr_all_rate', 7],
  ['resolution_rate', 7],
  ['reopen_rate', 7],
  ['first_time_fix_rate', 30],
  ['retention_rate', 0],
  ['churn_rate', 0],
  ['experience_points', 0],
])

/** Whether a figure of a span that ends before `toDay` may still move, seen from today. */
export const isProvisional = (measure: string, toDay: number, today: number): boolean => {
  const days = waits.get(measure)
  return days !== undefined && toDay + days > today
}

/** Below how many records the figure of a measure rests on too few. */
type MinimumN = (code: string) => number

/**
 * Figures of several measures over one question; one that breaks is `failed`, the others stand. Wants a read-only
 * transaction: it sends statements together.
 */
export async function figuresOf(
  tx: Tx,
  codes: string[],
  question: Question,
  options: { now: Date; minimumN?: MinimumN | Promise<MinimumN> },
): Promise<Map<string, FigureRow[]>> {
  checkSplits(question)
  const spans = spansOf(question)
  const byUnit = [question.by, question.across].includes('unit')
  const asking = Promise.all([
    options.minimumN,
    organizationOf(tx),
    catalogueFor(tx, codes),
    byUnit ? readPlacedUnits(tx) : undefined,
    namesAhead(tx, question),
  ])
  const gatherOn = (ground: Ground, catalogue: Catalogue) =>
    gathered(tx, question, spans, ground, catalogue, codes)
  const before = tx.readOnly && !codes.some(isOwn) ? lastGround(tx.organizationId, byUnit) : undefined
  const early = before && gatherOn(before, builtIn)
  early?.catch(() => {})
  const [minimumN, organization, catalogue, units, ahead] = await asking
  const asked = codes.map(catalogue.of)
  if (question.across) asked.forEach(refuseSecondSplit)
  const today = organization.zone.localDay(options.now.getTime())
  const ground = { ...organization, units }
  keepGround(tx.organizationId, ground)
  const [found, counted] = await Promise.all([
    early && isSameGround(before, ground) ? early : gatherOn(ground, catalogue),
    countRecords(tx, question, spans, { ...ground, today }, asked.filter(isCounted)),
  ])
  const unitNames = new Map(units?.map(({ id, name }) => [id, name]))
  const pairs = await pairsOf(
    tx,
    question,
    [...found, ...counted],
    (id) => ahead.get(id) ?? unitNames.get(id),
  )
  const answer = new Map<string, FigureRow[]>()
  for (const measure of asked) {
    const fewBelow = minimumN?.(measure.code) ?? 10
    const rows: FigureRow[][] = []
    for (const [i, span] of spans.entries()) {
      const provisional = isProvisional(measure.code, span.toDay, today)
      const some: FigureRow[] = []
      for (const pair of pairs) {
        const row = question.across
          ? blankPair(span.label, pair, provisional)
          : blankRow(span.label, pair, provisional)
        const member = pair.member ?? ''
        const amounts = found[i]?.get(member)?.get(pair.across ?? '') ?? none
        fill(row, measure, amounts, counted[i]?.get(member), fewBelow)
        some.push(row)
      }
      rows.push(some)
    }
    answer.set(measure.code, question.across ? rows.flatMap(speaking(rows)) : rows.flat())
  }
  return answer
}

function refuseSecondSplit({ customers, people, name }: Measure): void {
  if (customers)
    throw new Refusal('customers_split_once', 400, {
      zh: `“${name.zh}”按客户计，只能按一个维度拆分：请去掉 across，改用筛选条件。`,
      en: `"${name.en}" counts customers and splits by one dimension: leave out across and filter instead.`,
    })
  if (people)
    throw new Refusal('people_split_once', 400, {
      zh: `“${name.zh}”按人员计，只能按一个维度拆分：请去掉 across，改用筛选条件。`,
      en: `"${name.en}" counts people and splits by one dimension: leave out across and filter instead.`,
    })
}

/** From the cells, but for own measures that these do not hold yet, or hold no more since they were looked at. */
async function gathered(
  tx: Tx,
  question: Question,
  spans: Span[],
  ground: Ground,
  catalogue: Catalogue,
  asked: string[],
): Promise<Gathered> {
  const measures = asked.map(catalogue.of).filter((measure) => !isCounted(measure))
  if (measures.length === 0) return spans.map(() => new Map())
  const read = new Set(measures.flatMap(talliesRead))
  const reading = {
    kinds: [...new Set(measures.flatMap(kindsRead))],
    wanted: tallies
      .slice(0, tallies.findLastIndex((name) => read.has(name)) + 1)
      .map((name) => read.has(name)),
    percentiles: measures.some((measure) => needsPercentiles(measure, question)),
    histograms: measures.some(({ percent }) => percent !== undefined),
    units: ground.units,
  }
  const codes = measures.map(({ code }) => code)
  const inCells = codes.every(catalogue.isCounted)
  const found = await gather(tx, question, spans, ground, { ...reading, own: catalogue.own, inCells })
  if (!inCells || !codes.some(isOwn)) return found
  const since = await catalogueFor(tx, codes)
  const stand = codes.every(
    (code) => since.isCounted(code) && since.of(code).version === catalogue.of(code).version,
  )
  return stand ? found : gather(tx, question, spans, ground, { ...reading, own: since.own, inCells: false })
}

const nobodys = (measure: Measure): Value =>
  isCounted(measure) ? countedValue(measure, undefined, 1) : measuredValue(measure, none, 1)

export const figures = async (
  tx: Tx,
  code: string,
  question: Question,
  options: { now: Date; minimumN?: MinimumN | Promise<MinimumN> },
): Promise<FigureRow[]> => (await figuresOf(tx, [code], question, options)).get(code) ?? []

/** The figure of an indicator in a period and, where the question splits, of a member. */
export type FigureOf = (indicator: Indicator, period: string, member?: string) => Figure
export type Figure = Omit<FigureRow, 'period' | 'member' | 'memberName'>

/**
 * Figures of indicators, each over the records of its own scope, and with too few of them by its own minimum. A member
 * without records has what none give; an indicator that was not asked for is `failed`.
 */
export async function indicatorFigures(
  tx: Tx,
  indicators: readonly Indicator[],
  question: Question,
  { now }: { now: Date },
): Promise<FigureOf> {
  const found = new Map<string, FigureRow>()
  const known = new Set(indicators.map((one) => keyOf(scopeKey(one), one.measure, '', null)))
  const groups = Map.groupBy(indicators, scopeKey)
  const { of } = await catalogueFor(tx, new Set(indicators.map(({ measure }) => measure)))
  await Promise.all(
    [...groups].map(async ([scope, some]) => {
      const codes = [...new Set(some.map(({ measure }) => measure))]
      const asked = { ...question, where: { ...question.where, ...some[0]?.scope } }
      // Too few is each indicator's own to say, below.
      for (const [measure, rows] of await figuresOf(tx, codes, asked, { now, minimumN: () => 1 }))
        for (const row of rows) found.set(keyOf(scope, measure, row.period, row.member), row)
    }),
  )
  return (indicator, period, member) => {
    const { measure, minimumN } = indicator
    const row = found.get(keyOf(scopeKey(indicator), measure, period, member ?? null))
    if (!row) {
      const isAsked = member !== undefined && known.has(keyOf(scopeKey(indicator), measure, '', null))
      if (!isAsked) return { ...failedValue(), provisional: false }
      const nobody = of(measure)
      return { ...nobodys(nobody), ...responseRateBeside(nobody, none), provisional: false }
    }
    return row.state === 'ok' && isFew(of(measure), row.n, minimumN) ? { ...row, state: 'few' } : row
  }
}

/** Equal for equal scopes, in whatever order they were written. */
export const scopeKey = ({ scope = {} }: Pick<Indicator, 'scope'>): string =>
  JSON.stringify(Object.entries(scope).sort())

const keyOf = (scope: string, measure: string, period: string, member: string | null): string =>
  JSON.stringify([scope, measure, period, member])
