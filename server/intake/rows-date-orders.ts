import type { Kind } from './fields.ts'
import { type Mapping, resolveMapping } from './mapping.ts'
import type { TableRow } from './read/table.ts'
import type { DateOrder } from './values-clock.ts'
import { DateOrderDetector } from './values-date-order.ts'

/** For each column of times without a format: the order of bare numbers in it. */
export type DateOrders = Map<string, { order: DateOrder | null; mixed: boolean }>

/**
 * Learns the order of day and month ahead of reading. Show it rows until it is no longer open or the file ends; a file
 * without such dates is never open. A column that nothing decides goes by the others of its file, where these agree.
 */
export function dateOrderLearner(kind: Kind, mapping: Mapping, header: string[], now: number) {
  const result = resolveMapping(kind, mapping, header)
  const columns = 'resolved' in result ? result.resolved.columns : []
  const watched = columns
    .filter(({ field, format }) => (field.type === 'instant' || field.type === 'date') && !format)
    .map(({ index, name }) => ({ index, name, detector: new DateOrderDetector(now) }))
  return {
    see(row: TableRow): void {
      for (const { index, detector } of watched) detector.see(row.cells[index] ?? null)
    },
    isOpen: (): boolean => watched.some(({ detector }) => detector.isOpen()),
    orders: (): DateOrders => {
      const verdicts = watched.map(({ name, detector }) => ({ name, detector, ...detector.verdict() }))
      const decided = new Set(verdicts.flatMap(({ order }) => order ?? []))
      const [shared] = decided.size === 1 && !verdicts.some(({ mixed }) => mixed) ? decided : []
      return new Map(
        verdicts.map(({ name, detector, order, mixed }) => [
          name,
          { order: order ?? (shared && detector.allows(shared) ? shared : null), mixed },
        ]),
      )
    },
  }
}

/** Which order to try where nothing decides, by the habits of the zone. */
export function usualOrders(zone: string): readonly DateOrder[] {
  if (/^Asia\/(?:Shanghai|Urumqi|Chongqing|Harbin|Hong_Kong|Macau|Taipei|Tokyo|Seoul)$/.test(zone)) {
    return ['ymd', 'mdy', 'dmy']
  }
  return zone.startsWith('America/') ? ['mdy', 'dmy', 'ymd'] : ['dmy', 'mdy', 'ymd']
}
