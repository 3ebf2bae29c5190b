import { type Grain, periodEnd, periodStart } from '../platform/time.ts'

interface Days {
  fromDay: number
  /** exclusive */
  toDay: number
}

const grains: readonly Grain[] = ['year', 'quarter', 'month', 'week', 'day']

/**
 * The days that a span is held against: a whole year, quarter, month or week has the one before it, any other span as
 * many days before its first. The span alone decides, so that a figure and the list behind it look at the same days.
 */
export function periodBefore({ fromDay, toDay }: Days): Days {
  const grain = grains.find(
    (one) => periodStart(one, fromDay) === fromDay && periodEnd(one, fromDay) === toDay,
  )
  return { fromDay: grain ? periodStart(grain, fromDay - 1) : fromDay - (toDay - fromDay), toDay: fromDay }
}
