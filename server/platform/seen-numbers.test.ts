import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seenNumbers } from './seen-numbers.ts'

test('a number that was added is known; of the others, among a million, hardly one in ten thousand is taken for it', () => {
  const seen = seenNumbers()
  const number = (i: number) => `SR2024-${String(i).padStart(8, '0')}`
  for (let i = 0; i < 1_000_000; i++) seen.add(number(i))
  let mistaken = 0
  for (let i = 0; i < 100_000; i++) {
    assert.ok(seen.mayHave(number(i * 10)))
    if (seen.mayHave(number(1_000_000 + i))) mistaken++
  }
  assert.ok(mistaken < 10, `${mistaken} of 100,000`)
})
