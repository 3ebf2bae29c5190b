export const unitsOf = ['seconds', 'minutes', 'hours', 'days', 'workdays'] as const
export type LimitUnit = (typeof unitsOf)[number]
const secondsPer: Record<LimitUnit, number> = {
  seconds: 1,
  minutes: 60,
  hours: 3600,
  days: 86_400,
  workdays: 86_400,
}

/** As a person says it: the largest unit it is a whole number of, days from two on. */
export function amountOf({ seconds, runs }: { seconds: number; runs: string }): {
  amount: string
  unit: LimitUnit
} {
  if (runs === 'workdays') return { amount: String(seconds / secondsPer.workdays), unit: 'workdays' }
  const unit = unitsOf.findLast((one) => {
    const per = secondsPer[one]
    return one !== 'workdays' && seconds % per === 0 && (one !== 'days' || seconds >= 2 * per)
  })!
  return { amount: String(seconds / secondsPer[unit]), unit }
}

/** Whole seconds; undefined for what is no positive number, no whole number of seconds or of working days. */
export function secondsOf(amount: string, unit: LimitUnit): number | undefined {
  if (!/^\d{1,7}(\.\d{1,4})?$/.test(amount)) return undefined
  // In ten-thousandths, so that 0.1 minutes are six seconds and not 6.000000000000001.
  const [whole = '', part = ''] = amount.split('.')
  const seconds = (Number(whole + part.padEnd(4, '0')) * secondsPer[unit]) / 10_000
  if (unit === 'workdays' && seconds % secondsPer.workdays !== 0) return undefined
  return Number.isInteger(seconds) && seconds > 0 && seconds <= 60_000_000 ? seconds : undefined
}
