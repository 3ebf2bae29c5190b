import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { contactRecords } from '../cases/index.ts'
import { figures } from '../measurement/index.ts'
import { dateToDay } from '../platform/time.ts'
import { type Importing, importedAt, openImporting } from './testing/importing.ts'

let t: Importing
before(async () => {
  t = await openImporting()
})
afterEach(async () => assert.deepEqual(await t.differences(), []))
after(() => t.end())

const whole = { fromDay: dateToDay('2024-01-01'), toDay: dateToDay('2025-01-01'), grain: 'whole' as const }
const figure = async (code: string, by?: 'channel' | 'agent' | 'product') =>
  (
    await t.db.transaction(await t.whole(), (tx) =>
      figures(tx, code, { ...whole, where: {}, ...(by && { by }) }, { now: importedAt }),
    )
  ).map(({ member, memberName, numerator, denominator, missing }) => [
    memberName ?? member,
    numerator,
    denominator,
    ...missing,
  ])

const header = '通话编号,接入渠道,坐席,来电号码,客户,开始时间,接听时间,振铃次数,挂断时间,工单编号'
const calls = (...lines: string[]) => [header, ...lines].join('\n')

test('a list of calls is recognized, measured by channel and belongs to the order it names', async () => {
  await t.bring(
    'work-orders',
    '工单编号,客户,产品,处理人,问题分类,受理时间\nW1,张三丰,打印机,老王,故障维修-硬件,2024-05-02 09:00\n',
  )
  const done = await t.bring(
    'calls',
    calls(
      'T1,电话,小李,13912345678,张三丰,2024-05-02 08:59:00,2024-05-02 08:59:12,3,2024-05-02 09:03:00,W1',
      'T2,热线,,13800000000,,2024-05-02 09:10:00,,5,2024-05-02 09:10:30,W1',
      'T3,,小李,,,2024-05-02 09:20:00,2024-05-02 09:20:20,4,,不存在',
      'T4,在线,小赵,,,2024-05-02 09:30:00,2024-05-02 09:30:10,,,',
      'T5,在线,小赵,,,2024-05-02 09:40:00,2024-05-02 09:40:11,,,',
      'T6,电话,小李,,,2024-05-02 09:50:00,2024-05-02 09:50:05,,,',
    ),
  )
  assert.deepEqual([done.accepted, done.rejected], [6, 0])
  // Five of six answered; without a channel T3 is a call.
  assert.deepEqual(await figure('answer_rate', 'channel'), [
    ['chat', 2, 2],
    ['phone', 3, 4],
  ])
  // Phone: T1 in 3 rings, T2 not answered, T3 in 4; T6 has no rings. Chat: T4 in 10 s, T5 in 11.
  assert.deepEqual(await figure('answer_in_standard_rate', 'channel'), [
    ['chat', 1, 2],
    ['phone', 1, 3],
  ])
  // A call nobody took is nobody's, though its order has an agent; what it is about it takes from the order.
  const rows = await t.rows(`
    select c.external_id, a.name as agent, p.name as product, c.category, c.subcategory, c.work_order_external_id as number,
      c.work_order_id is not null as linked, k.code is not null as customer
    from cases.contact c left join directory.person a on a.id = c.agent_id
    left join directory.product p on p.id = c.product_id left join directory.customer k on k.id = c.customer_id
    where c.external_id in ('T2', 'T3') order by 1`)
  assert.deepEqual(rows, [
    {
      external_id: 'T2',
      agent: null,
      product: '打印机',
      category: 'repair',
      subcategory: '硬件',
      number: 'W1',
      linked: true,
      customer: true,
    },
    {
      external_id: 'T3',
      agent: '小李',
      product: null,
      category: null,
      subcategory: null,
      number: '不存在',
      linked: false,
      customer: false,
    },
  ])
})

test('nothing in the list of contacts names a customer or says how to reach one', async () => {
  const page = await t.db.transaction(await t.whole(), (tx) =>
    contactRecords.list(tx, t.secrets, { limit: 50, filter: 'channel:phone' }, 'Asia/Shanghai'),
  )
  assert.equal(page.total, 4)
  const text = JSON.stringify(page)
  assert.doesNotMatch(text, /张三丰|13912345678|13800000000/)
  assert.match(text, /"masked":"张/)
})

test('the same file again changes nothing; a later one updates, and its undo brings back what was', async () => {
  const before = await t.contents()
  const line = 'T2,电话,,,,2024-05-02 09:10:00,,5,2024-05-02 09:10:30,W1'
  const again = await t.bring('calls', calls(line.replace('T2,电话,,,', 'T2,热线,,13800000000,')))
  assert.deepEqual([again.updated, again.unchanged], [0, 1])
  const later = await t.bring('calls', calls(line.replace('09:10:00,,5', '09:10:00,2024-05-02 09:10:08,2')))
  assert.equal(later.updated, 1)
  assert.deepEqual(await figure('answer_in_standard_rate', 'channel'), [
    ['chat', 1, 2],
    ['phone', 2, 3],
  ])
  await t.undo(later.batch)
  assert.deepEqual(await t.contents(), before)
})

test('a row without a beginning is rejected; answered before it began is told and left in', async () => {
  const done = await t.bring(
    'calls',
    calls('X1,电话,,,,,2024-05-02 08:00:00,1,,', 'X2,在线,,,,2024-05-02 08:00:00,2024-05-02 07:59:00,,,'),
  )
  assert.deepEqual([done.accepted, done.rejected], [1, 1])
  assert.deepEqual(
    done.rejections.map(({ column, code }) => [column, code]),
    [['开始时间', 'required']],
  )
  assert.ok(done.warnings.some(({ code, column }) => code === 'negative_duration' && column === '接听时间'))
  await t.undo(done.batch)
})

test('where no call says how often it rang, the figure names what is missing', async () => {
  const alone = await openImporting()
  try {
    await alone.bring(
      'calls',
      '编号,开始时间,接听时间\nY1,2024-05-02 08:00:00,2024-05-02 08:00:01\nY2,2024-05-02 08:10:00,\n',
    )
    const [row] = await alone.db.transaction(await alone.whole(), (tx) =>
      figures(tx, 'answer_in_standard_rate', { ...whole, where: {} }, { now: importedAt }),
    )
    assert.deepEqual([row?.state, row?.value, row?.missing], ['incomputable', null, ['rings']])
  } finally {
    await alone.end()
  }
})
