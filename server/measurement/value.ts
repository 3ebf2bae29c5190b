import { type Amount, type Amounts, emptyAmount } from './amounts.ts'
import { meanInterval, npsInterval, rateInterval } from './intervals.ts'
import type { Measure } from './measure.ts'
import { percentilesOf, valuesAtRanks } from './sketch.ts'
import { inThousandths, type Tally, tallyNumber } from './tallies.ts'

export type State = 'ok' | 'none' | 'few' | 'incomputable' | 'failed'

/** A measure's value over some records, with its doubt. The numbers are for display, scores are made of `exact`. */
export interface Value {
  n: number
  records: number
  sum: number | null
  numerator: number | null
  denominator: number | null
  /** Top and bottom of the value as a fraction, both whole. */
  exact: [number, number] | null
  value: number | null
  p50: number | null
  p90: number | null
  interval: [number, number] | null
  missing: string[]
  state: State
}

/** Milliseconds (tenths of a point, cents) in one of the measure's unit. */
export function unitSize({ shape, unit, tally, size }: Measure): number {
  if (size !== undefined) return size
  if (tally !== null && inThousandths.has(tally)) return 1000
  return shape === 'mean' || shape === 'sum' ? sizes[unit] : 1
}

const sizes: Record<Measure['unit'], number> = {
  min: 60_000,
  h: 3_600_000,
  person_h: 3_600_000,
  分: 10,
  CNY: 100,
  '%': 1,
  count: 1,
}

/** The field whose absence keeps a record out of a tally. */
const lacking: Partial<Record<Tally, string>> = {
  first_response: 'responded_at',
  start_in_time: 'started_at',
  plan_in_time: 'plan_confirmed_at',
  handling: 'started_at',
  reopened: 'resolved_at',
  resolution: 'received_at',
  fault_repair: 'fault_identified_at',
  first_contact: 'contact_count',
  fcr_all: 'contact_count',
  remote: 'resolution_mode',
  self_service: 'resolution_mode',
  repeat_fault: 'serial',
  first_time_fix: 'visits',
  onsite_in_time: 'arrived_at',
  diagnosis: 'final_cause',
  repair_accuracy: 'redone',
  plan_accuracy: 'plan_replaced',
  parts_fill: 'parts_requested',
  knowledge_use: 'article',
  cost: 'cost',
  answered_in_standard: 'rings',
  complaint_share: 'category',
  complaint_response: 'responded_at',
  complaint_accepted: 'confirmed_at',
  complaint_satisfaction: 'handling_quality',
  repeat_complaint: 'customer',
  exam_passed: 'passed',
  scheduled: 'scheduled_hours',
  agent_day: 'on_duty',
  qualified_on_duty: 'qualified',
  replied_in_time: 'replied_at',
  score_replied_in_time: 'replied_at',
  suggestion_replied_in_time: 'replied_at',
}

const round6 = (value: number): number => Math.round(value * 1e6) / 1e6

/** Both ends in place, in parts of a size: nobody else holds them. */
function rounded(ends: [number, number] | null, size = 1): [number, number] | null {
  if (!ends) return null
  ends[0] = round6(ends[0] / size)
  ends[1] = round6(ends[1] / size)
  return ends
}

export function measuredValue(measure: Measure, amounts: Amounts, minimumN: number): Value {
  const found = nothing('none', nothingMissing)
  measureInto(found, measure, amounts, minimumN)
  return found
}

/** Says what amounts amount to in a value that says nothing yet: a question makes ten thousands of them. */
export function measureInto(found: Value, measure: Measure, amounts: Amounts, minimumN: number): void {
  if (measure.tally === null) {
    sayNot(found, measure.needs)
    return
  }
  const amount = amounts[tallyNumber[measure.tally]] ?? empty
  if (measure.over) {
    measureTwoKinds(found, measure, measure.over, amount, amounts, minimumN)
    return
  }
  if (amount.n === 0 && amount.sum === 0) {
    const field = amount.missing > 0 ? (measure.lacks ?? lacking[measure.tally]) : undefined
    if (field) sayNot(found, [field])
    return
  }
  // Nobody noted a single one: it is not known whether any was.
  if (measure.knownBy && !amounts[tallyNumber[measure.knownBy]]?.n) {
    sayNot(found, measure.needs.slice(-1))
    found.records = amount.records
    return
  }
  measureAmount(found, measure, amount, minimumN)
}

const nothingMissing: string[] = []
/** Never added to. */
const empty = emptyAmount()

function sayNot(found: Value, missing: string[]): void {
  found.state = 'incomputable'
  found.missing = missing
}

/** What an amount that holds something says. */
export function valueOfAmount(measure: Measure, amount: Amount, minimumN: number): Value {
  const found = nothing('none', nothingMissing)
  measureAmount(found, measure, amount, minimumN)
  return found
}

function measureAmount(found: Value, measure: Measure, amount: Amount, minimumN: number): void {
  const few = isFew(measure, measure.shape === 'ratio' ? amount.records : amount.n, minimumN)
  measured(found, measure, amount, few ? 'few' : 'ok')
}

/**
 * What one kind of record adds up to, by what another does. Where nothing stands below the line there is no such quotient,
 * and the field that would is named; n is how many records stand below it.
 */
