import { grainsShown, periodOf } from '../../ui/period.ts'

/** The period of the organization's grain that holds the last fact, but none after today. */
export function newestPeriod(
  { to, today }: { to: string | null; today: string },
  monitoringPeriod: string,
): string {
  const grain = grainsShown.find((one) => one === monitoringPeriod) ?? 'month'
  return periodOf(grain, to !== null && to < today ? to : today)
}
