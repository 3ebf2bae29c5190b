import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formFields } from './form-fields.ts'
import { bodyOf, typedOf } from './form-values.ts'

const fields = formFields['work-orders']
const zone = 'Asia/Shanghai'

test('at most six fields of a work order must be filled', () => {
  assert.equal(fields.filter(({ required }) => required).length, 6)
  const { faults } = bodyOf(fields, {}, zone)
  assert.deepEqual(Object.keys(faults), [
    'customer',
    'productId',
    'problem',
    'category',
    'priority',
    'receivedAt',
  ])
})

test('an edit sends what differs alone, and null for what was emptied', () => {
  const before = typedOf(
    fields,
    {
      problem: '卡纸',
      agent: { id: 'p1', name: '张三' },
      receivedAt: '2024-05-01T01:00:00Z',
      contactCount: 2,
      customer: { code: 'C1' },
    },
    zone,
  )
  assert.deepEqual(before, {
    problem: '卡纸',
    agentId: 'p1',
    receivedAt: '2024-05-01T09:00',
    contactCount: '2',
  })
  const after = { ...before, agentId: '', contactCount: '3', receivedAt: '2024-05-01T09:30' }
  assert.deepEqual(bodyOf(fields, after, zone, before), {
    body: { receivedAt: '2024-05-01T01:30:00.000Z', agentId: null, contactCount: 3 },
    faults: {},
  })
})

test('scores have one decimal and lie in 1 to 5; what is no number is told at its field', () => {
  const responses = formFields.responses
  const typed = {
    submittedAt: '2024-05-01T09:00',
    overall: '4.5',
    attitude: '4.55',
    professionalism: '6',
    recommend: 'x',
  }
  const { body, faults } = bodyOf(responses, typed, zone)
  assert.equal(body.overall, 4.5)
  assert.deepEqual(faults, { attitude: 'score', professionalism: 'score', recommend: 'number' })
})
