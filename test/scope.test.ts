import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Figure, Finding, Replayed, Scorecard } from '../contract/measurement.ts'
import { drainChanges } from '../server/measurement/index.ts'
import { type Cast, now, openCast } from './cast.ts'

let cast: Cast
before(async () => {
  cast = await openCast()
  // 12 calls answered after 5 minutes, 12 chats after 40; two of the chats urgent. In team A, in May.
  for (let i = 0; i < 24; i++) {
    const received = Date.UTC(2024, 4, 6 + (i % 12), 2)
    const chat = i >= 12
    await send('POST', '/api/work-orders', {
      receivedAt: new Date(received).toISOString(),
      respondedAt: new Date(received + (chat ? 40 : 5) * 60_000).toISOString(),
      unitId: cast.teamA,
      channel: chat ? 'chat' : 'phone',
      priority: i >= 22 ? 'urgent' : 'normal',
      category: i % 2 ? 'repair' : '安装',
      subcategory: i % 2 ? '硬件' : null,
    })
  }
  // The orders of the cast itself are not of this story.
  for (const id of Object.values(cast.orders))
    await send('POST', `/api/work-orders/${id}/exclusion`, { reason: '不在此例' })
  await send('POST', '/api/standards', { effectiveOn: '2024-05-01', reason: '分渠道目标', indicators })
  await drainChanges(cast.db, cast.organizationId, now)
})
after(() => cast.end())

async function send<Reply>(method: string, url: string, body?: object): Promise<Reply> {
  const answer = await cast.call('administrator', method, url, body)
  assert.ok(answer.status < 300, answer.body)
  return answer.json() as Reply
}
const get = <Reply>(url: string) => send<Reply>('GET', url)

const response = (code: string, weight: string, more: object) => ({
  code,
  measure: 'first_response_minutes',
  nameZh: code,
  nameEn: code,
  dimension: 'timeliness',
  source: '工单系统',
  period: 'month',
  weight,
  target: { operator: '<=', value: '30' },
  rule: { kind: 'pass_fail' },
  minimumN: 10,
  ...more,
})
const indicators = [
  response('all', '25', {}),
  response('phone', '25', { scope: { channel: 'phone' } }),
  response('chat', '20', { scope: { channel: 'chat' }, target: { operator: '<=', value: '10' } }),
  response('urgent_chat', '20', { scope: { priority: 'urgent', channel: 'chat' } }),
  response('urgent_enough', '5', { scope: { channel: 'chat', priority: 'urgent' }, minimumN: 2 }),
  response('hardware', '5', { scope: { category: 'repair' } }),
]
const card = (query = '') => get<Scorecard>(`/api/scorecard?period=2024-05${query}`)
const rowsOf = ({ indicators: rows }: Scorecard) =>
  Object.fromEntries(rows.map(({ code, value, n, state, status }) => [code, [value, n, state, status]]))

test('an indicator stands for the records of its scope, with its own target and its own minimum', async () => {
  const found = await card()
  assert.deepEqual(rowsOf(found), {
    // (12 × 5 + 12 × 40) / 24
    all: [22.5, 24, 'ok', 'met'],
    phone: [5, 12, 'ok', 'met'],
    chat: [40, 12, 'ok', 'missed'],
    urgent_chat: [40, 2, 'few', 'missed'],
    urgent_enough: [40, 2, 'ok', 'missed'],
    hardware: [22.5, 12, 'ok', 'met'],
  })
  // 25 + 25 + 5 of 100 weights have ten points.
  assert.equal(found.total, 5.5)
  for (const { scope, measure, value, n, trend } of found.indicators) {
    const query = new URLSearchParams({ from: '2024-05-01', to: '2024-05-31', ...scope })
    const { rows } = await get<{ rows: Figure[] }>(`/api/measures/${measure}/figures?${query}`)
    assert.deepEqual([rows[0]?.value, rows[0]?.n], [value, n])
    assert.equal(trend.at(-1)?.value, value)
    const list = await get<{ total: number }>(`/api/measures/${measure}/records?${query}`)
    assert.equal(list.total, n)
  }
})

test('units, findings and replayed periods go by the scopes too', async () => {
  const { items } = await get<{ items: { unit: { name: string }; total: number | null }[] }>(
    '/api/comparison?period=2024-05',
  )
  assert.equal(items.find(({ unit }) => unit.name === '甲组')?.total, 5.5)
  const findings = (await get<{ items: Finding[] }>('/api/findings?period=2024-05')).items
  const counts = Object.fromEntries(findings.map(({ code, failing, records }) => [code, [failing, records]]))
  assert.deepEqual(counts, { chat: [12, 12], urgent_chat: [2, 2], urgent_enough: [2, 2] })
  const replayed = await send<Replayed>('POST', '/api/scorecard/replay', {
    period: '2024-05',
    periods: 2,
    indicators,
  })
  assert.deepEqual(
    replayed.periods.map(({ before: was, after: is }) => [was, is]),
    [
      [null, null],
      [5.5, 5.5],
    ],
  )
})

test('a scope is kept with its version and said by the list; one of no known kind is refused', async () => {
  const { items } = await get<{ items: { indicators: { code: string; scope?: object }[] }[] }>(
    '/api/standards',
  )
  const kept = items[0]!.indicators
  assert.deepEqual(kept.find(({ code }) => code === 'urgent_chat')?.scope, {
    priority: 'urgent',
    channel: 'chat',
  })
  assert.equal(kept.find(({ code }) => code === 'all')?.scope, undefined)
  for (const scope of [{ unit: cast.teamA }, { channel: '' }, { priority: 'soon' }, 'phone']) {
    const body = { effectiveOn: '2024-06-01', reason: 'x', indicators: [response('all', '100', { scope })] }
    const answer = await cast.call('administrator', 'POST', '/api/standards', body)
    assert.equal(answer.status, 400, answer.body)
  }
})
