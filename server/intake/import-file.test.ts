import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { createUnit } from '../directory/index.ts'
import { newId } from '../platform/ids.ts'
import { type Importing, importedAt, openImporting } from './testing/importing.ts'

let t: Importing
let source = ''

before(async () => {
  t = await openImporting()
})
after(() => t.end())
beforeEach(() => {
  source = newId()
})

const bring: Importing['bring'] = (kind, text, options) =>
  t.bring(kind, text, { sourceName: source, ...options })
const counts = ({ rows, accepted, updated, unchanged, rejected }: Awaited<ReturnType<typeof bring>>) => ({
  rows,
  accepted,
  updated,
  unchanged,
  rejected,
})
const orders = (columns: string) =>
  t.rows(
    `select ${columns} from cases.work_order w join directory.source s on s.id = w.source_id
     left join directory.product p on p.id = w.product_id left join directory.person a on a.id = w.agent_id
     join directory.unit u on u.id = w.unit_id where s.name = $1 order by external_id`,
    [source],
  )

const two = `工单编号,受理时间,首次响应时间,解决时间,产品,处理人,优先级,客户,分类,满意度
W1,2024-05-01 08:00,2024-05-01 08:20,2024-05-01 12:00,打印机,李雷,紧急,张三,故障维修-硬件,4.0
W2,2024-05-02 08:00,,,打印机,韩梅,一般,王五,使用咨询,
`

test('a file becomes work orders with people, products and customers; the cells are those of the facts', async () => {
  const done = await bring('work-orders', two)
  assert.deepEqual(counts(done), { rows: 2, accepted: 2, updated: 0, unchanged: 0, rejected: 0 })
  assert.deepEqual(
    await orders('external_id, p.name as product, a.name as agent, priority, required_fields, filled_fields'),
    [
      {
        external_id: 'W1',
        product: '打印机',
        agent: '李雷',
        priority: 'urgent',
        required_fields: 9,
        filled_fields: 5,
      },
      {
        external_id: 'W2',
        product: '打印机',
        agent: '韩梅',
        priority: 'normal',
        required_fields: 6,
        filled_fields: 5,
      },
    ],
  )
  assert.deepEqual(
    done.warnings.filter(({ code }) => code.startsWith('new_')).map(({ code, count }) => [code, count]),
    [
      ['new_person', 2],
      ['new_product', 1],
    ],
  )
  assert.deepEqual(await t.differences(), [])
})

test('the same file again changes nothing at all', async () => {
  await bring('work-orders', two)
  const earlier = await t.contents()
  assert.deepEqual(counts(await bring('work-orders', two)), {
    rows: 2,
    accepted: 0,
    updated: 0,
    unchanged: 2,
    rejected: 0,
  })
  assert.deepEqual(await t.contents(), earlier)
})

test('columns that a file does not have leave what is there; columns it has, even blank, replace it', async () => {
  await bring('work-orders', two)
  const again = await bring('work-orders', '工单编号,受理时间,优先级,处理结果\nW1,2024-05-01 08:00,,已更换\n')
  assert.deepEqual(counts(again), { rows: 1, accepted: 0, updated: 1, unchanged: 0, rejected: 0 })
  const [first] = await orders('a.name as agent, priority, result, resolved_at, version')
  assert.deepEqual(first, {
    agent: '李雷',
    priority: null,
    result: '已更换',
    resolved_at: new Date('2024-05-01T04:00:00Z'),
    version: 2,
  })
  assert.deepEqual(await t.differences(), [])
})

test('of two rows with one number the later holds; the same row twice is unchanged', async () => {
  const done = await bring(
    'work-orders',
    '工单编号,受理时间,产品\nD1,2024-05-01 08:00,A\nD1,2024-05-01 08:00,B\nD1,2024-05-01 08:00,B\n',
  )
  assert.deepEqual(counts(done), { rows: 3, accepted: 1, updated: 1, unchanged: 1, rejected: 0 })
  assert.deepEqual(await orders('external_id, p.name as product'), [{ external_id: 'D1', product: 'B' }])
  assert.deepEqual(await t.differences(), [])
})

test('a trial run says what would happen and writes nothing', async () => {
  const earlier = await t.contents()
  const done = await bring('work-orders', `${two}W3,,,,,,,,,\n`, { dryRun: true })
  assert.deepEqual(counts(done), { rows: 3, accepted: 2, updated: 0, unchanged: 0, rejected: 1 })
  assert.equal(done.batch, null)
  assert.deepEqual(await t.contents(), earlier)
  assert.deepEqual(await t.rows('select from directory.source where name = $1', [source]), [])
})

