import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { zone } from '../platform/time.ts'
import { demoRows } from './rows.ts'

const shanghai = zone('Asia/Shanghai')
const zones = ['Asia/Shanghai', 'America/New_York', 'Europe/Rome'].map(zone)

test('the same seed, now and zone give the same rows; another seed gives others', () => {
  const now = new Date('2026-03-18T06:00:00Z')
  assert.deepEqual(demoRows(1, now, shanghai), demoRows(1, now, shanghai))
  assert.notDeepEqual(demoRows(1, now, shanghai), demoRows(2, now, shanghai))
})

test('on whatever day it is loaded, the story has its size and holds together', () => {
  const seconds = fc.integer({ min: Date.UTC(2024, 0, 1) / 1000, max: Date.UTC(2031, 11, 31) / 1000 })
  fc.assert(
    fc.property(fc.integer(), seconds, fc.constantFrom(...zones), (seed, at, place) => {
      const now = new Date(at * 1000)
      const { orders, responses, feedback, trainings, messages, costs } = demoRows(seed, now, place)
      assert.deepEqual([orders.length, responses.length, feedback.length], [1240, 430, 46])
      const today = wallOf(now, place)
      for (const order of orders) {
        const times = ['received_at', 'responded_at', 'started_at', 'resolved_at'].flatMap((name) =>
          order[name] ? [order[name]] : [],
        )
        assert.deepEqual(times, times.toSorted(), `times of ${order.external_id} in order`)
        if (order.followed_up_at) times.push(order.followed_up_at)
        assert.ok(
          times.every((time) => time <= today),
          `${order.external_id} lies in the future`,
        )
      }
      for (const { submitted_at, work_order } of responses) {
        const order = orders.find(({ external_id }) => external_id === work_order)
        assert.ok(order?.resolved_at && submitted_at! >= order.resolved_at && submitted_at! <= today)
      }
      assert.equal(feedback.filter(contradicts).length, 7)
      assert.ok(feedback.every(({ received_at }) => received_at! <= today))
      assert.equal(trainings.length, 32)
      assert.ok(trainings.every(({ held_at }) => held_at! <= today))
      assert.ok(
        [...messages.map(({ sent_at }) => sent_at), ...costs.map((one) => one.incurred_at)].every(
          (at) => at! <= today,
        ),
      )
      assert.ok(
        messages.length > 800 && costs.length > 400,
        `${messages.length} messages, ${costs.length} costs`,
      )
      assert.equal(new Set(feedback.map(({ external_id }) => external_id)).size, feedback.length)
    }),
    { numRuns: 25 },
  )
})

test('one month in the evening waits are long, and two months later they are short', () => {
  const { orders } = demoRows(7, new Date('2026-03-18T06:00:00Z'), shanghai)
  const evenings = (month: string) =>
    orders.filter(({ received_at: at }) => at!.startsWith(month) && Number(at!.slice(11, 13)) >= 18)
  const mean = (month: string) =>
    evenings(month).reduce((sum, order) => sum + waitOf(order), 0) / evenings(month).length
  assert.ok(mean('2025-12') > 95, `${mean('2025-12')} minutes in the fourth month`)
  assert.ok(mean('2026-02') < 26, `${mean('2026-02')} minutes in the sixth`)
})

test('weekends are thinner, and about one required field in seventeen is blank', () => {
  const { orders } = demoRows(7, new Date('2026-03-18T06:00:00Z'), shanghai)
  const weekend = orders.filter(({ received_at: at }) =>
    [0, 6].includes(new Date(`${at!.slice(0, 10)}T00:00:00Z`).getUTCDay()),
  )
  assert.ok(weekend.length / orders.length < 0.2, `${weekend.length} of ${orders.length} on weekends`)
  const texts = new Set(orders.map(({ problem }) => problem))
  assert.ok(texts.size >= 50, `${texts.size} different problems`)
})

const contradicts = (row: Record<string, string>) =>
  row.status === '已关闭' && row.problem!.includes('未彻底解决')

const waitOf = (order: Record<string, string>): number =>
  (Date.parse(`${order.responded_at}Z`) - Date.parse(`${order.received_at}Z`)) / 60_000

const wallOf = (now: Date, place: typeof shanghai): string =>
  new Date(now.getTime() + place.offsetMs(now.getTime())).toISOString().slice(0, 19).replace('T', ' ')
