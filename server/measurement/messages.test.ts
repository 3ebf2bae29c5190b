import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CostFact } from '../cases/cost-fact.ts'
import type { MessageFact } from '../cases/message-fact.ts'
import { type Amounts, addShare } from './amounts.ts'
import { measureOf } from './measures.ts'
import { type Tally, tallyNumber } from './tallies.ts'
import { at, minute, order, sharesOf } from './testing/facts.ts'
import { measuredValue } from './value.ts'

const answer: MessageFact = {
  unitId: 'u',
  agentId: 'a',
  productId: null,
  category: null,
  subcategory: null,
  channel: 'chat',
  priority: null,
  sender: 'agent',
  sentAt: at('05-10T10:04:00'),
  awaitedAt: at('05-10T10:00:00'),
  excludedReason: null,
}
const wait = (changed: Partial<MessageFact>) => sharesOf('message', { ...answer, ...changed }).response_wait

test('a message that answers is one response, on the day the wait began', () => {
  assert.deepEqual(wait({}), [['05-10', 4 * minute, 1, 0]])
  assert.deepEqual(wait({ awaitedAt: answer.sentAt }), [['05-10', 0, 1, 0]])
  // Asked a second before midnight, answered two seconds later.
  const asked = at('05-31T23:59:59')
  assert.deepEqual(wait({ awaitedAt: asked, sentAt: asked + 2000 }), [['05-31', 2000, 1, 0]])
  assert.deepEqual(wait({ awaitedAt: asked + 1000, sentAt: asked + 2000 }), [['06-01', 1000, 1, 0]])
})

test('who opens, goes on, asks or is left out responds to nobody', () => {
  assert.equal(wait({ awaitedAt: null }), undefined)
  assert.equal(wait({ sender: 'customer', awaitedAt: null }), undefined)
  assert.equal(wait({ sender: 'automatic', awaitedAt: null }), undefined)
  assert.equal(wait({ excludedReason: '测试' }), undefined)
})

const amountsOf = (shares: [tally: Tally, value: number, n: number, missing: number][]): Amounts => {
  const amounts: Amounts = []
  for (const [tally, value, n, missing] of shares) addShare(amounts, tallyNumber[tally], value, n, missing, 1)
  return amounts
}

test('the mean response is the waits over the responses', () => {
  const found = measuredValue(
    measureOf('response_minutes'),
    amountsOf([
      ['response_wait', 2 * minute, 1, 0],
      ['response_wait', 4 * minute, 1, 0],
      ['response_wait', 9 * minute, 1, 0],
    ]),
    1,
  )
  // (2 + 4 + 9) ÷ 3
  assert.deepEqual([found.value, found.n, found.sum], [5, 3, 15])
  assert.equal(measuredValue(measureOf('response_minutes'), [], 1).state, 'none')
})

const spent: CostFact = {
  unitId: 'u',
  agentId: null,
  productId: null,
  category: null,
  subcategory: null,
  channel: null,
  priority: null,
  kind: 'parts',
  incurredAt: at('05-10T00:00:00'),
  amount: '80.5',
  excludedReason: null,
}

test('a cost counts on the day it was incurred, to the cent', () => {
  assert.deepEqual(sharesOf('cost', spent), { spent: [['05-10', 8050, 1, 0]] })
  assert.deepEqual(sharesOf('cost', { ...spent, amount: '0' }).spent, [['05-10', 0, 1, 0]])
  assert.deepEqual(sharesOf('cost', { ...spent, amount: '999999999.99' }).spent, [
    ['05-10', 99999999999, 1, 0],
  ])
  assert.deepEqual(sharesOf('cost', { ...spent, incurredAt: at('06-01T00:00:00') - 1 }).spent, [
    ['05-31', 8050, 1, 0],
  ])
  assert.deepEqual(sharesOf('cost', { ...spent, excludedReason: '重复' }), {})
})

test('the cost in an order’s field gives way to costs of its own', () => {
  const resolvedAt = at('05-10T11:00:00')
  const of = (changed: object) => sharesOf('work_order', { ...order, resolvedAt, ...changed }).cost
  assert.deepEqual(of({ cost: '20' }), [['05-10', 2000, 1, 0]])
  assert.equal(of({ cost: '20', costed: true }), undefined)
  assert.deepEqual(of({}), [['05-10', 0, 0, 1]])
})

test('costs of both kinds stand over the orders resolved, none of which counts twice', () => {
  const measure = measureOf('cost_per_ticket')
  const resolved = (n: number) =>
    Array.from({ length: n }, () => ['reopened', 0, 1, 0] as [Tally, number, number, number])
  const found = measuredValue(
    measure,
    amountsOf([
      ['spent', 20_000, 1, 0],
      ['spent', 8050, 1, 0],
      ['cost', 2000, 1, 0],
      ['cost', 0, 0, 1],
      ...resolved(3),
    ]),
    1,
  )
  // (200 + 80.50 + 20) ÷ 3; two costs and three orders are five records.
  assert.deepEqual(
    [found.numerator, found.denominator, found.n, found.records, found.state],
    [300.5, 3, 3, 5, 'ok'],
  )
  assert.deepEqual(found.exact, [30_050, 300])
  assert.equal(found.value, 100.166667)
})

test('without any cost, or anything resolved, there is no cost per ticket', () => {
  const measure = measureOf('cost_per_ticket')
  const of = (shares: Parameters<typeof amountsOf>[0]) => {
    const { state, missing, value } = measuredValue(measure, amountsOf(shares), 1)
    return [state, missing, value]
  }
  assert.deepEqual(
    of([
      ['reopened', 0, 1, 0],
      ['cost', 0, 0, 1],
    ]),
    ['incomputable', ['cost'], null],
  )
  assert.deepEqual(of([['spent', 100, 1, 0]]), ['incomputable', ['resolved_at'], null])
  assert.deepEqual(of([]), ['none', [], null])
  // Nothing was spent, which is known.
  assert.deepEqual(
    of([
      ['reopened', 0, 1, 0],
      ['spent', 0, 1, 0],
    ]),
    ['ok', [], 0],
  )
})
