import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ContactFact } from '../cases/contact-fact.ts'
import { at, sharesOf } from './testing/facts.ts'

const started = at('05-10T10:00:00')
const call: ContactFact = {
  unitId: 'u',
  agentId: null,
  productId: null,
  category: null,
  subcategory: null,
  channel: 'phone',
  priority: null,
  startedAt: started,
  answeredAt: null,
  rings: null,
  endedAt: null,
  excludedReason: null,
}
const of = (changed: Partial<ContactFact>) => {
  const { answered, answered_in_standard } = sharesOf('contact', { ...call, ...changed })
  return [answered, answered_in_standard]
}
const on = (value: number) => [['05-10', value, 1, 0]]
const lacking = [['05-10', 0, 0, 1]]

test('a phone is answered in standard up to the third ring; given up it is not, however soon', () => {
  const answeredAt = started + 60_000
  assert.deepEqual(of({ answeredAt, rings: 3 }), [on(1), on(1)])
  assert.deepEqual(of({ answeredAt, rings: 4 }), [on(1), on(0)])
  assert.deepEqual(of({ answeredAt, rings: 0 }), [on(1), on(1)])
  assert.deepEqual(of({ rings: 1 }), [on(0), on(0)])
})

test('a phone without its rings lacks a field, answered or not: no seconds stand for them', () => {
  assert.deepEqual(of({ answeredAt: started + 1000 }), [on(1), lacking])
  assert.deepEqual(of({}), [on(0), lacking])
})

test('a chat is answered in standard up to ten seconds to the millisecond, whatever its rings', () => {
  const chat = (answeredAt: number | null) => of({ channel: 'chat', answeredAt, rings: 9 })
  assert.deepEqual(chat(started), [on(1), on(1)])
  assert.deepEqual(chat(started + 10_000), [on(1), on(1)])
  assert.deepEqual(chat(started + 10_001), [on(1), on(0)])
  assert.deepEqual(chat(null), [on(0), on(0)])
  assert.deepEqual(chat(started - 1), [on(1), undefined])
})

test('other channels have no standard of answering; what is excluded counts nowhere', () => {
  assert.deepEqual(of({ channel: 'email', answeredAt: started }), [on(1), undefined])
  assert.deepEqual(of({ channel: null, rings: 1 }), [on(0), undefined])
  assert.deepEqual(of({ excludedReason: '骚扰电话', rings: 1 }), [undefined, undefined])
})

test('a contact counts on the local day it began, though it was answered the next', () => {
  const last = at('05-31T23:59:59.999')
  const answered = (startedAt: number) =>
    sharesOf('contact', { ...call, startedAt, answeredAt: at('06-01T00:00:05') }).answered
  assert.deepEqual(answered(last), [['05-31', 1, 1, 0]])
  assert.deepEqual(answered(last + 1), [['06-01', 1, 1, 0]])
})
