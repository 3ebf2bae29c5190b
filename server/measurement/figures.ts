import { organizationOf, type PlacedUnit, readPlacedUnits } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { Refusal } from '../platform/refusal.ts'
import type { Indicator } from '../standards/index.ts'
import type { Amounts } from './amounts.ts'
import { type Catalogue, catalogueFor, isOwn } from './catalogue.ts'
import { type Counted, countedValue, countRecords, isCounted } from './counted.ts'
import { type Gathered, gather } from './gather.ts'
import { kindsRead, type Measure, needsPercentiles, talliesRead } from './measure.ts'
import { checkSplits, type Dimension, type Question, type Span, spansOf } from './question.ts'
import { responseRateBeside, type WithResponseRate } from './response-rate.ts'
import { tallies } from './tallies.ts'
import { memberNames, namesAhead } from './units.ts'
import { failedValue, isFew, measuredValue, type Value } from './value.ts'

export interface FigureRow extends Value, WithResponseRate {
  period: string
  member: string | null
  memberName: string | null
  /** The member of the second split; absent where there is none. */
  across?: string
  acrossName?: string
  /** Later facts of the next days may still change it (re-openings, the customer or the fault coming back). */
  provisional: boolean
}

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
  const [minimumN, organization, catalogue, units] = await Promise.all([
    options.minimumN,
    organizationOf(tx),
    catalogueFor(tx, codes),
    byUnit ? readPlacedUnits(tx) : undefined,
  ])
  const asked = codes.map(catalogue.of)
  if (question.across) asked.forEach(refuseSecondSplit)
  const today = organization.zone.localDay(options.now.getTime())
  const context = { ...organization, units, today }
  const [found, counted, ahead] = await Promise.all([
    gathered(
      tx,
      question,
      spans,
      context,
      catalogue,
      asked.filter((measure) => !isCounted(measure)),
    ),
    countRecords(tx, question, spans, context, asked.filter(isCounted)),
    namesAhead(tx, question),
  ])
  const known = new Map([...ahead, ...(units ?? []).map(({ id, name }) => [id, name] as const)])
  const pairs = await pairsOf(tx, question, [...found, ...counted], known)
  const answer = new Map<string, FigureRow[]>()
  for (const measure of asked) {
    const fewBelow = minimumN?.(measure.code) ?? 10
    const rows = spans.map((span, i) => {
      const provisional = isProvisional(measure.code, span.toDay, today)
      return pairs.map((pair) => {
        const member = pair.member ?? ''
        const amounts = found[i]?.get(member)?.get(pair.across ?? '')
        const all = { amounts, counted: counted[i]?.get(member) }
        const value = guarded(() => measuredOf(measure, all, fewBelow))
        return rowOf(value, responseRateBeside(measure, amounts ?? []), span.label, pair, provisional)
      })
    })
    // Most pairs never meet: only those stand that have anything to say in one of the spans.
    const speaks = (_: FigureRow, at: number) => rows.some((row) => row[at]!.state !== 'none')
    answer.set(
      measure.code,
      rows.flatMap((row) => (question.across ? row.filter(speaks) : row)),
    )
  }
  return answer
}

type Pair = Pick<FigureRow, 'member' | 'memberName' | 'across' | 'acrossName'>

/** The members of a split, in order; in a second split those pairs that meet; without a split one of nobody. */
async function pairsOf(
  tx: Tx,
  { by, across }: Question,
  found: Map<string, unknown>[],
  known: ReadonlyMap<string, string>,
): Promise<Pair[]> {
  if (!by) return [{ member: null, memberName: null }]
  const namesOf = async (dimension: Dimension, members: string[]) => {
    const unknown = members.filter((member) => !known.has(member))
    return unknown.length === 0 ? known : new Map([...known, ...(await memberNames(tx, dimension, unknown))])
  }
  const members = [...new Set(found.flatMap((one) => [...one.keys()]))].sort()
  const names = await namesOf(by, members)
  const named = members.map((member) => ({ member, memberName: names.get(member) ?? member }))
  if (!across) return named
  const met = (member: string) =>
    found.flatMap((one) => [...((one.get(member) as Map<string, unknown>)?.keys() ?? [])])
  const others = new Map(members.map((member) => [member, [...new Set(met(member))].sort()]))
  const otherNames = await namesOf(across, [...new Set([...others.values()].flat())])
  return named.flatMap(({ member, memberName }) =>
    others.get(member)!.map((other) => ({
      member,
      memberName,
      across: other,
      acrossName: otherNames.get(other) ?? other,
    })),
  )
}

