import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import fc from 'fast-check'
import type { WorkOrder } from '../../contract/cases.ts'
import { type Cast, now, openCast } from '../../test/cast.ts'
import { handSource } from '../directory/index.ts'
import { writeFacts } from '../platform/fact-table.ts'
import { sql } from '../platform/sql.ts'
import { openWorkOrders } from './context.ts'

let cast: Cast
const sort = 'status,-externalId'
const limit = 10

before(async () => {
  cast = await openCast()
  await cast.db.transaction(await cast.whole(), async (tx) => {
    const rows = Array.from({ length: 100 }, (_, i) => ({
      externalId: `J${String(i).padStart(4, '0')}`,
      line: null,
      values: {
        unit_id: i % 4 === 0 ? cast.teamB : cast.teamA,
        status: ['处理中', '完成', null][i % 3] ?? null,
        received_at: now.getTime() - i * 60_000,
      },
    }))
    await writeFacts(tx, await openWorkOrders(tx, now), rows, {
      sourceId: await handSource(tx, now),
      batchId: null,
      now,
      demo: false,
      sink: null,
    })
  })
})
after(() => cast.end())

interface Page {
  items: WorkOrder[]
  next: string | null
  total: number | null
}

async function list(query: object, who: 'administrator' | 'team_lead' = 'administrator'): Promise<Page> {
  const text = new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)]))
  const answer = await cast.call(who, 'GET', `/api/work-orders?${text}`)
  assert.equal(answer.status, 200, answer.body)
  return answer.json() as unknown as Page
}

const idsOf = ({ items }: { items: WorkOrder[] }): string[] => items.map(({ id }) => id)

let first: Page
let all: string[]
beforeEach(async () => {
  all = idsOf(await list({ sort, limit: 200 }))
  first = await list({ sort, limit })
})

/** So many rows on behind the first page. */
const jump = (offset: number, who?: 'team_lead') => list({ sort, limit, offset, cursor: first.next }, who)

async function edit(id: string, given: object): Promise<void> {
  const { version } = (await cast.call('administrator', 'GET', `/api/work-orders/${id}`)).json()
  const answer = await cast.call('administrator', 'PATCH', `/api/work-orders/${id}`, { version, ...given })
  assert.equal(answer.status, 200, answer.body)
}

async function enter(status: string): Promise<string> {
  const receivedAt = now.toJSON()
  const answer = await cast.call('administrator', 'POST', '/api/work-orders', { status, receivedAt })
  assert.equal(answer.status, 201, answer.body)
  return String(answer.json().id)
}

test('jumps of any width, and reading on from where one landed, are the plain order', async () => {
  const jumps = fc.array(fc.integer({ min: 0, max: 120 }), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(jumps, async (offsets) => {
      for (const offset of offsets) {
        const here = await jump(offset)
        assert.deepEqual(idsOf(here), all.slice(limit + offset, 2 * limit + offset))
        assert.ok(here.total === all.length || offset === 0)
        if (here.next === null) continue
        const further = await list({ sort, limit, cursor: here.next })
        assert.deepEqual(idsOf(further), all.slice(2 * limit + offset, 3 * limit + offset))
      }
    }),
    { numRuns: 15 },
  )
})

test('rows entered or sorted elsewhere meanwhile: all pages of one reading still fit together', async () => {
  const middle = await jump(30)
  await enter('完成')
  await edit(all[70] ?? '', { status: '啊' })
  const pages = [first, await jump(0), await jump(10), await jump(20), middle, await jump(40)]
  let cursor = pages.at(-1)?.next ?? null
  while (cursor) {
    const page: Page = await list({ sort, limit, cursor })
    pages.push(page)
    cursor = page.next
  }
  assert.deepEqual(pages.flatMap(idsOf), all)
  // Their values are those of now, and a new reading has the new order.
  assert.equal(pages.flatMap(({ items }) => items).find(({ id }) => id === all[70])?.status, '啊')
  const anew = await list({ sort, limit: 200 })
  assert.equal(anew.total, all.length + 1)
  assert.notDeepEqual(idsOf(anew).slice(0, all.length), all)
})

test('a row that is gone, or no longer fits the filter, leaves no gap: the rest is read as it is now', async () => {
  const filter = 'status~完成'
  const before = idsOf(await list({ sort, filter, limit: 200 }))
  const begun = await list({ sort, filter, limit: 5 })
  const go = (offset: number) => list({ sort, filter, limit: 5, offset, cursor: begun.next })
  assert.deepEqual(idsOf(await go(5)), before.slice(10, 15))
  await edit(before[11] ?? '', { status: '处理中' })
  assert.deepEqual(idsOf(await go(5)), [...before.slice(10, 11), ...before.slice(12, 16)])
  await cast.db.transaction(await cast.whole(), async (tx) =>
    tx.run(sql`
      delete from cases.work_order where organization_id = ${tx.organizationId} and id = ${before[13]}`),
  )
  const left = before.filter((_, i) => i !== 11 && i !== 13)
  assert.deepEqual(idsOf(await go(5)), left.slice(10, 15))
  assert.deepEqual(idsOf(await go(10)), left.slice(15, 20))
  assert.equal((await go(10)).total, left.length)
})

test('a cursor in other hands leads to what these may see', async () => {
  const whole = await jump(20)
  assert.ok(whole.items.some(({ unit }) => unit.id === cast.teamB))
  const seen = [...(await jump(20, 'team_lead')).items, ...(await jump(0, 'team_lead')).items]
  assert.ok(seen.length > 0 && seen.every(({ unit }) => unit.id === cast.teamA))
})

test('who has been told how many rows there are has them counted no more', async () => {
  assert.equal((await list({ sort, limit, total: 7 })).total, 7)
  assert.equal((await list({ sort, limit })).total, all.length)
  const wrong = await cast.call('administrator', 'GET', '/api/work-orders?total=-1')
  assert.equal(wrong.status, 400)
})

test('who will ask later for how many there are gets the rows at once, and the number alone with a limit of 0', async () => {
  const later = await list({ sort, limit, total: 'later' })
  assert.deepEqual([idsOf(later), later.total], [all.slice(0, limit), null])
  const number = await list({ sort, limit: 0 })
  assert.deepEqual([number.items, number.next, number.total], [[], null, all.length])
  // A list that ends on its first page has been counted by that.
  const few = await list({ filter: 'externalId~J0012', limit, total: 'later' })
  assert.deepEqual([few.items.length, few.total], [1, 1])
  const none = await list({ filter: 'externalId~nobody', limit, total: 'later' })
  assert.deepEqual([none.items, none.total], [[], 0])
  const whole = await list({ sort, limit: 200, total: 'later' })
  assert.equal(whole.total, all.length)
})
