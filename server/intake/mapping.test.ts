import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fields, type Kind, kinds } from './fields.ts'
import { columnNames, guessMapping, type Mapping, readMapping, resolveMapping } from './mapping.ts'
import { nameKey } from './mapping-names.ts'
import type { Cell } from './read/table.ts'

const guess = (kind: Kind, header: string[], rows: Cell[][] = []) =>
  guessMapping(
    kind,
    header,
    rows.map((cells, i) => ({ line: i + 2, cells })),
  )

const guessed = (kind: Kind, header: string[], rows: Cell[][] = []) => ({
  ...guess(kind, header, rows).mapping.columns,
})

function mappingOf(json: unknown): Mapping {
  const read = readMapping(json)
  if ('faults' in read) assert.fail(read.faults.map(({ en }) => en).join('; '))
  return read.mapping
}

function faultsOf(kind: Kind, json: unknown, header: string[]) {
  const result = resolveMapping(kind, mappingOf(json), header)
  return 'faults' in result ? result.faults : []
}

test('the mapping file of the handbook is read as it stands', () => {
  const mapping = mappingOf({
    zone: 'Asia/Shanghai',
    encoding: 'auto',
    sheet: 1,
    headerRow: 1,
    null: ['', '?', '-'],
    columns: {
      工单编号: 'external_id',
      创建时间: { field: 'received_at', format: 'yyyy/M/d H:mm:ss' },
      优先级: 'priority',
    },
    values: { priority: { '1 - Critical': 'urgent', '2 - High': 'important', '3 - Moderate': 'normal' } },
    constants: { channel: 'web' },
    activities: { 'Take in charge ticket': 'responded', 'Resolve ticket': 'resolved', RESOLVED: 'resolved' },
  })
  const result = resolveMapping('work-orders', mapping, ['优先级', '工单编号', '备注', '创建时间'])
  assert.ok('resolved' in result)
  assert.deepEqual(
    result.resolved.columns.map(({ index, name, field, format }) => [index, name, field.name, format]),
    [
      [1, '工单编号', 'external_id', undefined],
      [3, '创建时间', 'received_at', 'yyyy/M/d H:mm:ss'],
      [0, '优先级', 'priority', undefined],
    ],
  )
  assert.deepEqual(result.resolved.unmapped, ['备注'])
})

test('a mapping with a surplus or misshapen part is refused by its place', () => {
  const faults = (json: unknown) => {
    const read = readMapping(json)
    return 'faults' in read ? read.faults.map(({ en }) => en).join('\n') : ''
  }
  assert.match(faults({ columns: {}, colums: {} }), /colums/)
  assert.match(faults({ columns: { a: { field: 'x', fromat: 'y' } } }), /columns\.a/)
  assert.match(faults({ columns: {}, activities: { x: 'done' } }), /activities\.x/)
  assert.match(faults({ columns: {}, headerRow: 0 }), /headerRow/)
  assert.match(faults({}), /columns/)
  assert.match(faults(null), /not valid/)
  assert.match(faults({ columns: [] }), /columns/)
})

test('a column called like a property of objects is a column', () => {
  const json: unknown = JSON.parse('{"columns":{"__proto__":"external_id","constructor":"received_at"}}')
  const result = resolveMapping('work-orders', mappingOf(json), ['__proto__', 'constructor'])
  assert.ok('resolved' in result)
  assert.deepEqual(
    result.resolved.columns.map(({ name, field }) => [name, field.name]),
    [
      ['__proto__', 'external_id'],
      ['constructor', 'received_at'],
    ],
  )
})

test('a column that is missing or a field that does not exist is named, with what comes near', () => {
  const header = ['工单编号', '创建时间', '优先级']
  const [missing] = faultsOf(
    'work-orders',
    { columns: { 工单编号: 'external_id', 创建日期: 'received_at', 优先级: 'priority' } },
    header,
  )
  assert.deepEqual(
    [missing?.code, missing?.column, missing?.suggestions],
    ['no_such_column', '创建日期', ['创建时间']],
  )
  assert.match(missing?.zh ?? '', /没有“创建日期”列。是否为：创建时间？/)
  const [unknown] = faultsOf(
    'work-orders',
    { columns: { 工单编号: 'external_id', 创建时间: 'recieved_at' } },
    header,
  )
  assert.deepEqual([unknown?.code, unknown?.suggestions?.[0]], ['no_such_field', 'received_at'])
})

