import assert from 'node:assert/strict'
import { test } from 'node:test'
import { factKinds } from '../../../contract/fact-kinds.ts'
import type { Aggregate, Condition, OwnDefinition } from '../../../contract/measurement-own.ts'
import { ownDays, ownFields } from '../../../contract/own-fields.ts'
import type { WorkOrderFact } from '../../cases/work-order-fact.ts'
import { Refusal } from '../../platform/refusal.ts'
import { type Amounts, addShare } from '../amounts.ts'
import { measuredKinds } from '../kinds/kinds.ts'
import { tallyNumber } from '../tallies.ts'
import { at, hour, minute, order, rating, received, sharesOf } from '../testing/facts.ts'
import { measuredValue } from '../value.ts'
import { checkDefinition } from './check.ts'
import { compileOwn } from './compile.ts'
import { formulaOf } from './formula.ts'
import { measureOfOwn } from './measure.ts'
import { readerOf } from './read.ts'

const counted = (aggregate: Aggregate, where: Condition[] = [], rest: Partial<OwnDefinition> = {}) => ({
  ...{ facts: 'work_order' as const, day: 'receivedAt', timeUnit: 'min' as const, where, aggregate, ...rest },
})
const compiled = (definition: OwnDefinition) =>
  compileOwn([{ tally: tallyNumber.own_sketched_1, definition }])

/** The shares of orders, each the usual one with some fields changed. */
const of = (definition: OwnDefinition, ...changed: Partial<WorkOrderFact>[]) => {
  checkDefinition(definition)
  return changed.map(
    (one) => sharesOf('work_order', { ...order, ...one }, compiled(definition)).own_sketched_1,
  )
}
const valueFor = (definition: OwnDefinition, changed: Partial<WorkOrderFact>[], minimumN = 1) => {
  const amounts: Amounts = []
  for (const shares of of(definition, ...changed))
    for (const [, value, n, missing] of shares ?? [])
      addShare(amounts, tallyNumber.own_sketched_1, value, n, missing, 1)
  const own = { code: 'own:x', nameZh: '', nameEn: '', better: 'lower' as const, version: 1 }
  return measuredValue(measureOfOwn({ ...own, definition, tally: 'own_sketched_1' }), amounts, minimumN)
}
const on = (value: number, n = 1) => [['05-10', value, n, 0]]
const lacking = [['05-10', 0, 0, 1]]

test('an order that was handed on and opened again is one record of an own measure', () => {
  const again = { at: received + 2 * hour, resolvedAt: null, dueAt: null, agentId: null }
  const changed = { responderUnitId: 'v', resolvedAt: received + hour, episodes: [again] }
  assert.deepEqual(of(counted({ kind: 'count' }), changed), [on(0)])
})

test('a count counts what meets every condition, on the day chosen, in the zone', () => {
  const urgent = counted({ kind: 'count' }, [
    { field: 'priority', comparison: 'is', values: ['urgent', 'important'] },
    { field: 'category', comparison: 'not', values: ['complaint'] },
  ])
  const shares = of(
    urgent,
    { priority: 'urgent' },
    { priority: 'normal' },
    { priority: 'important', category: 'complaint' },
    { priority: 'urgent', receivedAt: at('05-31T23:59:59.999') },
    { priority: 'urgent', receivedAt: null },
    { priority: 'urgent', excludedReason: '测试' },
  )
  assert.deepEqual(shares, [on(0), undefined, undefined, [['05-31', 0, 1, 0]], undefined, undefined])
  assert.equal(valueFor(urgent, [{ priority: 'urgent' }, { priority: 'urgent' }], 10).value, 2)
  assert.equal(valueFor(urgent, [{ priority: 'urgent' }], 10).state, 'ok')
  assert.equal(valueFor(urgent, [{ priority: 'normal' }]).state, 'none')
})

