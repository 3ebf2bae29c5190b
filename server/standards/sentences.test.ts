import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ruleSentence, short, targetText } from './sentences.ts'
import type { Rule, Target } from './shapes.ts'

const low: Target = { operator: '<=', value: '30' }
const high: Target = { operator: '>=', value: '90.0' }

test('targets and rules are said in both languages', () => {
  assert.deepEqual(targetText(low, 'min'), { zh: '≤30分钟', en: '≤ 30 min' })
  assert.deepEqual(targetText(high, '%'), { zh: '≥90%', en: '≥ 90%' })
  const deduct: Rule = { kind: 'deduct', points: '1', per: '5', step: 'whole' }
  assert.deepEqual(ruleSentence(deduct, low, 'min'), {
    zh: '每超5分钟扣1分,扣完为止',
    en: '1 off per 5 min over, down to 0',
  })
  assert.deepEqual(ruleSentence({ ...deduct, points: '0.50', per: '1', step: 'started' }, high, '%'), {
    zh: '每低1%扣0.5分(不足一步按一步)',
    en: '0.5 off per 1% below (a part step counts as one)',
  })
  const bands: Rule = {
    kind: 'bands',
    bands: [
      { from: '80', score: '6' },
      { from: '90', score: '10' },
    ],
  }
  assert.deepEqual(ruleSentence(bands, high, '%'), {
    zh: '≥90%得10分,≥80%得6分,其余得0分',
    en: '≥ 90%: 10, ≥ 80%: 6, otherwise 0',
  })
  assert.deepEqual(ruleSentence({ kind: 'between', floor: '70' }, high, '%'), {
    zh: '70%得0分,90%得10分,其间按比例',
    en: '0 at 70%, 10 at 90%, in proportion between',
  })
})

test('zeros a column adds are dropped, others kept', () => {
  assert.deepEqual(['25.0000', '4.50', '100', '0.0', '10.05'].map(short), ['25', '4.5', '100', '0', '10.05'])
})
