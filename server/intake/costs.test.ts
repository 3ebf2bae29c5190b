import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { createUnit } from '../directory/index.ts'
import { type Dimension, figures, records } from '../measurement/index.ts'
import { dateToDay } from '../platform/time.ts'
import { type Importing, importedAt, openImporting } from './testing/importing.ts'

let t: Importing
before(async () => {
  t = await openImporting()
})
afterEach(async () => assert.deepEqual(await t.differences(), []))
after(() => t.end())

const code = 'cost_per_ticket'
const question = (from: string, to: string, by?: Dimension) => ({
  fromDay: dateToDay(from),
  toDay: dateToDay(to),
  grain: 'whole' as const,
  where: {},
  ...(by && { by }),
})
const rowsOf = async (from: string, to: string, by?: Dimension) =>
  t.db.transaction(await t.whole(), (tx) => figures(tx, code, question(from, to, by), { now: importedAt }))
const brief = async (from: string, to: string) => {
  const [row] = await rowsOf(from, to)
  const { numerator, denominator, value, missing } = row!
  return value === null ? [row!.state, ...missing] : [numerator, denominator, value]
}

const header = '费用编号,发生日期,费用类别,金额,工单编号,经办人,团队'
const sheet = (...lines: string[]) => [header, ...lines].join('\n')
const orders = (...lines: string[]) =>
  ['工单编号,处理人,团队,问题分类,受理时间,解决时间,费用', ...lines].join('\n')

test('costs stand over the orders resolved, each on its day; worked by hand', async () => {
  assert.deepEqual(await brief('2024-05-01', '2024-06-01'), ['none'])
  await t.bring(
    'work-orders',
    orders(
      'W1,小李,一组,故障维修,2024-05-10 08:00,2024-05-10 12:00,20',
      'W2,小王,二组,使用咨询,2024-05-10 08:00,2024-05-11 12:00,',
      // Still open: neither its cost nor itself counts yet.
      'W3,小李,一组,故障维修,2024-05-11 08:00,,500',
    ),
  )
  // As before: the field of the order, over both orders resolved.
  assert.deepEqual(await brief('2024-05-01', '2024-06-01'), [20, 2, 10])
  assert.deepEqual(await brief('2024-05-11', '2024-05-12'), ['incomputable', 'cost'])
  const done = await t.bring(
    'costs',
    sheet(
      'C1,2024-05-10,人工费,200,W2,,',
      'C2,2024-05-11,配件,80.50,W2,,',
      // Of no order: rent of a car, the day before the month.
      'C3,2024-04-30,差旅费,12.3,,小李,一组',
      'C4,2024-05-31 23:59:59,赔偿,0.01,,小李,一组',
      'C5,2024-06-01,补偿,9,,小李,一组',
    ),
  )
  assert.deepEqual([done.accepted, done.rejected], [5, 0])
  // (20 + 200 + 80.5 + 0.01) ÷ 2
  assert.deepEqual(await brief('2024-05-01', '2024-06-01'), [300.51, 2, 150.255])
  assert.deepEqual(await brief('2024-05-11', '2024-05-12'), [80.5, 1, 80.5])
  // Nothing was resolved in April and June.
  assert.deepEqual(await brief('2024-04-01', '2024-05-01'), ['incomputable', 'resolved_at'])
})

test('a cost is the order’s own unless it says whose it is; the records behind are listed once', async () => {
  const byUnit = (await rowsOf('2024-05-01', '2024-06-01', 'unit')).map(({ memberName, numerator, n }) => [
    memberName,
    numerator,
    n,
  ])
  assert.deepEqual(byUnit.filter(([name]) => name === '一组' || name === '二组').toSorted(), [
    ['一组', 20.01, 1],
    ['二组', 280.5, 1],
  ])
  const byCategory = (await rowsOf('2024-05-01', '2024-06-01', 'category')).map(({ member, numerator }) => [
    member,
    numerator,
  ])
  assert.deepEqual(byCategory.filter(([member]) => String(member).startsWith('consultation')).at(0), [
    'consultation',
    280.5,
  ])
  const [figure] = await rowsOf('2024-05-01', '2024-06-01')
  const listed = await t.db.transaction(await t.whole(), (tx) =>
    records(tx, code, question('2024-05-01', '2024-06-01'), { limit: 10 }),
  )
  assert.deepEqual(
    listed.items
      .map(({ kind, externalId, value, measuredIn }) => [kind, externalId, value, measuredIn])
      .toSorted(),
    [
      ['cost', 'C1', 200, 'CNY'],
      ['cost', 'C2', 80.5, 'CNY'],
      ['cost', 'C4', 0.01, 'CNY'],
      // W1 stands below the line too, and is told by what it cost; W2 by being resolved.
      ['work_order', 'W1', 20, 'CNY'],
      ['work_order', 'W2', 1, 'count'],
    ],
  )
  assert.deepEqual([listed.total, figure!.records], [5, 5])
})

