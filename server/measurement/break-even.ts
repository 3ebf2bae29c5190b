import { add, compare, div, fromDecimal, mul, type Ratio, ratio, sub, zero } from '../platform/ratio.ts'
import type { Indicator } from '../standards/index.ts'

const hundred = ratio(100)

/** Points of a unit by indicator; null where an indicator has no value and so leaves the base. */
export type Points = ReadonlyMap<string, Ratio | null>

/**
 * The weight of an indicator, strictly between 0 and 100, at which two units have the same total, the other weights
 * sharing the rest in proportion: there, and nowhere else, their order turns. `none` when no such weight exists,
 * `other_base` when the two are not counted over the same indicators.
 *
 * Over one base both totals have one denominator, so that the weight x is the root of a line:
 * x·(a − b) + (100 − x)·(A − B) = 0, with a, b the points in the indicator and A, B the weighted means of the others.
 */
export function breakEven(
  indicators: readonly Indicator[],
  code: string,
  one: Points,
  other: Points,
): Ratio | 'none' | 'other_base' {
  const others = indicators.filter((i) => i.code !== code && fromDecimal(i.weight).n !== 0n)
  const has = (points: Points, of: string) => points.get(of) != null
  const codes = [code, ...others.map((i) => i.code)]
  if (codes.some((of) => has(one, of) !== has(other, of))) return 'other_base'
  if (others.length === 0 || !has(one, code)) return 'none'
  const shared = others.map(({ weight }) => fromDecimal(weight)).reduce(add)
  const lead = (of: string) => sub(one.get(of)!, other.get(of)!)
  const own = lead(code)
  const theirs = others
    .filter((i) => has(one, i.code))
    .map((i) => mul(lead(i.code), div(fromDecimal(i.weight), shared)))
    .reduce(add, zero)
  const slope = sub(theirs, own)
  if (slope.n === 0n) return 'none'
  const weight = div(mul(hundred, theirs), slope)
  return compare(weight, zero) > 0 && compare(weight, hundred) < 0 ? weight : 'none'
}

/** What a weight is of 100; null while nothing carries weight. */
export function shareOf(indicators: readonly Indicator[], code: string): Ratio | null {
  const sum = indicators.map(({ weight }) => fromDecimal(weight)).reduce(add, zero)
  const own = indicators.find((i) => i.code === code)
  return !own || sum.n === 0n ? null : div(mul(hundred, fromDecimal(own.weight)), sum)
}
