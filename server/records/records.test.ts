import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { WorkOrder } from '../../contract/cases.ts'
import type { ExportJob, HistoryEntry, View } from '../../contract/records.ts'
import { type Cast, now, openCast } from '../../test/cast.ts'
import { openTable } from '../intake/index.ts'

let cast: Cast
before(async () => {
  cast = await openCast()
})
after(() => cast.end())

type Who = Parameters<Cast['call']>[0]

async function ask<Reply>(who: Who, method: string, url: string, body?: unknown): Promise<Reply> {
  const answer = await cast.call(who, method, url, body)
  assert.ok(answer.status < 300, `${method} ${url}: ${answer.status} ${answer.body}`)
  return answer.json() as Reply
}

const read = (id: string) => ask<WorkOrder>('administrator', 'GET', `/api/work-orders/${id}`)
const historyOf = async (id: string, kind = 'work-orders') =>
  (await ask<{ items: HistoryEntry[] }>('team_lead', 'GET', `/api/records/${kind}/${id}/history`)).items

test('an edit of the version seen is kept; one of an older version is refused and changes nothing', async () => {
  const order = await read(cast.orders.a)
  const edit = (version: number, body: object) =>
    cast.call('team_lead', 'PATCH', `/api/work-orders/${order.id}`, { version, ...body })
  const first = await edit(order.version, {
    priority: 'urgent',
    agentId: null,
    problem: '打 13812345678 联系',
  })
  assert.equal(first.status, 200, first.body)
  const late = await edit(order.version, { priority: 'important' })
  assert.equal(late.status, 409)
  assert.equal(late.json().code, 'changed_meanwhile')
  const stands = await read(order.id)
  assert.deepEqual([stands.priority, stands.agent, stands.version], ['urgent', null, order.version + 1])
})

test('the history of a record says who changed what from what to what, masked; audit rows hold no text in clear', async () => {
  // The cast's clock stands still: the edit is found by its name.
  const entry = (await historyOf(cast.orders.a)).find(({ action }) => action === 'editWorkOrder')
  assert.equal(entry?.actor, 'team_lead')
  const changes = new Map(entry?.changes.map((change) => [change.field, change]))
  assert.deepEqual(changes.get('priority'), { field: 'priority', before: 'normal', after: 'urgent' })
  assert.deepEqual(changes.get('agent_id'), { field: 'agent_id', before: '王甲', after: null })
  assert.equal(changes.get('problem')?.after, '打 *** 联系')
  const { rows } = await cast.db.transaction(await cast.whole(), (tx) =>
    tx.client.query(`select detail::text as detail from platform.audit_event where object_id = $1`, [
      cast.orders.a,
    ]),
  )
  assert.ok(rows.length >= 2)
  for (const { detail } of rows as { detail: string }[]) assert.doesNotMatch(detail, /13812345678|卡纸/)
})

test('the history of another team’s record is not found', async () => {
  const other = await cast.call('team_lead', 'GET', `/api/records/work-orders/${cast.orders.b}/history`)
  assert.equal(other.status, 404)
  const wrongKind = await cast.call('team_lead', 'GET', `/api/records/feedback/${cast.orders.a}/history`)
  assert.equal(wrongKind.status, 404)
})

/** Instants are answered with milliseconds. */
const sameInstant = (value: unknown) =>
  typeof value === 'string' && /^\d{4}-.*Z$/.test(value) ? Date.parse(value) : value

