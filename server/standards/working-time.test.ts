import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dateToDay, dayToDate, zone } from '../platform/time.ts'
import { type Calendar, calendarDay, calendarOn, hoursOf } from './calendar.ts'
import { isYearKnown, lastKnownYear } from './chinese-days.ts'
import {
  addWorkdays,
  afterWork,
  type Hours,
  isWorking,
  type Period,
  workBetween,
  workdaysBetween,
} from './working-time.ts'

const HOUR = 3_600_000
const office: Period[] = [
  [540, 720],
  [780, 1080],
]
/** 09:00–12:00 and 13:00–18:00 from Monday to Friday: eight hours. */
const fiveDays: Calendar = {
  week: [office, office, office, office, office, [], []],
  holidays: 'cn',
  days: [],
}
const shanghai = zone('Asia/Shanghai')
const china = hoursOf(shanghai, [[{ ...fiveDays, effectiveOn: '2000-01-01' }]])
const at = (text: string, place = shanghai): number => {
  const [date = '', clock = ''] = text.split(' ')
  const [hour = 0, minute = 0] = clock.split(':').map(Number)
  return place.toInstantMs(dateToDay(date) * 24 * HOUR + (hour * 60 + minute) * 60_000)
}
const shown = (ms: number | undefined, place = shanghai): string => {
  if (ms === undefined) return 'never'
  const local = ms + place.offsetMs(ms)
  return new Date(local).toISOString().slice(0, 16).replace('T', ' ')
}

test('two hours asked for an hour before closing, around every shifted weekend of 2024 to 2026', () => {
  // One hour is left of the day; the other is the first of the next day worked, which begins at 09:00.
  const rows: [from: string, due: string][] = [
    // an ordinary weekend, for comparison: Friday to Monday
    ['2024-03-08 17:00', '2024-03-11 10:00'],
    // Sunday 4 February is worked for the Spring Festival, and Sunday 18 after it
    ['2024-02-02 17:00', '2024-02-04 10:00'],
    ['2024-02-09 17:00', '2024-02-18 10:00'],
    // Tomb-sweeping Thursday to Saturday, worked on Sunday
    ['2024-04-03 17:00', '2024-04-07 10:00'],
    ['2024-04-26 17:00', '2024-04-28 10:00'],
    // Labour Day Wednesday to Sunday; the Saturday after next is worked
    ['2024-04-30 17:00', '2024-05-06 10:00'],
    ['2024-05-10 17:00', '2024-05-11 10:00'],
    ['2024-09-13 17:00', '2024-09-14 10:00'],
    ['2024-09-27 17:00', '2024-09-29 10:00'],
    ['2024-09-30 17:00', '2024-10-08 10:00'],
    ['2024-10-11 17:00', '2024-10-12 10:00'],
    ['2025-01-24 17:00', '2025-01-26 10:00'],
    ['2025-01-27 17:00', '2025-02-05 10:00'],
    ['2025-02-07 17:00', '2025-02-08 10:00'],
    ['2025-04-25 17:00', '2025-04-27 10:00'],
    ['2025-09-26 17:00', '2025-09-28 10:00'],
    ['2025-09-30 17:00', '2025-10-09 10:00'],
    ['2025-10-10 17:00', '2025-10-11 10:00'],
    ['2025-12-31 17:00', '2026-01-04 10:00'],
    ['2026-02-13 17:00', '2026-02-14 10:00'],
    ['2026-02-14 17:00', '2026-02-24 10:00'],
    ['2026-02-27 17:00', '2026-02-28 10:00'],
    ['2026-05-08 17:00', '2026-05-09 10:00'],
    ['2026-09-18 17:00', '2026-09-20 10:00'],
    ['2026-10-09 17:00', '2026-10-10 10:00'],
  ]
  for (const [from, due] of rows) {
    assert.equal(shown(afterWork(china, at(from), 2 * HOUR)), due, from)
    assert.equal(workBetween(china, at(from), at(due)), 2 * HOUR, from)
  }
})