function measureTwoKinds(
  found: Value,
  measure: Measure,
  over: NonNullable<Measure['over']>,
  above: Amount,
  amounts: Amounts,
  minimumN: number,
): void {
  const amountIn = (tally: Tally) => amounts[tallyNumber[tally]] ?? empty
  const below = amountIn(over.tally)
  const plus = over.plus && amountIn(over.plus)
  // What is added to stands below the line too, and is one record there.
  const records = (plus ? plus.records : above.records) + below.records
  if (records === 0 && above.missing === 0 && below.missing === 0) return
  const divisor = over.counting === 'below' ? below.n : below.sum
  const known = above.n + (plus?.n ?? 0)
  const lacks = divisor === 0 ? over.tally : known === 0 && above.missing > 0 ? measure.tally : null
  if (lacks !== null) {
    sayNot(found, [lacking[lacks] ?? lacks])
    found.records = records
    return
  }
  const sum = over.counting === 'above' ? above.n : above.sum + (plus?.sum ?? 0)
  const state = isFew(measure, below.n, minimumN) ? 'few' : 'ok'
  measured(found, measure, { ...below, records, sum, n: divisor }, state)
  found.n = below.n
}

/** A count or a sum is what it is, however small. */
export const isFew = (measure: Measure, n: number, minimumN: number): boolean =>
  n < minimumN && measure.shape !== 'count' && measure.shape !== 'sum'

/** What a record alone amounts to, in the measure's unit: its time, its points, its part of a rate. */
export function ownValue(measure: Measure, value: number, n: number): number {
  const { shape, per } = measure
  if (per) return n === 0 ? 0 : ((per.inPercent ? 100 : 1) * value * per.size) / (n * unitSize(measure))
  if (shape === 'rate') return n === 1 ? value : (100 * value) / n
  return shape === 'count' || shape === 'nps' ? value : value / unitSize(measure)
}

function measured(found: Value, measure: Measure, a: Amount, state: State): void {
  const size = unitSize(measure)
  found.state = state
  found.n = a.n
  found.records = a.records
  if (measure.shape === 'count') {
    found.records = a.n - a.sum
    found.exact = [found.records, 1]
    found.value = found.records
  } else if (measure.shape === 'rate') {
    found.numerator = a.sum
    found.denominator = a.n
    found.exact = [100 * a.sum, a.n]
    found.value = round6((100 * a.sum) / a.n)
    found.interval = rounded(rateInterval(a.sum, a.n))
  } else if (measure.shape === 'nps') {
    found.sum = a.sum
    found.exact = [100 * a.sum, a.n]
    found.value = round6((100 * a.sum) / a.n)
    found.interval = rounded(npsInterval(a))
  } else if (measure.shape === 'sum') {
    found.sum = round6(a.sum / size)
    found.exact = [a.sum, size]
    found.value = found.sum
  } else if (measure.per) Object.assign(found, ratioOf(measure.per, a, size))
  else if (measure.percent !== undefined) Object.assign(found, percentileOf(measure.percent, a, size))
  else {
    const [p50, p90] = percentilesOf(a.sketch, a.stored)
    found.sum = round6(a.sum / size)
    found.exact = [a.sum, a.n * size]
    found.value = round6(a.sum / (a.n * size))
    found.p50 = p50 === null ? null : round6(p50 / size)
    found.p90 = p90 === null ? null : round6(p90 / size)
    found.interval = rounded(meanInterval(a), size)
  }
}

/** The sums of two numbers, one by the other; how far off the quotient may be no sum says. */
function ratioOf(
  per: { size: number; inPercent: boolean },
  a: Amount,
  size: number,
): Partial<Value> & Pick<Value, 'exact' | 'value' | 'interval'> {
  const common = greatestCommonDivisor(size, per.size)
  const exact: [number, number] = [
    (per.inPercent ? 100 : 1) * a.sum * (per.size / common),
    a.n * (size / common),
  ]
  // Nothing below the line: there is no such quotient.
  const known = exact[1] !== 0
  return {
    n: a.records,
    numerator: round6(a.sum / size),
    denominator: round6(a.n / per.size),
    exact: known ? exact : null,
    value: known ? round6(exact[0] / exact[1]) : null,
    interval: null,
  }
}

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b)

/** A discrete percentile within 2 %, with the values at the ranks between which it lies with 95 %. */
function percentileOf(percent: number, a: Amount, size: number): Pick<Value, 'exact' | 'value' | 'interval'> {
  const half = 1.959963984540054 * Math.sqrt(a.n * (percent / 100) * (1 - percent / 100))
  const rank = Math.ceil((percent * a.n) / 100)
  const [at, low, high] = valuesAtRanks(a.sketch, a.stored, [
    rank,
    Math.floor(rank - half),
    Math.ceil(rank + half),
  ]) as [number, number, number]
  // The value between two steps of the histogram, to a thousandth of a part.
  const thousandths = Math.round(at * 1000)
  return {
    exact: [thousandths, 1000 * size],
    value: round6(thousandths / (1000 * size)),
    interval: a.n < 2 ? null : rounded([low, high], size),
  }
}

/** A share of n, with Wilson's interval. */
export function rateOf(hits: number, n: number) {
  const exact: [number, number] = [100 * hits, n]
  return {
    numerator: hits,
    denominator: n,
    exact,
    value: round6((100 * hits) / n),
    interval: rounded(rateInterval(hits, n)),
  }
}

export const nothing = (state: State, missing: string[]): Value => ({
  n: 0,
  records: 0,
  sum: null,
  numerator: null,
  denominator: null,
  exact: null,
  value: null,
  p50: null,
  p90: null,
  interval: null,
  missing,
  state,
})

/** A question that broke: told apart from every other state. */
export const failedValue = (): Value => nothing('failed', [])
