import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { InspectionFact } from '../inspections/inspection-fact.ts'
import { at, sharesOf } from './testing/facts.ts'

const blank: InspectionFact = {
  unitId: 'u',
  agentId: null,
  productId: null,
  category: null,
  subcategory: null,
  channel: null,
  priority: null,
  kind: 'inspection',
  at: at('05-10T10:00:00'),
  score: null,
  etiquetteScore: null,
  wordingScore: null,
  fieldsRight: null,
  fieldsInspected: null,
  nodesRight: null,
  nodesInspected: null,
  excludedReason: null,
}
const of = (changed: Partial<InspectionFact>) => sharesOf('inspection', { ...blank, ...changed })

test('scores count in thousandths of a point, each group by itself; 0 is a score, none is none', () => {
  assert.deepEqual(of({ score: '93.333', etiquetteScore: '100', wordingScore: '0' }), {
    inspection: [['05-10', 93_333, 1, 0]],
    etiquette: [['05-10', 100_000, 1, 0]],
    wording: [['05-10', 0, 1, 0]],
  })
  assert.deepEqual(of({ score: '66.5' }), { inspection: [['05-10', 66_500, 1, 0]] })
  assert.deepEqual(of({}), {})
})

test('inspected fields count singly; what is excluded counts nowhere', () => {
  assert.deepEqual(of({ fieldsRight: 9, fieldsInspected: 10 }), { record_accuracy: [['05-10', 9, 10, 0]] })
  assert.deepEqual(of({ fieldsRight: 0, fieldsInspected: 10 }), { record_accuracy: [['05-10', 0, 10, 0]] })
  assert.deepEqual(of({ score: '90', excludedReason: '申诉成立' }), {})
})

test('a visit of a mystery shopper is a measure of its own', () => {
  assert.deepEqual(
    of({ kind: 'mystery_shopper', score: '85.5', etiquetteScore: '90', fieldsRight: 1, fieldsInspected: 1 }),
    {
      mystery_shopper: [['05-10', 85_500, 1, 0]],
    },
  )
})

test('an inspection counts on the local day of what was inspected', () => {
  const last = at('05-31T23:59:59.999')
  assert.deepEqual(of({ at: last, score: '1' }).inspection, [['05-31', 1000, 1, 0]])
  assert.deepEqual(of({ at: last + 1, score: '1' }).inspection, [['06-01', 1000, 1, 0]])
})
