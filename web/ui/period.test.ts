import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  firstDay,
  grainOf,
  grainsShown,
  lastDay,
  periodBetween,
  periodOf,
  periodsIn,
  stepped,
} from './period.ts'

test('weeks follow ISO 8601 across the turn of the year', () => {
  assert.equal(periodOf('week', '2024-12-30'), '2025-W01')
  assert.equal(periodOf('week', '2021-01-03'), '2020-W53')
  assert.equal(firstDay('2020-W53'), '2020-12-28')
  assert.equal(stepped('2020-W53', 1), '2021-W01')
  assert.equal(periodsIn('week', '2020').length, 53)
  assert.equal(periodsIn('week', '2024').length, 52)
})

test('a period ends the day before the next begins', () => {
  assert.equal(lastDay('2024-02'), '2024-02-29')
  assert.equal(lastDay('2024-Q1'), '2024-03-31')
  assert.equal(lastDay('2024'), '2024-12-31')
  assert.equal(stepped('2024-01', -1), '2023-12')
  assert.deepEqual(periodsIn('quarter', '2024'), ['2024-Q1', '2024-Q2', '2024-Q3', '2024-Q4'])
  assert.equal(periodsIn('day', '2024-02').length, 29)
})

test('two days that bound no period name none', () => {
  assert.equal(periodBetween('2024-02-01', '2024-02-28'), undefined)
  assert.equal(periodBetween('2024-02-02', '2024-02-29'), undefined)
})

test('stepping there and back gives the same period, and a period holds its first day', () => {
  const days = fc
    .integer({ min: 0, max: 60_000 })
    .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10))
  fc.assert(
    fc.property(
      days,
      fc.constantFrom(...grainsShown),
      fc.integer({ min: -30, max: 30 }),
      (day, grain, steps) => {
        const label = periodOf(grain, day)
        assert.equal(grainOf(label), grain)
        assert.ok(firstDay(label) <= day && day <= lastDay(label), `${label} ${day}`)
        assert.equal(periodOf(grain, firstDay(label)), label)
        assert.equal(stepped(stepped(label, steps), -steps), label)
        assert.equal(periodBetween(firstDay(label), lastDay(label)), label)
      },
    ),
    { verbose: true },
  )
})
