import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WorkOrderFact } from '../cases/work-order-fact.ts'
import type { RatingFact } from '../surveys/rating-fact.ts'
import type { Tally } from './tallies.ts'
import { at, day, hour, minute, order, rating, received, sharesOf } from './testing/facts.ts'

const one = (tally: Tally, changed: Partial<WorkOrderFact>) =>
  sharesOf('work_order', { ...order, ...changed })[tally]
const rated = (changed: Partial<RatingFact>) => sharesOf('response', { ...rating, ...changed })

const limits = [
  ['response_in_time', 'respondedAt', 'responseDueAt'],
  ['start_in_time', 'startedAt', 'startDueAt'],
  ['plan_in_time', 'planConfirmedAt', 'planDueAt'],
  ['resolution_in_time', 'resolvedAt', 'resolutionDueAt'],
] as const

for (const [tally, done, due] of limits) {
  const limit = received + 30 * minute
  test(`${tally}: on the limit is in time, one ms over is late`, () => {
    assert.deepEqual(one(tally, { [done]: limit, [due]: limit }), [['05-10', 1, 1, 0]])
    assert.deepEqual(one(tally, { [done]: limit + 1, [due]: limit }), [['05-10', 0, 1, 0]])
  })

  test(`${tally}: open counts from the instant its limit has passed, on the day of the limit`, () => {
    const tomorrow = at('05-11T00:00:00')
    assert.equal(one(tally, { [due]: tomorrow, clockAt: tomorrow - 1 }), undefined)
    assert.deepEqual(one(tally, { [due]: tomorrow, clockAt: tomorrow }), [['05-11', 0, 1, 0]])
    assert.deepEqual(one(tally, { [due]: tomorrow - 1, clockAt: tomorrow }), [['05-10', 0, 1, 0]])
  })

  test(`${tally}: done late stays on the day of the limit, done early counts on its own day`, () => {
    const two = at('05-12T09:00:00')
    assert.deepEqual(one(tally, { [done]: two + 3 * day, [due]: two }), [['05-12', 0, 1, 0]])
    assert.deepEqual(one(tally, { [done]: two - day, [due]: two }), [['05-11', 1, 1, 0]])
  })

  test(`${tally}: nothing without a limit, nor when done before the receipt`, () => {
    assert.equal(one(tally, { [done]: limit }), undefined)
    assert.equal(one(tally, { [done]: received - 1, [due]: limit }), undefined)
  })
}

test("the source's own verdict stands above the comparison, also without a limit or before it passes", () => {
  const limit = received + hour
  for (const [tally, done, due, verdict] of [
    ['response_in_time', 'respondedAt', 'responseDueAt', 'responseInTime'],
    ['resolution_in_time', 'resolvedAt', 'resolutionDueAt', 'resolutionInTime'],
  ] as const) {
    assert.deepEqual(one(tally, { [done]: limit - 1, [due]: limit, [verdict]: false }), [['05-10', 0, 1, 0]])
    assert.deepEqual(one(tally, { [done]: limit + 1, [due]: limit, [verdict]: true }), [['05-10', 1, 1, 0]])
    assert.deepEqual(one(tally, { [verdict]: true }), [['05-10', 1, 1, 0]])
    assert.deepEqual(one(tally, { [done]: received + day, [verdict]: false }), [['05-11', 0, 1, 0]])
    const open = { [due]: received + 2 * day, [verdict]: false, clockAt: received }
    assert.deepEqual(one(tally, open), [['05-12', 0, 1, 0]])
  }
})