/** Written out: in a heat map there are ten thousand of them. */
function rowOf(
  value: Value,
  { responseRate }: WithResponseRate,
  period: string,
  { member, memberName, across, acrossName }: Pair,
  provisional: boolean,
): FigureRow {
  const isPair = across !== undefined
  const row: FigureRow = {
    period,
    member,
    memberName,
    n: value.n,
    records: value.records,
    sum: value.sum,
    numerator: value.numerator,
    denominator: value.denominator,
    exact: value.exact,
    value: value.value,
    // A pair keeps no histogram.
    p50: isPair ? null : value.p50,
    p90: isPair ? null : value.p90,
    interval: value.interval,
    missing: value.missing,
    provisional,
    state: value.state,
  }
  if (responseRate !== undefined) row.responseRate = responseRate
  if (!isPair) return row
  row.across = across
  row.acrossName = acrossName ?? across
  return row
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

type Context = Parameters<typeof gather>[3] & { units: PlacedUnit[] | undefined }

/** From the cells, but for own measures that these do not hold yet, or hold no more since they were looked at. */
async function gathered(
  tx: Tx,
  question: Question,
  spans: Span[],
  context: Context,
  catalogue: Catalogue,
  measures: Measure[],
): Promise<Gathered> {
  if (measures.length === 0) return spans.map(() => new Map())
  const read = new Set(measures.flatMap(talliesRead))
  const asked = {
    kinds: [...new Set(measures.flatMap(kindsRead))],
    wanted: tallies.map((name) => read.has(name)),
    percentiles: measures.some((measure) => needsPercentiles(measure, question)),
    histograms: measures.some(({ percent }) => percent !== undefined),
    units: context.units,
  }
  const codes = measures.map(({ code }) => code)
  const inCells = codes.every(catalogue.isCounted)
  const found = await gather(tx, question, spans, context, { ...asked, own: catalogue.own, inCells })
  if (!inCells || !codes.some(isOwn)) return found
  const since = await catalogueFor(tx, codes)
  const stand = codes.every(
    (code) => since.isCounted(code) && since.of(code).version === catalogue.of(code).version,
  )
  return stand ? found : gather(tx, question, spans, context, { ...asked, own: since.own, inCells: false })
}

/** What is known of a measure in a span, for a member; nothing where there are no records. */
interface Found {
  amounts?: Amounts | undefined
  counted?: Counted | undefined
}

const measuredOf = (measure: Measure, { amounts = [], counted }: Found, minimumN: number): Value =>
  isCounted(measure) ? countedValue(measure, counted, minimumN) : measuredValue(measure, amounts, minimumN)

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
      return { ...measuredOf(nobody, {}, 1), ...responseRateBeside(nobody, []), provisional: false }
    }
    return row.state === 'ok' && isFew(of(measure), row.n, minimumN) ? { ...row, state: 'few' } : row
  }
}

/** Equal for equal scopes, in whatever order they were written. */
export const scopeKey = ({ scope = {} }: Pick<Indicator, 'scope'>): string =>
  JSON.stringify(Object.entries(scope).sort())

const keyOf = (scope: string, measure: string, period: string, member: string | null): string =>
  JSON.stringify([scope, measure, period, member])

function guarded(work: () => Value): Value {
  try {
    return work()
  } catch {
    return failedValue()
  }
}
