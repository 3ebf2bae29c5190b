import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WorkOrderFact } from '../cases/work-order-fact.ts'
import type { RatingFact } from '../surveys/rating-fact.ts'
import { emptyAmount } from './amounts.ts'
import { measureOf } from './measures.ts'
import { tallyNumber } from './tallies.ts'
import { at, day, invitation, order, rating, sharesOf } from './testing/facts.ts'
import { measuredValue } from './value.ts'

const confirmedAt = at('05-30T18:00:00')
const due = confirmedAt + day
const of = (changed: Partial<WorkOrderFact>) => {
  const { survey_in_time, survey_sent } = sharesOf('work_order', { ...order, confirmedAt, ...changed })
  return [survey_in_time, survey_sent]
}

test('a survey is in time until 24 hours after the confirmation, on the earlier day of sent and due', () => {
  const sent = (surveySentAt: number) => of({ surveySentAt })[0]
  assert.deepEqual(sent(due), [['05-31', 1, 1, 0]])
  assert.deepEqual(sent(due + 1), [['05-31', 0, 1, 0]])
  assert.deepEqual(sent(at('05-30T23:59:59.999')), [['05-30', 1, 1, 0]])
  assert.deepEqual(sent(at('05-31T00:00:00')), [['05-31', 1, 1, 0]])
  // Late by a month it still counts where it was due; before the confirmation on its own day.
  assert.deepEqual(sent(due + 30 * day), [['05-31', 0, 1, 0]])
  assert.deepEqual(sent(confirmedAt - 2 * day), [['05-28', 1, 1, 0]])
  // That it was sent is noted beside it.
  assert.deepEqual(of({ surveySentAt: due + 1 })[1], [['05-31', 1, 1, 0]])
})

test('an order not asked about counts from the instant its limit has passed; without a confirmation nothing is owed', () => {
  assert.deepEqual(of({ clockAt: due - 1 }), [undefined, undefined])
  assert.deepEqual(of({ clockAt: due }), [[['05-31', 0, 1, 0]], undefined])
  assert.deepEqual(of({ confirmedAt: null, surveySentAt: due }), [undefined, undefined])
  assert.deepEqual(of({ excludedReason: '测试单' }), [undefined, undefined])
})

test('who solved it is asked about, not who responded nor who solved it again', () => {
  const handedOn: Partial<WorkOrderFact> = {
    surveySentAt: due,
    responderUnitId: 'v',
    resolvedAt: confirmedAt,
    episodes: [{ at: confirmedAt + day, resolvedAt: null, dueAt: null, agentId: null }],
  }
  assert.deepEqual(of(handedOn), [[['05-31', 1, 1, 0]], [['05-31', 1, 1, 0]]])
})

test('an invitation counts on the day it was sent, whenever it is answered; a reminder nowhere', () => {
  const answered = (changed: object) => sharesOf('invitation', { ...invitation, ...changed }).survey_answered
  const sentAt = at('05-31T23:59:59.999')
  assert.deepEqual(answered({ sentAt }), [['05-31', 0, 1, 0]])
  assert.deepEqual(answered({ sentAt: sentAt + 1 }), [['06-01', 0, 1, 0]])
  assert.deepEqual(answered({ sentAt, submittedAt: sentAt + 40 * day }), [['05-31', 1, 1, 0]])
  assert.equal(answered({ sentAt, submittedAt: sentAt, reminder: true }), undefined)
  assert.equal(answered({ sentAt, excludedReason: '测试' }), undefined)
})

test('without a single invitation it is not known whether any was sent; with one the others count against it', () => {
  const measure = measureOf('survey_sent_in_time_rate')
  const amounts = (n: number, sum: number, sent: number) => {
    const all = []
    for (const [name, count, value] of [
      ['survey_in_time', n, sum],
      ['survey_sent', sent, sent],
    ] as const)
      if (count > 0)
        all[tallyNumber[name]] = {
          ...emptyAmount(),
          n: count,
          sum: value,
          records: count,
        }
    return all
  }
  const said = (n: number, sum: number, sent: number) => {
    const { state, missing, value, records } = measuredValue(measure, amounts(n, sum, sent), 10)
    return [state, ...missing, value, records]
  }
  assert.deepEqual(said(0, 0, 0), ['none', null, 0])
  assert.deepEqual(said(12, 0, 0), ['incomputable', 'invitations', null, 12])
  assert.deepEqual(said(12, 0, 1), ['ok', 0, 12])
  assert.deepEqual(said(12, 9, 10), ['ok', 75, 12])
})

test('a complaint is judged by the mean of what was answered, exactly; nothing else is', () => {
  const of = (changed: Partial<RatingFact>) =>
    sharesOf('response', { ...rating, category: 'complaint', ...changed }).complaint_satisfaction
  // In sixtieths: 1, 1.1 and 1.3 are 3.4 together, 3.4 ÷ 3 = 68 ÷ 60.
  assert.deepEqual(of({ channelEase: '1', responseSpeed: '1.1', handlingQuality: '1.3' }), [
    ['05-10', 68, 1, 0],
  ])
  // (4.5 + 3) ÷ 2 = 3.75 = 225 ÷ 60; 5 alone is 300 ÷ 60.
  assert.deepEqual(of({ channelEase: '4.5', handlingQuality: '3' }), [['05-10', 225, 1, 0]])
  assert.deepEqual(of({ responseSpeed: '5' }), [['05-10', 300, 1, 0]])
  assert.deepEqual(of({ overall: '5' }), [['05-10', 0, 0, 1]])
  assert.equal(of({ category: 'repair', handlingQuality: '5' }), undefined)
  assert.equal(of({ handlingQuality: '5', excludedReason: '恶意' }), undefined)
  assert.equal(
    sharesOf('feedback', { ...rating, category: 'complaint', overall: '5' }).complaint_satisfaction,
    undefined,
  )
  const tally = tallyNumber.complaint_satisfaction
  const all = []
  all[tally] = { ...emptyAmount(), n: 2, sum: 240 + 120, records: 2 }
  const { value, exact } = measuredValue(measureOf('complaint_satisfaction'), all, 1)
  // ((4 + 3 + 5) ÷ 3 + 2) ÷ 2 = 3
  assert.deepEqual([value, exact], [3, [360, 120]])
})
