import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type EventRow, episodesOfEvents, orderOfEvents } from './events.ts'
import { pausesIn } from './pauses.ts'

/** One letter an event, an hour apart: r responded, s resolved, o reopened, w work, c closed, p paused, u resumed. */
const log = (letters: string): EventRow[] =>
  [...letters].map((letter, i) => ({
    caseId: 'C1',
    at: i * 3_600_000,
    activity: letter,
    actor: '',
    meaning:
      { r: 'responded', s: 'resolved', o: 'reopened', c: 'closed', R: 'received', p: 'paused', u: 'resumed' }[
        letter
      ] ?? null,
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

test('each re-opening begins an episode that the next solution ends', () => {
  const episodes = (letters: string) =>
    episodesOfEvents(log(letters)).map(({ from, to }) => [hours(from), hours(to)])
  assert.deepEqual(episodes('wsw'), [])
  assert.deepEqual(episodes('wso'), [[2, null]])
  assert.deepEqual(episodes('wsows'), [[2, 4]])
  // Opened twice without a solution between them is opened once.
  assert.deepEqual(episodes('wsoos'), [[2, 4]])
  assert.deepEqual(episodes('wswsos'), [
    [2, 3],
    [4, 5],
  ])
})

test('a pause lasts until it is resumed or work is seen to go on; one without an end lasts', () => {
  const pauses = (letters: string) =>
    pausesIn(orderOfEvents(log(letters)).pauses as string | null).map(({ from, to }) => [
      hours(from),
      hours(to),
    ])
  assert.deepEqual(pauses('wrs'), [])
  assert.deepEqual(pauses('wpur'), [[1, 2]])
  // A plain event says nothing of the work; a second pause within one is the same pause.
  assert.deepEqual(pauses('wpwpwur'), [[1, 5]])
  assert.deepEqual(pauses('wpsopu'), [
    [1, 2],
    [4, 5],
  ])
  assert.deepEqual(pauses('wpw'), [[1, null]])
  assert.deepEqual(pauses('wuu'), [])
})
