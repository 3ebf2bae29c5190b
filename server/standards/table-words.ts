import { fromDecimal, mul, ratio, toDecimal } from '../platform/ratio.ts'
import type { Indicator } from './shapes.ts'

/** Headers of 表1; they are never translated: they are what tables people have say. */
export const headers = [
  '指标维度',
  '具体指标',
  '指标定义',
  '数据来源',
  '统计周期',
  '权重(%)',
  '目标值',
  '评分标准(10分制)',
] as const

const dimensions: Record<string, { zh: string; en: string }> = {
  timeliness: { zh: '时效性', en: 'timeliness' },
  expertise: { zh: '专业性', en: 'expertise' },
  satisfaction: { zh: '满意度', en: 'satisfaction' },
  compliance: { zh: '规范性', en: 'compliance' },
}

export const dimensionText = (code: string): string => dimensions[code]?.zh ?? code

/** A dimension may be of the organization's own words; those of the table are kept as codes. */
export function dimensionOf(text: string): string {
  const said = text.trim()
  const known = Object.entries(dimensions).find(([, { zh, en }]) =>
    [zh, `${zh.slice(0, -1)}维度`, en].includes(said.toLowerCase()),
  )
  return known?.[0] ?? said.slice(0, 40)
}

const periods: Record<Indicator['period'], string[]> = {
  day: ['日', '天', '每日', '每天', 'day', 'daily'],
  week: ['周', '每周', 'week', 'weekly'],
  month: ['月', '月度', '每月', 'month', 'monthly'],
  quarter: ['季', '季度', '每季', '每季度', 'quarter', 'quarterly'],
  year: ['年', '年度', '每年', 'year', 'yearly'],
}

export const periodText = (period: Indicator['period']): string => periods[period][0]!

export function periodIn(text: string): Indicator['period'] | undefined {
  const said = text.trim().toLowerCase()
  return Object.entries(periods).find(([, texts]) => texts.includes(said))?.[0] as
    | Indicator['period']
    | undefined
}

const seconds: Record<string, number> = { s: 1, min: 60, h: 3600, person_h: 3600 }

/** An amount in the unit of a measure; undefined where the units are of different kinds, or six decimals cannot hold it. */
export function inUnit(amount: string, from: string, to: string): string | undefined {
  if (from === '' || from === to || (from === '分' && to === 'points')) return amount
  const [have, want] = [seconds[from], seconds[to]]
  if (!have || !want) return undefined
  const exact = mul(fromDecimal(amount), ratio(have, want))
  if (1_000_000n % exact.d !== 0n) return undefined
  return toDecimal(exact, 6).replace(/\.?0+$/, '')
}
