import assert from 'node:assert/strict'
import { test } from 'node:test'
import { periodsIn, periodsText } from './periods.ts'

test('periods are read as people write them, and written one way', () => {
  const office = [
    [540, 720],
    [780, 1080],
  ]
  for (const text of [
    '09:00–12:00, 13:00–18:00',
    '9-12,13-18',
    '9:00~12:00、13：00至18：00',
    '9:00-12:00 13:00-18:00',
  ])
    assert.deepEqual(periodsIn(text), office, text)
  assert.equal(periodsText(periodsIn('9-12,13-18')!), '09:00–12:00, 13:00–18:00')
  assert.deepEqual(periodsIn('0-24'), [[0, 1440]])
  assert.deepEqual(periodsIn('  '), [])
})

test('what is no list of periods in order is not guessed at', () => {
  for (const text of ['9', '18-9', '9-12,11-13', '13-18,9-12', '9:75-12', '9-25', '22:00-02:00', 'x'])
    assert.equal(periodsIn(text), undefined, text)
})
