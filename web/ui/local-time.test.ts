import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instantOf, localOf } from './local-time.ts'

test('a time typed on the clocks of a zone is the instant, and back', () => {
  assert.equal(instantOf('2024-05-01T09:42', 'Asia/Shanghai'), '2024-05-01T01:42:00.000Z')
  assert.equal(localOf('2024-05-01T01:42:00Z', 'Asia/Shanghai'), '2024-05-01T09:42')
  // New York: the clocks went forward on 10 March 2024 at 2:00.
  assert.equal(instantOf('2024-03-10T01:30', 'America/New_York'), '2024-03-10T06:30:00.000Z')
  assert.equal(instantOf('2024-03-10T03:30', 'America/New_York'), '2024-03-10T07:30:00.000Z')
  assert.equal(instantOf('', 'Asia/Shanghai'), undefined)
})
