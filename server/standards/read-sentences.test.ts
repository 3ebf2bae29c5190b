import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { add, fromDecimal, ratio, sub, toDecimal, zero } from '../platform/ratio.ts'
import { parseRuleSentence, parseTargetText } from './read-sentences.ts'
import { ruleSentence, short, targetText } from './sentences.ts'
import type { Rule, Target } from './shapes.ts'

test('targets of 表1 and targets typed by hand are read', () => {
  const read: [string, Target['operator'], string, string][] = [
    ['≤30分钟', '<=', '30', 'min'],
    ['≥90%', '>=', '90', '%'],
    ['≥4.5分', '>=', '4.5', '分'],
    ['≧ ９０ ％', '>=', '90', '%'],
    ['<= 24 h', '<=', '24', 'h'],
    ['不超过30分钟。', '<=', '30', 'min'],
    ['不低于4.50分', '>=', '4.5', '分'],
    ['24小时以内', '<=', '24', 'h'],
    ['85%及以上', '>=', '85', '%'],
    ['≥-10分', '>=', '-10', '分'],
    ['≤5台', '<=', '5', '台'],
    ['≥90', '>=', '90', ''],
  ]
  for (const [text, operator, value, unit] of read)
    assert.deepEqual(parseTargetText(text), { target: { operator, value }, unit }, text)
})

test('a target that tells no side, or a strict one, is a fault that shows the text and a way to write it', () => {
  for (const text of [
    '',
    '30分钟',
    '<30分钟',
    '≤',
    '≤1.2.3分',
    '≤≥5',
    '≤30分钟,≥5',
    '4.5~5分',
    '≤'.repeat(500),
  ]) {
    const read = parseTargetText(text)
    assert.ok('fault' in read, text)
    assert.ok(read.fault.zh.includes('≤30分钟') && read.fault.en.includes(`“${text.slice(0, 60)}”`))
  }
})

test('rules typed by hand are read with side and unit', () => {
  const deduct = (points: string, per: string, operator: Target['operator'], unit: string) => ({
    rule: { kind: 'deduct', points, per, step: 'whole' },
    operator,
    unit,
  })
  assert.deepEqual(parseRuleSentence('每超 5 分钟扣 1 分，扣完为止。'), deduct('1', '5', '<=', 'min'))
  assert.deepEqual(parseRuleSentence('每低于１％扣０.５分'), deduct('0.5', '1', '>=', '%'))
  assert.deepEqual(parseRuleSentence('每低0.1分扣1分'), deduct('1', '0.1', '>=', '分'))
  assert.deepEqual(parseRuleSentence('每低1个百分点扣0.2分'), deduct('0.2', '1', '>=', '%'))
  assert.deepEqual(
    parseRuleSentence('每超过1小时扣1分'),
    deduct('1', '1', '<=', 'h'),
    'the unit tells it from a minute',
  )
  assert.deepEqual(parseRuleSentence('达标得10分，否则得0分'), { rule: { kind: 'pass_fail' } })
  assert.deepEqual(parseRuleSentence('≤30分钟得10分；≤40分钟得8分；其余0分'), {
    rule: {
      kind: 'bands',
      bands: [
        { from: '30', score: '10' },
        { from: '40', score: '8' },
      ],
    },
    operator: '<=',
    unit: 'min',
  })
})

test('a rule that is not clear is a fault, never a guess', () => {
  const unclear = [
    '',
    '每超分钟扣1分',
    '每超0分钟扣1分',
    '每超5分钟扣0分',
    '每超5.5.5分钟扣1分',
    '每超5分钟扣1分,最多扣3分',
    '酌情扣分',
    '1 off',
    '≤30分钟得10分,≥40分钟得8分,其余得0分',
    '≤30分钟得10分,≤1小时得8分,其余得0分',
    '≤30分钟得10分',
    '70%得0分,90分钟得10分,其间按比例',
    '70%得0分,70%得10分,其间按比例',
  ]
  for (const text of unclear) assert.ok('fault' in parseRuleSentence(text), text)
})

const decimal = fc.integer({ min: 1, max: 100_000 }).map((n) => short(toDecimal(ratio(n, 100), 2)))
const units = fc.constantFrom('min', 'h', '%', '分', 'count', 'CNY')
const operator = fc.constantFrom<Target['operator']>('<=', '>=')
const ofWidth = (text: string) => text.replaceAll(',', '，').replaceAll('(', '（').replaceAll('%', '％')

test('what is said is read back the same, in both languages and widths', () => {
  const steps = fc.constantFrom('whole' as const, 'linear' as const, 'started' as const)
  const bands = fc.uniqueArray(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 5 })
  const rules: fc.Arbitrary<Rule> = fc.oneof(
    fc.constant<Rule>({ kind: 'pass_fail' }),
    fc
      .tuple(decimal, decimal, steps)
      .map(([points, per, step]): Rule => ({ kind: 'deduct', points, per, step })),
    bands.map((scores): Rule => {
      const falling = scores.toSorted((a, b) => b - a)
      return { kind: 'bands', bands: falling.map((score) => ({ from: `${score * 9}`, score: `${score}` })) }
    }),
    decimal.map((floor): Rule => ({ kind: 'between', floor })),
  )
  fc.assert(
    fc.property(rules, operator, decimal, units, (rule, side, gap, unit) => {
      const from = rule.kind === 'between' ? fromDecimal(rule.floor) : zero
      const value = short(toDecimal((side === '>=' ? add : sub)(from, fromDecimal(gap)), 2))
      const target: Target = { operator: side, value }
      const said = ruleSentence(rule, target, unit)
      const expected = rule.kind === 'pass_fail' ? { rule } : { rule, operator: side, unit }
      for (const text of [said.zh, said.en, ofWidth(said.zh)])
        assert.deepEqual(parseRuleSentence(text), expected, text)
      const goal = targetText(target, unit)
      for (const text of [goal.zh, goal.en, ofWidth(goal.zh)])
        assert.deepEqual(parseTargetText(text), { target, unit }, text)
    }),
    { numRuns: 400 },
  )
})

test('no text breaks the reader', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 600, unit: fc.constantFrom(...'每超低扣得分,0.1≤≥%:;()以内其余points') }),
      (text) => {
        const rule = parseRuleSentence(text)
        if ('rule' in rule && rule.rule.kind === 'deduct') assert.ok(Number(rule.rule.per) > 0)
        parseTargetText(text)
      },
    ),
    { numRuns: 500 },
  )
})
