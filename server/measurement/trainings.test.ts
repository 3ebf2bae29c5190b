import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TrainingFact } from '../staff/training-fact.ts'
import { at, sharesOf } from './testing/facts.ts'

const blank: TrainingFact = {
  unitId: 'u',
  agentId: 'a',
  productId: null,
  category: null,
  subcategory: null,
  channel: null,
  priority: null,
  kind: 'training',
  heldAt: at('05-10T10:00:00'),
  hours: null,
  score: null,
  passed: null,
  excludedReason: null,
}
const of = (changed: Partial<TrainingFact>) => sharesOf('training', { ...blank, ...changed })

test('hours of a training count in ms, those of an exam nowhere', () => {
  // 7.5 h = 27,000 s; 8.3333 h = 29,999.88 s.
  assert.deepEqual(of({ hours: '7.5' }), { training_hours: [['05-10', 27_000_000, 1, 0]] })
  assert.deepEqual(of({ hours: '8.3333' }), { training_hours: [['05-10', 29_999_880, 1, 0]] })
  assert.deepEqual(of({ hours: '0' }), { training_hours: [['05-10', 0, 1, 0]] })
  assert.deepEqual(of({ kind: 'exam', hours: '2', passed: true }), { exam_passed: [['05-10', 1, 1, 0]] })
})

test('passed or not is one each; a score without a verdict and an exam without a result lack it', () => {
  assert.deepEqual(of({ kind: 'exam', passed: false, score: '59' }), { exam_passed: [['05-10', 0, 1, 0]] })
  assert.deepEqual(of({ kind: 'exam', score: '59' }), { exam_passed: [['05-10', 0, 0, 1]] })
  assert.deepEqual(of({ kind: 'exam' }), { exam_passed: [['05-10', 0, 0, 1]] })
  assert.deepEqual(of({ hours: '1', score: '59' }).exam_passed, [['05-10', 0, 0, 1]])
  assert.deepEqual(of({ hours: '1' }).exam_passed, undefined)
  assert.deepEqual(of({ hours: '1', passed: true, excludedReason: '重复' }), {})
})

test('a training counts on the local day it took place', () => {
  const last = at('05-31T23:59:59.999')
  assert.deepEqual(of({ heldAt: last, hours: '1' }).training_hours, [['05-31', 3_600_000, 1, 0]])
  assert.deepEqual(of({ heldAt: last + 1, hours: '1' }).training_hours, [['06-01', 3_600_000, 1, 0]])
})
