import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { type Dimension, figures, records } from '../measurement/index.ts'
import { dateToDay } from '../platform/time.ts'
import { type Importing, importedAt, openImporting } from './testing/importing.ts'

let t: Importing
before(async () => {
  t = await openImporting()
})
afterEach(async () => assert.deepEqual(await t.differences(), []))
after(() => t.end())

const question = (from: string, to: string, by?: Dimension) => ({
  fromDay: dateToDay(from),
  toDay: dateToDay(to),
  grain: 'whole' as const,
  where: {},
  ...(by && { by }),
})
const rowsOf = async (code: string, from: string, to: string, by?: Dimension) =>
  t.db.transaction(await t.whole(), (tx) => figures(tx, code, question(from, to, by), { now: importedAt }))
const figure = async (code: string, from = '2024-05-01', to = '2024-06-01') => {
  const [row] = await rowsOf(code, from, to)
  return row!
}
const brief = async (code: string, from?: string, to?: string) => {
  const { value, n, state, missing } = await figure(code, from, to)
  return [value, n, state, ...missing]
}

const header = '编号,姓名,部门,日期,排班工时,实际工时,是否在岗,是否持证'
const sheet = (...lines: string[]) => [header, ...lines].join('\n')
const orders = (...lines: string[]) =>
  ['工单编号,处理人,团队,受理时间,启动处理时间,解决时间', ...lines].join('\n')

test('without any record there is no figure; with orders alone it cannot be computed, and says what is missing', async () => {
  for (const code of ['utilization_rate', 'tickets_per_agent_day', 'qualified_on_duty_rate'])
    assert.deepEqual(await brief(code), [null, 0, 'none'], code)
  await t.bring(
    'work-orders',
    orders(
      // 3 h and 1.5 h of handling on the tenth, by 小李 and 小王; 2 h on the eleventh.
      'W1,小李,一组,2024-05-10 08:00,2024-05-10 09:00,2024-05-10 12:00',
      'W2,小王,一组,2024-05-10 08:00,2024-05-10 09:00,2024-05-10 10:30',
      'W3,小李,一组,2024-05-11 08:00,2024-05-11 09:00,2024-05-11 11:00',
      // Resolved, but nobody knows when it was started: no handling time, one order all the same.
      'W4,小李,一组,2024-05-11 08:00,,2024-05-11 12:00',
    ),
  )
  assert.deepEqual(await brief('utilization_rate'), [null, 0, 'incomputable', 'scheduled_hours'])
  assert.deepEqual(await brief('tickets_per_agent_day'), [null, 0, 'incomputable', 'on_duty'])
  // What is there is listed all the same.
  assert.deepEqual(
    [(await figure('utilization_rate')).records, (await figure('tickets_per_agent_day')).records],
    [3, 4],
  )
})

test('handling time by scheduled time, orders by days worked, the qualified by those on duty; worked by hand', async () => {
  const done = await t.bring(
    'attendance',
    sheet(
      'K1,小李,一组,2024-05-10,8,8.5,是,是',
      'K2,小王,一组,2024-05-10,8小时,0,,',
      'K3,小李,一组,2024-05-11,7.5,,,否',
      // Nothing but the schedule: taken to have been there. Whether qualified nobody knows.
      'K4,小张,二组,2024-05-11,8,,,',
      // A day off.
      'K5,小张,二组,2024-05-12,0,,,是',
      'K6,小张,二组,2024-05-13,8,,请假,是',
    ),
  )
  assert.deepEqual([done.accepted, done.rejected], [6, 0])
  // (3 + 1.5 + 2) ÷ (8 + 8 + 7.5 + 8 + 0 + 8) = 6.5 ÷ 39.5
  const utilization = await figure('utilization_rate')
  assert.deepEqual(
    [utilization.value, utilization.numerator, utilization.denominator, utilization.n, utilization.records],
    [16.455696, 6.5, 39.5, 6, 9],
  )
  assert.deepEqual(
    [utilization.state, utilization.interval, utilization.p50, utilization.sum],
    ['few', null, null, null],
  )
  // Four orders by three days: K1, K3, K4.
  assert.deepEqual(await brief('tickets_per_agent_day'), [1.333333, 3, 'few'])
  // K1 of K1 and K3.
  assert.deepEqual(await brief('qualified_on_duty_rate'), [50, 2, 'few'])
  // The tenth alone: 4.5 ÷ 16, two orders by one day.
  assert.deepEqual(await brief('utilization_rate', '2024-05-10', '2024-05-11'), [28.125, 2, 'few'])
  assert.deepEqual(await brief('tickets_per_agent_day', '2024-05-10', '2024-05-11'), [2, 1, 'few'])
  // No order on the thirteenth: nobody handled anything. On the twelfth nobody was to work.
  assert.deepEqual(await brief('utilization_rate', '2024-05-13', '2024-05-14'), [0, 1, 'few'])
  assert.deepEqual(await brief('utilization_rate', '2024-05-12', '2024-05-13'), [
    null,
    0,
    'incomputable',
    'scheduled_hours',
  ])
})

