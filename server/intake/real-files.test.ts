import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import type { Kind } from './fields.ts'
import { guessMapping } from './mapping.ts'
import { openTable } from './read/open-table.ts'
import type { TableRow } from './read/table.ts'
import { compileRow, dateOrderLearner, type RowRecord } from './rows.ts'

/** Real exports, kept beside the repository and not in it. */
const data = path.join(import.meta.dirname, '../../../shared/data')
const absent = existsSync(data) ? false : 'the real data (../shared/data) is not here'
const now = Date.UTC(2026, 10, 26)

async function readAll(name: string) {
  const table = await openTable(path.join(data, name), { name: path.basename(name) })
  const rows: TableRow[] = []
  for await (const chunk of table.rows()) rows.push(...chunk)
  return { table, rows }
}

async function importAll(kind: Kind, name: string, zone: string) {
  const { table, rows } = await readAll(name)
  const { mapping, unmapped } = guessMapping(kind, table.header, rows.slice(0, 200))
  const learner = dateOrderLearner(kind, mapping, table.header, now)
  for (const row of rows) learner.see(row)
  const read = compileRow(kind, mapping, table.header, { zone, now, dateOrders: learner.orders() })
  const records: RowRecord[] = []
  const rejected: string[] = []
  for (const row of rows) {
    const { record, rejections } = read(row)
    if (record) records.push(record)
    else rejected.push(...rejections.map(({ line, code }) => `${line}: ${code}`))
  }
  return { table, rows, mapping, unmapped, records, rejected, warnings: read.warnings() }
}

test('the Italian help desk: 21,348 events of 4,580 tickets', { skip: absent }, async () => {
  const { rows, records, rejected, warnings, mapping } = await importAll(
    'events',
    'helpdesk-italy/helpdesk.csv',
    'Europe/Rome',
  )
  assert.equal(rows.length, 21_348)
  assert.deepEqual([records.length, rejected], [21_348, []])
  assert.deepEqual([...new Set(warnings.map(({ code }) => code))], ['unmapped_column'])
  assert.equal(new Set(records.map((record) => record.case)).size, 4580)
  assert.equal(new Set(records.map((record) => record.activity)).size, 14)
  assert.deepEqual(
    { ...mapping.activities },
    { 'Take in charge ticket': 'responded', 'Resolve ticket': 'resolved', Closed: 'closed' },
  )
  assert.equal(
    records[0]?.at,
    Date.UTC(2010, 0, 13, 8, 40, 25),
    'the offset of the file stands above the zone',
  )
})

test('the Chinese replies: 600 rows, text times and one Excel time in a column', {
  skip: absent,
}, async () => {
  const { rows, records, rejected } = await importAll(
    'work-orders',
    'wenzheng-sample/附件4_答复_前600行.xlsx',
    'Asia/Shanghai',
  )
  assert.deepEqual([rows.length, records.length, rejected], [600, 600, []])
  const times = rows.flatMap(({ cells }) => [cells[3], cells[6]])
  assert.equal(times.filter((cell) => typeof cell === 'object').length, 1)
  assert.deepEqual(
    [records[0]?.external_id, records[0]?.customer, records[0]?.received_at, records[0]?.responded_at],
    ['2549', 'A00045581', Date.parse('2019-04-25T09:32:09+08:00'), Date.parse('2019-05-10T14:56:53+08:00')],
  )
})

test('the Chinese messages: 4,326 rows, 129 of the times as Excel has them', { skip: absent }, async () => {
  const { rows, records, rejected, unmapped } = await importAll(
    'work-orders',
    'wenzheng-sample/附件3.xlsx',
    'Asia/Shanghai',
  )
  assert.deepEqual([rows.length, records.length, rejected], [4326, 4326, []])
  assert.equal(rows.filter(({ cells }) => typeof cells[3] === 'object').length, 129)
  assert.deepEqual(unmapped, ['留言详情', '反对数', '点赞数'])
})

test('the category tree: 517 rows of three levels', { skip: absent }, async () => {
  const { table, rows } = await readAll('wenzheng-sample/附件1.xlsx')
  assert.deepEqual([table.header, rows.length], [['一级分类', '二级分类', '三级分类'], 517])
})

test('a ticket export of another system maps by its headers', { skip: absent }, async () => {
  const { records, rejected, mapping } = await importAll(
    'work-orders',
    'reference-pack/connectors/zendesk/fivetran-seeds/ticket_data.csv',
    'UTC',
  )
  assert.equal(mapping.columns.created_at, 'received_at')
  assert.deepEqual(rejected, [])
  assert.ok(records.length > 0)
})
