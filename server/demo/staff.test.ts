import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dateToDay, dayToDate, zone } from '../platform/time.ts'
import { stagesOf } from './life-stages.ts'
import { calendarOf } from './orders.ts'
import { problems } from './problems.ts'
import { causes } from './repairs.ts'
import { demoRows } from './rows.ts'

const seconds = fc.integer({ min: Date.UTC(2024, 0, 1) / 1000, max: Date.UTC(2031, 11, 31) / 1000 })
const zones = ['Asia/Shanghai', 'America/New_York', 'Europe/Rome'].map(zone)

test('on whatever day it is loaded, people worked five days a week for three months and more, until yesterday', () => {
  fc.assert(
    fc.property(fc.integer(), seconds, fc.constantFrom(...zones), (seed, at, place) => {
      const now = new Date(at * 1000)
      const { attendance } = demoRows(seed, now, place)
      const { monthStarts, nightShiftFromDay } = calendarOf(now, place)
      const days = attendance.map(({ worked_at }) => worked_at!)
      assert.deepEqual(days, days.toSorted())
      assert.ok(days[0]! >= dayToDate(monthStarts[3]!) && days.at(-1)! < dayToDate(place.localDay(at * 1000)))
      assert.equal(
        new Set(attendance.map(({ agent, worked_at }) => `${agent} ${worked_at}`)).size,
        days.length,
      )
      // Ten whole weeks, from the first Sunday on.
      const from = monthStarts[3]! + ((13 - ((monthStarts[3]! + 3) % 7)) % 7)
      const within = attendance.filter(
        ({ worked_at: on }) => on! >= dayToDate(from) && on! < dayToDate(from + 70),
      )
      const perPerson = Map.groupBy(within, ({ agent }) => agent!)
      assert.equal(perPerson.size, 24)
      const newcomers = ['DEMO-10', 'DEMO-11']
      for (const [agent, worked] of perPerson) {
        if (newcomers.includes(agent))
          assert.ok(worked.every(({ worked_at }) => dateToDay(worked_at!) >= nightShiftFromDay))
        // 50 days; one less where the Saturday before made the first Monday free, one more with the last Saturday.
        else assert.ok(worked.length >= 49 && worked.length <= 51, `${agent}: ${worked.length}`)
      }
      for (const { on_duty, worked_hours } of attendance) assert.equal(on_duty === '否', worked_hours === '0')
    }),
    { numRuns: 25 },
  )
})

test('who came for the evenings is qualified from the day after the exam on; who failed sits it again', () => {
  const { trainings, attendance } = demoRows(7, new Date('2026-03-18T06:00:00Z'), zone('Asia/Shanghai'))
  const exam = trainings.find(({ agent, kind }) => agent === 'DEMO-10' && kind === '考试')!
  assert.equal(exam.passed, '是')
  for (const { agent, worked_at, qualified } of attendance)
    if (agent === 'DEMO-10' && qualified !== '')
      assert.equal(qualified, worked_at! > exam.held_at!.slice(0, 10) ? '是' : '否', worked_at)
  const jams = trainings.filter(({ course }) => course === '卡纸故障考试')
  const failed = jams.filter(({ passed }) => passed === '否')
  assert.deepEqual(
    failed.map(({ agent, score }) => [agent, score]),
    [['DEMO-19', '52']],
  )
  assert.deepEqual(
    jams.filter(({ agent }) => agent === 'DEMO-19').map(({ passed }) => passed),
    ['否', '是'],
  )
})

test('each plan of a repair has a cause; a solved repair says no more than is plausible', () => {
  for (const { category, plans } of Object.values(problems).flat())
    if (category.startsWith('故障维修')) for (const plan of plans) assert.ok(causes[plan], plan)
  const { orders } = demoRows(7, new Date('2026-03-18T06:00:00Z'), zone('Asia/Shanghai'))
  for (const order of orders) {
    const solved = order.resolved_at !== ''
    const repair = order.category!.startsWith('故障维修')
    if (!solved)
      assert.equal(order.final_cause! + order.article! + order.follow_up_due_at! + order.redone!, '')
    if (!repair) assert.equal(order.first_diagnosis! + order.redone! + order.parts_requested!, '')
    if (order.parts_requested) assert.ok(Number(order.parts_filled) <= Number(order.parts_requested))
    if (order.followed_up_at) assert.ok(order.followed_up_at > order.resolved_at!)
    if (order.plan_replaced) assert.notEqual(order.plan_confirmed_at, '')
  }
  const late = orders.filter(({ followed_up_at: at, follow_up_due_at: due }) => at && due && at > due)
  assert.ok(late.length >= 10 && late.length <= 60, `${late.length} followed up late`)
})

test('the stages of a product begin on first days of months, counted back from the current one', () => {
  assert.deepEqual(stagesOf('DEMO-A500', dateToDay('2026-03-01')), {
    launchOn: '2024-11-01',
    growthOn: '2025-12-01',
    maturityOn: null,
  })
})