test('two imports of the same file at once end as one after the other', async () => {
  const done = await Promise.all([bring('work-orders', two), bring('work-orders', two)])
  const sum = done.reduce((total, one) => total + one.accepted, 0)
  assert.equal(sum, 2)
  assert.equal(
    done.reduce((total, one) => total + one.unchanged, 0),
    2,
  )
  assert.deepEqual(await t.differences(), [])
})

test('two sources at once that name the same new customers both arrive', async () => {
  const text = (mark: string) =>
    `工单编号,受理时间,客户,产品,处理人\n${Array.from({ length: 50 }, (_, i) => `${mark}${i},2024-05-01 08:00,同一客户${i},同一产品,同一人`).join('\n')}\n`
  const done = await Promise.all(
    ['A', 'B', 'C'].map((mark) => t.bring('work-orders', text(mark), { sourceName: `${source}${mark}` })),
  )
  assert.deepEqual(
    done.map((one) => one.accepted),
    [50, 50, 50],
  )
  const [customers] = await t.rows<{ n: number }>(
    "select count(distinct customer_id) as n from cases.work_order w join directory.source s on s.id = w.source_id where s.name like $1 || '%'",
    [source],
  )
  assert.equal(customers?.n, 50)
  assert.deepEqual(await t.rows("select count(*) as n from directory.person where name = '同一人'"), [
    { n: 1 },
  ])
})

test('an import that is cancelled half-way leaves its batch row and nothing else', async () => {
  const rows = Array.from({ length: 6000 }, (_, i) => `X${i},2024-05-01 08:00,产品${i % 7},客户${i}`)
  const earlier = await t.contents()
  const stop = new AbortController()
  const text = `工单编号,受理时间,产品,客户\n${rows.join('\n')}\n`
  await assert.rejects(
    bring('work-orders', text, { signal: stop.signal, onProgress: () => stop.abort() }),
    /abort/i,
  )
  assert.deepEqual(await t.contents(), earlier)
  assert.deepEqual(
    await t.rows(
      `select b.state, (select count(*) from intake.raw_chunk r where r.batch_id = b.id) as raw
       from intake.batch b join directory.source s on s.id = b.source_id where s.name = $1`,
      [source],
    ),
    [{ state: 'cancelled', raw: 0 }],
  )
})

test('a customer who comes back within seven days marks the earlier order, in whatever order rows come', async () => {
  const head = '工单编号,受理时间,解决时间,客户,产品,分类\n'
  await bring('work-orders', `${head}R2,2024-05-06 09:00,2024-05-06 10:00,赵六,打印机,故障维修\n`)
  await bring(
    'work-orders',
    `${head}R1,2024-05-01 09:00,2024-05-01 10:00,赵六,打印机,故障维修\nR3,2024-05-13 10:00:01,,赵六,打印机,故障维修\n`,
  )
  assert.deepEqual(await orders('external_id, repeated_at'), [
    { external_id: 'R1', repeated_at: new Date('2024-05-06T01:00:00Z') },
    { external_id: 'R2', repeated_at: null },
    { external_id: 'R3', repeated_at: null },
  ])
  // R2 turns out to be another customer's: R1 stands alone again.
  await bring('work-orders', `${head}R2,2024-05-06 09:00,2024-05-06 10:00,孙七,打印机,故障维修\n`)
  assert.deepEqual(await orders('external_id, repeated_at'), [
    { external_id: 'R1', repeated_at: null },
    { external_id: 'R2', repeated_at: null },
    { external_id: 'R3', repeated_at: null },
  ])
  assert.deepEqual(await t.differences(), [])
})

test('an order keeps the team its agent was in at the time, also when the file comes again after a transfer', async () => {
  const [north, south] = await t.db.transaction(await t.whole(), async (tx) => [
    await createUnit(tx, { name: `北${source}`, kind: 'team' }, importedAt),
    await createUnit(tx, { name: `南${source}`, kind: 'team' }, importedAt),
  ])
  const agent = `员工${source}`
  await bring('people', `工号,姓名,团队,到岗日期\n${source},${agent},北${source},2024-01-01\n`)
  const file = `工单编号,受理时间,处理人\nP1,2024-03-01 09:00,${agent}\nP2,2024-05-01 09:00,${agent}\n`
  await t.rows('update directory.posting set to_on = $2 where unit_id = $1', [north?.id, '2024-04-01'])
  await t.rows(
    `insert into directory.posting (organization_id, id, person_id, unit_id, from_on)
     select organization_id, $2, person_id, $3, '2024-04-01' from directory.posting where unit_id = $1`,
    [north?.id, newId(), south?.id],
  )
  await t.rows('update directory.person set unit_id = $2 where unit_id = $1', [north?.id, south?.id])
  await bring('work-orders', file)
  assert.deepEqual(await orders('external_id, u.name as unit'), [
    { external_id: 'P1', unit: `北${source}` },
    { external_id: 'P2', unit: `南${source}` },
  ])
})

