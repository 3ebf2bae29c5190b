import type { Dice } from './dice.ts'
import type { DemoOrder } from './orders.ts'

type Row = Record<string, string>

const day = 86_400_000
const channels = ['门店', '电商平台', '网站', '电话'] as const

/** Every fourth order is followed by a purchase of its customer within three weeks; a few name nobody or no amount. */
export function purchaseRows(
  chance: Dice,
  orders: readonly DemoOrder[],
  rows: readonly Row[],
  wall: (ms: number | null) => string,
  now: number,
): Row[] {
  const purchases: Row[] = []
  orders.forEach((order, i) => {
    const { unit = '', agent = '', product = '' } = rows[i] ?? {}
    const orderedMs = order.receivedMs + Math.round(chance.between(0, 21 * day))
    const cents = Math.round(chance.between(4_900, 680_000))
    const channel = chance.pick(channels)
    if (i % 4 !== 1 || orderedMs >= now) return
    const named = purchases.length % 20 !== 19
    purchases.push({
      external_id: `DEMO-G${String(purchases.length + 1).padStart(3, '0')}`,
      customer: named ? order.customer.name : '',
      contact: named ? order.customer.contact : '',
      product,
      amount: purchases.length % 25 === 24 ? '' : (cents / 100).toFixed(2),
      ordered_at: wall(orderedMs),
      channel,
      unit,
      agent,
    })
  })
  return purchases
}