test('breaks, evenings and days off do not count; what ends with a period is due at its end', () => {
  const rows: [from: string, minutes: number, due: string][] = [
    ['2024-03-05 11:30', 60, '2024-03-05 13:30'],
    ['2024-03-05 11:30', 30, '2024-03-05 12:00'],
    ['2024-03-05 12:20', 15, '2024-03-05 13:15'],
    ['2024-03-05 23:59', 1, '2024-03-06 09:01'],
    ['2024-03-05 09:00', 480, '2024-03-05 18:00'],
    ['2024-03-05 09:00', 481, '2024-03-06 09:01'],
    // three working days of eight hours from Thursday noon: Friday, Monday and half of both ends
    ['2024-03-07 12:00', 1440, '2024-03-12 12:00'],
    ['2024-03-09 10:00', 0, '2024-03-11 09:00'],
  ]
  for (const [from, minutes, due] of rows)
    assert.equal(shown(afterWork(china, at(from), minutes * 60_000)), due, `${from} +${minutes}`)
})

const own = (week: Period[][], name: string): Hours =>
  hoursOf(zone(name), [[{ week, holidays: '', days: [], effectiveOn: '1990-01-01' }]])
const nineToFive: Period[] = [[540, 1020]]
const weekdays = (periods: Period[], saturday: Period[] = []): Period[][] => [
  periods,
  periods,
  periods,
  periods,
  periods,
  saturday,
  [],
]

test('cases that helpdesks found out the hard way', () => {
  const utc = zone('UTC')
  const plain = own(weekdays(nineToFive), 'UTC')
  const allSaturday = own(weekdays(nineToFive, [[0, 1440]]), 'UTC')
  const monday = own([[[0, 1440]], [], [], [], [], [], []], 'UTC')
  const due = (hours: Hours, from: string, minutes: number, place = utc) =>
    shown(afterWork(hours, at(from, place), minutes * 60_000), place)
  assert.equal(due(plain, '2024-01-19 16:00', 120), '2024-01-22 10:00')
  assert.equal(due(plain, '2024-01-15 16:00', 600), '2024-01-17 10:00')
  assert.equal(due(allSaturday, '2024-01-20 00:00', 1440), '2024-01-21 00:00')
  const tokyo = own(weekdays(nineToFive), 'Asia/Tokyo')
  assert.equal(due(tokyo, '2024-01-19 16:00', 180, zone('Asia/Tokyo')), '2024-01-22 11:00')
  // 105 Mondays of 24 hours lie in two years
  const minutes = workBetween(monday, at('2014-04-06 12:00', utc), at('2016-04-06 12:00', utc)) / 60_000
  assert.equal(minutes, 105 * 1440)
})

test('on the day the clocks change, an hour skipped is not worked and one shown twice is worked twice', () => {
  const night = own([[], [], [], [], [], [], [[0, 360]]], 'Europe/Berlin')
  const berlin = zone('Europe/Berlin')
  const worked = (date: string) =>
    workBetween(night, at(`${date} 00:00`, berlin), at(`${date} 12:00`, berlin))
  assert.equal(worked('2024-03-24'), 6 * HOUR)
  assert.equal(worked('2024-03-31'), 5 * HOUR)
  assert.equal(worked('2024-10-27'), 7 * HOUR)
})

test('a calendar without work never falls due', () => {
  const never = own([[], [], [], [], [], [], []], 'UTC')
  assert.equal(afterWork(never, 0, 1), undefined)
  assert.equal(addWorkdays(never, 0, 1), undefined)
  assert.throws(() => afterWork(never, 0, -1), RangeError)
})

test('working days are stepped and counted; from a day off, counting begins with the next one', () => {
  const days = (date: string, count: number) => {
    const found = addWorkdays(china, dateToDay(date), count)
    return found === undefined ? 'never' : dayToDate(found)
  }
  assert.equal(days('2024-03-08', 2), '2024-03-12')
  assert.equal(days('2024-03-12', -2), '2024-03-08')
  // Saturday counts as received on Monday, so that three days later is Thursday
  assert.equal(days('2024-03-09', 3), '2024-03-14')
  // Tuesday before Labour Day 2024: 6, 7 and 8 May
  assert.equal(days('2024-04-30', 3), '2024-05-08')
  assert.equal(workdaysBetween(china, dateToDay('2024-04-26'), dateToDay('2024-05-11')), 9)
  assert.equal(workdaysBetween(china, dateToDay('2024-05-11'), dateToDay('2024-04-26')), -9)
})

