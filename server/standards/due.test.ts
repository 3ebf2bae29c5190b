import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dateToDay, zone } from '../platform/time.ts'
import { hoursOf, usualCalendar } from './calendar.ts'
import { dueOf, type Limit } from './due.ts'
import type { Hours, Pause } from './working-time.ts'

const shanghai = zone('Asia/Shanghai')
/** 09:00–12:00 and 13:00–18:00 from Monday to Friday, with the public holidays and make-up workdays of China. */
const office = hoursOf(shanghai, [[{ ...usualCalendar, effectiveOn: '2000-01-01' }]])
const at = (text: string, place = shanghai): number => {
  const [date = '', clock = '00:00'] = text.split(' ')
  const [hour = 0, minute = 0] = clock.split(':').map(Number)
  return place.toInstantMs(dateToDay(date) * 86_400_000 + (hour * 60 + minute) * 60_000)
}
const shown = (ms: number | null): string =>
  ms === null ? 'never' : new Date(ms + shanghai.offsetMs(ms)).toISOString().slice(0, 16).replace('T', ' ')
const hours = (count: number): Limit => ({ seconds: count * 3600, runs: 'working' })
const wall = (count: number): Limit => ({ seconds: count * 3600, runs: 'always' })
const days = (count: number): Limit => ({ seconds: count * 86_400, runs: 'workdays' })
const due = (limit: Limit, from: string, pauses: [string, string][] = [], place: Hours = office): string =>
  shown(
    dueOf(
      limit,
      at(from),
      place,
      pauses.map(([start, end]): Pause => [at(start), end === '' ? Infinity : at(end)]),
    ),
  )

// Worked out by hand from the notices of the State Council for 2024, 2025 and 2026: the Friday before each weekend with a
// make-up workday, three working days later at the end of the day.
for (const [friday, third] of [
  ['2024-02-02', '2024-02-06'], // Sunday 4 worked, 5, 6
  ['2024-02-16', '2024-02-20'], // a holiday itself; Sunday 18 worked, 19, 20
  ['2024-04-05', '2024-04-09'], // a holiday itself; Sunday 7 worked, 8, 9
  ['2024-04-26', '2024-04-30'], // Sunday 28 worked, 29, 30
  ['2024-05-10', '2024-05-14'], // Saturday 11 worked, 13, 14
  ['2024-09-13', '2024-09-19'], // Saturday 14 worked, 15 to 17 off, 18, 19
  ['2024-09-27', '2024-10-08'], // Sunday 29 worked, 30, 1 to 7 off, 8
  ['2024-10-11', '2024-10-15'], // Saturday 12 worked, 14, 15
  ['2025-01-24', '2025-02-05'], // Sunday 26 worked, 27, 28 to 4 off, 5
  ['2025-02-07', '2025-02-11'], // Saturday 8 worked, 10, 11
  ['2025-04-25', '2025-04-29'], // Sunday 27 worked, 28, 29
  ['2025-09-26', '2025-09-30'], // Sunday 28 worked, 29, 30
  ['2025-10-10', '2025-10-14'], // Saturday 11 worked, 13, 14
  ['2026-01-02', '2026-01-06'], // a holiday itself; Sunday 4 worked, 5, 6
  ['2026-02-13', '2026-02-25'], // Saturday 14 worked, 15 to 23 off, 24, 25
  ['2026-02-27', '2026-03-03'], // Saturday 28 worked, 2, 3
  ['2026-05-08', '2026-05-12'], // Saturday 9 worked, 11, 12
  ['2026-09-18', '2026-09-22'], // Sunday 20 worked, 21, 22
  ['2026-10-09', '2026-10-13'], // Saturday 10 worked, 12, 13
] as const)
  test(`three working days from Friday ${friday}`, () => {
    assert.equal(due(days(3), `${friday} 10:00`), `${third} 18:00`)
    // The time of the day does not matter, not even after hours.
    assert.equal(due(days(3), `${friday} 23:59`), `${third} 18:00`)
  })

test('working days: from a day off, at midnight, one, many', () => {
  // Saturday: the first working day after it is Monday.
  assert.equal(due(days(1), '2024-06-15 12:00'), '2024-06-17 18:00')
  assert.equal(due(days(1), '2024-06-16 23:59'), '2024-06-17 18:00')
  // Midnight belongs to the day that begins.
  assert.equal(due(days(1), '2024-06-17 00:00'), '2024-06-18 18:00')
  // 2024 has 251 working days after the first of January, a holiday itself.
  assert.equal(due(days(251), '2024-01-01 09:00'), '2024-12-31 18:00')
})

