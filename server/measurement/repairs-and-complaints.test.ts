import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WorkOrderFact } from '../cases/work-order-fact.ts'
import type { Tally } from './tallies.ts'
import { at, day, hour, minute, order, received, sharesOf } from './testing/facts.ts'

const repair: WorkOrderFact = { ...order, category: 'repair' }
const complaint: WorkOrderFact = { ...order, category: 'complaint' }
const of = (fact: WorkOrderFact, tally: Tally, changed: Partial<WorkOrderFact> = {}) =>
  sharesOf('work_order', { ...fact, ...changed })[tally]
const resolvedAt = received + 5 * hour

test('solved remotely or by self-service as the resolution mode says; without one the order lacks it', () => {
  const modes: [mode: string, remote: number, selfService: number][] = [
    ['远程解决', 1, 0],
    ['Solved Remotely (Permanently)', 1, 0],
    ['remote', 1, 0],
    ['自助服务', 0, 1],
    ['客户自行解决', 0, 1],
    ['Self-service', 0, 1],
    ['self_service', 0, 1],
    ['上门维修', 0, 0],
    ['Myself and others', 0, 0],
  ]
  for (const [resolutionMode, remote, selfService] of modes) {
    const shares = sharesOf('work_order', { ...order, resolvedAt, resolutionMode })
    assert.deepEqual(shares.remote, [['05-10', remote, 1, 0]], resolutionMode)
    assert.deepEqual(shares.self_service, [['05-10', selfService, 1, 0]], resolutionMode)
  }
  assert.deepEqual(of(order, 'remote', { resolvedAt }), [['05-10', 0, 0, 1]])
  assert.deepEqual(of(order, 'self_service', { resolvedAt }), [['05-10', 0, 0, 1]])
  assert.equal(of(order, 'remote', { resolutionMode: '远程' }), undefined)
})

test('the cost of a resolved order counts in cents, exactly; a refund lowers it, an absurd amount is left out', () => {
  for (const [cost, cents] of [
    ['120.5', 12050],
    ['0', 0],
    ['0.1', 10],
    ['99.999', 9999],
    ['-30.25', -3025],
    ['1000000000', 100_000_000_000],
  ] as const)
    assert.deepEqual(of(order, 'cost', { resolvedAt, cost }), [['05-10', cents, 1, 0]], cost)
  assert.equal(of(order, 'cost', { resolvedAt, cost: '1000000000.01' }), undefined)
  assert.deepEqual(of(order, 'cost', { resolvedAt }), [['05-10', 0, 0, 1]])
  assert.equal(of(order, 'cost', { cost: '5' }), undefined)
})

test('a repair that ended counts on the day it was closed, repaired unless given up or re-opened', () => {
  const closedAt = at('05-31T23:59:59.999')
  assert.deepEqual(of(repair, 'repaired', { resolvedAt, closedAt }), [['05-31', 1, 1, 0]])
  assert.deepEqual(of(repair, 'repaired', { resolvedAt, closedAt: closedAt + 1 }), [['06-01', 1, 1, 0]])
  assert.deepEqual(of(repair, 'repaired', { resolvedAt }), [['05-10', 1, 1, 0]])
  assert.deepEqual(of(repair, 'repaired', { closedAt }), [['05-31', 0, 1, 0]])
  assert.deepEqual(of(repair, 'repaired', { resolvedAt, reopenedAt: resolvedAt + 7 * day }), [
    ['05-10', 0, 1, 0],
  ])
  assert.deepEqual(of(repair, 'repaired', { resolvedAt, reopenedAt: resolvedAt + 7 * day + 1 }), [
    ['05-10', 1, 1, 0],
  ])
  assert.equal(of(repair, 'repaired'), undefined)
  assert.equal(of(complaint, 'repaired', { resolvedAt, closedAt }), undefined)
  assert.equal(of(repair, 'repaired', { resolvedAt, excludedReason: '测试单' }), undefined)
})

