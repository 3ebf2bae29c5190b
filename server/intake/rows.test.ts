import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Kind } from './fields.ts'
import { guessMapping, type Mapping, readMapping } from './mapping.ts'
import type { Cell } from './read/table.ts'
import { compileRow, dateOrderLearner, MappingRefusal, type RowOptions } from './rows.ts'

const now = Date.UTC(2026, 10, 26)
const shanghai = (text: string) => Date.parse(`${text}+08:00`)

function reader(kind: Kind, json: object, header: string[], options: Partial<RowOptions> = {}) {
  const read = readMapping(json)
  if ('faults' in read) assert.fail(read.faults[0]?.en)
  const compiled = compileRow(kind, read.mapping, header, { zone: 'Asia/Shanghai', now, ...options })
  return Object.assign((...cells: Cell[]) => compiled({ line: 17, cells }), compiled)
}

const codes = (list: { code: string; column: string | null }[] | undefined) =>
  (list ?? []).map(({ code, column }) => `${column}: ${code}`)

test('a row becomes a record of typed values, without a prototype', () => {
  const header = ['编号', '分类', '优先级', '受理', '评分', '次数', '费用', '及时', '备注']
  const columns = {
    编号: 'external_id',
    分类: 'category',
    优先级: 'priority',
    受理: 'received_at',
    评分: 'score',
    次数: 'reopen_count',
    费用: 'cost',
    及时: 'response_in_time',
  }
  const read = reader('work-orders', { columns }, header)
  const { record, rejections, warnings } = read(
    'SR001',
    '故障维修-硬件',
    '紧急',
    '2024-10-01 14:30',
    '4分',
    '0',
    '¥1,280.50',
    '是',
    'kept elsewhere',
  )
  assert.equal(rejections, undefined)
  assert.equal(warnings, undefined)
  assert.equal(Object.getPrototypeOf(record), null)
  assert.deepEqual(
    { ...record },
    {
      external_id: 'SR001',
      category: 'repair',
      subcategory: '硬件',
      priority: 'urgent',
      received_at: shanghai('2024-10-01T14:30'),
      score: 4,
      reopen_count: 0,
      cost: '1280.50',
      response_in_time: true,
    },
  )
})

test('blank cells are null, fields without a column are absent', () => {
  const read = reader(
    'work-orders',
    { columns: { a: 'external_id', b: 'received_at', c: 'customer', d: 'priority' }, null: ['', '?', '-'] },
    ['a', 'b', 'c', 'd'],
  )
  assert.deepEqual(
    { ...read('1', '2024-05-01', ' ? ', '').record },
    { external_id: '1', received_at: shanghai('2024-05-01T00:00'), customer: null, priority: null },
  )
  assert.deepEqual(
    { ...read('1', '2024-05-01').record },
    { external_id: '1', received_at: shanghai('2024-05-01T00:00'), customer: null, priority: null },
  )
  assert.equal(read('1', '2024-05-01', 'N/A').record?.customer, 'N/A', 'the mapping tells what means nothing')
})

test('each fault is told with line, column, value and both sentences', () => {
  const read = reader(
    'work-orders',
    { columns: { 编号: 'external_id', 受理: 'received_at', 优先级: 'priority', 次数: 'reopen_count' } },
    ['编号', '受理', '优先级', '次数'],
  )
  const { rejections, record } = read('', 'soon', 'P9', '三次')
  assert.equal(record, undefined)
  assert.deepEqual(codes(rejections), [
    '编号: required',
    '受理: not_a_date',
    '优先级: unknown_word',
    '次数: not_a_number',
  ])
  assert.deepEqual(rejections?.[1], {
    line: 17,
    column: '受理',
    code: 'not_a_date',
    value: 'soon',
    zh: '“soon”不是可识别的时间，例如 2024-10-01 14:30',
    en: '"soon" is not a time, such as 2024-10-01 14:30',
  })
  const long = read('1', `x${'长'.repeat(500)}`).rejections?.[0]
  assert.equal(long?.value.length, 200)
  assert.deepEqual(codes(read({ fault: 'formula', text: '7' }, '2024-05-01').rejections), [
    '编号: formula_cell',
  ])
  assert.deepEqual(codes(read('1', '2024-05-01', null, null, { fault: 'surplus', text: 'x' }).rejections), [
    'null: surplus_cells',
  ])
  assert.equal(read('1', '2024-05-01', null, null, 'a remark at the side').rejections, undefined)
})

test('words of the mapping are put in place of the file’s, constants where it is blank', () => {
  const read = reader(
    'work-orders',
    {
      columns: { id: 'external_id', at: 'received_at', prio: 'priority', via: 'channel', score: 'score' },
      values: { priority: { '1 - Critical': 'urgent', Low: 'normal' }, score: { good: '5', Offered: '' } },
      constants: { channel: 'web', unit: '客服一部' },
    },
    ['id', 'at', 'prio', 'via', 'score'],
  )
  const first = read('1', '2024-05-01', '1 - CRITICAL', '', 'good').record
  assert.deepEqual(
    [first?.priority, first?.channel, first?.unit, first?.score],
    ['urgent', 'web', '客服一部', 5],
  )
  const second = read('1', '2024-05-01', 'low', '电话', 'Offered').record
  assert.deepEqual([second?.priority, second?.channel, second?.score], ['normal', 'phone', null])
})

