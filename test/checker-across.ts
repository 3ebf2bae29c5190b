// What records say of each other, found by other code than the product's.
import type { WorkOrder } from '../contract/cases.ts'
import type { Message, Row } from './checker-rows.ts'
import { DAY, ms } from './checker-times.ts'

/** Orders followed by another of the same customer, product and category within seven days. */
export function followed(rows: Row[]): Set<string> {
  const orders = rows.flatMap(({ order, excluded }) => (order ? [{ order, excluded }] : []))
  const groups = Map.groupBy(orders, ({ order: o }) =>
    JSON.stringify([o.customer?.code, o.product?.id, o.category]),
  )
  const found = new Set<string>()
  for (const group of groups.values())
    for (const { order } of group)
      for (const { order: next, excluded } of group) {
        const after = ms(next.receivedAt) - ms(order.resolvedAt)
        if (next !== order && !excluded && order.customer && after > 0 && after <= 7 * DAY)
          found.add(order.id)
      }
  return found
}

/** Orders with an earlier one alike, within thirty days: of its receipt, or of the later of receipt and solution. */
export function recurring(
  rows: Row[],
  category: string,
  key: (o: WorkOrder) => string | undefined,
  end: boolean,
) {
  const orders = rows.flatMap(({ order, excluded }) =>
    order?.category === category && order.receivedAt ? [{ order, excluded }] : [],
  )
  const found = new Set<string>()
  for (const { order } of orders)
    for (const { order: earlier, excluded } of orders) {
      const same =
        key(order) !== undefined &&
        key(order) === key(earlier) &&
        order.product?.id === earlier.product?.id &&
        order.subcategory === earlier.subcategory
      const [at, before] = [ms(order.receivedAt), ms(earlier.receivedAt)]
      const last = end && earlier.resolvedAt ? Math.max(before, ms(earlier.resolvedAt)) : before
      if (same && !excluded && before < at && last >= at - 30 * DAY) found.add(order.id)
    }
  return found
}

/** Repairs after whose solution the same product has the same fault within thirty days. */
export function comingBack(rows: Row[]): Set<string> {
  const repairs = rows.flatMap(({ order, excluded }) =>
    order?.category === 'repair' && order.serial ? [{ order, excluded }] : [],
  )
  const found = new Set<string>()
  for (const { order } of repairs)
    for (const { order: next, excluded } of repairs) {
      const same =
        next.serial === order.serial &&
        next.product?.id === order.product?.id &&
        next.subcategory === order.subcategory
      const after = ms(next.receivedAt) - ms(order.resolvedAt)
      if (same && next.id !== order.id && !excluded && after > 0 && after <= 30 * DAY) found.add(order.id)
    }
  return found
}

/** Whom each message of an agent answers, by its id: since when the customer had waited. */
export function waitsOf(rows: Row[]): Map<string, number> {
  const found = new Map<string, number>()
  const chats = Map.groupBy(
    rows.flatMap(({ message: one }) => one ?? []),
    (one) => JSON.stringify([one.source, one.conversation]),
  )
  for (const chat of chats.values())
    for (const one of chat) {
      const counts = chat.filter(({ excludedReason }) => excludedReason === null)
      const before = counts.filter(({ sentAt }) => ms(sentAt) <= ms(one.sentAt))
      const earlier = (other: Message) =>
        ms(other.sentAt) < ms(one.sentAt) ||
        (other.sentAt === one.sentAt && other.externalId < one.externalId)
      const answers = before.filter((other) => other.sender === 'agent' && earlier(other))
      const answered = Math.max(Number.NEGATIVE_INFINITY, ...answers.map(({ sentAt }) => ms(sentAt)))
      // What was asked in the instant of an answer had been answered by it.
      const open = before.filter((other) => other.sender === 'customer' && ms(other.sentAt) > answered)
      if (one.sender === 'agent' && open.length > 0)
        found.set(one.id, Math.min(...open.map(({ sentAt }) => ms(sentAt))))
    }
  return found
}