test('working hours: inside the day, over lunch, over the weekend, exactly at an end', () => {
  assert.equal(due(hours(1), '2024-06-17 10:00'), '2024-06-17 11:00')
  assert.equal(due(hours(3), '2024-06-17 10:00'), '2024-06-17 14:00')
  assert.equal(due(hours(2), '2024-06-14 17:00'), '2024-06-17 10:00')
  // Two hours from ten end with the morning, not with the beginning of the afternoon.
  assert.equal(due(hours(2), '2024-06-17 10:00'), '2024-06-17 12:00')
  assert.equal(due(hours(8), '2024-06-17 09:00'), '2024-06-17 18:00')
  assert.equal(due(hours(1), '2024-06-17 03:00'), '2024-06-17 10:00')
})

test('pauses: inside, over night, over the limit, of the whole time, without an end', () => {
  assert.equal(
    due(hours(2), '2024-06-17 09:00', [['2024-06-17 10:00', '2024-06-17 11:00']]),
    '2024-06-17 12:00',
  )
  // A night takes no working time away.
  assert.equal(
    due(hours(8), '2024-06-17 14:00', [['2024-06-17 18:00', '2024-06-18 09:00']]),
    '2024-06-18 14:00',
  )
  assert.equal(
    due(hours(1), '2024-06-17 09:00', [['2024-06-17 10:00', '2024-06-17 17:00']]),
    '2024-06-17 10:00',
  )
  assert.equal(
    due(hours(1), '2024-06-17 09:00', [['2024-06-17 08:00', '2024-06-17 17:00']]),
    '2024-06-17 18:00',
  )
  assert.equal(due(hours(2), '2024-06-17 09:00', [['2024-06-17 10:00', '']]), 'never')
  assert.equal(
    due(hours(2), '2024-06-17 09:00', [
      ['2024-06-17 09:30', '2024-06-17 10:00'],
      ['2024-06-17 10:30', '2024-06-17 11:30'],
    ]),
    '2024-06-17 13:30',
  )
  assert.equal(
    due(wall(24), '2024-06-17 09:00', [['2024-06-17 20:00', '2024-06-18 08:00']]),
    '2024-06-18 21:00',
  )
  // Four working hours of a pause move the end of the third day to the next working day, over its lunch.
  assert.equal(
    due(days(3), '2024-06-17 09:00', [['2024-06-18 13:00', '2024-06-18 17:00']]),
    '2024-06-21 14:00',
  )
  assert.equal(
    due(days(3), '2024-06-17 09:00', [['2024-06-18 18:00', '2024-06-19 09:00']]),
    '2024-06-20 18:00',
  )
})

test('a limit without any working time never runs out', () => {
  const never: Hours = { zone: shanghai, periodsOn: () => [] }
  for (const limit of [hours(1), days(1)]) assert.equal(due(limit, '2024-06-17 09:00', [], never), 'never')
})

test('any pauses: what is due is as much later as they took of its own time', () => {
  const start = at('2024-03-01 00:00')
  const minutes = fc.integer({ min: 0, max: 60 * 24 * 40 })
  fc.assert(
    fc.property(
      fc.array(minutes, { maxLength: 8 }),
      fc.integer({ min: 1, max: 60 * 80 }),
      fc.constantFrom('always', 'working'),
      (ends, length, runs) => {
        const sorted = [...new Set(ends)].sort((a, b) => a - b)
        const pauses: Pause[] = []
        for (let i = 0; i + 1 < sorted.length; i += 2)
          pauses.push([start + sorted[i]! * 60_000, start + sorted[i + 1]! * 60_000])
        const limit: Limit = { seconds: length * 60, runs: runs as Limit['runs'] }
        const found = dueOf(limit, start, office, pauses)
        assert.ok(found !== null)
        // Minute by minute, by other code.
        let left = length
        let minute = start
        for (; left > 0; minute += 60_000) {
          const paused = pauses.some(([from, to]) => from <= minute && minute < to)
          const day = office.zone.localDay(minute)
          const clock = (minute - office.zone.dayStartMs(day)) / 60_000
          const worked =
            runs === 'always' || office.periodsOn(day).some(([from, to]) => from <= clock && clock < to)
          if (worked && !paused) left--
        }
        assert.equal(shown(found), shown(minute))
      },
    ),
    { numRuns: 200 },
  )
})
