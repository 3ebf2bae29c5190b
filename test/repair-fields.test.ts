import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { ClockExplanation, WorkOrder } from '../contract/cases.ts'
import type { standard } from '../contract/standards.ts'
import { reviewClocks } from '../server/cases/index.ts'
import { type Cast, now, openCast } from './cast.ts'

let cast: Cast
before(async () => {
  cast = await openCast()
})
after(() => cast.end())

async function send<Reply>(method: string, url: string, body?: object): Promise<Reply> {
  const answer = await cast.call('administrator', method, url, body)
  assert.ok(answer.status < 300, `${url}: ${answer.body}`)
  return answer.json() as Reply
}

const entered = {
  receivedAt: '2024-05-10T01:00:00.000Z',
  resolvedAt: '2024-05-10T04:00:00.000Z',
  category: 'repair',
  firstDiagnosis: '电源板，来电13812345678',
  finalCause: '主板',
  redone: false,
  planReplaced: true,
  partsRequested: 2,
  partsFilled: 1,
  article: 'KB-7',
  followedUpAt: '2024-05-11T04:00:00.000Z',
}

test('entered by hand they come back, a number in a diagnosis masked; edited they tell it in the history; lists narrow by them', async () => {
  const made = await send<WorkOrder>('POST', '/api/work-orders', { ...entered, unitId: cast.teamA })
  const { redone, planReplaced, partsRequested, partsFilled, article, articleUsed, followedUpAt } = made
  assert.deepEqual(
    [redone, planReplaced, partsRequested, partsFilled, article, articleUsed, followedUpAt],
    [false, true, 2, 1, 'KB-7', true, '2024-05-11T04:00:00.000Z'],
  )
  assert.doesNotMatch(String(made.firstDiagnosis), /13812345678/)
  const path = `/api/work-orders/${made.id}`
  const edited = await send<WorkOrder>('PATCH', path, {
    version: made.version,
    redone: true,
    article: null,
    articleUsed: false,
  })
  assert.deepEqual([edited.redone, edited.article, edited.articleUsed], [true, null, false])
  const history = await send<{ items: { changes: { field: string; before: unknown; after: unknown }[] }[] }>(
    'GET',
    `/api/records/work-orders/${made.id}/history`,
  )
  const changes = history.items.flatMap((one) => one.changes)
  assert.deepEqual(
    changes.find(({ field }) => field === 'redone'),
    { field: 'redone', before: false, after: true },
  )
  assert.deepEqual(
    changes.find(({ field }) => field === 'article_given'),
    { field: 'article_given', before: null, after: false },
  )
  const listed = async (filter: string) =>
    (await send<{ items: { id: string }[] }>('GET', `/api/work-orders?filter=${filter}`)).items.map(
      ({ id }) => id,
    )
  assert.deepEqual(await listed('redone:true'), [made.id])
  assert.deepEqual(await listed('redone:false'), [])
  assert.deepEqual(await listed('articleUsed:false'), [made.id])
  const wrong = await cast.call('administrator', 'PATCH', path, { version: edited.version, partsFilled: 3 })
  assert.deepEqual([wrong.status, wrong.json().code], [400, 'parts_wrong'])
})

test('the clock of the follow-up is explained from the solution on, and a new limit goes over the orders there are', async () => {
  const made = await send<WorkOrder>('POST', '/api/work-orders', { ...entered, unitId: cast.teamA })
  assert.equal(made.followUpDueAt, null)
  const { items } = await send<{ items: ReturnType<typeof standard.parse>[] }>('GET', '/api/standards')
  const { indicators, timeLimits } = items[0]!
  await send('POST', '/api/standards', {
    effectiveOn: '2000-01-01',
    reason: '回访',
    indicators: indicators.map(({ sentence: _, targetText: __, definition: ___, unit: ____, ...one }) => one),
    timeLimits: [...timeLimits, { clock: 'follow_up', seconds: 48 * 3600 }],
  })
  await reviewClocks(cast.db, cast.organizationId, now)
  const order = await send<WorkOrder>('GET', `/api/work-orders/${made.id}`)
  assert.equal(order.followUpDueAt, '2024-05-12T04:00:00.000Z')
  const clocks = await send<{ items: ClockExplanation[] }>('GET', `/api/work-orders/${made.id}/clocks`)
  const told = clocks.items.find(({ clock }) => clock === 'follow_up')
  assert.deepEqual(
    [told?.given, told?.limit, told?.dueAt],
    [false, { seconds: 172_800, runs: 'always' }, '2024-05-12T04:00:00.000Z'],
  )
})
