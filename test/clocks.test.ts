import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { ClockExplanation } from '../contract/cases.ts'
import { indicatorFields } from '../contract/standards.ts'
import { openWorkOrders, reviewClocks, sweepClocks } from '../server/cases/index.ts'
import { drainChanges, rebuild } from '../server/measurement/index.ts'
import type { Database } from '../server/platform/database.ts'
import { writeFacts } from '../server/platform/fact-table.ts'
import { sql } from '../server/platform/sql.ts'
import { reviewReplies } from '../server/surveys/index.ts'
import { type Cast, now, openCast } from './cast.ts'

let cast: Cast
before(async () => {
  cast = await openCast()
})
after(() => cast.end())

const limits = [
  { clock: 'response', seconds: 2 * 3600, runs: 'working' },
  { clock: 'start', seconds: 24 * 3600, runs: 'always' },
  { clock: 'resolution', seconds: 3 * 86_400, runs: 'workdays' },
]
interface Order {
  id: string
  version: number
  responseDueAt: string | null
  startDueAt: string | null
  resolutionDueAt: string | null
  pauses: { from: string; to: string | null; reason: string }[]
}

const supervised = async (method: string, url: string, body?: object) => {
  const answer = await cast.call('administrator', method, url, body)
  assert.ok(answer.status < 300, answer.body)
  return answer.json()
}
const read = async (id: string) => (await supervised('GET', `/api/work-orders/${id}`)) as unknown as Order
const receive = async (receivedAt: string, more: object = {}) =>
  (await supervised('POST', '/api/work-orders', {
    receivedAt,
    unitId: cast.teamA,
    ...more,
  })) as unknown as Order
const pause = (order: Order, pauses: object[]) =>
  cast.call('administrator', 'PATCH', `/api/work-orders/${order.id}`, { version: order.version, pauses })
const review = (db: Database = cast.db) => reviewClocks(db, cast.organizationId, now)

async function publishLimits(timeLimits: object[], effectiveOn = '2024-06-01') {
  const { items } = (await supervised('GET', '/api/standards')) as { items: { indicators: object[] }[] }
  const fields = Object.keys(indicatorFields)
  const indicators = items[0]!.indicators.map((one) =>
    Object.fromEntries(Object.entries(one).filter(([name]) => fields.includes(name))),
  )
  return supervised('POST', '/api/standards', { effectiveOn, reason: '时限', indicators, timeLimits })
}

test('limits in working time and in working days run by the usual hours until others are published', async () => {
  await publishLimits(limits)
  // Friday 17:00 in Shanghai.
  const order = await receive('2024-06-14T17:00:00+08:00')
  assert.equal(order.responseDueAt, '2024-06-17T02:00:00.000Z')
  assert.equal(order.startDueAt, '2024-06-15T09:00:00.000Z')
  assert.equal(order.resolutionDueAt, '2024-06-19T10:00:00.000Z')
})

test('a limit in working days is a whole number of them', async () => {
  const { items } = (await supervised('GET', '/api/standards')) as { items: { version: number }[] }
  await assert.rejects(
    publishLimits([{ clock: 'resolution', seconds: 90_000, runs: 'workdays' }]),
    /limit_unusable.*整天数/s,
  )
  const after = (await supervised('GET', '/api/standards')) as { items: object[] }
  assert.equal(after.items.length, items.length)
})

test('a pause moves the clocks of the work; it is kept with its reason, and shown in the history', async () => {
  const order = await receive('2024-06-14T17:00:00+08:00')
  const [from, to] = ['2024-06-17T02:00:00.000Z', '2024-06-18T02:00:00.000Z']
  const answer = await pause(order, [{ from, to, reason: '等客户寄回设备 13812345678' }])
  assert.equal(answer.status, 200, answer.body)
  const paused = answer.json() as unknown as Order
  // Eight working hours later: Thursday at the end of the day.
  assert.equal(paused.resolutionDueAt, '2024-06-20T10:00:00.000Z')
  assert.equal(paused.responseDueAt, order.responseDueAt)
  assert.equal(paused.pauses[0]?.from, from)
  assert.match(paused.pauses[0]?.reason ?? '', /^等客户寄回设备 \*+$/)
  assert.doesNotMatch(answer.body, /13812345678/)
  const lasting = await pause(paused, [{ from, to: null, reason: '' }])
  assert.equal((lasting.json() as unknown as Order).resolutionDueAt, null)
  const { items } = (await supervised('GET', `/api/records/work-orders/${order.id}/history`)) as {
    items: { changes: { field: string }[] }[]
  }
  assert.ok(items.some(({ changes }) => changes.some(({ field }) => field === 'pauses')))
})