test('a team brings in its own rows; another team by name or by number is turned away, row by row', async () => {
  const [mine, other] = await t.db.transaction(await t.whole(), async (tx) => [
    await createUnit(tx, { name: `甲${source}`, kind: 'team' }, importedAt),
    await createUnit(tx, { name: `乙${source}`, kind: 'team' }, importedAt),
  ])
  await bring('work-orders', `工单编号,受理时间,团队\nT1,2024-05-01 08:00,乙${source}\n`)
  const done = await bring(
    'work-orders',
    `工单编号,受理时间,团队\nT1,2024-05-01 09:00,\nT2,2024-05-01 09:00,乙${source}\nT3,2024-05-01 09:00,甲${source}\nT4,2024-05-01 09:00,\n`,
    { scope: { organizationId: t.organizationId, unitIds: [mine?.id ?? ''] } },
  )
  assert.deepEqual(counts(done), { rows: 4, accepted: 2, updated: 0, unchanged: 0, rejected: 2 })
  assert.deepEqual(done.rejections.map(({ line, code }) => [line, code]).sort(), [
    [2, 'number_taken'],
    [3, 'unit_not_yours'],
  ])
  assert.deepEqual(await orders('external_id, w.unit_id'), [
    { external_id: 'T1', unit_id: other?.id },
    { external_id: 'T3', unit_id: mine?.id },
    { external_id: 'T4', unit_id: mine?.id },
  ])
  assert.deepEqual(await t.differences(), [])
})

test('a staff list again is unchanged; a new team is a transfer from its day on, a leaver has an end', async () => {
  const units = await t.db.transaction(await t.whole(), async (tx) => [
    await createUnit(tx, { name: `东${source}`, kind: 'team' }, importedAt),
    await createUnit(tx, { name: `西${source}`, kind: 'team' }, importedAt),
  ])
  const list = (unit: string, from: string, to = '') =>
    `工号,姓名,团队,到岗日期,离岗日期\n${source},员工${source},${unit}${source},${from},${to}\n`
  const postings = () =>
    t.rows(
      `select u.id = $2 as east, g.from_on, g.to_on from directory.posting g
       join directory.person p on p.id = g.person_id join directory.unit u on u.id = g.unit_id
       where p.employee_no = $1 order by from_on`,
      [source, units[0]?.id],
    )
  assert.equal((await bring('people', list('东', '2024-01-01'))).accepted, 1)
  assert.equal((await bring('people', list('东', '2024-01-01'))).unchanged, 1)
  const moved = await bring('people', list('西', '2024-04-01', '2024-06-01'))
  assert.equal(moved.updated, 1)
  assert.deepEqual(await postings(), [
    { east: true, from_on: '2024-01-01', to_on: '2024-04-01' },
    { east: false, from_on: '2024-04-01', to_on: '2024-06-01' },
  ])
  const wrong = await bring('people', `工号,姓名,到岗日期,离岗日期\n${source}X,员工X,2024-07-01,2024-06-01\n`)
  assert.deepEqual(
    wrong.rejections.map(({ line, code }) => [line, code]),
    [[2, 'out_of_range']],
  )
  assert.deepEqual(await t.undo(moved.batch), { kept: [] })
  assert.deepEqual(await postings(), [{ east: true, from_on: '2024-01-01', to_on: null }])
})

test('a product list adds, renames and is undone; a changed product is kept and told', async () => {
  const names = () =>
    t.rows('select code, name from directory.product where code like $1 order by code', [`${source}%`])
  const list = (name: string) => `产品编码,产品名称,产品类别\n${source}1,${name},打印机\n${source}2,乙,\n`
  await bring('products', list('甲'))
  assert.equal((await bring('products', list('甲'))).unchanged, 2)
  const renamed = await bring('products', list('甲二'))
  assert.deepEqual([renamed.updated, renamed.unchanged], [1, 1])
  await t.undo(renamed.batch)
  assert.deepEqual(await names(), [
    { code: `${source}1`, name: '甲' },
    { code: `${source}2`, name: '乙' },
  ])
  const again = await bring('products', list('甲三'))
  await t.rows('update directory.product set name = $2 where code = $1', [`${source}1`, '手改'])
  assert.deepEqual(await t.undo(again.batch), { kept: [{ kind: 'product', externalId: '甲三' }] })
})

