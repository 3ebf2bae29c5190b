import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Figure, PeriodDifference, Scorecard } from '../contract/measurement.ts'
import { drainChanges } from '../server/measurement/index.ts'
import { newId } from '../server/platform/ids.ts'
import { type Cast, now, openCast } from './cast.ts'

let cast: Cast
let other: string

before(async () => {
  cast = await openCast()
  other = (await send<{ id: string }>('POST', '/api/products', { code: 'B100', name: '扫描仪' })).id
  for (const id of Object.values(cast.orders))
    await send('POST', `/api/work-orders/${id}/exclusion`, { reason: '不在此例' })
  await days({ launchOn: '2024-04-10', growthOn: '2024-05-10', maturityOn: null })
  // In Shanghai: the last millisecond of 9 May, the first of 10 May, the day before the launch; and one of a product of which
  // nothing is known.
  await order('LAST', '2024-05-09T15:59:59.999Z', 10, cast.product)
  await order('FIRST', '2024-05-09T16:00:00.000Z', 20, cast.product)
  await order('EARLY', '2024-04-09T02:00:00.000Z', 30, cast.product)
  await order('OTHER', '2024-05-20T02:00:00.000Z', 40, other)
  await order('NONE', '2024-05-20T02:00:00.000Z', 50, null)
  await drainChanges(cast.db, cast.organizationId, now)
})
after(() => cast.end())

async function send<Reply>(method: string, url: string, body?: object): Promise<Reply> {
  const answer = await cast.call('administrator', method, url, body)
  assert.ok(answer.status < 300, `${url}: ${answer.body}`)
  return answer.json() as Reply
}
const get = <Reply>(url: string) => send<Reply>('GET', url)
const days = (body: object) => send('PATCH', `/api/products/${cast.product}`, body)

const order = (externalId: string, receivedAt: string, minutes: number, productId: string | null) =>
  send('POST', '/api/work-orders', {
    externalId,
    receivedAt,
    respondedAt: new Date(Date.parse(receivedAt) + minutes * 60_000).toISOString(),
    unitId: cast.teamA,
    productId,
  })

const figures = async (query: string) =>
  (
    await get<{ rows: Figure[] }>(
      `/api/measures/first_response_minutes/figures?from=2024-04-01&to=2024-05-31&${query}`,
    )
  ).rows
const listed = async (query: string) =>
  (await get<{ items: { externalId: string }[] }>(`/api/work-orders?${query}`)).items
    .map(({ externalId }) => externalId)
    // Those of the cast itself are not of this story.
    .filter((number) => !number.startsWith('SR'))

test('a record is of the stage its product was in on its day: to the millisecond of midnight where the organization is', async () => {
  const { items } = await get<{ items: { externalId: string; lifeStage: string | null }[] }>(
    '/api/work-orders?limit=200',
  )
  const stages = Object.fromEntries(items.map(({ externalId, lifeStage }) => [externalId, lifeStage]))
  const { LAST, FIRST, EARLY, OTHER, NONE } = stages
  assert.deepEqual(
    { LAST, FIRST, EARLY, OTHER, NONE },
    {
      LAST: 'launch',
      FIRST: 'growth',
      EARLY: null,
      OTHER: null,
      NONE: null,
    },
  )
})

test('figures are narrowed to a stage, split by it, and list the same records', async () => {
  const [launch] = await figures('lifeStage=launch')
  assert.deepEqual([launch?.value, launch?.n], [10, 1])
  const split = await figures('by=lifeStage')
  assert.deepEqual(
    split.map(({ member, value, n }) => [member, value, n]),
    [
      ['growth', 20, 1],
      ['launch', 10, 1],
    ],
  )
  const { items } = await get<{ items: { externalId: string }[] }>(
    '/api/measures/first_response_minutes/records?from=2024-04-01&to=2024-05-31&lifeStage=growth',
  )
  assert.deepEqual(
    items.map(({ externalId }) => externalId),
    ['FIRST'],
  )
  const wrong = await cast.call(
    'administrator',
    'GET',
    '/api/measures/first_response_minutes/figures?from=2024-04-01&to=2024-05-31&lifeStage=decline',
  )
  assert.equal(wrong.status, 400)
})

