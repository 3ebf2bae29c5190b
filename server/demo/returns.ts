import { DAY_MS } from '../platform/time.ts'
import type { DemoCustomer } from './company.ts'
import type { Dice } from './dice.ts'
import type { DemoOrder } from './orders.ts'
import { paperJam } from './problems.ts'

/** Longer than an order takes and the seven days after it in which the same fault counts as repeated. */
const apartMs = 14 * DAY_MS
const returnWithinMs = 6 * DAY_MS

export type Unassigned = Omit<DemoOrder, 'customer' | 'returning' | 'repeated' | 'atOnce'>

/**
 * Whose orders they are. Customers return with the same fault only where the story says so: paper jams most often.
 * Any other return lies far enough away to be a matter of its own.
 */
export function giveCustomers(chance: Dice, orders: Unassigned[], customers: DemoCustomer[]) {
  const lastMs = new Map<DemoCustomer, number>()
  const solved: { order: Unassigned; customer: DemoCustomer; at: number }[] = []
  const repeated = new Set<Unassigned>()
  const given = orders.map((order) => {
    const jam = order.problem.category === paperJam
    const back =
      chance.next() < (jam ? 0.16 : 0.05)
        ? solved.findIndex((one) => !repeated.has(one.order) && returnsAs(one.order, order))
        : -1
    const known = solved[back]
    if (known) repeated.add(known.order)
    const free = customers.filter(
      (one) => (lastMs.get(one) ?? Number.NEGATIVE_INFINITY) < order.receivedMs - apartMs,
    )
    const customer = known?.customer ?? chance.pick(free.length > 0 ? free : customers)
    lastMs.set(customer, order.receivedMs)
    if (order.resolvedMs !== null) solved.push({ order, customer, at: order.resolvedMs })
    return { order, customer, returning: known !== undefined }
  })
  return given.map(({ order, customer, returning }) => ({
    ...order,
    customer,
    returning,
    repeated: repeated.has(order),
  }))
}

const returnsAs = (earlier: Unassigned, later: Unassigned): boolean =>
  earlier.resolvedMs !== null &&
  earlier.product === later.product &&
  earlier.problem.category === later.problem.category &&
  later.receivedMs > earlier.resolvedMs &&
  later.receivedMs < earlier.resolvedMs + returnWithinMs