test('times are compared in minutes to the millisecond, money in cents, a blank meets no comparison', () => {
  const slow = (comparison: Condition['comparison'], value: string) =>
    counted({ kind: 'count' }, [{ field: 'receivedAt', until: 'respondedAt', comparison, values: [value] }])
  const after = (ms: number | null) => ({ respondedAt: ms === null ? null : received + ms })
  const met = (definition: OwnDefinition, ms: number | null) => of(definition, after(ms))[0] !== undefined
  assert.deepEqual(
    [30 * minute - 1, 30 * minute, 30 * minute + 1, null, -1].map((ms) => [
      met(slow('<', '30'), ms),
      met(slow('<=', '30'), ms),
      met(slow('>', '30'), ms),
      met(slow('>=', '30'), ms),
    ]),
    [
      [true, true, false, false],
      [false, true, false, true],
      [false, false, true, true],
      [false, false, false, false],
      [false, false, false, false],
    ],
  )
  const dear = counted({ kind: 'count' }, [{ field: 'cost', comparison: '>', values: ['99.995'] }])
  assert.deepEqual(of(dear, { cost: '99.99' }, { cost: '100.00' }, { cost: null }), [
    undefined,
    on(0),
    undefined,
  ])
})

test('sums and means are exact in their parts; a record without the number is missing, not zero', () => {
  const cost = counted({ kind: 'sum', of: { field: 'cost' } })
  const orders = [{ cost: '0.10' }, { cost: '0.20' }, { cost: '-0.05' }, { cost: null }]
  assert.deepEqual(of(cost, ...orders), [on(10), on(20), on(-5), lacking])
  const sum = valueFor(cost, orders, 10)
  assert.deepEqual([sum.value, sum.exact, sum.n, sum.interval, sum.state], [0.25, [25, 100], 3, null, 'ok'])
  const alone = valueFor(cost, [{ cost: null }])
  assert.deepEqual([alone.state, alone.missing], ['incomputable', ['cost']])
  const repair = counted({ kind: 'mean', of: { field: 'startedAt', until: 'resolvedAt' } }, [], {
    day: 'resolvedAt',
    timeUnit: 'h',
  })
  const mean = valueFor(
    repair,
    [1, 2, 6].map((h) => ({ startedAt: received, resolvedAt: received + h * hour })),
  )
  assert.deepEqual([mean.value, mean.n, mean.p50], [3, 3, mean.p50])
  assert.ok(Math.abs((mean.p50 ?? 0) / 2 - 1) <= 0.02)
})

test('a share counts those that meet more; a ratio divides two sums, not the ratios', () => {
  const phone = counted({
    kind: 'share',
    meeting: [{ field: 'channel', comparison: 'is', values: ['phone'] }],
  })
  const share = valueFor(phone, [
    { channel: 'phone' },
    { channel: 'web' },
    { channel: null },
    { channel: 'phone' },
  ])
  assert.deepEqual([share.value, share.numerator, share.denominator], [50, 2, 4])
  const perContact = counted({ kind: 'ratio', of: { field: 'cost' }, per: { field: 'contactCount' } })
  const orders = [
    { cost: '10.00', contactCount: 1 },
    { cost: '20.00', contactCount: 5 },
    { cost: '5.00', contactCount: 0 },
    { cost: '5.00', contactCount: null },
  ]
  assert.deepEqual(of(perContact, ...orders), [on(1000, 1), on(2000, 5), on(500, 0), lacking])
  const ratio = valueFor(perContact, orders)
  // 35 ÷ 6, of three records.
  assert.deepEqual(
    [ratio.value, ratio.exact, ratio.n, ratio.records, ratio.numerator, ratio.denominator, ratio.interval],
    [5.833333, [3500, 600], 3, 3, 35, 6, null],
  )
  assert.equal(valueFor(perContact, orders, 4).state, 'few')
  const nothingBelow = valueFor(perContact, [{ cost: '5.00', contactCount: 0 }])
  assert.deepEqual([nothingBelow.value, nothingBelow.exact], [null, null])
})

test('a percentile is the discrete one within 2 %, a single whole number exactly, with its interval', () => {
  const contacts = counted({ kind: 'percentile', of: { field: 'contactCount' }, percent: 90 })
  const orders = [1, 1, 1, 2, 2, 3, 3, 4, 5, 9].map((contactCount) => ({ contactCount }))
  const found = valueFor(contacts, orders)
  // The ⌈0.9 · 10⌉ = 9th of ten.
  assert.deepEqual([found.value, found.n], [5, 10])
  // Ranks 9 ± 1.86: the 7th and the last.
  assert.deepEqual(found.interval?.map(Math.round), [3, 9])
  const median = counted({
    kind: 'percentile',
    of: { field: 'receivedAt', until: 'respondedAt' },
    percent: 50,
  })
  const waits = [1, 5, 7, 30, 600].map((m) => ({ respondedAt: received + m * minute }))
  assert.ok(Math.abs((valueFor(median, waits).value ?? 0) / 7 - 1) <= 0.02)
})