test('required fields, and a time, must come from somewhere', () => {
  const codes = (kind: Kind, json: unknown, header: string[]) =>
    faultsOf(kind, json, header).map(({ code, field }) => [code, field])
  assert.deepEqual(codes('events', { columns: { a: 'case', b: 'activity' } }, ['a', 'b']), [
    ['required_unmapped', 'at'],
  ])
  assert.deepEqual(codes('work-orders', { columns: { a: 'external_id' } }, ['a']), [
    ['no_time_column', undefined],
  ])
  assert.deepEqual(
    codes('responses', { columns: { a: 'external_id' }, constants: { submitted_at: '2024-05-01' } }, ['a']),
    [],
  )
})

test('doubled targets, formats, words and zones are checked before any row', () => {
  const header = ['a', 'b', 'c']
  const codes = (json: object) => faultsOf('work-orders', { ...json }, header).map(({ code }) => code)
  const columns = { a: 'external_id', b: 'received_at' }
  assert.deepEqual(codes({ columns }), [])
  assert.deepEqual(codes({ columns: { ...columns, c: 'received_at' } }), ['field_twice'])
  assert.deepEqual(codes({ columns: { ...columns, c: { field: 'customer', format: 'yyyy' } } }), [
    'format_without_time',
  ])
  for (const format of ['yyyy/M', 'QQQ', 'yyyy-MM-dd kk', 'H:mm']) {
    assert.deepEqual(
      codes({ columns: { a: 'external_id', b: { field: 'received_at', format } } }),
      ['bad_format'],
      format,
    )
  }
  assert.deepEqual(codes({ columns, values: { priority: { high: 'top' } } }), ['bad_word'])
  assert.deepEqual(codes({ columns, values: { prioriti: { high: 'urgent' } } }), ['no_such_field'])
  assert.deepEqual(codes({ columns, constants: { score: 7 } }), ['bad_word'])
  assert.deepEqual(codes({ columns, zone: 'Asia/Atlantis' }), ['unknown_zone'])
})

test('headers that occur twice are told apart, blank ones have their place', () => {
  assert.deepEqual(columnNames(['a', 'a', '', 'b', 'a', 'b#2', 'b']), [
    'a',
    'a#2',
    '#3',
    'b',
    'a#3',
    'b#2',
    'b#3',
  ])
  const result = resolveMapping(
    'work-orders',
    mappingOf({ columns: { a: 'external_id', 'a#2': 'received_at', '#3': 'customer' } }),
    ['a', 'a', ''],
  )
  assert.ok('resolved' in result)
  assert.deepEqual(
    result.resolved.columns.map(({ index }) => index),
    [0, 1, 2],
  )
  assert.deepEqual(result.resolved.duplicates, ['a'])
})

test('a header is found although its spaces, width or line ends differ', () => {
  const result = resolveMapping(
    'work-orders',
    mappingOf({ columns: { '工单 编号': 'external_id', '创建时间(本地)': 'received_at' } }),
    ['工单编号', '创建\n时间（本地）'],
  )
  assert.ok('resolved' in result)
  assert.deepEqual(
    faultsOf('work-orders', { columns: { AB: 'external_id', t: 'received_at' } }, ['a b', 'a_b', 't']).map(
      ({ code }) => code,
    ),
    ['unclear_column'],
  )
})