test('a list is narrowed by stages and by none, and sorted in the order of a life', async () => {
  assert.deepEqual(await listed('filter=lifeStage:growth'), ['FIRST'])
  assert.deepEqual((await listed('filter=lifeStage:growth,launch')).sort(), ['FIRST', 'LAST'])
  const without = await listed('filter=lifeStage:')
  assert.ok(['EARLY', 'OTHER', 'NONE'].every((number) => without.includes(number)))
  assert.ok(!without.includes('FIRST'))
  assert.deepEqual((await listed('sort=lifeStage')).slice(0, 2), ['LAST', 'FIRST'])
  assert.deepEqual((await listed('sort=-lifeStage')).slice(0, 2), ['FIRST', 'LAST'])
})

const indicator = (code: string, weight: string, more: object) => ({
  code,
  measure: 'first_response_minutes',
  nameZh: code,
  nameEn: code,
  dimension: 'timeliness',
  source: '工单系统',
  period: 'month',
  weight,
  target: { operator: '<=', value: '15' },
  rule: { kind: 'pass_fail' },
  minimumN: 1,
  ...more,
})

test('an indicator stands for a stage alone; other days of the stages change past records at once, not closed periods', async () => {
  await send('POST', '/api/standards', {
    effectiveOn: '2024-05-01',
    reason: '按生命周期',
    indicators: [
      indicator('launch', '60', { scope: { lifeStage: 'launch' } }),
      indicator('growth', '40', { scope: { lifeStage: 'growth' } }),
    ],
  })
  const values = async (query = '') => {
    const card = await get<Scorecard>(`/api/scorecard?period=2024-05${query}`)
    return [card.total, ...card.indicators.map(({ code, value, n }) => [code, value, n])]
  }
  // 10 minutes are on target, 20 are not: 60 of 100 weights.
  assert.deepEqual(await values(), [6, ['launch', 10, 1], ['growth', 20, 1]])
  await send('POST', '/api/periods/2024-05/close', { note: '五月' })
  await days({ growthOn: '2024-05-09' })
  // What is closed stays; what the records give now is another thing: both are of the growth stage, (10 + 20) / 2.
  assert.deepEqual(await values(), [6, ['launch', 10, 1], ['growth', 20, 1]])
  // Without launch records growth alone is counted, and is on target.
  assert.deepEqual(await values('&copy=live'), [10, ['launch', null, 0], ['growth', 15, 2]])
  const late = await get<PeriodDifference>('/api/periods/2024-05/late-changes')
  assert.deepEqual(
    late.causes.map(({ kind, what }) => [kind, what]),
    [['product', 'A300打印机']],
  )
  await days({ growthOn: '2024-05-10' })
})

test('purchases are of stages too: customers are counted of one, and by each', async () => {
  const buy = (customer: string, orderedAt: string, amount: string) =>
    send('POST', '/api/purchases', {
      customer,
      orderedAt,
      amount,
      productId: cast.product,
      unitId: cast.teamA,
    })
  await buy('甲公司', '2024-05-09T15:59:59.999Z', '10')
  await buy('甲公司', '2024-05-08T02:00:00.000Z', '10')
  await buy('乙公司', '2024-05-08T02:00:00.000Z', '10')
  await buy('丙公司', '2024-05-10T02:00:00.000Z', '10')
  const asked = async (query: string) =>
    (
      await get<{ rows: Figure[] }>(
        `/api/measures/repeat_purchase_rate/figures?from=2024-05-01&to=2024-05-31&${query}`,
      )
    ).rows.map(({ member, value, n }) => [member, value, n])
  // Of the two who bought at launch one did twice.
  assert.deepEqual(await asked('lifeStage=launch'), [[null, 50, 2]])
  assert.deepEqual(await asked('by=lifeStage'), [
    ['growth', 0, 1],
    ['launch', 50, 2],
  ])
})

