import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { categoryAlone } from '../../contract/category-filter.ts'
import { type TestDatabase, testDatabase } from '../../test/database.ts'
import { openWorkOrders } from '../cases/index.ts'
import { createUnit, handSource } from '../directory/index.ts'
import type { Scope } from '../platform/database.ts'
import { type FactRow, writeFacts } from '../platform/fact-table.ts'
import { newId } from '../platform/ids.ts'
import { sql } from '../platform/sql.ts'
import { dateToDay } from '../platform/time.ts'
import { installPack } from '../standards/index.ts'
import { drainChanges } from './drain.ts'
import { type FigureRow, figures } from './figures.ts'
import { refuseTooMany } from './gather-pairs.ts'
import type { Question } from './question.ts'
import { records } from './records.ts'

const now = new Date('2024-08-15T04:00:00Z')
const at = (local: string) => Date.parse(`2024-${local}+08:00`)
const [printer, scanner] = [newId(), newId()]
let teamId = ''
let t: TestDatabase

before(async () => {
  t = await testDatabase()
  await t.db.transaction(await t.whole(), async (tx) => {
    await installPack(tx, 'general', { effectiveOn: '2000-01-01', authorId: null, now })
    teamId = (await createUnit(tx, { name: '一组', kind: 'team' }, now)).id
    await tx.run(sql`
      insert into directory.product (organization_id, id, code, name, created_at)
      values (${tx.organizationId}, ${printer}, 'P1', '打印机', ${now}), (${tx.organizationId}, ${scanner}, 'P2', '扫描仪', ${now})`)
  })
})
after(() => t.end())

let entered = 0
async function enter(...orders: FactRow[]): Promise<void> {
  await t.db.transaction(await t.whole(), async (tx) => {
    const incoming = orders.map((values) => ({
      externalId: `H${entered++}`,
      line: null,
      values: { unit_id: t.rootUnitId, ...values },
    }))
    const context = { sourceId: await handSource(tx, now), batchId: null, now, demo: false, sink: null }
    await writeFacts(tx, await openWorkOrders(tx, now), incoming, context)
  })
  await drainChanges(t.db, t.organizationId, now)
}

const minutes = 60_000
const order = (local: string, waited: number | null, more: FactRow): FactRow => ({
  received_at: at(local),
  ...(waited !== null && { responded_at: at(local) + waited * minutes }),
  ...more,
})
const span = (from: string, to: string, more: Partial<Question> = {}): Question => ({
  fromDay: dateToDay(`2024-${from}`),
  toDay: dateToDay(`2024-${to}`),
  grain: 'whole',
  where: {},
  by: 'product',
  across: 'category',
  ...more,
})
const code = 'first_response_minutes'
const ask = async (question: Question, scope?: Scope, of = code) =>
  t.db.transaction(scope ?? (await t.whole()), (tx) => figures(tx, of, question, { now }), { readOnly: true })
const told = (rows: FigureRow[]) =>
  rows.map(({ memberName, across, n, value, state }) => [memberName, across, n, value, state])

test('a row for each pair that meets: n, mean and state of its own records, the same from cells and from records', async () => {
  const repair = { product_id: printer, category: 'repair', subcategory: '硬件' }
  await enter(
    // Eleven within May in Shanghai: 10 × 20 min, and 42 min a second before its end.
    ...Array.from({ length: 10 }, (_, i) => order(`05-${10 + i}T09:00:00`, 20, repair)),
    order('05-31T23:59:59', 42, repair),
    // The first second of June, which May does not hold.
    order('06-01T00:00:00', 60, repair),
    // Another category of the product, another product; solved without a response; without product; without category; left out.
    order('05-03T09:00:00', 5, { product_id: printer, category: 'repair' }),
    order('05-03T09:00:00', 7, {
      product_id: scanner,
      category: 'repair',
      subcategory: '硬件',
      unit_id: teamId,
    }),
    order('05-03T09:00:00', null, {
      product_id: scanner,
      category: 'complaint',
      resolved_at: at('05-04T09:00:00'),
    }),
    order('05-03T09:00:00', 1, { category: 'repair' }),
    order('05-03T09:00:00', 1, { product_id: printer }),
    order('05-03T09:00:00', 99, { ...repair, excluded_reason: '测试单' }),
  )
  const may = await ask(span('05-01', '06-01'))
  // (10 × 20 + 42) / 11 = 22
  const expected = [
    ['打印机', 'repair', 1, 5, 'few'],
    ['打印机', 'repair-硬件', 11, 22, 'ok'],
    ['扫描仪', 'complaint', 0, null, 'incomputable'],
    ['扫描仪', 'repair-硬件', 1, 7, 'few'],
  ]
  // Products stand in the order of their ids.
  assert.deepEqual(told(may).toSorted(), expected.toSorted())
  assert.deepEqual(
    may.map(({ p50, p90 }) => [p50, p90]),
    may.map(() => [null, null]),
  )
  // 31 days that are no month, all but the second of June: read from the records, and the same.
  assert.deepEqual(told(await ask(span('05-02', '06-01'))), told(may))
  // Two months: (10 × 20 + 42 + 60) / 12 = 25.166667; by month, June has one pair.
  const both = await ask(span('05-01', '07-01'))
  assert.deepEqual(
    both.filter(({ n }) => n > 11).map(({ n, value }) => [n, value]),
    [[12, 25.166667]],
  )
  const byMonth = await ask(span('05-01', '07-01', { grain: 'month', where: { product: printer } }))
  assert.deepEqual(
    byMonth.map(({ period, across, n, state }) => [period, across, n, state]),
    [
      ['2024-05', 'repair', 1, 'few'],
      ['2024-05', 'repair-硬件', 11, 'ok'],
      ['2024-06', 'repair', 0, 'none'],
      ['2024-06', 'repair-硬件', 1, 'few'],
    ],
  )
  // Turned round, the pairs are the same.
  const turned = await ask(span('05-01', '06-01', { by: 'category', across: 'product' }))
  assert.deepEqual(
    turned.map(({ member, acrossName, n }) => [acrossName, member, n]).toSorted(),
    may.map(({ memberName, across, n }) => [memberName, across, n]).toSorted(),
  )
})

