import type { ResponseRate } from '../contract/response-rate.ts'
import { language } from './print.ts'

/** `62.5% (25/40)`; blank beside a figure that does not come from answers. */
export function responseRateText({ responseRate }: { responseRate?: ResponseRate | null }): string {
  if (responseRate === undefined) return ''
  if (responseRate === null) return language() === 'zh' ? '未知' : 'unknown'
  const { submitted, sent, value } = responseRate
  return `${Math.round(value * 100) / 100}% (${submitted}/${sent})`
}