test('each person’s share of the own schedule; the records behind it are of both kinds', async () => {
  const byAgent = (await rowsOf('utilization_rate', '2024-05-01', '2024-06-01', 'agent')).map(
    ({ memberName, value }) => [memberName, value],
  )
  // 小李 (3 + 2) ÷ 15.5, 小王 1.5 ÷ 8, 小张 0 ÷ 16.
  assert.deepEqual(byAgent.toSorted(), [
    ['小张', 0],
    ['小李', 32.258065],
    ['小王', 18.75],
  ])
  const listed = await t.db.transaction(await t.whole(), (tx) =>
    records(tx, 'utilization_rate', question('2024-05-10', '2024-05-11'), { limit: 10 }),
  )
  assert.deepEqual(
    listed.items
      .map(({ kind, externalId, value, measuredIn }) => [kind, externalId, value, measuredIn])
      .toSorted(),
    [
      ['attendance', 'K1', 8, 'person_h'],
      ['attendance', 'K2', 8, 'person_h'],
      ['work_order', 'W1', 3, 'h'],
      ['work_order', 'W2', 1.5, 'h'],
    ],
  )
  assert.equal(listed.total, 4)
  // Working days are about no product.
  const [ofProduct] = await t.db.transaction(await t.whole(), (tx) =>
    figures(
      tx,
      'utilization_rate',
      { ...question('2024-05-01', '2024-06-01'), where: { priority: 'normal' } },
      { now: importedAt },
    ),
  )
  assert.deepEqual([ofProduct?.value, ofProduct?.state], [null, 'none'])
})

test('resolved orders that nobody knows the start of leave nothing to divide', async () => {
  await t.bring('work-orders', orders('W9,小李,一组,2024-07-01 08:00,,2024-07-01 12:00'))
  await t.bring('attendance', sheet('N1,小李,一组,2024-07-01,8,,,'))
  assert.deepEqual(await brief('utilization_rate', '2024-07-01', '2024-07-02'), [
    null,
    0,
    'incomputable',
    'started_at',
  ])
  assert.deepEqual(await brief('tickets_per_agent_day', '2024-07-01', '2024-07-02'), [1, 1, 'few'])
})

test('a day is that of the organization’s zone, and an excluded one counts nowhere', async () => {
  await t.bring(
    'attendance',
    `${header},剔除原因\nM1,小李,一组,2024-08-31,8,,是,是,\nM2,小李,一组,2024-09-01 00:00,4,,是,否,\nM3,小李,一组,2024-09-01,12,,是,是,重复\n`,
    { sourceName: '考勤系统' },
  )
  assert.deepEqual(await brief('qualified_on_duty_rate', '2024-08-31', '2024-09-01'), [100, 1, 'few'])
  assert.deepEqual(await brief('qualified_on_duty_rate', '2024-09-01', '2024-09-02'), [0, 1, 'few'])
  assert.equal((await figure('utilization_rate', '2024-09-01', '2024-09-02')).denominator, 4)
})

test('what is wrong is refused with its place and what to do', async () => {
  const done = await t.bring(
    'attendance',
    sheet(
      'X1,,一组,2024-05-10,8,,,',
      'X2,小李,一组,,8,,,',
      'X3,小李,一组,2024-05-10,,,,',
      'X4,小李,一组,2024-05-10,25,,,',
      'X5,小李,一组,2024-05-10,8,-1,,',
      'X6,小李,一组,2024-05-10,480分钟,,,',
      'X7,小李,一组,2024-05-10,8,8,也许,',
      'X8,小李,一组,2024-05-10,8,8,,待审',
    ),
  )
  assert.equal(done.accepted, 0)
  assert.deepEqual(done.rejections.map(({ line, column, code }) => [line, column, code]).toSorted(), [
    [2, '姓名', 'required'],
    [3, '日期', 'required'],
    [4, '排班工时', 'required'],
    [5, '排班工时', 'out_of_range'],
    [6, '实际工时', 'out_of_range'],
    [7, '排班工时', 'not_hours'],
    [8, '是否在岗', 'not_a_boolean'],
    [9, '是否持证', 'not_a_boolean'],
  ])
})

test('again it is unchanged, a later file updates whether one was there, and the undo brings back what was', async () => {
  const before = await t.contents()
  const again = await t.bring('attendance', sheet('K2,小王,一组,2024-05-10,8小时,0,,'))
  assert.deepEqual([again.updated, again.unchanged], [0, 1])
  const later = await t.bring(
    'attendance',
    sheet('K2,小王,一组,2024-05-10,8,7,,', 'K9,新人,新组,2024-05-10,6,,,'),
  )
  assert.deepEqual([later.updated, later.accepted], [1, 1])
  // Two orders by K1, K2 and K9.
  assert.deepEqual(await brief('tickets_per_agent_day', '2024-05-10', '2024-05-11'), [0.666667, 3, 'few'])
  await t.undo(later.batch)
  assert.deepEqual(await t.contents(), before)
})