test('each cell lists exactly the records it counts', async () => {
  const question = span('05-01', '06-01')
  for (const { member, across, records: counted } of await ask(question)) {
    const where = { product: member ?? '', category: categoryAlone(across ?? '') }
    const { by: _, across: __, ...whole } = question
    const list = await t.db.transaction(await t.whole(), (tx) =>
      records(tx, code, { ...whole, where }, { limit: 100 }),
    )
    assert.equal(list.total, counted, `${member} ${across}`)
  }
})

test('filters by product and by category with all below it narrow the pairs', async () => {
  const of = async (where: Question['where']) =>
    told(await ask(span('05-01', '06-01', { where }))).map(([, , n]) => n)
  assert.deepEqual((await of({ product: printer })).toSorted(), [1, 11])
  assert.deepEqual((await of({ category: 'repair' })).toSorted(), [1, 1, 11])
  assert.deepEqual(await of({ category: categoryAlone('repair') }), [1])
  assert.deepEqual(await of({ product: scanner, category: 'repair-硬件' }), [1])
  assert.deepEqual(await of({ product: newId() }), [])
  // One within the other, without percentiles to tell: the rate of responses in time.
  const rate = await ask(
    {
      ...span('05-01', '06-01', { by: 'category', where: { product: printer } }),
      across: undefined,
    } as Question,
    undefined,
    'record_completeness',
  )
  assert.deepEqual(
    rate.map(({ member }) => member),
    ['repair', 'repair-硬件'],
  )
})

test('who sees a team alone sees the pairs of its records alone', async () => {
  const team = { organizationId: t.organizationId, unitIds: [teamId] }
  assert.deepEqual(told(await ask(span('05-01', '06-01'), team)), [['扫描仪', 'repair-硬件', 1, 7, 'few']])
  const units = await ask(span('05-01', '06-01', { by: 'unit', across: 'product' }))
  // A unit holds the teams below it: all of the printer's and both of the scanner's, whose other one waits.
  assert.deepEqual(
    told(units)
      .map(([unit, , n]) => [unit, n])
      .toSorted(),
    [
      ['一组', 1],
      ['测试企业', 1],
      ['测试企业', 13],
    ].toSorted(),
  )
})

test('a product whose orders have hundreds of categories with long names is counted as any other', async () => {
  const named = (i: number) => `${'很长的类别名称'.repeat(6)}${i}`
  await enter(
    ...Array.from({ length: 150 }, (_, i) =>
      order('07-05T09:00:00', i, { product_id: printer, category: named(i) }),
    ),
  )
  const rows = await ask(span('07-01', '08-01'))
  assert.deepEqual(
    new Map(rows.map(({ across, n, value }) => [across, [n, value]])),
    new Map(Array.from({ length: 150 }, (_, i) => [named(i), [1, i]])),
  )
})

test('an order that changes its product takes its share along, and a span without records has no pairs', async () => {
  assert.deepEqual(await ask(span('02-01', '03-01')), [])
  await enter(order('03-05T09:00:00', 8, { product_id: printer, category: '安装' }))
  assert.equal((await ask(span('03-01', '04-01')))[0]?.member, printer)
  await t.db.transaction(await t.whole(), async (tx) => {
    const sourceId = await handSource(tx, now)
    const incoming = [
      {
        externalId: `H${entered - 1}`,
        line: null,
        values: {
          unit_id: t.rootUnitId,
          ...order('03-05T09:00:00', 8, { product_id: scanner, category: '安装' }),
        },
      },
    ]
    const context = { sourceId, batchId: null, now, demo: false, sink: null }
    await writeFacts(tx, await openWorkOrders(tx, now), incoming, context)
  })
  await drainChanges(t.db, t.organizationId, now)
  assert.deepEqual(
    (await ask(span('03-01', '04-01'))).map(({ member, across, n }) => [member, across, n]),
    [[scanner, '安装', 1]],
  )
  const stored = await t.db.transaction(await t.whole(), (tx) =>
    tx.rows<{ member: string }>(sql`
      select member from measurement.cell where organization_id = ${tx.organizationId}
        and slice = 'product_category' and month_on = '2024-03-01'`),
  )
  assert.deepEqual(
    stored.map(({ member }) => member),
    [scanner],
  )
})

test('a second split without a first, by the same, of customers or too large is refused with the remedy', async () => {
  const refused = (question: Question, of?: string) =>
    ask(question, undefined, of).then(
      () => 'answered',
      (error: { code?: string }) => error.code,
    )
  const { by: _, ...without } = span('05-01', '06-01')
  assert.equal(await refused(without), 'split_twice')
  assert.equal(await refused(span('05-01', '06-01', { across: 'product' })), 'split_twice')
  assert.equal(await refused(span('05-01', '06-01'), 'repeat_purchase_rate'), 'customers_split_once')
  const pairs = (count: number) =>
    new Map([['', new Map(Array.from({ length: count }, (_, i) => [`${i}`, []]))]])
  refuseTooMany([pairs(60_000), pairs(40_000)])
  assert.throws(() => refuseTooMany([pairs(60_000), pairs(40_001)]), { code: 'too_many_figures' })
})
