import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { figures } from '../measurement/index.ts'
import { dateToDay } from '../platform/time.ts'
import { type Importing, importedAt, openImporting } from './testing/importing.ts'

let t: Importing
before(async () => {
  t = await openImporting()
})
afterEach(async () => assert.deepEqual(await t.differences(), []))
after(() => t.end())

const figure = async (code: string, from = '2024-05-01', to = '2024-06-01') => {
  const [row] = await t.db.transaction(await t.whole(), (tx) =>
    figures(
      tx,
      code,
      { fromDay: dateToDay(from), toDay: dateToDay(to), grain: 'whole', where: {} },
      { now: importedAt },
    ),
  )
  return [row?.value ?? null, row?.n ?? 0]
}

const header = '订单号,买家,手机号,商品,实付金额,付款时间,订单来源,门店'
const sheet = (...lines: string[]) => [header, ...lines].join('\n')

test('a shop’s export is taken in by its headers; a row without a customer is kept and told', async () => {
  const done = await t.bring(
    'purchases',
    sheet(
      'G1,张三,13800000001,A300,"¥1,280.50",2024-05-01 00:00,电商平台,一店',
      'G2,张三,13800000001,墨盒,99,2024-05-31 23:59,门店,二店',
      'G3,李四,,A300,1000.5,2024-05-02,门店,一店',
      'G4,,,纸,20,2024-05-03,门店,一店',
    ),
  )
  assert.deepEqual([done.accepted, done.rejected], [4, 0])
  const warned = done.warnings.filter(({ code }) => code === 'blank_customer')
  assert.deepEqual(
    warned.map(({ column, count }) => [column, count]),
    [['买家', 1]],
  )
  assert.match(warned[0]!.zh, /不计入复购/)
  assert.deepEqual(
    await t.rows('select external_id, amount::text, channel from purchases.purchase order by 1'),
    [
      { external_id: 'G1', amount: '1280.50', channel: 'ecommerce' },
      { external_id: 'G2', amount: '99.00', channel: 'store' },
      { external_id: 'G3', amount: '1000.50', channel: 'store' },
      { external_id: 'G4', amount: '20.00', channel: 'store' },
    ],
  )
  // 张三 twice, 李四 once; the name in two stores is one customer.
  assert.deepEqual(await figure('repeat_purchase_rate'), [50, 2])
})

test('what the customer paid is money: less than nothing, or a part of a cent, rejects its row', async () => {
  const done = await t.bring(
    'purchases',
    sheet(
      'H1,张三,,A300,-20,2024-05-10,,',
      'H2,张三,,A300,1.005,2024-05-10,,',
      'H3,张三,,A300,1000000000,2024-05-10,,',
      'H4,张三,,A300,贵,2024-05-10,,',
      'H5,张三,,A300,20,,,',
    ),
  )
  assert.equal(done.accepted, 0)
  assert.deepEqual(done.rejections.map(({ line, column, code }) => [line, column, code]).toSorted(), [
    [2, null, 'amount_wrong'],
    [3, null, 'amount_wrong'],
    [4, null, 'amount_wrong'],
    [5, '实付金额', 'not_a_number'],
    [6, '付款时间', 'required'],
  ])
  assert.match(done.rejections.find(({ line }) => line === 2)!.zh, /退货请剔除原订单/)
})

test('again it is unchanged, a later file updates and moves the figure, and the undo brings back what was', async () => {
  const line = 'G3,李四,,A300,1000.5,2024-05-02,门店,一店'
  const before = await t.contents()
  const again = await t.bring('purchases', sheet(line))
  assert.deepEqual([again.updated, again.unchanged], [0, 1])
  const more = await t.bring('purchases', sheet(line.replace('李四', '王五'), 'G9,王五,,A300,5,2024-05-09,,'))
  assert.deepEqual([more.updated, more.accepted], [1, 1])
  assert.deepEqual(await figure('repeat_purchase_rate'), [100, 2])
  await t.undo(more.batch)
  assert.deepEqual(await t.contents(), before)
})

test('a file without a column of customers is told so in every row', async () => {
  const done = await t.bring('purchases', '订单号,下单时间\nK1,2024-03-01\nK2,2024-03-02\n')
  assert.equal(done.warnings.find(({ code }) => code === 'blank_customer')?.count, 2)
  assert.deepEqual(await figure('repeat_purchase_rate', '2024-03-01', '2024-04-01'), [null, 0])
})
