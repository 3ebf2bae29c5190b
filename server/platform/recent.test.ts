import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recent } from './recent.ts'

test('what was kept longest ago makes room; kept again, it stays', () => {
  const some = recent<number>(2)
  some.keep('a', 1)
  some.keep('b', 2)
  some.keep('a', 3)
  some.keep('c', 4)
  assert.deepEqual([some.get('a'), some.get('b'), some.get('c')], [3, undefined, 4])
  some.drop('a')
  some.keep('d', 5)
  assert.deepEqual([some.get('a'), some.get('c'), some.get('d')], [undefined, 4, 5])
})