test('why a limit runs out when it does: which limit, what stood still, over which days', async () => {
  const order = await receive('2024-06-14T17:00:00+08:00')
  await pause(order, [{ from: '2024-06-17T02:00:00Z', to: '2024-06-18T02:00:00Z', reason: '' }])
  const { items } = (await supervised('GET', `/api/work-orders/${order.id}/clocks`)) as unknown as {
    items: ClockExplanation[]
  }
  assert.deepEqual(
    items.map(({ clock }) => clock),
    ['response', 'start', 'resolution'],
  )
  const resolution = items[2]!
  assert.deepEqual(resolution.limit, { seconds: 3 * 86_400, runs: 'workdays' })
  assert.equal(resolution.pausedMinutes, 24 * 60)
  assert.equal(resolution.dueAt, (await read(order.id)).resolutionDueAt)
  assert.deepEqual(
    resolution.steps.map(({ date, kind, minutes }) => [date.slice(8), kind, minutes]),
    [
      ['14', 'workday', 60],
      ['15', 'weekend', 0],
      ['16', 'weekend', 0],
      ['17', 'workday', 60],
      ['18', 'workday', 420],
      ['19', 'workday', 480],
      ['20', 'workday', 480],
    ],
  )
  assert.equal((await cast.call('outsider', 'GET', `/api/work-orders/${order.id}/clocks`)).status, 404)
})

test('a pause that ends before it begins, overlaps another or is not one is refused, and nothing is lost', async () => {
  const order = await receive('2024-06-14T17:00:00+08:00')
  const at = (hour: number) => `2024-06-17T0${hour}:00:00Z`
  const one = (from: number, to: number | null) => ({
    from: at(from),
    to: to === null ? null : at(to),
    reason: '',
  })
  const code = async (pauses: object[]) => (await pause(order, pauses)).json().code
  assert.equal(await code([one(3, 2)]), 'pause_backwards')
  assert.equal(await code([one(3, 3)]), 'pause_backwards')
  assert.equal(await code([one(1, 4), one(3, 5)]), 'pauses_overlap')
  assert.equal(await code([one(1, null), one(3, 5)]), 'pauses_overlap')
  assert.equal(await code([{ from: 'soon', to: null, reason: '' }]), 'invalid')
  assert.equal(await code(Array.from({ length: 101 }, (_, i) => one(i % 9, null))), 'invalid')
  assert.deepEqual(await read(order.id), order)
  // Out of order is no fault, and ends may meet.
  const met = await pause(order, [one(3, 5), one(1, 3)])
  assert.deepEqual(
    (met.json() as unknown as Order).pauses.map(({ from }) => from),
    ['2024-06-17T01:00:00.000Z', '2024-06-17T03:00:00.000Z'],
  )
  const other = await cast.call('outsider', 'PATCH', `/api/work-orders/${order.id}`, {
    version: 2,
    pauses: [],
  })
  assert.equal(other.status, 404)
})

test('a changed limit goes over the orders there are; what a pause took stays taken, and cells follow', async () => {
  await review()
  const order = await receive('2024-06-14T17:00:00+08:00')
  const given = await receive('2024-06-14T17:00:00+08:00', { resolvedAt: '2024-06-18T08:00:00+08:00' })
  const pauses = [{ from: '2024-06-17T02:00:00Z', to: '2024-06-17T04:00:00Z', reason: '等配件' }]
  await pause(order, pauses)
  assert.equal((await read(order.id)).resolutionDueAt, '2024-06-20T03:00:00.000Z')
  await publishLimits([{ ...limits[2], seconds: 86_400 }, limits[1]!])
  const stood = await read(order.id)
  assert.equal(stood.resolutionDueAt, '2024-06-20T03:00:00.000Z', 'the review has not been yet')
  assert.ok((await review()) > 0)
  const moved = await read(order.id)
  // One working day: Monday 18:00, and two hours of pause on Tuesday.
  assert.equal(moved.resolutionDueAt, '2024-06-18T03:00:00.000Z')
  assert.equal(moved.responseDueAt, null)
  assert.deepEqual(moved.pauses, stood.pauses)
  assert.equal(moved.version, stood.version)
  assert.equal((await read(given.id)).resolutionDueAt, '2024-06-17T10:00:00.000Z')
  assert.equal(await review(), 0)
  await drainChanges(cast.db, cast.organizationId, now)
  assert.equal((await rebuild(cast.db, cast.organizationId, { check: true, now })).differing, 0)
})

