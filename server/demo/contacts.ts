import type { Dice } from './dice.ts'
import type { DemoOrder } from './orders.ts'

type Row = Record<string, string>

const lost = 0.06

/** The call or chat each order by phone or chat began with, and some that nobody took, which became no order. */
export function contactRows(
  chance: Dice,
  orders: readonly DemoOrder[],
  rows: readonly Row[],
  wall: (ms: number | null) => string,
): Row[] {
  const contacts: Row[] = []
  orders.forEach((order, i) => {
    const { channel = '', external_id = '', unit = '', agent = '', product = '' } = rows[i] ?? {}
    if (channel !== '电话' && channel !== '在线') return
    const phone = channel === '电话'
    const rings = chance.weighted(ringShares)
    const waitMs = phone ? rings * 4000 : Math.round(chance.between(2, 14)) * 1000
    const talkMs = Math.round(chance.between(90, 600)) * 1000
    const begin = order.receivedMs
    const one = (started: number, answered: number | null, workOrder: string): Row => ({
      external_id: `DEMO-T${String(contacts.length + 1).padStart(4, '0')}`,
      channel,
      unit,
      agent: answered === null ? '' : agent,
      product: workOrder === '' ? '' : product,
      started_at: wall(started),
      answered_at: wall(answered),
      rings: phone ? String(answered === null ? rings + 2 : rings) : '',
      ended_at: wall(answered === null ? started + waitMs + 8000 : answered + talkMs),
      work_order: workOrder,
    })
    if (chance.next() < lost) contacts.push(one(begin - 300_000, null, ''))
    contacts.push(one(begin, begin + waitMs, external_id))
  })
  return contacts
}

const ringShares = [
  [1, 35],
  [2, 40],
  [3, 15],
  [4, 7],
  [5, 3],
] as const
