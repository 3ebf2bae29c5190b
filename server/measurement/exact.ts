import type { ExactCard } from '../../contract/measurement.ts'
import { type Ratio, ratio, toDecimal } from '../platform/ratio.ts'

/** An exact number as texts: its decimal to ten places, without needless zeros, and the fraction that it is. */
export type Exact = NonNullable<ExactCard['total']>

export const exactOf = (value: Ratio): Exact => ({
  decimal: shortDecimal(value),
  fraction: value.d === 1n ? String(value.n) : `${value.n}/${value.d}`,
})

export const exactOrNull = (value: Ratio | null | undefined): Exact | null => (value ? exactOf(value) : null)

/** Ten places as everywhere a number is shown; a weight or a score of 8 is `8`, not `8.0000000000`. */
export const shortDecimal = (value: Ratio): string => {
  const text = toDecimal(value, 10)
  return text.replace(/\.?0+$/, '')
}

export const numberOf = (exact: Exact | null | undefined): number | null =>
  exact ? Number(exact.decimal) : null

export function ratioOf({ fraction }: Exact): Ratio {
  const [top = '', bottom = '1'] = fraction.split('/')
  return ratio(BigInt(top), BigInt(bottom))
}