test('published hours go over the orders of their unit; other weights alone go over none', async () => {
  await publishLimits(limits)
  await review()
  const [a, b] = [
    await receive('2024-06-14T17:00:00+08:00'),
    await receive('2024-06-14T17:00:00+08:00', { unitId: cast.teamB }),
  ]
  const week = [0, 1, 2, 3, 4, 5, 6].map(() => [[600, 1320]])
  const hours = { effectiveOn: '2024-06-01', reason: '门店天天营业', holidays: '', days: [] }
  await supervised('POST', '/api/calendars', { unitId: cast.teamA, week, ...hours })
  assert.ok((await review()) > 0)
  // Saturday and Sunday are worked until 22:00: two hours from Friday 17:00 end at 19:00.
  assert.equal((await read(a.id)).responseDueAt, '2024-06-14T11:00:00.000Z')
  assert.equal((await read(a.id)).resolutionDueAt, '2024-06-17T14:00:00.000Z')
  assert.equal((await read(b.id)).responseDueAt, '2024-06-17T02:00:00.000Z')
  await publishLimits(limits, '2024-06-02')
  assert.equal(await review(), 0)
  const rows = await cast.owner.query('select standards, calendars, after_id from cases.clock_review')
  assert.deepEqual(rows.rows, [{ standards: 5, calendars: 1, after_id: null }])
  await reviewReplies(cast.db, cast.organizationId, now)
  assert.deepEqual((await cast.owner.query('select cases.organizations_to_review()')).rows, [])
})

test('a review waits for writers, steps aside for an editor, and goes on where it was interrupted', async () => {
  const many = 2300
  await cast.db.transaction(await cast.whole(), async (tx) => {
    const table = await openWorkOrders(tx, now)
    const source = await tx.one<{ source_id: string }>(sql`select source_id from cases.work_order limit 1`)
    const incoming = Array.from({ length: many }, (_, i) => ({
      externalId: `M${i}`,
      line: null,
      values: { unit_id: cast.teamB, received_at: Date.UTC(2024, 5, 14, 9) },
    }))
    const context = { sourceId: source!.source_id, batchId: null, now, demo: false, sink: null }
    await writeFacts(tx, table, incoming, context)
  })
  await publishLimits([{ ...limits[0], seconds: 3600 }], '2024-06-03')
  // A writer that began by the old limits holds it up, and is not held up.
  await cast.db.transaction(await cast.whole(), async (tx) => {
    await openWorkOrders(tx, now)
    assert.equal(await review(), 0)
  })
  // Somebody at one order.
  await cast.db.transaction(await cast.whole(), async (tx) => {
    await tx.client.query(`select 1 from cases.work_order where external_id = 'M7' for update`)
    await review()
  })
  const late = async () =>
    Number(
      (
        await cast.owner.query(
          `select count(*) as n from cases.work_order where external_id like 'M%'
           and response_due_at <> '2024-06-14T10:00:00Z'`,
        )
      ).rows[0].n,
    )
  assert.ok((await late()) > 0)
  let steps = 0
  const dying: Database = {
    ...cast.db,
    transaction: (async (...all: Parameters<Database['transaction']>) => {
      if (++steps > 1) throw new Error('killed')
      return cast.db.transaction(...all)
    }) as Database['transaction'],
  }
  await assert.rejects(review(dying), /killed/)
  const left = await late()
  assert.ok(left > 0 && left <= many, String(left))
  assert.equal((await cast.owner.query('select cases.organizations_to_review()')).rows.length, 1)
  await review()
  assert.equal(await late(), 0)
  await sweepClocks(cast.db, cast.organizationId, now)
  await drainChanges(cast.db, cast.organizationId, now)
  assert.equal((await rebuild(cast.db, cast.organizationId, { check: true, now })).differing, 0)
})
