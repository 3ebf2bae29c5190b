import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dues, type LimitScope, timeLimit } from './limits.ts'
import { packs } from './packs.ts'
import type { TimeLimit } from './shapes.ts'

const limit = (clock: TimeLimit['clock'], minutes: number, scope: Partial<TimeLimit> = {}): TimeLimit => ({
  clock,
  seconds: minutes * 60,
  runs: 'always',
  priority: '',
  complexity: '',
  channel: '',
  ...scope,
})
const unknown: LimitScope = { priority: null, complexity: null, channel: null }

test('the most specific limit that fits wins, whatever the order of rows', () => {
  const limits = [
    limit('response', 30),
    limit('response', 15, { channel: 'phone' }),
    limit('response', 5, { priority: 'urgent', channel: 'phone' }),
    limit('response', 10, { priority: 'urgent' }),
  ]
  for (const rows of [limits, limits.toReversed()]) {
    assert.equal(timeLimit(rows, 'response', unknown), 30 * 60)
    assert.equal(timeLimit(rows, 'response', { ...unknown, channel: 'phone' }), 15 * 60)
    assert.equal(timeLimit(rows, 'response', { ...unknown, priority: 'urgent', channel: 'mail' }), 10 * 60)
    assert.equal(timeLimit(rows, 'response', { ...unknown, priority: 'urgent', channel: 'phone' }), 5 * 60)
    assert.equal(timeLimit(rows, 'start', unknown), null)
  }
  const tie = [limit('start', 60, { priority: 'urgent' }), limit('start', 40, { channel: 'phone' })]
  for (const rows of [tie, tie.toReversed()])
    assert.equal(timeLimit(rows, 'start', { ...unknown, priority: 'urgent', channel: 'phone' }), 40 * 60)
})

test('the clocks of the general pack', () => {
  const limits = packs.find(({ name }) => name === 'general')?.timeLimits ?? []
  const receivedAt = Date.UTC(2024, 4, 1)
  const minutes = (scope: Partial<LimitScope>) => {
    const due = dues(limits, { ...unknown, ...scope, receivedAt })
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
  assert.equal(timeLimit(limits, 'response', unknown), 15 * 60)
  assert.equal(timeLimit(limits, 'response', { ...unknown, priority: 'urgent' }), 5 * 60)
})

test('a chat is answered within ten seconds: limits count seconds', () => {
  const chat = { ...limit('response', 1, { channel: 'chat' }), seconds: 10 }
  const receivedAt = Date.UTC(2024, 4, 1)
  assert.equal(dues([chat], { ...unknown, channel: 'chat', receivedAt }).responseDueAt, receivedAt + 10_000)
})