test('the columns of the templates are recognised', () => {
  const template1 = [
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
  assert.deepEqual(Object.values(guessed('work-orders', template1)), [
    'external_id',
    'customer',
    'product',
    'problem',
    'category',
    'priority',
    'agent',
    'plan',
    'result',
    'confirmation',
    'confirmed_at',
  ])
  const extra = [...template1, '受理时间', '首次响应时间', '启动处理时间', '解决时间']
  assert.deepEqual(Object.values(guessed('work-orders', extra)).slice(-4), [
    'received_at',
    'responded_at',
    'started_at',
    'resolved_at',
  ])
  const table2 = [
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
  assert.deepEqual(Object.values(guessed('feedback', table2)), [
    'external_id',
    'customer',
    'product',
    'problem',
    'channel',
    'status',
    'score',
    'suggestion',
    'agent',
  ])
  const survey = [
    '问卷编号',
    '工单编号',
    '提交时间',
    '1.问题响应速度',
    '2.问题解决效率',
    '3.服务态度',
    '4.专业性',
    '5.整体满意度',
    '开放性建议',
    '渠道',
  ]
  assert.deepEqual(Object.values(guessed('responses', survey)), [
    'external_id',
    'work_order',
    'submitted_at',
    'response_speed',
    'resolution_efficiency',
    'attitude',
    'professionalism',
    'overall',
    'suggestion',
    'channel',
  ])
})

test('the headers of ticket systems are recognised', () => {
  const serviceNow = [
    'number',
    'incident_state',
    'reassignment_count',
    'reopen_count',
    'made_sla',
    'opened_at',
    'sys_updated_at',
    'contact_type',
    'category',
    'subcategory',
    'priority',
    'assignment_group',
    'resolved_at',
    'closed_at',
  ]
  assert.deepEqual(guessed('work-orders', serviceNow), {
    number: 'external_id',
    incident_state: 'status',
    reopen_count: 'reopen_count',
    made_sla: 'resolution_in_time',
    opened_at: 'received_at',
    contact_type: 'channel',
    category: 'category',
    subcategory: 'subcategory',
    priority: 'priority',
    assignment_group: 'unit',
    resolved_at: 'resolved_at',
    closed_at: 'closed_at',
  })
  const jira = [
    'Issue key',
    'Summary',
    'Issue Type',
    'Status',
    'Priority',
    'Assignee',
    'Reporter',
    'Created',
    'Resolved',
    'Updated',
  ]
  assert.deepEqual(Object.values(guessed('work-orders', jira)), [
    'external_id',
    'problem',
    'category',
    'status',
    'priority',
    'agent',
    'customer',
    'received_at',
    'resolved_at',
  ])
  const zendesk = [
    'Id',
    'Requester',
    'Subject',
    'Created at',
    'Assignee',
    'Group',
    'Priority',
    'Via',
    'Solved at',
    'Satisfaction Score',
  ]
  assert.deepEqual(Object.values(guessed('work-orders', zendesk)), [
    'external_id',
    'customer',
    'problem',
    'received_at',
    'agent',
    'unit',
    'priority',
    'channel',
    'resolved_at',
    'score',
  ])
})

test('values speak against a name that does not fit them', () => {
  const header = ['Ticket ID', 'First response time', 'Created time']
  const rows: Cell[][] = [
    ['1', '0.25', '2024-05-01 10:00'],
    ['2', '1.5', '2024-05-01 11:00'],
  ]
  const { mapping, unmapped } = guess('work-orders', header, rows)
  assert.deepEqual({ ...mapping.columns }, { 'Ticket ID': 'external_id', 'Created time': 'received_at' })
  assert.deepEqual(unmapped, ['First response time'])
})

test('an event log with doubled columns gives each field one of them, and its activities a meaning', () => {
  const header = [
    'concept:name',
    'org:resource',
    'time:timestamp',
    'Activity',
    'Resource',
    'case:concept:name',
  ]
  const row = (activity: string): Cell[] => [
    activity,
    'Value 1',
    '2010-01-13 08:40:25+00:00',
    activity,
    'Value 1',
    'Case1',
  ]
  const { mapping, guesses } = guess('events', header, [
    row('Take in charge ticket'),
    row('Resolve ticket'),
    row('Wait'),
    row('Closed'),
  ])
  assert.deepEqual(
    { ...mapping.columns },
    { 'org:resource': 'actor', 'time:timestamp': 'at', Activity: 'activity', 'case:concept:name': 'case' },
  )
  assert.deepEqual(
    { ...mapping.activities },
    { 'Take in charge ticket': 'responded', 'Resolve ticket': 'resolved', Closed: 'closed' },
  )
  assert.deepEqual(
    guesses.find(({ field }) => field === 'activity'),
    { column: 'Activity', field: 'activity', confidence: 1, why: 'name' },
  )
})

test('no header name means two fields of one kind', () => {
  for (const kind of kinds) {
    const owners = new Map<string, string>()
    for (const field of fields[kind]) {
      for (const name of new Set([field.name, field.zh, field.en, ...field.aliases].map(nameKey))) {
        assert.notEqual(name, '', field.name)
        assert.ok(!owners.has(name), `${kind}: "${name}" means ${owners.get(name)} and ${field.name}`)
        owners.set(name, field.name)
      }
    }
  }
})
