import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '../../test/database.ts'
import { newId } from './ids.ts'
import { joinSql, sql } from './sql.ts'

let t: TestDatabase
before(async () => {
  t = await testDatabase()
})
after(() => t.end())

test('a scope without the organization sees nothing', async () => {
  const rows = await t.db.transaction({ organizationId: newId(), unitIds: [] }, (tx) =>
    tx.rows(sql`select id from directory.organization`),
  )
  assert.deepEqual(rows, [])
  const { rows: outside } = await t.db.pool.query('select id from directory.organization')
  assert.deepEqual(outside, [])
})

test('a scope reads its own organization, and a scope of units is literal ids only', async () => {
  const scope = await t.whole()
  assert.deepEqual(scope.unitIds, [t.rootUnitId])
  await assert.rejects(
    t.db.transaction({ organizationId: `${t.organizationId}'; drop`, unitIds: [] }, async () => {}),
    /ids only/,
  )
})

test('the application role owns nothing and cannot pass the walls', async () => {
  const { rows } = await t.db.pool.query(
    'select current_user as name, rolsuper, rolbypassrls from pg_roles where rolname = current_user',
  )
  assert.equal(rows[0].name, 'zhihuan_app')
  assert.deepEqual([rows[0].rolsuper, rows[0].rolbypassrls], [false, false])
})

test('every table has row-level security with FORCE, but for the three read before an organization is known', async () => {
  const { rows } = await t.owner.query(`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in ('platform','directory','access','standards','cases','surveys','inspections','staff','purchases','intake','measurement')
      and not (c.relrowsecurity and c.relforcerowsecurity) order by 1`)
  assert.deepEqual(
    rows.map((row: { name: string }) => row.name),
    ['access.login', 'access.session', 'access.sign_in_attempt', 'platform.migration'],
  )
})

test('sql holes are parameters and pieces keep their numbering', () => {
  const piece = joinSql([sql`a = ${1}`, sql`b = ${2}`], ' and ')
  assert.deepEqual(sql`select ${0} where ${piece} limit ${9}`, {
    text: 'select $1 where a = $2 and b = $3 limit $4',
    values: [0, 1, 2, 9],
  })
})