test('a column of its own for the subcategory stands above what follows the hyphen', () => {
  const columns = { id: 'external_id', at: 'received_at', sub: 'subcategory', cat: 'category' }
  for (const header of [
    ['id', 'at', 'sub', 'cat'],
    ['id', 'at', 'cat', 'sub'],
  ]) {
    const read = reader('work-orders', { columns }, header)
    const put = (cat: string, sub: string) => {
      const { record } =
        header[2] === 'sub' ? read('1', '2024-05-01', sub, cat) : read('1', '2024-05-01', cat, sub)
      return [record?.category, record?.subcategory]
    }
    assert.deepEqual(put('故障维修-硬件', '主板'), ['repair', '主板'])
    assert.deepEqual(put('故障维修-硬件', ''), ['repair', '硬件'])
    assert.deepEqual(put('故障维修', ''), ['repair', null])
  }
})

test('what happened before it could is warned of, and a day is not taken for its midnight', () => {
  const columns = { id: 'external_id', in: 'received_at', re: 'responded_at', out: 'resolved_at' }
  const read = reader('work-orders', { columns }, ['id', 'in', 're', 'out'])
  const { record, warnings } = read('1', '2024-05-02 10:00', '2024-05-02 09:00', '2024-05-01')
  assert.ok(record)
  assert.deepEqual(codes(warnings), [
    're: negative_duration',
    'out: negative_duration',
    'out: negative_duration',
  ])
  assert.equal(warnings?.[0]?.value, '2024-05-02 09:00')
  const sameDay = read('1', '2024-05-02 10:00', '2024-05-02 10:00', '2024-05-02')
  assert.equal(sameDay.warnings, undefined)
  assert.deepEqual(sameDay.dateOnly, ['resolved_at'])
  assert.deepEqual(codes(read('1', '', '', '').rejections), ['null: no_time'])
})

test('warnings are counted per kind and column, with one sample', () => {
  const read = reader(
    'work-orders',
    { columns: { id: 'external_id', at: 'received_at', who: 'agent' } },
    ['id', 'at', 'who', 'id'],
    { zone: 'Europe/Rome' },
  )
  read('1', '04-08-15', '')
  read('2', '05-08-15', '')
  read(440306199001010000, '25-08-15 10:00', '张三')
  assert.deepEqual(
    read.warnings().map(({ code, column, count, sample }) => [code, column, count, sample]),
    [
      ['duplicate_header', 'id', 1, 'id'],
      ['unmapped_column', 'id#2', 1, 'id#2'],
      ['ambiguous_date', 'at', 3, '04-08-15'],
      ['blank_agent', 'who', 2, ''],
      ['digits_lost', 'id', 1, '440306199001010000'],
    ],
  )
})

test('the order of day and month is learnt from the whole column', () => {
  const json = { columns: { id: 'external_id', at: 'received_at' } }
  const header = ['id', 'at']
  const learn = (...values: string[]) => {
    const mapping = (readMapping(json) as { mapping: Mapping }).mapping
    const learner = dateOrderLearner('work-orders', mapping, header, now)
    for (const [i, value] of values.entries()) learner.see({ line: i + 2, cells: [String(i), value] })
    return learner
  }
  const undecided = learn('04/08/2015')
  assert.equal(undecided.isOpen(), true)
  const decided = learn('04/08/2015', '25/08/2015')
  assert.equal(decided.isOpen(), false)
  const read = reader('work-orders', json, header, { dateOrders: decided.orders() })
  assert.deepEqual(
    [read('1', '04/08/2015').record?.received_at, read.warnings()],
    [shanghai('2015-08-04T00:00'), []],
  )
  assert.deepEqual(codes(read('1', '08/25/2015').rejections), ['at: not_a_date'])
  const mixed = reader('work-orders', json, header, {
    dateOrders: learn('25/08/2015', '08/25/2015').orders(),
  })
  assert.deepEqual(codes(mixed('1', '04/08/2015').rejections), ['at: undecided_date'])
  assert.equal(mixed('1', '08/25/2015').record?.received_at, shanghai('2015-08-25T00:00'))
  assert.equal(learn('2024-05-01', '2024/5/1').isOpen(), false)
})

