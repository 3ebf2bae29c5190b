import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { importFile, type Kind, type Mapping, undoImport } from '../server/intake/index.ts'
import { drainChanges, figures, openSink, rebuild, records } from '../server/measurement/index.ts'
import { openSecrets } from '../server/platform/secrets.ts'
import { dateToDay } from '../server/platform/time.ts'
import { type TestDatabase, testDatabase } from './database.ts'

const data = fileURLToPath(new URL('../../shared/data/', import.meta.url))
const absent = existsSync(data) ? false : 'the shared real data are not beside this checkout'

let t: TestDatabase
let dir: string
const now = new Date('2026-11-01T04:00:00Z')

before(async () => {
  t = await testDatabase()
  dir = mkdtempSync(join(tmpdir(), 'zhihuan-'))
})
after(async () => {
  await t.end()
  rmSync(dir, { recursive: true })
})

const bring = async (kind: Kind, path: string, sourceName: string, mapping?: Mapping) =>
  importFile(t.db, await t.whole(), {
    kind,
    path: join(data, path),
    fileName: basename(path),
    sourceName,
    mapping,
    userId: null,
    now,
    secrets: openSecrets(dir),
    openSink: (tx) => openSink(tx, now),
  })

const whole = {
  fromDay: dateToDay('2000-01-01'),
  toDay: dateToDay('2030-01-01'),
  grain: 'whole' as const,
  where: {},
}
const figure = async (code: string, question = whole) =>
  t.db.transaction(await t.whole(), async (tx) => (await figures(tx, code, question, { now }))[0]!)
const near = (actual: number | null, expected: number, share: number) =>
  assert.ok(
    actual !== null && Math.abs(actual - expected) <= Math.abs(expected) * share,
    `${actual} is not ${expected}`,
  )

const helpdesk: Mapping = {
  zone: 'Asia/Shanghai',
  columns: {
    'case:concept:name': 'case',
    'concept:name': 'activity',
    'time:timestamp': 'at',
    'org:resource': 'actor',
  },
  activities: {
    'Take in charge ticket': 'responded',
    'Resolve ticket': 'resolved',
    RESOLVED: 'resolved',
    Closed: 'closed',
  },
}

test('an event log of a real help desk: figures right to the last digit, again unchanged, undone without a trace', {
  skip: absent,
}, async () => {
  const first = await bring('events', 'helpdesk-italy/helpdesk.csv', 'helpdesk', helpdesk)
  assert.deepEqual(
    [first.rows, first.accepted, first.updated, first.unchanged, first.rejected],
    [21_348, 21_221, 0, 127, 0],
  )
  const cells = await t.db.transaction(await t.whole(), (tx) =>
    tx.client.query('select count(*) as n from measurement.cell'),
  )
  assert.ok(cells.rows[0].n > 100, 'cells stand before the undo')
  const orders = await t.db.transaction(await t.whole(), (tx) =>
    tx.client.query(
      'select count(*) as n, count(*) filter (where responded_at is null) as silent, count(*) filter (where reopen_count > 0) as reopened from cases.work_order',
    ),
  )
  assert.deepEqual(orders.rows[0], { n: 4580, silent: 295, reopened: 151 })
  const response = await figure('first_response_minutes')
  assert.equal(response.n, 4285)
  near((response.value ?? 0) / 60, 97.594, 0.00001)
  near((response.p50 ?? 0) / 60, 16.39, 0.02)
  const resolution = await figure('resolution_hours')
  assert.equal(resolution.n, 4569)
  near(resolution.value, 266.94, 0.0001)

  const list = await t.db.transaction(await t.whole(), (tx) =>
    records(tx, 'first_response_minutes', whole, { limit: 3 }),
  )
  assert.equal(list.total, response.n)
  const sums = await figure('first_response_minutes')
  const again = await bring('events', 'helpdesk-italy/helpdesk.csv', 'helpdesk', helpdesk)
  assert.deepEqual([again.accepted, again.updated, again.unchanged], [0, 0, 21_348])
  assert.deepEqual(await figure('first_response_minutes'), sums)
  const checked = await rebuild(t.db, t.organizationId, { check: true, now })
  assert.equal(checked.differing, 0, checked.differences.join('\n'))

  const scope = await t.whole()
  for (const batch of [again.batch, first.batch])
    await undoImport(t.db, scope, batch ?? '', { now, openSink: (tx) => openSink(tx, now) })
  assert.equal((await figure('first_response_minutes')).state, 'none')
  // Through a scope: the owner is under the same walls and would see none in any case.
  const left = await t.db.transaction(await t.whole(), (tx) =>
    tx.client.query('select count(*) as n from measurement.cell'),
  )
  assert.equal(left.rows[0].n, 0)
  assert.equal((await rebuild(t.db, t.organizationId, { check: true, now })).differing, 0)
})

test('Chinese messages with replies: text dates and Excel dates alike', { skip: absent }, async () => {
  const columns = (names: Record<string, string>): Mapping => ({ zone: 'Asia/Shanghai', columns: names })
  const answered = await bring(
    'work-orders',
    'wenzheng-sample/附件4_答复_前600行.xlsx',
    'wenzheng',
    columns({
      留言编号: 'external_id',
      留言用户: 'customer',
      留言主题: 'problem',
      留言时间: 'received_at',
      答复意见: 'result',
      答复时间: 'responded_at',
    }),
  )
  assert.deepEqual([answered.rows, answered.accepted, answered.rejected], [600, 600, 0])
  const response = await figure('first_response_minutes')
  assert.equal(response.n, 600)
  near((response.value ?? 0) / 60, 536.293, 0.00001)
  near((response.p50 ?? 0) / 60, 460.716, 0.02)

  const silent = await bring(
    'work-orders',
    'wenzheng-sample/附件3.xlsx',
    'wenzheng-3',
    columns({ 留言编号: 'external_id', 留言用户: 'customer', 留言主题: 'problem', 留言时间: 'received_at' }),
  )
  assert.deepEqual(
    [silent.rows, silent.accepted + silent.updated + silent.unchanged, silent.rejected],
    [4326, 4326, 0],
  )
  assert.equal((await figure('first_response_minutes')).n, 600)
  await drainChanges(t.db, t.organizationId, now)
  const checked = await rebuild(t.db, t.organizationId, { check: true, now })
  assert.equal(checked.differing, 0, checked.differences.join('\n'))
})
