import { addMonths, dayToDate } from '../platform/time.ts'
import type { ProductCode } from './company.ts'

type Stages = Record<'launchOn' | 'growthOn' | 'maturityOn', string | null>

/** Months before the current one in which the stages of a product began; those it has not reached are left out. */
const monthsBack: Record<ProductCode, readonly [launch: number, growth?: number, maturity?: number]> = {
  // Launched a month before the story begins.
  'DEMO-B200': [7],
  // Launched with its first months of the story, grown from the fourth on.
  'DEMO-A500': [16, 3],
  'DEMO-C10': [20, 10],
  'DEMO-A300': [60, 48, 24],
  'DEMO-S20': [72, 60, 36],
  'DEMO-B100': [48, 36, 14],
}

/** The first day of each stage a product has reached; `month` is the first day of the current month. */
export function stagesOf(code: ProductCode, month: number): Stages {
  const [launch, growth, maturity] = monthsBack[code]
  const on = (back: number | undefined) => (back === undefined ? null : dayToDate(addMonths(month, -back)))
  return { launchOn: on(launch), growthOn: on(growth), maturityOn: on(maturity) }
}