test('the day is the local one: 23:59:59.999 is today, 00:00 tomorrow', () => {
  const last = at('05-31T23:59:59.999')
  for (const [instant, on] of [
    [last, '05-31'],
    [last + 1, '06-01'],
  ] as const) {
    const shares = sharesOf('work_order', {
      ...order,
      receivedAt: instant,
      occurredAt: instant,
      respondedAt: instant + minute,
      requiredFields: 6,
      filledFields: 4,
    })
    assert.deepEqual(shares, {
      first_response: [[on, minute, 1, 0]],
      fcr_all: [[on, 0, 1, 0]],
      resolved_share: [[on, 0, 1, 0]],
      complaint_share: [[on, 0, 0, 1]],
      completeness: [[on, 4, 6, 0]],
    })
    assert.deepEqual(one('resolution', { resolvedAt: instant }), [[on, instant - received, 1, 0]])
    assert.deepEqual(rated({ at: instant, overall: '5' }).csat, [[on, 1, 1, 0]])
  }
})

test('durations: zero counts, a negative one is left out, an absent end is missing', () => {
  const resolved = received + 5 * hour
  assert.deepEqual(one('first_response', { respondedAt: received }), [['05-10', 0, 1, 0]])
  assert.equal(one('first_response', { respondedAt: received - 1 }), undefined)
  assert.equal(one('first_response', {}), undefined)
  assert.deepEqual(one('first_response', { resolvedAt: resolved }), [['05-10', 0, 0, 1]])

  assert.deepEqual(one('handling', { startedAt: received + hour, resolvedAt: resolved }), [
    ['05-10', 4 * hour, 1, 0],
  ])
  assert.equal(one('handling', { startedAt: resolved + 1, resolvedAt: resolved }), undefined)
  assert.deepEqual(one('handling', { resolvedAt: resolved }), [['05-10', 0, 0, 1]])
  assert.equal(one('handling', { startedAt: received }), undefined)

  assert.deepEqual(one('resolution', { resolvedAt: resolved }), [['05-10', 5 * hour, 1, 0]])
  assert.equal(one('resolution', { resolvedAt: received - 1 }), undefined)
  assert.deepEqual(one('resolution', { receivedAt: null, resolvedAt: resolved }), [['05-10', 0, 0, 1]])

  const repair = { category: 'repair', resolvedAt: resolved }
  assert.deepEqual(one('fault_repair', { ...repair, faultIdentifiedAt: received + hour }), [
    ['05-10', 4 * hour, 1, 0],
  ])
  assert.equal(one('fault_repair', { ...repair, faultIdentifiedAt: resolved + 1 }), undefined)
  assert.deepEqual(one('fault_repair', repair), [['05-10', 0, 0, 1]])
  assert.equal(one('fault_repair', { ...repair, category: 'consult' }), undefined)
})

test('a solved order whose start or plan is not known is missing, never a timeout', () => {
  const due = received + 2 * day
  const resolved = received + day
  for (const [tally, limit] of [
    ['start_in_time', 'startDueAt'],
    ['plan_in_time', 'planDueAt'],
  ] as const) {
    assert.deepEqual(one(tally, { [limit]: due, resolvedAt: resolved }), [['05-11', 0, 0, 1]])
    assert.deepEqual(one(tally, { [limit]: due, resolvedAt: due + day }), [['05-12', 0, 0, 1]])
  }
})

test('first contact: one contact, no re-opening, no coming back; an unknown count is missing', () => {
  const resolved = { resolvedAt: received + day, contactCount: 1 }
  const both = (changed: Partial<WorkOrderFact>) => {
    const shares = sharesOf('work_order', { ...order, ...resolved, ...changed })
    return [shares.first_contact, shares.fcr_all]
  }
  const counted = (value: number) => [[['05-11', value, 1, 0]], [['05-10', value, 1, 0]]]
  assert.deepEqual(both({}), counted(1))
  assert.deepEqual(both({ contactCount: 2 }), counted(0))
  assert.deepEqual(both({ contactCount: 0 }), counted(0))
  assert.deepEqual(both({ reopenCount: 1 }), counted(0))
  assert.deepEqual(both({ reopenCount: 0 }), counted(1))
  assert.deepEqual(both({ repeatedAt: received + 2 * day }), counted(0))
  assert.deepEqual(both({ contactCount: null }), [[['05-11', 0, 0, 1]], [['05-10', 0, 0, 1]]])
  assert.deepEqual(both({ resolvedAt: null }), [undefined, [['05-10', 0, 1, 0]]])
  assert.deepEqual(both({ resolvedAt: null, contactCount: null }), [undefined, [['05-10', 0, 1, 0]]])
})

