import { type Amount, type Amounts, emptyAmount } from './amounts.ts'
import { meanInterval, npsInterval, rateInterval } from './intervals.ts'
import type { Measure } from './measure.ts'
import { percentilesOf } from './sketch.ts'
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
export function unitSize({ shape, unit, tally }: Measure): number {
  if (tally !== null && inThousandths.has(tally)) return 1000
  return shape === 'mean' ? sizes[unit] : 1
}

const sizes: Record<Measure['unit'], number> = {
  min: 60_000,
  h: 3_600_000,
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
  resolution: 'received_at',
  fault_repair: 'fault_identified_at',
  first_contact: 'contact_count',
  fcr_all: 'contact_count',
  remote: 'resolution_mode',
  self_service: 'resolution_mode',
  repeat_fault: 'serial',
  cost: 'cost',
  answered_in_standard: 'rings',
  complaint_share: 'category',
  complaint_response: 'responded_at',
  complaint_accepted: 'confirmed_at',
  repeat_complaint: 'customer',
}

const round6 = (value: number): number => Math.round(value * 1e6) / 1e6
const pair = (low: number, high: number): [number, number] => [round6(low), round6(high)]

export function measuredValue(measure: Measure, amounts: Amounts, minimumN: number): Value {
  if (measure.tally === null) return nothing('incomputable', measure.needs)
  const amount = amounts[tallyNumber[measure.tally]] ?? emptyAmount(tallyNumber[measure.tally])
  if (amount.n === 0) {
    const field = amount.missing > 0 ? lacking[measure.tally] : undefined
    return field ? nothing('incomputable', [field]) : nothing('none', [])
  }
  return {
    ...measured(measure, amount),
    missing: [],
    state: isFew(measure, amount.n, minimumN) ? 'few' : 'ok',
  }
}

/** A count is what it is, however small. */
export const isFew = (measure: Measure, n: number, minimumN: number): boolean =>
  n < minimumN && measure.shape !== 'count'

function measured(measure: Measure, a: Amount): Omit<Value, 'missing' | 'state'> {
  const size = unitSize(measure)
  const base = {
    n: a.n,
    records: a.records,
    sum: null,
    numerator: null,
    denominator: null,
    p50: null,
    p90: null,
  }
  if (measure.shape === 'count') {
    const count = a.n - a.sum
    return { ...base, records: count, exact: [count, 1], value: count, interval: null }
  }
  if (measure.shape === 'rate') {
    const exact: [number, number] = [100 * a.sum, a.n]
    const interval = rateInterval(a.sum, a.n)
    return {
      ...base,
      numerator: a.sum,
      denominator: a.n,
      exact,
      value: round6((100 * a.sum) / a.n),
      interval: interval && pair(...interval),
    }
  }
  if (measure.shape === 'nps') {
    const interval = npsInterval(a)
    return {
      ...base,
      sum: a.sum,
      exact: [100 * a.sum, a.n],
      value: round6((100 * a.sum) / a.n),
      interval: interval && pair(...interval),
    }
  }
  const interval = meanInterval(a)
  const [p50, p90] = percentilesOf(a.sketch ?? new Map(), a.stored).map((ms) =>
    ms === null ? null : round6(ms / size),
  )
  return {
    ...base,
    sum: round6(a.sum / size),
    exact: [a.sum, a.n * size],
    value: round6(a.sum / (a.n * size)),
    p50: p50 ?? null,
    p90: p90 ?? null,
    interval: interval && pair(interval[0] / size, interval[1] / size),
  }
}

const nothing = (state: State, missing: string[]): Value => ({
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
