import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Batch, Preview } from '../contract/intake.ts'
import { createPerson } from '../server/directory/index.ts'
import { type Cast, now, openCast } from './cast.ts'

let cast: Cast
before(async () => {
  cast = await openCast()
})
after(() => cast.end())

const file = { 'content-type': 'application/octet-stream' }
type Who = Parameters<Cast['call']>[0]

async function upload(text: string, who: Who = 'administrator'): Promise<string> {
  const answer = await cast.call(
    who,
    'POST',
    `/api/imports/files?fileName=${encodeURIComponent('六月.csv')}`,
    text,
    file,
  )
  assert.equal(answer.status, 201, answer.body)
  return String(answer.json().id)
}
async function preview(id: string, body: object, who: Who = 'administrator'): Promise<Preview> {
  const answer = await cast.call(who, 'POST', `/api/imports/files/${id}/preview`, body)
  assert.equal(answer.status, 200, answer.body)
  return answer.json() as unknown as Preview
}
async function bring(id: string, body: object): Promise<Batch> {
  const answer = await cast.call('administrator', 'POST', `/api/imports/files/${id}/import`, body)
  assert.equal(answer.status, 202, answer.body)
  let batch = answer.json() as unknown as Batch
  for (let i = 0; i < 200 && batch.state === 'running'; i++) {
    await wait(50)
    batch = (await cast.call('administrator', 'GET', `/api/imports/${batch.id}`)).json() as unknown as Batch
  }
  return batch
}

const faulty = `工单编号,受理时间,优先级,处理人,备注
K1,2024-05-01 08:00,紧急,王甲,一
K2,soon,P9,王甲,二
K3,2024-05-03 08:00,重要,wangjia,三
`

test('a file uploaded once is looked at, mended in place by the same parser, and imported as mended', async () => {
  const id = await upload(faulty)
  const first = await preview(id, { kind: 'work-orders', show: 'errors' })
  assert.deepEqual(first.unmapped, ['备注'])
  assert.deepEqual(
    first.rows.map(({ line, faults }) => [line, faults.map(({ column, code }) => [column, code])]),
    [
      [
        3,
        [
          [1, 'not_a_date'],
          [2, 'unknown_word'],
        ],
      ],
    ],
  )
  const corrections = [
    { line: 3, column: '受理时间', value: '2024-05-02 08:00' },
    { line: 3, column: '优先级', value: 'P8' },
  ]
  const half = await preview(id, { kind: 'work-orders', show: 'errors', corrections })
  assert.deepEqual(
    half.rows.map(({ cells }) => cells.slice(0, 3)),
    [['K2', '2024-05-02 08:00', 'P8']],
  )
  assert.deepEqual(
    half.rows[0]?.faults.map(({ column }) => column),
    [2],
  )
  corrections[1] = { line: 3, column: '优先级', value: '一般' }
  const mended = await preview(id, { kind: 'work-orders', show: 'errors', corrections })
  assert.deepEqual([mended.rows, mended.result?.rejected, mended.result?.corrected], [[], 0, 2])

  const batch = await bring(id, { kind: 'work-orders', corrections, source: '修正' })
  assert.deepEqual(
    [batch.state, batch.accepted, batch.corrected, batch.user],
    ['done', 3, 2, 'administrator'],
  )
  const order = (await cast.call('administrator', 'GET', '/api/work-orders?search=K2')).json() as {
    items: { id: string; priority: string; receivedAt: string }[]
  }
  assert.deepEqual(
    order.items.map(({ priority, receivedAt }) => [priority, receivedAt]),
    [['normal', '2024-05-02T00:00:00.000Z']],
  )
  const raw = await cast.call(
    'administrator',
    'GET',
    `/api/imports/${batch.id}/lines/3?fact=${order.items[0]?.id}`,
  )
  const seen = raw.json() as {
    cells: { column: string; value: string; corrected: string | null }[]
    correctedBy: string
  }
  assert.deepEqual(
    seen.cells.map(({ column, value, corrected }) => [column, value, corrected]),
    [
      ['工单编号', 'K2', null],
      ['受理时间', 'soon', '2024-05-02 08:00'],
      ['优先级', 'P9', '一般'],
      ['处理人', '王甲', null],
      ['备注', '二', null],
    ],
  )
  assert.equal(seen.correctedBy, 'administrator')
  // Imported, the file is done with.
  const gone = await cast.call('administrator', 'POST', `/api/imports/files/${id}/preview`, {
    kind: 'work-orders',
  })
  assert.deepEqual([gone.status, gone.json().code], [404, 'upload_gone'])
})