test('feedback, answers and contacts are read, edited, left out with a reason and counted again', async () => {
  const [agent] = (await ask<{ items: { id: string }[] }>('team_lead', 'GET', '/api/people')).items
  for (const [path, made, edited] of [
    [
      'feedback',
      { problem: '等太久', score: 3, receivedAt: '2024-05-03T02:00:00Z' },
      { score: 4.5, problem: null },
    ],
    ['responses', { overall: 3, submittedAt: '2024-05-03T02:00:00Z' }, { overall: 4.5, suggestion: '更快' }],
    [
      'inspections',
      { items: '礼仪-问候语(10): 8', inspectedAt: '2024-05-03T02:00:00Z' },
      { items: '礼仪-问候语(10): 9', inspector: '老陈', fieldsInspected: 10, fieldsRight: 9 },
    ],
    [
      'trainings',
      { kind: 'exam', agentId: agent!.id, score: 59.5, passed: false, heldAt: '2024-05-03T02:00:00Z' },
      { passed: true, score: null, hours: 1.25 },
    ],
    [
      'purchases',
      { customer: '甲', amount: '20', orderedAt: '2024-05-03T02:00:00Z' },
      { orderedAt: '2024-05-04T02:00:00Z', amount: '19.90', channel: 'store' },
    ],
    [
      'invitations',
      { workOrder: 'nobody', sentAt: '2024-05-03T02:00:00Z' },
      { channel: 'email', round: 2, submittedAt: '2024-05-04T02:00:00Z' },
    ],
    [
      'attendance',
      { agentId: agent!.id, scheduledHours: 8, workedAt: '2024-05-03T02:00:00Z' },
      { onDuty: false, qualified: true, workedHours: 0 },
    ],
    [
      'messages',
      { conversation: 'S1', sender: 'customer', sentAt: '2024-05-03T02:00:00Z' },
      { sender: 'agent', sentAt: '2024-05-03T02:00:09Z', channel: 'app' },
    ],
    [
      'costs',
      { kind: 'parts', amount: '20', incurredAt: '2024-05-03T02:00:00Z', workOrder: 'nobody' },
      { kind: 'travel', amount: '19.90', incurredAt: '2024-05-04T02:00:00Z' },
    ],
    [
      'contacts',
      { channel: 'chat', startedAt: '2024-05-03T02:00:00Z' },
      { answeredAt: '2024-05-03T02:00:09Z', rings: 2 },
    ],
  ] as const) {
    const one = await ask<{ id: string; externalId: string; version: number }>(
      'team_lead',
      'POST',
      `/api/${path}`,
      made,
    )
    assert.match(one.externalId, /^(FX|WJ|TH|ZJ|PX|KQ|GM|YQ|XX|FY)\d{3,}$/)
    const url = `/api/${path}/${one.id}`
    assert.deepEqual(await ask('team_lead', 'GET', url), one)
    const after = await ask<Record<string, unknown>>('team_lead', 'PATCH', url, { version: 1, ...edited })
    for (const [name, value] of Object.entries(edited))
      assert.equal(sameInstant(after[name]), sameInstant(value))
    const out = await ask<{ excludedReason: string }>('quality_supervisor', 'POST', `${url}/exclusion`, {
      reason: '重复',
    })
    assert.equal(out.excludedReason, '重复')
    const back = await ask<{ excludedReason: null; version: number }>(
      'quality_supervisor',
      'DELETE',
      `${url}/exclusion`,
    )
    assert.deepEqual([back.excludedReason, back.version], [null, 4])
    assert.deepEqual(
      (await historyOf(one.id, path)).map(({ action }) => action.replace(/[A-Z].*/, '')).toSorted(),
      ['create', 'edit', 'exclude', 'include'],
    )
    const forbidden = await cast.call('team_lead', 'POST', `${url}/exclusion`, { reason: 'x' })
    assert.equal(forbidden.status, 403)
    const other = await cast.call('outsider', 'GET', url)
    assert.equal(other.status, 404)
  }
})

test('a training entered by hand is the unit’s its person was posted to', async () => {
  const { items } = await ask<{ items: { id: string; unitId: string }[] }>(
    'administrator',
    'GET',
    '/api/people',
  )
  for (const { id, unitId } of items) {
    const body = { agentId: id, heldAt: '2024-05-03T02:00:00Z', hours: 1 }
    const made = await ask<{ unit: { id: string } }>('administrator', 'POST', '/api/trainings', body)
    assert.equal(made.unit.id, unitId)
  }
  assert.ok(new Set(items.map(({ unitId }) => unitId)).size > 1)
})

test('a score finer than it is kept is refused, not rounded', async () => {
  const answer = await cast.call('team_lead', 'POST', '/api/responses', {
    overall: 4.55,
    submittedAt: '2024-05-03T02:00:00Z',
  })
  assert.equal(answer.status, 400)
})

test('an own view is seen by its maker alone, the team’s by the team, and the usual one is each person’s', async () => {
  const save = (who: Who, name: string, team: boolean) =>
    ask<View>(who, 'POST', '/api/views', { list: 'work-orders', name, query: 'sort=-priority', team })
  const seenBy = async (who: Who) =>
    (await ask<{ items: View[] }>(who, 'GET', '/api/views?list=work-orders')).items
      .map(({ name }) => name)
      .toSorted()
  const own = await save('specialist', '我的', false)
  const teams = await save('team_lead', '甲组的', true)
  await save('administrator', '全员的', true)
  assert.deepEqual(await seenBy('specialist'), ['全员的', '我的', '甲组的'])
  assert.deepEqual(await seenBy('outsider'), ['全员的'])
  assert.deepEqual(await seenBy('auditor'), ['全员的', '甲组的'])
  const again = await cast.call('specialist', 'POST', '/api/views', {
    list: 'work-orders',
    name: '我的',
    query: '',
  })
  assert.equal(again.json().code, 'name_taken')
  assert.equal(
    (await ask<View>('specialist', 'PUT', `/api/views/${teams.id}/usual`, { usual: true })).usual,
    true,
  )
  assert.equal(
    (await ask<View>('specialist', 'PUT', `/api/views/${own.id}/usual`, { usual: true })).usual,
    true,
  )
  const { items } = await ask<{ items: View[] }>('specialist', 'GET', '/api/views')
  assert.deepEqual(
    items.filter(({ usual }) => usual).map(({ name }) => name),
    ['我的'],
  )
  assert.equal((await cast.call('specialist', 'DELETE', `/api/views/${teams.id}`)).status, 403)
  assert.equal((await cast.call('outsider', 'DELETE', `/api/views/${own.id}`)).status, 404)
  await ask('specialist', 'DELETE', `/api/views/${own.id}`)
  assert.deepEqual(await seenBy('specialist'), ['全员的', '甲组的'])
})

