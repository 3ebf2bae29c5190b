import type { Language, Say } from '../words.ts'

/** Every number goes through the formatter of its kind; what is absent is never given to one. */
export function numbers(t: Say, language: Language, zone?: string) {
  const locale = language === 'zh' ? 'zh-CN' : 'en'
  // To make a formatter takes many times what it takes to use it, and a table uses it hundreds of times.
  const formats = new Map<string, Intl.NumberFormat>()
  const decimals = (value: number, least: number, most: number) => {
    const key = `${least} ${most}`
    const format =
      formats.get(key) ??
      new Intl.NumberFormat(locale, { minimumFractionDigits: least, maximumFractionDigits: most })
    formats.set(key, format)
    return format.format(value)
  }
  const count = (value: number) => decimals(value, 0, 0)
  const duration = (minutes: number): string => {
    if (minutes < 0) return `−${duration(-minutes)}`
    if (minutes < 1) return t('number.seconds', { n: decimals(minutes * 60, 0, 0) })
    if (minutes < 60) return t('number.minutes', { n: decimals(minutes, 0, 1) })
    const whole = Math.round(minutes)
    const hours = Math.round(minutes / 60)
    if (whole < 2880 && whole % 60 === 0) return t('number.hours', { h: whole / 60 })
    if (whole < 2880) return t('number.hoursMinutes', { h: Math.floor(whole / 60), m: whole % 60 })
    if (hours % 24 === 0) return t('number.days', { d: hours / 24 })
    return t('number.daysHours', { d: Math.floor(hours / 24), h: hours % 24 })
  }
  /** A value in a measure's unit: min, h, person_h, %, count, CNY, else points. */
  const value = (amount: number, unit: string): string => {
    if (unit === 'min') return duration(amount)
    if (unit === 'h') return duration(amount * 60)
    // Work is not told in days of 24 hours.
    if (unit === 'person_h') return t('number.personHours', { n: decimals(amount, 0, 2) })
    if (unit === '%') return `${decimals(amount, 1, 1)}%`
    // A mean of counts need not be whole.
    if (unit === 'count') return t('number.times', { n: decimals(amount, 0, 2) })
    if (unit === 'CNY') return t('number.money', { n: decimals(amount, 2, 2) })
    return t('number.points', { n: decimals(amount, 1, 2) })
  }
  /** The distance of two values: of percentages in points, since a percent of a percent is another thing. */
  const difference = (amount: number, unit: string): string =>
    unit === '%' ? t('number.percentagePoints', { n: decimals(amount, 1, 1) }) : value(amount, unit)
  const bare = (amount: number, unit: string): string => {
    if (unit === 'min' || unit === 'h') return decimals(amount, 0, 1)
    return decimals(amount, unit === '%' ? 1 : 0, unit === '%' ? 1 : 2)
  }
  /** ±half where the interval lies evenly around the value, else both ends. */
  const interval = (amount: number, [low, high]: readonly [number, number], unit: string): string => {
    const even = Math.abs(high - amount - (amount - low)) <= 0.05 * (high - low)
    return even ? `±${bare((high - low) / 2, unit)}` : `${bare(low, unit)}–${bare(high, unit)}`
  }
  const bothEnds = ([low, high]: readonly [number, number], unit: string) =>
    `${value(low, unit)} – ${value(high, unit)}`
  const score = (amount: number) => decimals(amount, 1, 2)
  const total = (amount: number) => decimals(amount, 2, 2)
  const plain = (amount: number) => decimals(amount, 0, 2)
  const percent = (share: number) => `${decimals(share * 100, 0, 0)}%`
  const stamps = new Map<boolean, Intl.DateTimeFormat>()
  const stamp = (instant: string, seconds = false) => {
    const format = stamps.get(seconds) ?? stampFormat(zone, seconds)
    stamps.set(seconds, format)
    return format.format(new Date(instant))
  }
  return { value, difference, interval, bothEnds, count, score, total, plain, percent, stamp, duration }
}

const stampFormat = (zone: string | undefined, seconds: boolean) =>
  new Intl.DateTimeFormat('sv-SE', {
    ...(zone && { timeZone: zone }),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds && { second: '2-digit' }),
  })