test('events carry the meaning that the mapping gives their activity', () => {
  const header = ['case', 'activity', 'at', 'actor']
  const columns = { case: 'case', activity: 'activity', at: 'at', actor: 'actor' }
  const mapped = reader('events', { columns, activities: { 'Resolve ticket': 'resolved' } }, header)
  assert.deepEqual(
    { ...mapped('C1', 'Resolve ticket', '2010-01-13 08:40:25+00:00', '').record },
    {
      case: 'C1',
      activity: 'Resolve ticket',
      at: Date.UTC(2010, 0, 13, 8, 40, 25),
      actor: null,
      meaning: 'resolved',
    },
  )
  assert.equal(mapped('C1', 'Wait', '2010-01-13').record?.meaning, null)
  const bare = reader('events', { columns }, header)
  assert.equal(bare('C1', 'resolved', '2010-01-13').record?.meaning, 'resolved')
})

test('the sample rows of the feedback table: a blank responsible person warns, the number tells the month', () => {
  const header = [
    '反馈编号',
    '客户名称',
    '产品型号',
    '问题描述',
    '反馈渠道',
    '处理状态',
    '满意度评分(1-5分)',
    '改进建议',
    '责任人',
  ]
  const { mapping } = guessMapping('feedback', header, [])
  const read = compileRow('feedback', mapping, header, { zone: 'Asia/Shanghai', now })
  const rows = [
    'FX202405001|A公司|A300打印机|卡纸问题未彻底解决|电话回访|已关闭|4分|建议增加维修培训|',
    'FX202405002|*个人|B100软件|操作流程复杂|在线问卷|处理中|3分|优化界面引导|',
  ]
  const [first, second] = rows.map((row, i) => read({ line: i + 2, cells: row.split('|') }))
  assert.deepEqual(
    { ...first?.record },
    {
      external_id: 'FX202405001',
      customer: 'A公司',
      product: 'A300打印机',
      problem: '卡纸问题未彻底解决',
      channel: 'phone',
      status: 'closed',
      score: 4,
      suggestion: '建议增加维修培训',
      agent: null,
      received_at: shanghai('2024-05-01T00:00'),
      received_month_only: true,
    },
  )
  assert.deepEqual(
    [second?.record?.status, second?.record?.channel, second?.record?.score],
    ['in_progress', 'web', 3],
  )
  assert.deepEqual(
    read.warnings().map(({ code, count }) => [code, count]),
    [
      ['month_only', 2],
      ['blank_agent', 2],
    ],
  )
  assert.deepEqual(codes(read({ line: 4, cells: ['编号一'] }).rejections), ['null: no_time'])
})

test('the sample row of the process table, its glued time included', () => {
  const header = [
    '工单编号',
    '客户信息',
    '产品/服务名称',
    '问题描述',
    '问题分类',
    '优先级',
    '处理人',
    '处理方案',
    '处理结果',
    '客户确认',
    '反馈时间',
  ]
  const { mapping } = guessMapping('work-orders', header, [])
  const cells =
    'SR001|*女士|智能手机型号|屏幕触控不灵敏|故障维修-硬件|紧急|*技术工程师|更换触控总成,测试正常|已更换并恢复正常使用|确认满意|2024-10-0114:30'.split(
      '|',
    )
  for (const [zone, at] of [
    ['Asia/Shanghai', '2024-10-01T06:30Z'],
    ['UTC', '2024-10-01T14:30Z'],
    ['America/New_York', '2024-10-01T18:30Z'],
  ] as const) {
    const { record, warnings } = compileRow('work-orders', mapping, header, { zone, now })({ line: 2, cells })
    assert.deepEqual(
      { ...record },
      {
        external_id: 'SR001',
        customer: '*女士',
        product: '智能手机型号',
        problem: '屏幕触控不灵敏',
        category: 'repair',
        subcategory: '硬件',
        priority: 'urgent',
        agent: '*技术工程师',
        plan: '更换触控总成,测试正常',
        result: '已更换并恢复正常使用',
        confirmation: '确认满意',
        confirmed_at: Date.parse(at),
      },
    )
    assert.equal(warnings, undefined)
  }
})

test('people and products', () => {
  const people = reader('people', { columns: { 工号: 'employee_no', 姓名: 'name', 到岗: 'from' } }, [
    '工号',
    '姓名',
    '到岗',
  ])
  assert.deepEqual(
    { ...people('0012', '张三', '1985/7/1').record },
    { employee_no: '0012', name: '张三', from: '1985-07-01' },
  )
  assert.deepEqual(codes(people('0012', '').rejections), ['姓名: required'])
  const products = reader('products', { columns: { code: 'code', name: 'name', line: 'category' } }, [
    'code',
    'name',
    'line',
  ])
  assert.deepEqual(
    { ...products('A300', '打印机', '办公-打印').record },
    { code: 'A300', name: '打印机', category: '办公-打印' },
  )
})

test('a mapping that does not fit is refused whole', () => {
  assert.throws(
    () => reader('events', { columns: { x: 'case' } }, ['case']),
    (error) => {
      assert.ok(error instanceof MappingRefusal)
      assert.deepEqual(
        error.faults.map(({ code }) => code),
        ['no_such_column', 'required_unmapped', 'required_unmapped'],
      )
      return true
    },
  )
})
