import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AttendanceFact } from '../staff/attendance-fact.ts'
import { type Amounts, addShare } from './amounts.ts'
import { measureOf } from './measures.ts'
import { type Tally, tallyNumber } from './tallies.ts'
import { at, hour, sharesOf } from './testing/facts.ts'
import { measuredValue } from './value.ts'

const blank: AttendanceFact = {
  unitId: 'u',
  agentId: 'a',
  productId: null,
  category: null,
  subcategory: null,
  channel: null,
  priority: null,
  workedAt: at('05-10T00:00:00'),
  scheduledHours: '8',
  workedHours: null,
  onDuty: true,
  qualified: null,
  excludedReason: null,
}
const of = (changed: Partial<AttendanceFact>) => sharesOf('attendance', { ...blank, ...changed })

test('hours are scheduled for whoever was to come, a day is worked by who did', () => {
  assert.deepEqual(of({ qualified: true }), {
    scheduled: [['05-10', 8 * hour, 1, 0]],
    agent_day: [['05-10', 1, 1, 0]],
    qualified_on_duty: [['05-10', 1, 1, 0]],
  })
  assert.deepEqual(of({ onDuty: false, qualified: true }), { scheduled: [['05-10', 8 * hour, 1, 0]] })
  assert.deepEqual(of({ scheduledHours: '0' }).scheduled, [['05-10', 0, 1, 0]])
  assert.deepEqual(of({ qualified: false }).qualified_on_duty, [['05-10', 0, 1, 0]])
  assert.deepEqual(of({}).qualified_on_duty, [['05-10', 0, 0, 1]])
  assert.deepEqual(of({ excludedReason: '重复' }), {})
})

test('a working day counts on its local day', () => {
  const last = at('05-31T23:59:59.999')
  assert.deepEqual(of({ workedAt: last }).agent_day, [['05-31', 1, 1, 0]])
  assert.deepEqual(of({ workedAt: last + 1 }).agent_day, [['06-01', 1, 1, 0]])
})

const amountsOf = (shares: [tally: Tally, value: number, n: number, missing: number][]): Amounts => {
  const amounts: Amounts = []
  for (const [tally, value, n, missing] of shares) addShare(amounts, tallyNumber[tally], value, n, missing, 1)
  return amounts
}

test('a quotient of two kinds is exact, has no interval, and is few by what stands below the line', () => {
  const utilization = measureOf('utilization_rate')
  const days = Array.from(
    { length: 10 },
    () => ['scheduled', 8 * hour, 1, 0] as [Tally, number, number, number],
  )
  const full = measuredValue(utilization, amountsOf([['handling', 100 * hour, 1, 0], ...days]), 10)
  // 100 h by 80 h: orders handled side by side.
  assert.deepEqual(
    [full.value, full.numerator, full.denominator, full.n, full.records, full.state, full.interval],
    [125, 100, 80, 10, 11, 'ok', null],
  )
  assert.equal(full.exact![0] / full.exact![1], 125)
  const few = measuredValue(utilization, amountsOf([['handling', hour, 1, 0], ...days.slice(1)]), 10)
  assert.deepEqual([few.state, few.n], ['few', 9])
  const idle = measuredValue(utilization, amountsOf(days), 10)
  assert.deepEqual([idle.value, idle.state], [0, 'ok'])
})