test('a repeated fault and a repeated complaint count on the recurrence; who or what it was must be known', () => {
  assert.deepEqual(of(repair, 'repeat_fault', { faultBefore: true }), [['05-10', 1, 1, 0]])
  assert.deepEqual(of(repair, 'repeat_fault', { faultBefore: false }), [['05-10', 0, 1, 0]])
  assert.deepEqual(of(repair, 'repeat_fault'), [['05-10', 0, 0, 1]])
  assert.equal(of(complaint, 'repeat_fault', { faultBefore: true }), undefined)
  assert.equal(of(repair, 'repeat_fault', { faultBefore: true, receivedAt: null }), undefined)
  assert.deepEqual(of(complaint, 'repeat_complaint', { complaintBefore: true }), [['05-10', 1, 1, 0]])
  assert.deepEqual(of(complaint, 'repeat_complaint', { complaintBefore: false }), [['05-10', 0, 1, 0]])
  assert.deepEqual(of(complaint, 'repeat_complaint'), [['05-10', 0, 0, 1]])
  assert.equal(of(repair, 'repeat_complaint', { complaintBefore: true }), undefined)
})

test('complaints of all orders: one of a kind not known may be one', () => {
  assert.deepEqual(of(complaint, 'complaint_share'), [['05-10', 1, 1, 0]])
  assert.deepEqual(of(repair, 'complaint_share'), [['05-10', 0, 1, 0]])
  assert.deepEqual(of(order, 'complaint_share'), [['05-10', 0, 0, 1]])
  assert.equal(of(complaint, 'complaint_share', { receivedAt: null }), undefined)
})

test('the first response to a complaint: zero counts, before the receipt does not, none once settled is missing', () => {
  assert.deepEqual(of(complaint, 'complaint_response', { respondedAt: received + 20 * minute }), [
    ['05-10', 20 * minute, 1, 0],
  ])
  assert.deepEqual(of(complaint, 'complaint_response', { respondedAt: received }), [['05-10', 0, 1, 0]])
  assert.equal(of(complaint, 'complaint_response', { respondedAt: received - 1 }), undefined)
  assert.deepEqual(of(complaint, 'complaint_response', { resolvedAt }), [['05-10', 0, 0, 1]])
  assert.equal(of(repair, 'complaint_response', { respondedAt: received }), undefined)
})

test('a complaint is due once settled or past its limit, on the earlier day', () => {
  const due = at('05-12T00:00:00')
  const all = (changed: Partial<WorkOrderFact>) => {
    const { complaint_handled, complaint_in_time, complaint_accepted } = sharesOf('work_order', {
      ...complaint,
      resolutionDueAt: due,
      ...changed,
    })
    return [complaint_handled?.[0], complaint_in_time?.[0], complaint_accepted?.[0]]
  }
  const confirmed = { confirmedAt: due + day }
  // On the limit is in time, a millisecond after it is late, and both were handled.
  assert.deepEqual(all({ resolvedAt: due, ...confirmed }), [
    ['05-12', 1, 1, 0],
    ['05-12', 1, 1, 0],
    ['05-12', 1, 1, 0],
  ])
  assert.deepEqual(all({ resolvedAt: due + 1, ...confirmed }), [
    ['05-12', 1, 1, 0],
    ['05-12', 0, 1, 0],
    ['05-12', 1, 1, 0],
  ])
  assert.deepEqual(all({ resolvedAt: due - 1, ...confirmed }), [
    ['05-11', 1, 1, 0],
    ['05-11', 1, 1, 0],
    ['05-11', 1, 1, 0],
  ])
  // Open: in neither half before the limit, failing in all three from it on.
  assert.deepEqual(all({ clockAt: due - 1 }), [undefined, undefined, undefined])
  assert.deepEqual(all({ clockAt: due }), [
    ['05-12', 0, 1, 0],
    ['05-12', 0, 1, 0],
    ['05-12', 0, 1, 0],
  ])
  // Not confirmed: what the customer thought of it is not known. Re-opened: it is.
  assert.deepEqual(all({ resolvedAt: due })[2], ['05-12', 0, 0, 1])
  assert.deepEqual(all({ resolvedAt: due, reopenedAt: due + hour })[2], ['05-12', 0, 1, 0])
  // Without a limit it is due when it is settled, and in time or not nobody can say.
  assert.deepEqual(all({ resolutionDueAt: null, resolvedAt, ...confirmed }), [
    ['05-10', 1, 1, 0],
    undefined,
    ['05-10', 1, 1, 0],
  ])
  assert.deepEqual(all({ resolutionDueAt: null }), [undefined, undefined, undefined])
})
