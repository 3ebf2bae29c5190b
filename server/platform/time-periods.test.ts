import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  addMonths,
  civilDate,
  civilDay,
  DAY_MS,
  dateToDay,
  dayToDate,
  type Grain,
  parsePeriod,
  periodEnd,
  periodLabel,
  periodStart,
  weekLabel,
} from './time-periods.ts'

test('days and dates are each other’s reverse, and agree with the runtime', () => {
  fc.assert(
    fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (day) => {
      const date = dayToDate(day)
      assert.equal(date, new Date(day * DAY_MS).toISOString().slice(0, 10))
      assert.equal(dateToDay(date), day)
      const { year, month, day: dayOfMonth } = civilDate(day)
      assert.equal(civilDay(year, month, dayOfMonth), day)
    }),
    { numRuns: 3000 },
  )
})

test('a date that does not exist is refused', () => {
  for (const text of ['2024-02-30', '2023-02-29', '2024-13-01', '2024-1-1', '2024-00-10', '', 'x']) {
    assert.throws(() => dateToDay(text), /not a date/)
  }
})

test('a year of ISO weeks begins with the week of its first Thursday', () => {
  assert.equal(weekLabel(dateToDay('2024-05-20')), '2024-W21')
  assert.equal(weekLabel(dateToDay('2024-12-30')), '2025-W01')
  assert.equal(weekLabel(dateToDay('2021-01-03')), '2020-W53')
  assert.equal(weekLabel(dateToDay('2027-01-01')), '2026-W53')
})

test('periods are half-open ranges of days', () => {
  const range = (label: string) => {
    const { grain, fromDay, toDay } = parsePeriod(label)
    return [grain, dayToDate(fromDay), dayToDate(toDay)]
  }
  assert.deepEqual(range('2024'), ['year', '2024-01-01', '2025-01-01'])
  assert.deepEqual(range('2024-Q2'), ['quarter', '2024-04-01', '2024-07-01'])
  assert.deepEqual(range('2024-Q4'), ['quarter', '2024-10-01', '2025-01-01'])
  assert.deepEqual(range('2024-05'), ['month', '2024-05-01', '2024-06-01'])
  assert.deepEqual(range('2024-W21'), ['week', '2024-05-20', '2024-05-27'])
  assert.deepEqual(range('2024-05-03'), ['day', '2024-05-03', '2024-05-04'])
})

test('texts that are no period are refused, and so are periods that do not exist', () => {
  for (const text of [
    '2024-W53',
    '2024-W00',
    '2024-13',
    '2024-00',
    '2024-Q5',
    '2024-02-30',
    '24',
    '2024-5',
    '',
  ]) {
    assert.throws(() => parsePeriod(text), /not a period/, text)
  }
})

test('every day lies in the period that its label names', () => {
  const grains: Grain[] = ['day', 'week', 'month', 'quarter', 'year']
  fc.assert(
    fc.property(fc.constantFrom(...grains), fc.integer({ min: 0, max: 40_000 }), (grain, day) => {
      const period = parsePeriod(periodLabel(grain, day))
      assert.deepEqual(period, { grain, fromDay: periodStart(grain, day), toDay: periodEnd(grain, day) })
      assert.ok(period.fromDay <= day && day < period.toDay)
      assert.notEqual(periodLabel(grain, period.toDay), periodLabel(grain, day))
    }),
    { numRuns: 3000 },
  )
})

test('months are stepped by the calendar', () => {
  const step = (date: string, months: number) => dayToDate(addMonths(dateToDay(date), months))
  assert.equal(step('2024-01-31', 1), '2024-02-29')
  assert.equal(step('2024-03-31', -13), '2023-02-28')
  assert.equal(step('2024-11-15', 2), '2025-01-15')
})
