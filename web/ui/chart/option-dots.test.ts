import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dotsOption } from './option-dots.ts'
import type { Dots } from './picture.ts'

const firm = { name: '一组', value: 4.2, interval: [3.9, 4.5] as const }
const few = { name: '二组', value: 4.5, interval: [-1.9, 10.9] as const, hollow: true, pale: true }
const endsOf = (points: Dots['points']) => {
  const { xAxis } = dotsOption({ kind: 'dots', points, format: String }, null)
  const { min, max } = xAxis as { min: number; max: number }
  return [min, max].map((end) => Math.round(end * 100) / 100)
}

test('the doubt about two records does not squeeze what the others say; its whisker ends at the edge', () => {
  assert.deepEqual(endsOf([firm, few]), endsOf([firm, { ...few, interval: null }]))
  const { series } = dotsOption({ kind: 'dots', points: [firm, few], format: String }, null)
  assert.equal((series as { id: string; clip?: boolean }[]).find(({ id }) => id === 'whiskers')?.clip, true)
})

test('where all are of few records the scale holds all of their doubt', () => {
  assert.deepEqual(endsOf([few]), [-2.92, 11.92])
})
