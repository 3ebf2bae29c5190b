import { ratio, toNumber } from '../platform/ratio.ts'
import type { CustomerCounts } from './customers.ts'
import type { Measure } from './measure.ts'
import { isFew, nothing, rateOf, type Value } from './value.ts'

const nobody: CustomerCounts = {
  purchases: 0,
  nameless: 0,
  customers: 0,
  repeaters: 0,
  priced: 0,
  pricedCustomers: 0,
  cents: 0n,
  repeatCents: 0n,
  before: 0,
  purchasesBefore: 0,
  namelessBefore: 0,
  kept: 0,
  purchasesOfKept: 0,
}

/** A measure of customers. `records` is what its list holds, also where there is no value. */
export function customerValue(measure: Measure, counts: CustomerCounts = nobody, minimumN: number): Value {
  const value = measuredOf(measure, counts)
  return value.state === 'ok' && isFew(measure, value.n, minimumN) ? { ...value, state: 'few' } : value
}

function measuredOf({ customers }: Measure, c: CustomerCounts): Value {
  if (customers === 'kept' || customers === 'lost') {
    const records = c.purchasesBefore + c.purchasesOfKept
    if (c.before === 0) return { ...withoutCustomers(c.namelessBefore), records }
    // A period nobody bought in yet, or whose file is still to come, does not say that all have left.
    if (c.purchases === 0) return { ...withoutCustomers(c.nameless), records }
    return ok(c.before, records, rateOf(customers === 'kept' ? c.kept : c.before - c.kept, c.before))
  }
  if (c.purchases === 0) return withoutCustomers(c.nameless)
  if (customers === 'repeat_customers') return ok(c.customers, c.purchases, rateOf(c.repeaters, c.customers))
  if (customers === 'repeat_spend') return spendShare(c)
  const repeats = c.purchases - c.customers
  return ok(c.purchases, repeats, { exact: [repeats, 1], value: repeats })
}

const withoutCustomers = (nameless: number): Value =>
  nameless > 0 ? nothing('incomputable', ['customer']) : nothing('none', [])

function spendShare(c: CustomerCounts): Value {
  if (c.priced === 0) return nothing('incomputable', ['amount'])
  if (c.cents === 0n) return { ...nothing('none', []), records: c.priced }
  const share = ratio(100n * c.repeatCents, c.cents)
  const exact: [number, number] = [Number(share.n), Number(share.d)]
  // Past some hundred thousand million the fraction would not be exact any more: better no figure than a near one.
  if (!exact.every(Number.isSafeInteger)) return { ...nothing('failed', []), records: c.priced }
  return ok(c.pricedCustomers, c.priced, {
    numerator: Number(c.repeatCents) / 100,
    denominator: Number(c.cents) / 100,
    exact,
    value: Math.round(toNumber(share) * 1e6) / 1e6,
  })
}

const ok = (n: number, records: number, found: Partial<Value>): Value => ({
  ...nothing('ok', []),
  n,
  records,
  ...found,
})
