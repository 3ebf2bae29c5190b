import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Cast, openCast } from './cast.ts'

let cast: Cast
before(async () => {
  cast = await openCast()
})
after(() => cast.end())

const office = [
  [540, 720],
  [780, 1080],
]
const draft = (more: object = {}) => ({
  unitId: cast.rootUnitId,
  effectiveOn: '2024-01-01',
  reason: '首次发布',
  week: [office, office, office, office, office, [], []],
  holidays: 'cn',
  days: [],
  ...more,
})
const publish = (body: object) => cast.call('administrator', 'POST', '/api/calendars', body)
const due = async (unit: string, from: string, minutes: number) =>
  (
    await cast.call(
      'administrator',
      'GET',
      `/api/calendars/due?unit=${unit}&from=${from}&seconds=${minutes * 60}`,
    )
  ).json() as { dueAt: string | null; unknownYears: number[]; code?: string }

test('without a calendar the tester says so; with one it skips the holiday and works the make-up day', async () => {
  assert.equal((await due(cast.teamA, '2024-04-30T17:00', 60)).code, 'no_calendar')
  const made = await publish(draft())
  assert.equal(made.status, 201, made.body)
  // Labour Day 2024 runs from Wednesday to Sunday; two hours from Tuesday 17:00 end on Monday at 10:00 in Shanghai.
  assert.equal((await due(cast.teamA, '2024-04-30T17:00', 120)).dueAt, '2024-05-06T02:00:00.000Z')
  // Saturday 11 May is worked.
  assert.equal((await due(cast.teamA, '2024-05-10T17:00', 120)).dueAt, '2024-05-11T02:00:00.000Z')
})

test('an outlet has hours of its own from its day on; other units keep those of the organization', async () => {
  const week = [0, 1, 2, 3, 4, 5, 6].map(() => [[600, 1320]])
  const made = await publish(
    draft({ unitId: cast.teamB, week, holidays: '', effectiveOn: '2024-05-01', reason: '门店天天营业' }),
  )
  assert.equal(made.status, 201, made.body)
  // Labour Day itself, 10:00 to 22:00: an hour from 21:30 is half an hour that day and half the next from 10:00.
  assert.equal((await due(cast.teamB, '2024-05-01T21:30', 60)).dueAt, '2024-05-02T02:30:00.000Z')
  assert.equal((await due(cast.teamA, '2024-05-01T21:30', 60)).dueAt, '2024-05-06T02:00:00.000Z')
  assert.equal((await due(cast.teamB, '2024-04-30T17:30', 60)).dueAt, '2024-05-01T02:30:00.000Z')
})

test('a year is shown day by day; 2025 has 248 working days, and one without a notice is told', async () => {
  const year = async (of: number) =>
    (await cast.call('administrator', 'GET', `/api/calendars/days?unit=${cast.teamA}&year=${of}`)).json() as {
      known: boolean
      workdays: number
      days: { date: string; kind: string; minutes: number; name: { zh: string } | null }[]
    }
  const known = await year(2025)
  assert.deepEqual([known.known, known.workdays, known.days.length], [true, 248, 365])
  const makeup = known.days.find(({ date }) => date === '2025-09-28')
  assert.deepEqual([makeup?.kind, makeup?.minutes, makeup?.name?.zh], ['makeup', 480, '国庆节'])
  assert.equal((await year(2099)).known, false)
  assert.deepEqual((await due(cast.teamA, '2098-12-31T17:00', 600)).unknownYears, [2098, 2099])
})

test('hours that cannot be worked are refused, and nothing is stored', async () => {
  const before = (await cast.call('administrator', 'GET', '/api/calendars')).body
  const none = [[], [], [], [], [], [], []]
  const overlap = [
    [
      [540, 720],
      [700, 900],
    ],
    [],
    [],
    [],
    [],
    [],
    [],
  ]
  const twice = [1, 2].map(() => ({ date: '2024-06-18', name: '司庆', periods: [] }))
  for (const [more, code] of [
    [{ week: none }, 'no_working_time'],
    [{ week: overlap }, 'periods_overlap'],
    [{ days: twice }, 'day_twice'],
    [{ unitId: cast.orders.a }, 'not_found'],
  ] as const)
    assert.equal((await publish(draft(more))).json().code, code)
  assert.equal((await cast.call('administrator', 'GET', '/api/calendars')).body, before)
  assert.equal((await cast.call('quality_supervisor', 'POST', '/api/calendars', draft())).status, 403)
})
