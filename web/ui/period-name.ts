import { useWords } from '../words.ts'
import { grainOf } from './period.ts'

/** `2024-05` as a reader says it: 2024年5月 or May 2024; short inside a picker that shows the year already. */
export function usePeriodName() {
  const { t, language } = useWords()
  return (label: string, length: 'full' | 'short' = 'full'): string => {
    const y = label.slice(0, 4)
    const full = length === 'full'
    switch (grainOf(label)) {
      case 'year':
        return t('period.year', { y })
      case 'quarter':
        return t(full ? 'period.quarter' : 'period.quarterShort', { y, q: label.slice(6) })
      case 'week':
        return t(full ? 'period.week' : 'period.weekShort', { y, w: Number(label.slice(6)) })
      case 'month':
        return full
          ? monthName(label, language === 'zh' ? 'zh-CN' : 'en', 'long')
          : monthName(label, language === 'zh' ? 'zh-CN' : 'en')
      case 'day':
        return full ? label : String(Number(label.slice(8)))
    }
  }
}

const monthName = (label: string, locale: string, year?: 'long') =>
  new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    month: year ? 'long' : 'short',
    ...(year && { year: 'numeric' }),
  }).format(new Date(`${label}-01T00:00:00Z`))
