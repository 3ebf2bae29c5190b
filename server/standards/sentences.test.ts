import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ratio, toDecimal } from '../platform/ratio.ts'
import { parseRuleSentence, ruleSentence, short, targetText } from './sentences.ts'
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

test('a sentence typed by hand is read; one that is not clear is left to a person', () => {
  assert.deepEqual(parseRuleSentence('每超 5 分钟扣 1 分，扣完为止。'), {
    rule: { kind: 'deduct', points: '1', per: '5', step: 'whole' },
    operator: '<=',
  })
  assert.deepEqual(parseRuleSentence('每低于１％扣０.５分'), {
    rule: { kind: 'deduct', points: '0.5', per: '1', step: 'whole' },
    operator: '>=',
  })
  for (const text of ['', '每超分钟扣1分', '每超0分钟扣1分', '每超5.5.5分钟扣1分', '酌情扣分', '1 off'])
    assert.equal(parseRuleSentence(text), undefined, text)
})

test('zeros a column adds are dropped, others kept', () => {
  assert.deepEqual(['25.0000', '4.50', '100', '0.0', '10.05'].map(short), ['25', '4.5', '100', '0', '10.05'])
})

test('what is said is read back the same, in both languages', () => {
  const decimal = fc.integer({ min: 1, max: 100_000 }).map((n) => short(toDecimal(ratio(n, 100), 2)))
  const rule: fc.Arbitrary<Rule> = fc.oneof(
    fc.constant<Rule>({ kind: 'pass_fail' }),
    fc.record(
      {
        kind: fc.constant('deduct' as const),
        points: decimal,
        per: decimal,
        step: fc.constantFrom('whole', 'linear', 'started'),
      },
      { noNullPrototype: true },
    ),
  )
  const operator = fc.constantFrom<Target['operator']>('<=', '>=')
  fc.assert(
    fc.property(
      rule,
      operator,
      fc.constantFrom('min', 'h', '%', 'points', 'count', '元'),
      (r, side, unit) => {
        const said = ruleSentence(r, { operator: side, value: '5' }, unit)
        const expected = r.kind === 'deduct' ? { rule: r, operator: side } : { rule: r }
        assert.deepEqual(parseRuleSentence(said.zh), expected, said.zh)
        assert.deepEqual(parseRuleSentence(said.en), expected, said.en)
      },
    ),
    { numRuns: 300 },
  )
})