test('a product list brings the stages of a life, leaves those it does not have, refuses a wrong order, and is undone', async () => {
  const stages = () =>
    t.rows(
      `select launch_on::text as launch, growth_on::text as growth, maturity_on::text as maturity from directory.product where code = $1`,
      [`${source}L`],
    )
  const head = '产品编码,产品名称'
  // Each under a source of its own: a source keeps the columns of its first file.
  const bringProducts = (text: string, name: string) =>
    bring('products', text, { sourceName: `${source}-${name}` })
  await bringProducts(`${head},上市日期,成长期开始\n${source}L,甲,2024-01-01,2024年3月1日\n`, '1')
  const whole = { launch: '2024-01-01', growth: '2024-03-01', maturity: null }
  assert.deepEqual(await stages(), [whole])
  assert.equal((await bringProducts(`${head}\n${source}L,甲\n`, '2')).unchanged, 1)
  const later = await bringProducts(`${head},成长期开始,成熟期开始\n${source}L,甲,,2024-06-01\n`, '3')
  assert.deepEqual(await stages(), [{ launch: '2024-01-01', growth: null, maturity: '2024-06-01' }])
  const wrong = await bringProducts(`${head},成熟期开始\n${source}L,甲,2023-12-31\n`, '4')
  assert.deepEqual(
    wrong.rejections.map(({ line, code }) => [line, code]),
    [[2, 'stages_out_of_order']],
  )
  assert.deepEqual(await t.undo(later.batch), { kept: [] })
  assert.deepEqual(await stages(), [whole])
})

test('an answer belongs to the agent, team and product of the order it names; the file itself stands above it', async () => {
  await bring('work-orders', two.replaceAll(/\bW(?=\d)/g, 'V'))
  await bring(
    'responses',
    `问卷编号,工单编号,提交时间,整体满意度,服务人员\nA1,V1,2024-05-03 10:00,5,\nA2,V1,2024-05-03 10:00,3,另一人\nA3,W9,2024-05-03 10:00,1,\n`,
    { sourceName: `${source}-answers` },
  )
  assert.deepEqual(
    await t.rows(
      `select r.external_id, a.name as agent, p.name as product, r.category, r.work_order_id is not null as linked
       from surveys.response r join directory.source s on s.id = r.source_id
       left join directory.person a on a.id = r.agent_id left join directory.product p on p.id = r.product_id
       where s.name = $1 order by 1`,
      [`${source}-answers`],
    ),
    [
      { external_id: 'A1', agent: '李雷', product: '打印机', category: 'repair', linked: true },
      { external_id: 'A2', agent: '另一人', product: '打印机', category: 'repair', linked: true },
      { external_id: 'A3', agent: null, product: null, category: null, linked: false },
    ],
  )
  assert.deepEqual(await t.differences(), [])
})

test('the rows of the templates: 模板一 and 表2 as the documents print them', async () => {
  const order = await bring(
    'work-orders',
    `工单编号,客户信息,产品/服务名称,问题描述,问题分类,优先级,处理人,处理方案,处理结果,客户确认,反馈时间
SR001,*女士,智能手机型号,屏幕触控不灵敏,故障维修-硬件,紧急,*技术工程师,"更换触控总成,测试正常",已更换并恢复正常使用,确认满意,2024-10-0114:30
`,
  )
  assert.equal(order.accepted, 1)
  assert.deepEqual(
    await orders(
      'category, subcategory, priority, plan, result, confirmation, confirmed_at, received_at, required_fields, filled_fields',
    ),
    [
      {
        category: 'repair',
        subcategory: '硬件',
        priority: 'urgent',
        plan: '更换触控总成,测试正常',
        result: '已更换并恢复正常使用',
        confirmation: '确认满意',
        confirmed_at: new Date('2024-10-01T06:30:00Z'),
        received_at: null,
        required_fields: 9,
        filled_fields: 9,
      },
    ],
  )
  const feedback = await bring(
    'feedback',
    `反馈编号,客户名称,产品型号,问题描述,反馈渠道,处理状态,满意度评分(1-5分),改进建议,责任人
FX202405001,A公司,A300打印机,卡纸问题未彻底解决,电话回访,已关闭,4分,建议增加维修培训,
FX202405002,*个人,B100软件,操作流程复杂,在线问卷,处理中,3分,优化界面引导,
`,
  )
  assert.deepEqual([feedback.accepted, feedback.rejected], [2, 0])
  assert.ok(feedback.warnings.some(({ code, count }) => code === 'blank_agent' && count === 2))
  assert.deepEqual(
    await t.rows(
      `select external_id, status, score::float8, received_at, received_month_only from surveys.feedback f
       join directory.source s on s.id = f.source_id where s.name = $1 order by 1`,
      [source],
    ),
    ['FX202405001', 'FX202405002'].map((external_id, i) => ({
      external_id,
      status: ['closed', 'in_progress'][i],
      score: [4, 3][i],
      received_at: new Date('2024-04-30T16:00:00Z'),
      received_month_only: true,
    })),
  )
})
