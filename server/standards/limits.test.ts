import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zone } from '../platform/time.ts'
import { dues, type LimitScope, timeLimit } from './limits.ts'
import { packs } from './packs.ts'
import type { TimeLimit } from './shapes.ts'
import { aroundTheClock } from './working-time.ts'

const limit = (clock: TimeLimit['clock'], minutes: number, scope: Partial<TimeLimit> = {}): TimeLimit => ({
  clock,
  seconds: minutes * 60,
  runs: 'always',
  priority: '',
  complexity: '',
  channel: '',
  faultLevel: '',
  ...scope,
})
const unknown: LimitScope = { priority: null, complexity: null, channel: null, faultLevel: null }
const open = { startedAt: null, planConfirmedAt: null, arrivedAt: null, resolvedAt: null, pauses: [] }
const always = () => aroundTheClock(zone('Asia/Shanghai'))

test('the most specific limit that fits wins, whatever the order of rows', () => {
  const limits = [
    limit('response', 30),
    limit('response', 15, { channel: 'phone' }),
    limit('response', 5, { priority: 'urgent', channel: 'phone' }),
    limit('response', 10, { priority: 'urgent' }),
  ]
  for (const rows of [limits, limits.toReversed()]) {
    assert.equal(timeLimit(rows, 'response', unknown)?.seconds, 30 * 60)
    assert.equal(timeLimit(rows, 'response', { ...unknown, channel: 'phone' })?.seconds, 15 * 60)
    assert.equal(
      timeLimit(rows, 'response', { ...unknown, priority: 'urgent', channel: 'mail' })?.seconds,
      10 * 60,
    )
    assert.equal(
      timeLimit(rows, 'response', { ...unknown, priority: 'urgent', channel: 'phone' })?.seconds,
      5 * 60,
    )
    assert.equal(timeLimit(rows, 'start', unknown), null)
  }
  const tie = [limit('start', 60, { priority: 'urgent' }), limit('start', 40, { channel: 'phone' })]
  for (const rows of [tie, tie.toReversed()])
    assert.equal(
      timeLimit(rows, 'start', { ...unknown, priority: 'urgent', channel: 'phone' })?.seconds,
      40 * 60,
    )
})

test('the clocks of the general pack', () => {
  const limits = packs.find(({ name }) => name === 'general')?.timeLimits ?? []
  const receivedAt = Date.UTC(2024, 4, 1)
  const minutes = (scope: Partial<LimitScope>) => {
    const due = dues(limits, { ...unknown, ...open, ...scope, receivedAt }, always)
    const after = (at: number | null) => (at === null ? null : (at - receivedAt) / 60_000)
    return [due.responseDueAt, due.startDueAt, due.planDueAt, due.resolutionDueAt].map(after)
  }
  assert.deepEqual(minutes({}), [30, null, null, 1440])
  assert.deepEqual(minutes({ priority: 'urgent' }), [30, 120, null, 1440])
  assert.deepEqual(minutes({ priority: 'important', complexity: 'complex' }), [30, 1440, 1440, 4320])
  assert.deepEqual(minutes({ priority: 'normal', complexity: 'ordinary' }), [30, 2880, null, 1440])
})

test('the hardware pack answers urgent orders within 5 minutes, the others within 15', () => {
  const limits = packs.find(({ name }) => name === 'hardware')?.timeLimits ?? []
  assert.equal(timeLimit(limits, 'response', unknown)?.seconds, 15 * 60)
  assert.equal(timeLimit(limits, 'response', { ...unknown, priority: 'urgent' })?.seconds, 5 * 60)
})

test('a chat is answered within ten seconds: limits count seconds', () => {
  const chat = { ...limit('response', 1, { channel: 'chat' }), seconds: 10 }
  const receivedAt = Date.UTC(2024, 4, 1)
  const { responseDueAt } = dues([chat], { ...unknown, ...open, channel: 'chat', receivedAt }, always)
  assert.equal(responseDueAt, receivedAt + 10_000)
})

test('somebody is on site within the limit of the fault level; an unknown level has the limit of all', () => {
  const limits = [limit('onsite', 1440), limit('onsite', 240, { faultLevel: '一级' })]
  const receivedAt = Date.UTC(2024, 4, 1)
  const hours = (faultLevel: string | null) => {
    const { onsiteDueAt } = dues(limits, { ...unknown, ...open, faultLevel, receivedAt }, always)
    return onsiteDueAt === null ? null : (onsiteDueAt - receivedAt) / 3_600_000
  }
  assert.deepEqual([hours('一级'), hours('二级'), hours(null)], [4, 24, 24])
})

test('a pause stops the clocks of the work, not the one of the first response', () => {
  const hour = 3_600_000
  const receivedAt = Date.UTC(2024, 4, 1)
  const limits = [limit('response', 30), limit('start', 120), limit('resolution', 1440)]
  const after = (record: Partial<Parameters<typeof dues>[1]>) => {
    const due = dues(limits, { ...unknown, ...open, receivedAt, ...record }, always)
    return [due.responseDueAt, due.startDueAt, due.resolutionDueAt].map((at) =>
      at === null ? null : (at - receivedAt) / hour,
    )
  }
  const at = (hours: number) => receivedAt + hours * hour
  assert.deepEqual(after({ pauses: [[at(1), at(4)]] }), [0.5, 5, 27])
  // Begun only after the start was due: it prolongs the solution alone.
  assert.deepEqual(after({ pauses: [[at(3), at(4)]] }), [0.5, 2, 25])
  assert.deepEqual(after({ pauses: [[at(1), Infinity]] }), [0.5, null, null])
  // Solved while it was paused: the pause ended then for this clock, so the limit was not passed.
  assert.deepEqual(after({ pauses: [[at(1), Infinity]], resolvedAt: at(30) }), [0.5, null, 53])
  // A pause after the solution changes nothing.
  assert.deepEqual(after({ pauses: [[at(40), Infinity]], resolvedAt: at(30) }), [0.5, 2, 24])
})
