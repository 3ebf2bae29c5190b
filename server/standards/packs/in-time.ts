import type { Indicator, Words } from '../shapes.ts'

/** A rate of records within their time limit, as an indicator; code and measure are the same. */
export const inTime = (
  measure: string,
  name: Words,
  { weight, target }: { weight: string; target: string },
): Indicator => ({
  code: measure,
  measure,
  nameZh: name.zh,
  nameEn: name.en,
  dimension: 'timeliness',
  source: '工单系统',
  period: 'month',
  weight,
  target: { operator: '>=', value: target },
  rule: { kind: 'deduct', points: '0.5', per: '1', step: 'whole' },
  minimumN: 10,
})
