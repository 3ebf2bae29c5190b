/** An exact rational number in lowest terms, d > 0. Scores and targets are compared as these, never as floats. */
export interface Ratio {
  readonly n: bigint
  readonly d: bigint
}

export const zero: Ratio = { n: 0n, d: 1n }

/** n ÷ d in lowest terms; integers only. Throws a RangeError for a zero denominator or a number that is no integer. */
export function ratio(n: bigint | number, d: bigint | number = 1n): Ratio {
  const top = BigInt(n)
  const bottom = BigInt(d)
  if (bottom === 0n) throw new RangeError('a ratio has no zero denominator')
  const sign = bottom < 0n ? -1n : 1n
  const common = greatestCommonDivisor(top < 0n ? -top : top, bottom * sign)
  return { n: (top * sign) / common, d: (bottom * sign) / common }
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (a !== 0n) [a, b] = [b % a, a]
  return b
}

const decimalPattern = /^(-?)(\d+)(?:\.(\d+))?$/

/** True for what `fromDecimal` takes: `-12`, `4.50`; no exponent, no sign +, no separators. */
export const isDecimal = (text: string): boolean => text.length <= 100 && decimalPattern.test(text)

/** The exact value of a decimal text such as `4.5` (as PostgreSQL prints a numeric). Throws a RangeError for any other text. */
export function fromDecimal(text: string): Ratio {
  const found = isDecimal(text) && decimalPattern.exec(text)
  if (!found) throw new RangeError(`not a decimal number: ${text.slice(0, 100)}`)
  const [, sign, whole = '', part = ''] = found
  return ratio(BigInt(`${sign}${whole}${part}`), 10n ** BigInt(part.length))
}

export const add = (a: Ratio, b: Ratio): Ratio => ratio(a.n * b.d + b.n * a.d, a.d * b.d)
export const sub = (a: Ratio, b: Ratio): Ratio => ratio(a.n * b.d - b.n * a.d, a.d * b.d)
export const mul = (a: Ratio, b: Ratio): Ratio => ratio(a.n * b.n, a.d * b.d)
/** Throws a RangeError when b is zero. */
export const div = (a: Ratio, b: Ratio): Ratio => ratio(a.n * b.d, a.d * b.n)

/** Negative, 0 or positive as a is below, at or above b. */
export function compare(a: Ratio, b: Ratio): number {
  const difference = a.n * b.d - b.n * a.d
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export const least = (a: Ratio, b: Ratio): Ratio => (compare(a, b) <= 0 ? a : b)
export const greatest = (a: Ratio, b: Ratio): Ratio => (compare(a, b) >= 0 ? a : b)

export function floor(a: Ratio): Ratio {
  const cut = a.n / a.d
  return { n: a.n < 0n && cut * a.d !== a.n ? cut - 1n : cut, d: 1n }
}

export function ceil(a: Ratio): Ratio {
  const cut = a.n / a.d
  return { n: a.n > 0n && cut * a.d !== a.n ? cut + 1n : cut, d: 1n }
}

/** Rounded half away from zero (四舍五入) to that many places: `8.160`. Never `-0`. */
export function toDecimal(a: Ratio, places: number): string {
  const scale = 10n ** BigInt(places)
  const size = a.n < 0n ? -a.n : a.n
  const rounded = (size * scale * 2n + a.d) / (a.d * 2n)
  const digits = rounded.toString().padStart(places + 1, '0')
  const sign = a.n < 0n && rounded !== 0n ? '-' : ''
  const cut = digits.length - places
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, cut)}.${digits.slice(cut)}`
}

/** For JSON and charts only: the number rounded half up to ten places. */
export const toNumber = (a: Ratio): number => Number(toDecimal(a, 10))