test('re-opened: within seven days to the ms; later it is not, unless there was a second time', () => {
  const resolvedAt = received + day
  const both = (changed: Partial<WorkOrderFact>) => {
    const shares = sharesOf('work_order', { ...order, resolvedAt, ...changed })
    return [shares.reopened, shares.resolved_share]
  }
  const reopened = [[['05-11', 1, 1, 0]], [['05-10', 0, 1, 0]]]
  const stayed = [[['05-11', 0, 1, 0]], [['05-10', 1, 1, 0]]]
  assert.deepEqual(both({}), stayed)
  assert.deepEqual(both({ reopenedAt: resolvedAt + 7 * day, reopenCount: 1 }), reopened)
  assert.deepEqual(both({ reopenedAt: resolvedAt + 7 * day + 1, reopenCount: 1 }), stayed)
  assert.deepEqual(both({ reopenedAt: resolvedAt + 7 * day + 1, reopenCount: 2 }), reopened)
  assert.deepEqual(both({ reopenCount: 1 }), reopened)
  assert.deepEqual(both({ reopenCount: 0 }), stayed)
  assert.deepEqual(both({ resolvedAt: null }), [undefined, [['05-10', 0, 1, 0]]])
})

test('completeness: filled of required, on the day of the first time', () => {
  assert.deepEqual(one('completeness', { requiredFields: 9, filledFields: 9 }), [['05-10', 9, 9, 0]])
  assert.deepEqual(one('completeness', { requiredFields: 6, filledFields: 0 }), [['05-10', 0, 6, 0]])
  assert.equal(one('completeness', { requiredFields: 0 }), undefined)
  const early = { requiredFields: 6, filledFields: 1, occurredAt: received - day }
  assert.deepEqual(one('completeness', early), [['05-09', 1, 6, 0]])
  assert.deepEqual(one('completeness', { ...early, receivedAt: null }), [['05-09', 1, 6, 0]])
})

test('scores: 4.0 satisfies, 3.9 does not; each dimension in tenths; an unanswered one gives nothing', () => {
  const both = (overall: string) => [rated({ overall }).experience, rated({ overall }).csat]
  assert.deepEqual(both('4'), [[['05-10', 40, 1, 0]], [['05-10', 1, 1, 0]]])
  assert.deepEqual(both('4.0'), both('4'))
  assert.deepEqual(both('3.9'), [[['05-10', 39, 1, 0]], [['05-10', 0, 1, 0]]])
  assert.deepEqual(both('0'), [[['05-10', 0, 1, 0]], [['05-10', 0, 1, 0]]])
  const each = { responseSpeed: '4.1', resolutionEfficiency: '3', attitude: '5', professionalism: '2.7' }
  assert.deepEqual(rated(each), {
    response_speed: [['05-10', 41, 1, 0]],
    resolution_efficiency: [['05-10', 30, 1, 0]],
    attitude: [['05-10', 50, 1, 0]],
    professionalism: [['05-10', 27, 1, 0]],
  })
  assert.deepEqual(rated({}), {})
})

test('net promoter score: 9 and 10 promote, 7 and 8 are neutral, 6 and below detract', () => {
  const values = [10, 9, 8, 7, 6, 0].map((recommend) => rated({ recommend }).nps)
  assert.deepEqual(
    values,
    [1, 1, 0, 0, -1, -1].map((value) => [['05-10', value, 1, 0]]),
  )
})

test('an excluded fact gives nothing at all', () => {
  const full = { respondedAt: received + 1, resolvedAt: received + 2, contactCount: 1, requiredFields: 6 }
  const shares = sharesOf('work_order', {
    ...order,
    ...full,
    responseDueAt: received,
    excludedReason: '测试单',
  })
  assert.deepEqual(shares, {})
  assert.deepEqual(rated({ overall: '5', recommend: 10, excludedReason: '' }), {})
})
