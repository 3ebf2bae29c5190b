import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { type Importing, openImporting } from './testing/importing.ts'

let t: Importing
before(async () => {
  t = await openImporting()
})
afterEach(async () => assert.deepEqual(await t.differences(), []))
after(() => t.end())

const orders = [
  '工单编号,处理人,团队,产品,问题分类,问题子类,优先级,渠道,客户,受理时间,解决时间',
  'W1,王一,一组,打印机,故障维修,硬件,紧急,电话,甲公司,2024-05-10 09:00,2024-05-10 12:00',
  'W2,李二,二组,扫描仪,服务投诉,,一般,邮件,乙公司,2024-05-11 09:00,2024-05-11 12:00',
].join('\n')
const files = [
  [
    'responses',
    '问卷编号,工单编号,提交时间,整体满意度\nA1,W1,2024-05-12 10:00,5\nA2,W2,2024-05-12 10:00,2\nA3,没有,2024-05-12 10:00,4',
  ],
  ['inspections', '质检编号,工单编号,质检时间,质检得分\nQ1,W1,2024-05-12,90\nQ2,没有,2024-05-12,80'],
  ['calls', '通话编号,工单编号,开始时间,接听时间\nT1,W1,2024-05-10 08:50,2024-05-10 08:51'],
  [
    'messages',
    '消息编号,会话编号,工单编号,发送方,发送时间\nM1,S1,W1,客户,2024-05-10 08:55\nM2,S1,W1,客服,2024-05-10 08:57',
  ],
  [
    'costs',
    '费用编号,工单编号,类别,金额,发生日期,产品\nC1,W1,配件,80,2024-05-10,\nC2,W2,人工,20,2024-05-11,打印机',
  ],
] as const

/** What each record says of whose it is and what it is about, by its number. */
const told = () =>
  t.rows(
    ['surveys.response', 'inspections.inspection', 'cases.contact', 'cases.message', 'cases.cost']
      .map(
        (
          table,
        ) => `select f.external_id as number, f.work_order_id is not null as found, u.name as unit, p.name as agent,
          d.name as product, f.category, f.subcategory, f.priority, f.channel from ${table} f
          join directory.unit u on u.id = f.unit_id left join directory.person p on p.id = f.agent_id
          left join directory.product d on d.id = f.product_id`,
      )
      .join(' union all ')
      .concat(' order by number'),
  )

test('records that came before their order are told what they would have been told behind it', async () => {
  const first = [(await t.bring('work-orders', orders)).batch]
  for (const [kind, text] of files) first.push((await t.bring(kind, text)).batch)
  const behind = await told()
  assert.equal(behind.filter(({ found }) => found).length, 8)
  for (const batch of first.reverse()) await t.undo(batch)
  assert.deepEqual(await told(), [])
  const again = []
  for (const [kind, text] of files) again.push((await t.bring(kind, text)).batch)
  assert.ok((await told()).every(({ found, unit }) => !found && unit === '测试企业'))
  const batch = (await t.bring('work-orders', orders)).batch
  assert.deepEqual(await told(), behind)
  // Taken back, the orders leave what they told; brought once more they are found again.
  await t.undo(batch)
  const anew = (await t.bring('work-orders', orders)).batch
  assert.deepEqual(await told(), behind)
  const lost = await t.rows(`select c.external_id from cases.cost c
    where not exists (select from cases.work_order o where o.id = c.work_order_id)`)
  assert.deepEqual(lost, [])
  await t.undo(anew)
  for (const one of again.reverse()) await t.undo(one)
  assert.deepEqual(await told(), [])
})

test('orders of an event log are waited for too; a record stays with the order it found, and one number of two orders tells nothing', async () => {
  const place = async () =>
    Object.fromEntries((await told()).map(({ number, unit, agent }) => [String(number), [unit, agent]]))
  const cost = await t.bring(
    'costs',
    '费用编号,工单编号,类别,金额,发生日期\nC1,W1,配件,80,2024-05-10\nC2,E1,配件,80,2024-05-10\n',
  )
  const log = await t.bring(
    'events',
    '工单,时间,活动,人员\nE1,2024-05-10 09:00,created,\nE1,2024-05-10 10:00,resolved,王一\n',
    { mapping: { columns: { 工单: 'case', 时间: 'at', 活动: 'activity', 人员: 'actor' } } },
  )
  const first = await t.bring('work-orders', orders, { sourceName: '甲系统' })
  const both = { C1: ['一组', '王一'], C2: ['一组', '王一'] }
  assert.deepEqual(await place(), both)
  const second = await t.bring('work-orders', orders.replace('一组', '二组'), { sourceName: '乙系统' })
  assert.deepEqual(await place(), both)
  const late = await t.bring('costs', '费用编号,工单编号,类别,金额,发生日期\nC3,W1,配件,80,2024-05-10\n')
  assert.deepEqual(await place(), { ...both, C3: ['测试企业', null] })
  for (const { batch } of [late, second, first, log, cost]) await t.undo(batch)
  assert.deepEqual(await told(), [])
})
