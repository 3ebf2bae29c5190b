import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { createUnit } from '../directory/index.ts'
import { type Importing, importedAt, openImporting } from './testing/importing.ts'

let t: Importing

before(async () => {
  t = await openImporting()
})
after(() => t.end())
afterEach(async () => assert.deepEqual(await t.differences(), []))

const head = '工单编号,受理时间,首次响应时间,解决时间,产品,处理人,客户,分类,满意度\n'
const first = `${head}U1,2024-05-01 08:00,2024-05-01 08:20,2024-05-01 12:00,打印机,李雷,张三,故障维修,4\nU2,2024-05-02 08:00,,,打印机,韩梅,王五,使用咨询,\n`
const second = `${head}U1,2024-05-01 08:00,2024-05-01 08:10,2024-05-01 11:00,扫描仪,李雷,张三,故障维修,2\nU3,2024-05-03 08:00,2024-05-03 08:05,2024-05-03 09:00,打印机,吉姆,张三,故障维修,5\n`

test('an import undone leaves every table and every figure as they were', async () => {
  await t.bring('work-orders', first)
  const earlier = await t.contents()
  const done = await t.bring('work-orders', second)
  assert.deepEqual([done.accepted, done.updated], [1, 1])
  assert.deepEqual(await t.undo(done.batch), { kept: [] })
  assert.deepEqual(await t.contents(), earlier)
  await assert.rejects(t.undo(done.batch), { code: 'not_undoable' })
})

test('the first import undone after a second changed its rows keeps those, and says which', async () => {
  const one = await t.bring('work-orders', first, { sourceName: 'twice' })
  await t.bring('work-orders', second, { sourceName: 'twice' })
  const { kept } = await t.undo(one.batch)
  assert.deepEqual(kept, [
    { kind: 'work_order', externalId: 'U1' },
    { kind: 'response', externalId: 'order:U1' },
  ])
})

test('a customer who no longer comes back no longer counts as coming back', async () => {
  await t.bring('work-orders', `${head}B1,2024-05-01 08:00,,2024-05-01 09:00,铁,,来客,故障维修,\n`, {
    sourceName: 'back',
  })
  const repeated = () =>
    t.rows<{ repeated_at: Date | null }>("select repeated_at from cases.work_order where external_id = 'B1'")
  const again = await t.bring('work-orders', `${head}B2,2024-05-04 08:00,,,铁,,来客,故障维修,\n`, {
    sourceName: 'back',
  })
  assert.deepEqual(await repeated(), [{ repeated_at: new Date('2024-05-04T00:00:00Z') }])
  await t.undo(again.batch)
  assert.deepEqual(await repeated(), [{ repeated_at: null }])
})

test('feedback, answers and an event log are undone as well', async () => {
  const log = (rows: string) => `case,activity,at,actor\n${rows}`
  const mapping = {
    columns: { case: 'case', activity: 'activity', at: 'at', actor: 'actor' },
    activities: { 接单: 'responded', 解决: 'resolved' },
  } as const
  await t.bring('events', log('E1,新建,2024-05-01 08:00,\nE1,接单,2024-05-01 09:00,小赵\n'), { mapping })
  await t.bring('feedback', '反馈编号,客户名称,满意度评分(1-5分),责任人\nFX202405001,A公司,4分,\n')
  await t.bring('responses', '问卷编号,提交时间,整体满意度\nQ1,2024-05-02 10:00,5\n')
  const earlier = await t.contents()
  const batches = [
    await t.bring('events', log('E1,解决,2024-05-01 12:00,小钱\nE2,新建,2024-05-02 08:00,小孙\n'), {
      mapping,
    }),
    await t.bring(
      'feedback',
      '反馈编号,客户名称,满意度评分(1-5分),责任人\nFX202405001,A公司,2分,小李\nFX202405002,*个人,3分,\n',
    ),
    await t.bring(
      'responses',
      '问卷编号,提交时间,整体满意度\nQ1,2024-05-02 10:00,1\nQ2,2024-05-02 10:00,2\n',
    ),
  ]
  assert.deepEqual(
    batches.map(({ accepted, updated }) => [accepted, updated]),
    [
      [2, 0],
      [1, 1],
      [1, 1],
    ],
  )
  for (const { batch } of batches) assert.deepEqual(await t.undo(batch), { kept: [] })
  assert.deepEqual(await t.contents(), earlier)
})

test('the earlier of two logs undone leaves the case to the events of the later', async () => {
  const mapping = {
    columns: { case: 'case', activity: 'activity', at: 'at' },
    activities: { 接单: 'responded', 解决: 'resolved' },
  } as const
  const one = await t.bring(
    'events',
    'case,activity,at\nL1,新建,2024-05-01 08:00\nL1,接单,2024-05-01 09:00\n',
    { mapping, sourceName: 'log' },
  )
  await t.bring('events', 'case,activity,at\nL1,解决,2024-05-01 12:00\n', { mapping, sourceName: 'log' })
  await t.undo(one.batch)
  assert.deepEqual(
    await t.rows(
      "select received_at, responded_at, resolved_at from cases.work_order where external_id = 'L1'",
    ),
    [
      {
        received_at: new Date('2024-05-01T04:00:00Z'),
        responded_at: null,
        resolved_at: new Date('2024-05-01T04:00:00Z'),
      },
    ],
  )
})

test('a team that takes its import back takes no product or person that another team uses', async () => {
  const mine = await t.db.transaction(await t.whole(), (tx) =>
    createUnit(tx, { name: '甲组', kind: 'team' }, importedAt),
  )
  const scope = { organizationId: t.organizationId, unitIds: [mine.id] }
  const done = await t.bring(
    'work-orders',
    '工单编号,受理时间,产品,客户\nS1,2024-05-01 08:00,共用品,共同客户\n',
    { scope, sourceName: '甲' },
  )
  await t.bring('work-orders', '工单编号,受理时间,产品,客户\nS2,2024-05-01 08:00,共用品,共同客户\n', {
    sourceName: '乙',
  })
  await t.undo(done.batch, scope)
  assert.deepEqual(
    await t.rows(`select p.code, c.code is not null as customer from cases.work_order w
      join directory.product p on p.id = w.product_id join directory.customer c on c.id = w.customer_id
      where w.external_id = 'S2'`),
    [{ code: '共用品', customer: true }],
  )
})

test('after thirty days an import stands', async () => {
  const done = await t.bring('products', '产品编码,产品名称\nOLD,旧\n', {
    now: new Date('2024-05-01T00:00:00Z'),
  })
  await assert.rejects(t.undo(done.batch), { code: 'not_undoable' })
})