async function exported(who: Who, body: object): Promise<{ job: ExportJob; bytes: Buffer }> {
  const job = await ask<ExportJob>(who, 'POST', '/api/exports', body)
  assert.equal(job.state, 'done')
  const { tokens } = cast
  const file = await cast.app.inject({
    method: 'GET',
    url: `/api/exports/${job.id}/file`,
    headers: { authorization: `Bearer ${tokens[who as keyof typeof tokens]}` },
  })
  assert.equal(file.statusCode, 200)
  return { job, bytes: file.rawPayload }
}

test('an export holds what is seen: columns, filter, sort and scope, masked, in the organization’s zone', async () => {
  await ask('team_lead', 'POST', '/api/work-orders', {
    customer: '王小明',
    problem: '=1+1 打 13812345678',
    priority: 'important',
    receivedAt: '2024-05-31T16:30:00Z',
    contactCount: 3,
  })
  const { bytes } = await exported('team_lead', {
    list: 'work-orders',
    format: 'csv',
    columns: ['priority', 'problem', 'customer', 'receivedAt', 'contactCount'],
    filter: 'priority:important,urgent',
    sort: '-contactCount',
  })
  const lines = bytes.toString().split('\r\n')
  assert.equal(lines[0], '\ufeff优先级,问题描述,客户信息,受理时间,联系次数')
  assert.equal(lines[1], "重要,'=1+1 打 ***,王**,2024-06-01 00:30,3")
  assert.equal(lines.length, 4)
  assert.doesNotMatch(bytes.toString(), /BBBB|13812345678|王小明/)
})

test('the workbook has the template’s headers, and a sheet that says what it is', async () => {
  const { bytes, job } = await exported('administrator', {
    list: 'feedback',
    format: 'xlsx',
    columns: 'template',
    filter: 'score=4..5',
  })
  assert.match(job.fileName, /^客户反馈记录表_2024-06-15\.xlsx$/)
  const { writeFile, mkdtemp } = await import('node:fs/promises')
  const { tmpdir } = await import('node:os')
  const { join } = await import('node:path')
  const path = join(await mkdtemp(join(tmpdir(), 'export-')), 'a.xlsx')
  await writeFile(path, bytes)
  const header = async (sheet: string) => {
    const table = await openTable(path, { name: 'a.xlsx', sheet })
    const rows: unknown[] = []
    for await (const chunk of table.rows()) rows.push(...chunk)
    return { columns: table.header, rows }
  }
  const list = await header('客户反馈记录表')
  assert.deepEqual(list.columns, [
    '反馈编号',
    '客户名称',
    '产品型号',
    '问题描述',
    '反馈渠道',
    '处理状态',
    '满意度评分(1-5分)',
    '改进建议',
    '责任人',
  ])
  const said = JSON.stringify((await header('说明')).rows)
  for (const part of [
    '满意度评分 4 – 5',
    'Asia/Shanghai',
    'administrator',
    '已脱敏',
    '2024-06-15T12:00:00+08:00',
  ])
    assert.match(said, new RegExp(part.replaceAll(/[+()]/g, '\\$&')))
})

test('an export belongs to its maker, and a wrong filter is refused', async () => {
  const { job } = await exported('team_lead', { list: 'responses', format: 'csv', columns: 'all' })
  assert.equal((await cast.call('specialist', 'GET', `/api/exports/${job.id}/file`)).status, 404)
  assert.equal((await ask<{ items: [] }>('specialist', 'GET', '/api/exports')).items.length, 0)
  const wrong = await cast.call('team_lead', 'POST', '/api/exports', {
    list: 'responses',
    format: 'csv',
    columns: 'all',
    filter: 'secret~1',
  })
  assert.equal(wrong.status, 400)
})

test('whoever lost the right while the file is written gets no file', async () => {
  const { openExports, listExports } = await import('./exports.ts')
  const exports = openExports({ db: cast.db, dataDir: cast.dataDir, secrets: cast.secrets, now: () => now })
  const exporter = { userId: cast.users.inspector, name: 'i', language: 'zh' } as const
  await ask('administrator', 'POST', `/api/users/${exporter.userId}/disabling`)
  const job = await exports.start(await cast.whole(), exporter, {
    list: 'work-orders',
    format: 'csv',
    columns: 'all',
  })
  assert.equal(job.state, 'failed')
  const { existsSync } = await import('node:fs')
  assert.equal(existsSync(exports.fileOf(job.id, 'csv')), false)
  const mine = await cast.db.transaction(await cast.whole(), (tx) => listExports(tx, exporter.userId, now))
  assert.equal(mine.length, 1)
})
