import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { testDatabase } from '../../test/database.ts'
import { editWorkOrder, excludeWorkOrder } from '../cases/work-orders.ts'
import { changeUnit } from '../directory/change-units.ts'
import { createUnit } from '../directory/index.ts'
import { drainChanges, rebuild } from '../measurement/index.ts'
import { openSecrets } from '../platform/secrets.ts'
import { sql } from '../platform/sql.ts'
import { clearDemo, loadDemo } from './index.ts'

const now = new Date('2026-03-18T06:00:00Z')

test('records that somebody edited stay, untagged and counted; loading again leaves them alone', async () => {
  const t = await testDatabase()
  const dir = mkdtempSync(join(tmpdir(), 'zhihuan-test-'))
  try {
    const secrets = openSecrets(dir, undefined)
    const whole = t.whole
    const rows = async <Row = Record<string, unknown>>(statement: string) =>
      t.db.transaction(await whole(), async (tx) => (await tx.client.query(statement)).rows as Row[])
    const agree = async () => {
      await drainChanges(t.db, t.organizationId, now)
      assert.deepEqual((await rebuild(t.db, t.organizationId, { check: true, now })).differences, [])
    }
    await loadDemo(t.db, await whole(), { now, secrets })
    const [edited, left, answered] = await rows<{ id: string; external_id: string }>(`
      select w.id, w.external_id from cases.work_order w
      where resolved_at is not null order by external_id limit 3`)
    await t.db.transaction(await whole(), (tx) =>
      editWorkOrder(tx, secrets, edited!.id, 1, { problem: '我改过的', customer: '我的客户' }, now),
    )
    await t.db.transaction(await whole(), (tx) => excludeWorkOrder(tx, secrets, left!.id, '重复登记', now))
    // An answer of an order that goes, changed as an edit does it.
    await rows(`
      update surveys.response set version = 2, edited_at = now(), suggestion = '补记', work_order_id = '${answered!.id}'
      where id = (select id from surveys.response order by id limit 1)`)

    assert.deepEqual(await clearDemo(t.db, await whole(), { now }), {
      removed: 1240 + 430 + 46 + 901 + 82 + 296 + 796 + 32 + 1777 + 1887 + 1102 - 3,
      kept: 3,
    })
    assert.deepEqual(
      await rows(
        'select external_id, problem, excluded_reason, demo from cases.work_order order by external_id',
      ),
      [
        { external_id: edited!.external_id, problem: '我改过的', excluded_reason: null, demo: false },
        {
          external_id: left!.external_id,
          problem: (
            await rows<{ problem: string }>(`select problem from cases.work_order where id = '${left!.id}'`)
          )[0]!.problem,
          excluded_reason: '重复登记',
          demo: false,
        },
      ],
    )
    assert.deepEqual(await rows('select suggestion, work_order_id, demo from surveys.response'), [
      { suggestion: '补记', work_order_id: null, demo: false },
    ])
    await agree()

    const again = await loadDemo(t.db, await whole(), { now, secrets })
    assert.deepEqual(again, { workOrders: 1238, responses: 429 })
    assert.deepEqual(await rows(`select problem, demo from cases.work_order where id = '${edited!.id}'`), [
      { problem: '我改过的', demo: false },
    ])
    await agree()
    assert.deepEqual(await clearDemo(t.db, await whole(), { now }), {
      removed: 1238 + 429 + 46 + 901 + 82 + 296 + 796 + 32 + 1777 + 1887 + 1102,
      kept: 0,
    })
    assert.deepEqual(await rows('select count(*) as n from cases.work_order'), [{ n: 2 }])
    await agree()
  } finally {
    await t.end()
    rmSync(dir, { recursive: true })
  }
})

test('demo teams that were moved go; a department below which a unit of one’s own ever stood stays', async () => {
  const t = await testDatabase()
  const dir = mkdtempSync(join(tmpdir(), 'zhihuan-test-'))
  try {
    await loadDemo(t.db, await t.whole(), { now, secrets: openSecrets(dir, undefined) })
    const units = async () =>
      t.db.transaction(await t.whole(), async (tx) =>
        tx.rows<{ id: string; name: string; parent_id: string | null; kind: string }>(
          sql`select id, name, parent_id, kind from directory.unit order by name`,
        ),
      )
    const all = await units()
    const [team] = all.filter(({ kind, parent_id }) => kind === 'team' && parent_id !== t.rootUnitId)
    const department = all.find(({ id }) => id === team!.parent_id)!
    const move = async (id: string, parentId: string, day: number) => {
      const at = new Date(now.getTime() + day * 86_400_000)
      const mover = { id: null, name: '', now: at, firstRecordOn: async () => undefined }
      await t.db.transaction(await t.whole(), (tx) => changeUnit(tx, id, { parentId }, mover))
    }
    await move(team!.id, t.rootUnitId, 1)
    const own = await t.db.transaction(await t.whole(), (tx) =>
      createUnit(tx, { name: '自己的组', kind: 'team', parentId: department.id }, now),
    )
    await move(own.id, t.rootUnitId, 2)
    await clearDemo(t.db, await t.whole(), { now })
    assert.deepEqual(
      (await units()).map(({ name }) => name).sort(),
      [department.name, '测试企业', '自己的组'].sort(),
    )
  } finally {
    await t.end()
    rmSync(dir, { recursive: true })
  }
})
