import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type EventRow, orderOfEvents } from './events.ts'

/** One letter an event, an hour apart: r responded, s resolved, o reopened, w work, c closed. */
const log = (letters: string): EventRow[] =>
  [...letters].map((letter, i) => ({
    caseId: 'C1',
    at: i * 3_600_000,
    activity: letter,
    actor: '',
    meaning: { r: 'responded', s: 'resolved', o: 'reopened', c: 'closed', R: 'received' }[letter] ?? null,
    line: i + 2,
  }))
const hours = (value: unknown) => (typeof value === 'number' ? value / 3_600_000 : value)

test('the first event is the receipt unless one says so; the first response and resolution count', () => {
  const order = orderOfEvents(log('wrwsc'))
  assert.deepEqual(
    [order.received_at, order.responded_at, order.resolved_at, order.closed_at].map(hours),
    [0, 1, 3, 4],
  )
  assert.equal(hours(orderOfEvents(log('wRr')).received_at), 1)
  assert.equal(orderOfEvents(log('w')).resolved_at, null)
})

test('resolved again after work is a re-opening, when that work began; resolved twice in a row is none', () => {
  const cases = { wss: 0, wsws: 1, wswwsws: 2, wsc: 0, wscs: 1, wsos: 1, wsows: 1, wsw: 0, os: 0 }
  for (const [letters, count] of Object.entries(cases))
    assert.equal(orderOfEvents(log(letters)).reopen_count, count, letters)
  assert.equal(hours(orderOfEvents(log('wswwsws')).reopened_at), 2)
  assert.equal(hours(orderOfEvents(log('wsws')).resolved_at), 1)
  assert.equal(orderOfEvents(log('wsw')).reopened_at, null)
})
