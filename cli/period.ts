import { type Period, parsePeriod } from '../server/platform/time.ts'
import { UsageError } from './flags.ts'

/** The days of a `--period`; a label that is none is a wrong call. */
export function periodOf(label: string): Period {
  try {
    return parsePeriod(label)
  } catch {
    throw new UsageError(
      `--period 应为 2024、2024-Q2、2024-05、2024-W21 或 2024-05-03，不是“${label}”。`,
      `--period is 2024, 2024-Q2, 2024-05, 2024-W21 or 2024-05-03, not "${label}".`,
    )
  }
}
