import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StandardReply } from '../../../contract/standards.ts'
import { differences } from './difference.ts'

const indicator = (code: string, weight: string, target: string): StandardReply['indicators'][number] => ({
  code,
  measure: code,
  nameZh: code,
  nameEn: code,
  dimension: 'timeliness',
  source: '',
  period: 'month',
  weight,
  target: { operator: '<=', value: target },
  rule: { kind: 'pass_fail' },
  minimumN: 10,
  sentence: { zh: '同', en: 'same' },
  targetText: { zh: `≤${target}`, en: `≤ ${target}` },
  definition: { zh: code, en: code },
  unit: 'min',
})
const version = (indicators: StandardReply['indicators']): StandardReply => ({
  version: 1,
  effectiveOn: '2024-01-01',
  pack: '',
  reason: '',
  author: null,
  publishedAt: '2024-01-01T00:00:00Z',
  indicators,
  timeLimits: [],
})

test('the difference of two versions names what changed, came and went', () => {
  const before = version([indicator('a', '50', '30'), indicator('b', '50', '10')])
  const after = version([indicator('a', '60', '15'), indicator('c', '40', '5')])
  assert.deepEqual(
    differences(before, after).map(({ name, field, before, after }) => [
      name.zh,
      field,
      before?.zh,
      after?.zh,
    ]),
    [
      ['a', 'weight', '50', '60'],
      ['a', 'target', '≤30', '≤15'],
      ['c', 'indicator', undefined, '≤5 · 40'],
      ['b', 'indicator', '≤10 · 50', undefined],
    ],
  )
  assert.deepEqual(differences(before, before), [])
})

test('another scope is a difference, in the words of both languages', () => {
  const scoped = { ...indicator('a', '100', '30'), scope: { channel: 'phone', faultLevel: 'A级' } }
  assert.deepEqual(
    differences(version([indicator('a', '100', '30')]), version([scoped])).map(({ field, before, after }) => [
      field,
      before?.zh,
      after?.zh,
      after?.en,
    ]),
    [['scope', '—', '电话 · A级', 'Phone · A级']],
  )
})