test('costs of its own stand in for the field of the order, whichever of them comes first', async () => {
  const field = () => brief('2024-07-01', '2024-08-01')
  const order = orders('V1,小李,一组,故障维修,2024-07-01 08:00,2024-07-02 12:00,100')
  const cost = sheet('D1,2024-07-03,配件,60,V1,,')
  // The cost first: nothing of the number is there yet.
  const early = await t.bring('costs', cost)
  const late = await t.bring('work-orders', order)
  assert.deepEqual(await field(), [60, 1, 60])
  await t.undo(late.batch)
  await t.undo(early.batch)
  assert.deepEqual(await field(), ['none'])
  // The order first.
  await t.bring('work-orders', order)
  assert.deepEqual(await field(), [100, 1, 100])
  const second = await t.bring('costs', cost)
  assert.deepEqual(await field(), [60, 1, 60])
  // Left out, the cost no longer stands in for anything; taken back, it never did.
  await t.bring('costs', `${header},剔除原因\nD1,2024-07-03,配件,60,V1,,,记错\n`, {
    mapping: {
      columns: {
        费用编号: 'external_id',
        发生日期: 'incurred_at',
        费用类别: 'kind',
        金额: 'amount',
        工单编号: 'work_order',
        剔除原因: 'excluded_reason',
      },
    },
  })
  assert.deepEqual(await field(), [100, 1, 100])
  assert.deepEqual((await t.undo(second.batch)).kept, [{ kind: 'cost', externalId: 'D1' }])
})

test('a cost that moves to another order gives the first one its field back', async () => {
  const july = () => brief('2024-07-01', '2024-08-01')
  await t.bring(
    'work-orders',
    orders(
      'V2,小李,一组,故障维修,2024-07-05 08:00,2024-07-05 12:00,30',
      'V3,小李,一组,故障维修,2024-07-05 08:00,2024-07-05 12:00,7',
    ),
  )
  await t.bring('costs', sheet('E1,2024-07-05,人工,1,V2,,'))
  // 100 + 1 + 7 over V1, V2 and V3
  assert.deepEqual((await july()).slice(0, 2), [108, 3])
  const moved = await t.bring('costs', sheet('E1,2024-07-05,人工,1,V3,,'))
  assert.equal(moved.updated, 1)
  assert.deepEqual((await july()).slice(0, 2), [131, 3])
  await t.undo(moved.batch)
  assert.deepEqual((await july()).slice(0, 2), [108, 3])
  // The order's field is blanked and filled again.
  const blank = (cost: string) =>
    t.bring('work-orders', orders(`V2,小李,一组,故障维修,2024-07-05 08:00,2024-07-05 12:00,${cost}`))
  await blank('')
  assert.deepEqual(await t.rows(`select costed from cases.work_order where external_id = 'V2'`), [
    { costed: false },
  ])
  await blank('31')
  assert.deepEqual(await t.rows(`select costed from cases.work_order where external_id = 'V2'`), [
    { costed: true },
  ])
  assert.deepEqual((await july()).slice(0, 2), [108, 3])
})

test('of two orders with one number both fields give way, and the cost is of neither', async () => {
  const order = orders('U1,小李,一组,故障维修,2024-09-01 08:00,2024-09-01 12:00,10')
  await t.bring('work-orders', order)
  await t.bring('work-orders', order, { sourceName: '另一系统' })
  await t.bring('costs', sheet('F1,2024-09-01,人工,4,U1,,'))
  assert.deepEqual(await brief('2024-09-01', '2024-10-01'), [4, 2, 2])
  assert.deepEqual(
    await t.rows(`select work_order_id, work_order_external_id from cases.cost where external_id = 'F1'`),
    [{ work_order_id: null, work_order_external_id: 'U1' }],
  )
})

test('a team’s costs stand in for the field of an order that only another team sees', async () => {
  const unit = await t.db.transaction(await t.whole(), (tx) =>
    createUnit(tx, { name: '丙队', kind: 'team' }, importedAt),
  )
  const scope = { organizationId: t.organizationId, unitIds: [unit.id] }
  await t.bring('work-orders', orders('T1,小李,一组,故障维修,2024-10-01 08:00,2024-10-01 12:00,10'))
  await t.bring('costs', sheet('G1,2024-10-01,差旅,4,T1,,丙队'), { scope })
  assert.deepEqual(await brief('2024-10-01', '2024-11-01'), [4, 1, 4])
})

test('what is wrong is refused with its place and what to do', async () => {
  const done = await t.bring(
    'costs',
    sheet(
      'X1,,人工,1,,,',
      'X2,2024-05-10,,1,,,',
      'X3,2024-05-10,人工,,,,',
      'X4,2024-05-10,人工,-1,,,',
      'X5,2024-05-10,人工,1.005,,,',
      'X6,2024-05-10,人工,1000000000,,,',
      'X7,2024-05-10,招待费,1,,,',
      'X8,2024-05-10,人工,十元,,,',
      // A nought at the end is no third decimal.
      'X9,2024-05-10,人工,1.500,,,',
    ),
  )
  assert.equal(done.accepted, 1)
  assert.deepEqual(done.rejections.map(({ line, column, code }) => [line, column, code]).toSorted(), [
    [2, '发生日期', 'required'],
    [3, '费用类别', 'required'],
    [4, '金额', 'required'],
    [5, null, 'amount_wrong'],
    [6, null, 'amount_wrong'],
    [7, null, 'amount_wrong'],
    [8, '费用类别', 'unknown_word'],
    [9, '金额', 'not_a_number'],
  ])
  await t.undo(done.batch)
})

test('again it is unchanged, and an undone import leaves every table as it was', async () => {
  const before = await t.contents()
  const again = await t.bring('costs', sheet('C2,2024-05-11,配件,80.50,W2,,'))
  assert.deepEqual([again.accepted, again.updated], [0, 0])
  const later = await t.bring(
    'costs',
    sheet('C2,2024-05-11,配件,81,W2,,', 'C9,2024-05-11,配件,1,W1,新人,新组'),
  )
  assert.deepEqual([later.updated, later.accepted], [1, 1])
  // 81 + 1 for W2 and W1, whose own 20 gave way.
  assert.deepEqual(await brief('2024-05-10', '2024-05-12'), [282, 2, 141])
  await t.undo(later.batch)
  assert.deepEqual(await t.contents(), before)
})
