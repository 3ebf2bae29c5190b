import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { z } from 'zod'
import { dateToDay, dayToDate, zone } from '../platform/time.ts'
import {
  addWorkdays,
  afterWork,
  type Hours,
  type Period,
  workBetween,
  workdaysBetween,
} from './working-time.ts'

/** Facts gathered from other products, kept outside the repository: SLA_VECTORS names the file. */
const path = process.env.SLA_VECTORS ?? ''
const skip = existsSync(path) ? false : 'SLA_VECTORS names no file of vectors'

const calendar = z.object({
  tz: z.string(),
  week: z.record(z.string(), z.array(z.tuple([z.string(), z.string()]))),
})
const vector = z.object({
  case: z.string(),
  kind: z.enum(['deadline', 'elapsed', 'add_days', 'days_between']),
  calendar: z.string(),
  holidays: z.array(z.string()).default([]),
  start_utc: z.string().optional(),
  target_minutes: z.number().optional(),
  expected_deadline_utc: z.string().optional(),
  from_utc: z.string().optional(),
  to_utc: z.string().optional(),
  expected_minutes: z.number().optional(),
  rows: z
    .array(z.tuple([z.string(), z.union([z.string(), z.number()]), z.union([z.string(), z.number()])]))
    .optional(),
})
const file = z.object({ calendars: z.record(z.string(), calendar), vectors: z.array(vector) })

const minutesOf = (clock: string): number => {
  const [hour = 0, minute = 0] = clock.split(':').map(Number)
  return hour * 60 + minute
}

function hoursFor({ tz, week }: z.infer<typeof calendar>, holidays: string[]): Hours {
  const off = new Set(holidays.map(dateToDay))
  const periodsOn = (day: number): Period[] =>
    off.has(day) ? [] : (week[(day + 3) % 7] ?? []).map(([from, to]) => [minutesOf(from), minutesOf(to)])
  return { zone: zone(tz), periodsOn }
}

const utc = (text = ''): number => Date.parse(`${text.replace(' ', 'T')}Z`)

test('the vectors of other products come out equal', { skip }, () => {
  const { calendars, vectors } = file.parse(JSON.parse(readFileSync(path, 'utf8')))
  assert.ok(vectors.length >= 29)
  for (const one of vectors) {
    const hours = hoursFor(calendars[one.calendar]!, one.holidays)
    if (one.kind === 'deadline')
      assert.equal(
        afterWork(hours, utc(one.start_utc), one.target_minutes! * 60_000),
        utc(one.expected_deadline_utc),
        one.case,
      )
    if (one.kind === 'elapsed')
      assert.equal(
        workBetween(hours, utc(one.from_utc), utc(one.to_utc)) / 60_000 + 0,
        one.expected_minutes,
        one.case,
      )
    for (const [from, second, third] of one.rows ?? [])
      if (one.kind === 'add_days')
        assert.equal(dayToDate(addWorkdays(hours, dateToDay(from), Number(second))!), third, one.case)
      else
        assert.equal(workdaysBetween(hours, dateToDay(from), dateToDay(String(second))) + 0, third, one.case)
  }
})