test('names nobody has are told with who they may be, by spelling and sound; a choice is remembered with the source', async () => {
  await cast.db.transaction(await cast.whole(), (tx) =>
    createPerson(tx, { name: '章晓明', employeeNo: 'A07', unitId: cast.teamA, fromOn: '2024-01-01' }, now),
  )
  const text = (name: string) =>
    `工单编号,受理时间,处理人\nN1,2024-05-01 08:00,${name}\nN2,2024-05-01 08:00,A07\n`
  for (const name of ['zhangxiaoming', 'Xiaoming Zhang', '张晓明', '章小明']) {
    const id = await upload(text(name))
    const shown = await preview(id, { kind: 'work-orders', source: '人' })
    assert.deepEqual(
      shown.people.map((one) => [one.name, one.rows, one.alike[0]?.name, one.alike[0]?.employeeNo]),
      [[name, 1, '章晓明', 'A07']],
    )
  }
  const id = await upload(text('zhangxiaoming'))
  const { mapping } = await preview(id, { kind: 'work-orders', source: '人' })
  const chosen = { ...mapping, values: { agent: { zhangxiaoming: 'A07' } } }
  assert.deepEqual((await preview(id, { kind: 'work-orders', source: '人', mapping: chosen })).people, [])
  await bring(id, { kind: 'work-orders', source: '人', mapping: chosen })
  const people = (await cast.owner.query('select 1 from directory.person where name = $1', ['zhangxiaoming']))
    .rows
  assert.deepEqual(people, [])
  const again = await preview(await upload(text('zhangxiaoming')), { kind: 'work-orders', source: '人' })
  assert.deepEqual([again.mappedBy, again.people], ['memory', []])
})

test('a required field without a column stops before anything is read, and says which', async () => {
  const id = await upload('单据,受理时间\nQ1,2024-05-01 08:00\n')
  const shown = await preview(id, { kind: 'work-orders', mapping: { columns: { 受理时间: 'received_at' } } })
  assert.deepEqual(
    [shown.result, shown.faults.map(({ code, field }) => [code, field])],
    [null, [['required_unmapped', 'external_id']]],
  )
  const refused = await cast.call('administrator', 'POST', `/api/imports/files/${id}/import`, {
    kind: 'work-orders',
    mapping: { columns: { 受理时间: 'received_at' } },
  })
  assert.deepEqual([refused.status, refused.json().code], [422, 'mapping_wrong'])
})

test('the header row can be chosen; a file is its uploader’s alone', async () => {
  const id = await upload(
    '六月汇总,,\n编号甲,日期甲,说明\n工单编号,受理时间,优先级\nH1,2024-05-01 08:00,紧急\n',
  )
  const shown = await preview(id, { kind: 'work-orders', layout: { headerRow: 3 } })
  assert.deepEqual(
    [shown.headerRow, shown.header, shown.result?.accepted],
    [3, ['工单编号', '受理时间', '优先级'], 1],
  )
  assert.deepEqual(
    shown.top.map(({ line }) => line),
    [1, 2, 3, 4],
  )
  const other = await cast.call('quality_supervisor', 'POST', `/api/imports/files/${id}/preview`, {
    kind: 'work-orders',
  })
  assert.deepEqual([other.status, other.json().code], [404, 'upload_gone'])
})

test('what an undo would do is told beforehand, with the records changed since', async () => {
  const text =
    '工单编号,受理时间,问题描述\nU1,2024-05-01 08:00,a\nU2,2024-05-01 08:00,b\nU3,2024-05-01 08:00,c\n'
  const batch = await bring(await upload(text), { kind: 'work-orders', source: '撤销' })
  const found = (await cast.call('administrator', 'GET', '/api/work-orders?search=U2')).json() as {
    items: { id: string; version: number }[]
  }
  const edited = await cast.call('administrator', 'PATCH', `/api/work-orders/${found.items[0]?.id}`, {
    version: found.items[0]?.version ?? 1,
    problem: '手改',
  })
  assert.equal(edited.status, 200, edited.body)
  const later = await bring(await upload(text.replace(',c\n', ',d\n')), {
    kind: 'work-orders',
    source: '撤销',
  })
  assert.deepEqual([later.updated, later.unchanged], [1, 2])
  const foreseen = (await cast.call('administrator', 'GET', `/api/imports/${batch.id}/undo`)).json()
  assert.deepEqual(
    [foreseen.removed, foreseen.restored, foreseen.kept, foreseen.keptRecords],
    [
      1,
      0,
      2,
      [
        { kind: 'work_order', externalId: 'U3', by: 'file' },
        { kind: 'work_order', externalId: 'U2', by: 'hand' },
      ],
    ],
  )
  assert.deepEqual(
    (await cast.call('administrator', 'GET', `/api/imports/${later.id}/undo`)).json().restored,
    1,
  )
  const undone = await cast.call('administrator', 'POST', `/api/imports/${batch.id}/undo`, {})
  assert.deepEqual(
    (undone.json().kept as { externalId: string }[]).map(({ externalId }) => externalId).sort(),
    ['U2', 'U3'],
  )
})