test('a net promoter score of one’s own counts as the built-in one does', () => {
  const own: OwnDefinition = {
    ...counted({ kind: 'nps', of: { field: 'recommend' } }, [], { facts: 'response', day: 'submittedAt' }),
  }
  checkDefinition(own)
  for (const recommend of [0, 6, 7, 8, 9, 10, null]) {
    const { nps, own_sketched_1 } = sharesOf('response', { ...rating, recommend }, compiled(own))
    assert.deepEqual(own_sketched_1, recommend === null ? lacking : nps)
  }
})

test('what cannot be counted is refused with its place', () => {
  const place = (definition: OwnDefinition) => {
    try {
      checkDefinition(definition)
    } catch (error) {
      assert.ok(error instanceof Refusal && error.code === 'definition_unusable')
      return error.detail.place
    }
    return undefined
  }
  const when = (one: Partial<Condition>) =>
    counted({ kind: 'count' }, [{ field: 'cost', comparison: '>', values: ['1'], ...one }])
  assert.equal(place(when({})), undefined)
  assert.equal(place(when({ field: 'nothing' })), 'where.0')
  assert.equal(place(when({ values: [] })), 'where.0')
  assert.equal(place(when({ values: ['很多'] })), 'where.0')
  assert.equal(place(when({ values: ['1', '2'] })), 'where.0')
  assert.equal(place(when({ comparison: 'filled' })), 'where.0')
  assert.equal(place(when({ field: 'faultLevel' })), 'where.0')
  assert.equal(place(when({ field: 'resolvedAt' })), 'where.0')
  assert.equal(place(when({ field: 'receivedAt', until: 'receivedAt' })), 'where.0')
  assert.equal(place(counted({ kind: 'count' }, [], { day: 'reopenedAt' })), 'day')
  assert.equal(place(counted({ kind: 'sum', of: { field: 'channel' } })), 'aggregate.of')
  assert.equal(place(counted({ kind: 'sum', of: { field: '__proto__' } })), 'aggregate.of')
  assert.equal(place(counted({ kind: 'percentile', of: { field: 'cost' }, percent: 50 })), 'aggregate.of')
  assert.equal(place(counted({ kind: 'nps', of: { field: 'cost' } })), 'aggregate.of')
  const ratio = (field: string, per: string) => counted({ kind: 'ratio', of: { field }, per: { field: per } })
  assert.equal(place(ratio('cost', 'contactCount')), undefined)
  assert.equal(place(ratio('contactCount', 'cost')), 'aggregate.per')
})

test('a definition reads as a sentence', () => {
  const { zh, en } = formulaOf(
    counted({ kind: 'mean', of: { field: 'receivedAt', until: 'respondedAt' } }, [
      { field: 'channel', comparison: 'is', values: ['phone', 'chat'] },
      { field: 'cost', comparison: '>=', values: ['100'] },
    ]),
  )
  assert.equal(
    zh,
    'Σ（首次响应时间−受理时间）÷记录数；工单中渠道为电话或在线客服且费用≥100元的，计入受理时间当日',
  )
  assert.equal(
    en,
    'Σ (first response − received) ÷ records; work orders with channel is Phone or Chat and cost ≥ 100 CNY, on the day of received',
  )
})

test('every field that is offered stands in the facts of its kind, and so do the days', () => {
  // One of each field: what `read` makes of any row at all.
  const some = { text: () => '7', uuid: () => 'id', instant: () => 7, int: () => 7, bool: () => true }
  for (const kind of factKinds) {
    const fact = measuredKinds[kind].read(some)
    for (const { key } of ownFields[kind]) assert.notEqual(readerOf(kind, key)(fact), null, `${kind}.${key}`)
    for (const key of ownDays[kind]) assert.equal(readerOf(kind, key)(fact), 7, `${kind}.${key}`)
  }
})
