import type { Dice } from './dice.ts'
import type { Calendar, DemoOrder } from './orders.ts'
import { paperJam } from './problems.ts'

/**
 * What the six full months and the current one come to, so that the board tells the same story on whatever day the
 * demo is loaded: the fourth month is the worst, the sixth meets its response target, misses first contact
 * resolution because of the paper jams, and comes near the rest.
 */
const firstContactShare = [0.795, 0.805, 0.785, 0.785, 0.785, 0.795, 0.805]
const meanRating = [4.28, 4.27, 4.28, 4.03, 4.18, 4.35, 4.38]

/** Which orders were solved at the first contact. Those whose fault came back were not. */
export function solvedAtOnce<Order extends Omit<DemoOrder, 'atOnce'>>(
  chance: Dice,
  calendar: Calendar,
  orders: Order[],
): (Order & { atOnce: boolean })[] {
  const failed = new Set<Order>()
  for (const [month, share] of firstContactShare.entries()) {
    const solved = orders.filter(
      ({ resolvedMs }) => resolvedMs !== null && monthOf(calendar, resolvedMs) === month,
    )
    const due = solved.length - Math.round(share * solved.length)
    const others = solved
      .filter(({ repeated }) => !repeated)
      .map((order) => ({ order, rank: chance.next() ** (order.problem.category === paperJam ? 1 / 3 : 1) }))
      .sort((a, b) => b.rank - a.rank)
    const repeats = solved.length - others.length
    for (const { order } of others.slice(0, Math.max(0, due - repeats))) failed.add(order)
  }
  return orders.map((order) => ({ ...order, atOnce: !failed.has(order) }))
}

export interface Rating {
  atMs: number
  score: number
  /** Belongs to the story as it is. */
  fixed: boolean
}

/** Moves ratings by one point, as few as it takes, until each month has its mean. */
export function settleRatings(chance: Dice, calendar: Calendar, ratings: Rating[]): void {
  for (const [month, mean] of meanRating.entries()) {
    const all = ratings.filter(({ atMs }) => monthOf(calendar, atMs) === month)
    let over = all.reduce((sum, { score }) => sum + score, 0) - Math.round(mean * all.length)
    // 5 to 4 and back first: a customer stays content or not.
    for (const [from, to] of over > 0
      ? [
          [5, 4],
          [4, 3],
        ]
      : [
          [4, 5],
          [3, 4],
          [2, 3],
        ]) {
      const movable = all
        .filter(({ fixed, score }) => !fixed && score === from)
        .map((rating) => ({ rating, rank: chance.next() }))
        .sort((a, b) => a.rank - b.rank)
        .slice(0, Math.abs(over))
      for (const { rating } of movable) rating.score = to!
      over -= Math.sign(over) * movable.length
    }
  }
}

/** 0…6; below 0 before the story begins. */
export const monthOf = ({ zone, monthStarts }: Calendar, atMs: number): number => {
  const day = zone.localDay(atMs)
  return monthStarts.findLastIndex((start) => start <= day)
}