test('own days win over holidays, holidays over the week; a make-up day is worked like the first working day', () => {
  const calendar: Calendar = {
    ...fiveDays,
    days: [
      { date: '2024-05-01', name: '值班', periods: [[600, 960]] },
      { date: '2024-03-11', name: '司庆', periods: [] },
    ],
  }
  const on = (date: string) => calendarDay(calendar, dateToDay(date))
  assert.deepEqual([on('2024-05-01').kind, on('2024-05-01').periods], ['own', [[600, 960]]])
  assert.deepEqual([on('2024-03-11').kind, on('2024-03-11').periods], ['own', []])
  assert.deepEqual([on('2024-05-02').kind, on('2024-05-02').name?.zh], ['holiday', '劳动节'])
  assert.deepEqual([on('2024-05-11').kind, on('2024-05-11').periods], ['makeup', office])
  assert.equal(on('2024-05-12').kind, 'weekend')
})

test('a version holds from its day; a unit keeps the hours of the one above it until its own begin', () => {
  const early = { ...fiveDays, effectiveOn: '2024-01-01' }
  const late = { ...fiveDays, week: weekdays(nineToFive), effectiveOn: '2024-07-01' }
  assert.equal(calendarOn([late, early], '2024-06-30'), early)
  assert.equal(calendarOn([early, late], '2024-07-01'), late)
  assert.equal(calendarOn([early, late], '2023-12-31'), undefined)
  const outlet = { ...fiveDays, week: weekdays([[600, 1200]]), effectiveOn: '2024-09-01' }
  const hours = hoursOf(shanghai, [[outlet], [early, late]])
  const firstPeriod = (date: string) => hours.periodsOn(dateToDay(date))[0]
  assert.deepEqual(firstPeriod('2023-06-01'), [540, 720])
  assert.deepEqual(firstPeriod('2024-08-01'), [540, 1020])
  assert.deepEqual(firstPeriod('2024-10-10'), [600, 1200])
})

test('a year whose notice is not out is told as unknown', () => {
  assert.ok(isYearKnown(2024) && isYearKnown(lastKnownYear))
  assert.ok(lastKnownYear >= 2026)
  assert.equal(isYearKnown(lastKnownYear + 1), false)
})

const anyWeek = fc.array(
  fc
    .uniqueArray(fc.integer({ min: 0, max: 1440 }), { minLength: 0, maxLength: 6 })
    .map((marks) => marks.toSorted((a, b) => a - b))
    .map((marks) =>
      Array.from(
        { length: Math.floor(marks.length / 2) },
        (_, i) => [marks[2 * i]!, marks[2 * i + 1]!] as Period,
      ),
    ),
  { minLength: 7, maxLength: 7 },
)
const anyInstant = fc.integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2027, 0, 1) })
const anyZone = fc.constantFrom(
  'Asia/Shanghai',
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'UTC',
)

test('property: work added is the work between, the result is the earliest, and parts add up', () => {
  fc.assert(
    fc.property(
      anyWeek,
      anyZone,
      anyInstant,
      fc.integer({ min: 1, max: 100 * HOUR }),
      (week, name, from, work) => {
        const hours = own(week, name)
        const due = afterWork(hours, from, work)
        if (week.every((periods) => periods.length === 0)) return due === undefined
        assert.ok(due !== undefined && due > from)
        assert.equal(workBetween(hours, from, due), work)
        assert.equal(workBetween(hours, from, due - 1), work - 1)
        const half = Math.floor((from + due) / 2)
        assert.equal(workBetween(hours, from, half) + workBetween(hours, half, due), work)
        assert.equal(workBetween(hours, due, from), -work)
        const begins = afterWork(hours, from, 0)
        assert.ok(begins !== undefined && isWorking(hours, begins))
        return true
      },
    ),
    { numRuns: 200 },
  )
})