test('stages out of order are refused, a part of them is kept, unknown products are not found', async () => {
  const patch = (who: Parameters<Cast['call']>[0], id: string, body: object) =>
    cast.call(who, 'PATCH', `/api/products/${id}`, body)
  for (const body of [
    { launchOn: '2024-05-10' },
    { maturityOn: '2024-05-10' },
    { growthOn: null, maturityOn: '2024-04-01' },
  ]) {
    const answer = await patch('administrator', cast.product, body)
    assert.deepEqual([answer.status, answer.json().code], [400, 'stages_out_of_order'], answer.body)
  }
  assert.equal((await patch('administrator', cast.product, { launchOn: '2024-02-30' })).status, 400)
  assert.equal((await patch('administrator', newId(), { name: 'x' })).status, 404)
  for (const who of ['team_lead', 'inspector', 'auditor'] as const)
    assert.equal((await patch(who, cast.product, { launchOn: null })).status, 403)
  const product = await get<{ items: { id: string; maturityOn: string | null; name: string }[] }>(
    '/api/products',
  )
  assert.equal(product.items.find(({ id }) => id === cast.product)?.maturityOn, null)
  const kept = await send<object>('PATCH', `/api/products/${other}`, {
    maturityOn: '2024-06-01',
    category: '影像',
  })
  assert.deepEqual(kept, {
    id: other,
    code: 'B100',
    name: '扫描仪',
    category: '影像',
    launchOn: null,
    growthOn: null,
    maturityOn: '2024-06-01',
  })
  const taken = await cast.call('administrator', 'POST', '/api/products', {
    code: 'C1',
    name: 'C1',
    launchOn: '2024-05-01',
    growthOn: '2024-05-01',
  })
  assert.equal(taken.status, 400)
})

test('a pasted list is previewed and then taken in: stages set, empty cells change nothing, each bad row says why', async () => {
  const rows = [
    ['产品编码', '产品名称', '导入期开始', '成长期开始', '成熟期开始'],
    ['P1', '传真机', '2024年1月1日', '2024/3/1', ''],
    ['A300', 'A300打印机', '', '', '2024-06-01'],
    ['P2', '坏日期', '2024-13-01', '', ''],
    ['P3', '倒序', '2024-05-01', '2024-04-01', ''],
    ['P4', '', '', '', ''],
  ]
  const paste = (apply: boolean) =>
    send<{ columns: string[]; items: { line: number; outcome: string; why: { zh: string } | null }[] }>(
      'POST',
      '/api/products/table',
      { rows, apply },
    )
  const stored = async () =>
    (
      await get<{ items: { code: string; launchOn: string; growthOn: string; maturityOn: string }[] }>(
        '/api/products',
      )
    ).items
      .filter(({ code }) => code === 'P1' || code === 'A300')
      .map(({ code, launchOn, growthOn, maturityOn }) => [code, launchOn, growthOn, maturityOn])
      .sort()
  const preview = await paste(false)
  assert.deepEqual(preview.columns, ['code', 'name', 'launchOn', 'growthOn', 'maturityOn'])
  const outcomes = [
    [2, 'accepted', undefined],
    [3, 'updated', undefined],
    [4, 'rejected', '“2024-13-01”不是日期，请写 2024-05-01。'],
    [5, 'rejected', '生命周期各阶段的开始日期应依次递增：导入期、成长期、成熟期。请改正日期，不知道的留空。'],
    [6, 'rejected', '没有产品名称。'],
  ]
  const said = ({ items }: typeof preview) => items.map(({ line, outcome, why }) => [line, outcome, why?.zh])
  assert.deepEqual(said(preview), outcomes)
  assert.deepEqual(await stored(), [['A300', '2024-04-10', '2024-05-10', null]])
  assert.deepEqual(said(await paste(true)), outcomes)
  assert.deepEqual(await stored(), [
    ['A300', '2024-04-10', '2024-05-10', '2024-06-01'],
    ['P1', '2024-01-01', '2024-03-01', null],
  ])
  const nameless = await cast.call('administrator', 'POST', '/api/products/table', {
    rows: [['编码'], ['X1']],
  })
  assert.equal(nameless.json().code, 'no_name_column')
})
