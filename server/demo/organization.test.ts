import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { testDatabase } from '../../test/database.ts'
import { createUser } from '../access/index.ts'
import { openSecrets } from '../platform/secrets.ts'
import { sql } from '../platform/sql.ts'
import { ensureDemoOrganization, loadDemo } from './index.ts'

const now = new Date('2026-03-18T06:00:00Z')

test('the demo organization is made once, beside others, with its five accounts and records', async () => {
  const t = await testDatabase()
  const dir = mkdtempSync(join(tmpdir(), 'zhihuan-test-'))
  try {
    const secrets = openSecrets(dir, undefined)
    const accounts = () =>
      t.db.global<{ login: string; id: string }>(
        sql`select login, organization_id as id from access.login order by login`,
      )
    await ensureDemoOrganization(t.db, { now, secrets })
    const made = await accounts()
    assert.deepEqual(
      made.map(({ login }) => login),
      ['demo', 'demo-auditor', 'demo-lead', 'demo-specialist', 'demo-supervisor'],
    )
    const [demo] = made
    assert.ok(demo && made.every(({ id }) => id === demo.id) && demo.id !== t.organizationId)
    const orders = async (organizationId: string) =>
      t.db.transaction(await t.db.wholeScope(organizationId), (tx) =>
        tx.one<{ n: number }>(sql`select count(*) as n from cases.work_order`),
      )
    assert.deepEqual([await orders(demo.id), await orders(t.organizationId)], [{ n: 1240 }, { n: 0 }])
    await ensureDemoOrganization(t.db, { now, secrets })
    assert.deepEqual(await accounts(), made)
  } finally {
    await t.end()
    rmSync(dir, { recursive: true })
  }
})

test('the demo organization is made whole or not at all', async () => {
  const t = await testDatabase()
  const dir = mkdtempSync(join(tmpdir(), 'zhihuan-test-'))
  try {
    // The last of its accounts cannot be made: the name is taken elsewhere.
    await t.db.transaction(await t.whole(), (tx) =>
      createUser(
        tx,
        {
          login: 'demo-auditor',
          name: '某人',
          password: 'some-password',
          role: 'auditor',
          unitId: t.rootUnitId,
        },
        now,
      ),
    )
    await assert.rejects(ensureDemoOrganization(t.db, { now, secrets: openSecrets(dir, undefined) }), {
      code: 'login_taken',
    })
    const logins = await t.db.global(sql`select login from access.login`)
    assert.deepEqual(logins, [{ login: 'demo-auditor' }])
  } finally {
    await t.end()
    rmSync(dir, { recursive: true })
  }
})

test('of two who make the demo organization at once, both find it made once', async () => {
  const t = await testDatabase()
  const dir = mkdtempSync(join(tmpdir(), 'zhihuan-test-'))
  try {
    const secrets = openSecrets(dir, undefined)
    await Promise.all([1, 2].map(() => ensureDemoOrganization(t.db, { now, secrets })))
    const made = await t.db.global<{ n: number }>(sql`select count(*) as n from access.login`)
    assert.deepEqual(made, [{ n: 5 }])
  } finally {
    await t.end()
    rmSync(dir, { recursive: true })
  }
})

test('of two who load at once, one is refused and the demo is there once', async () => {
  const t = await testDatabase()
  const dir = mkdtempSync(join(tmpdir(), 'zhihuan-test-'))
  try {
    const secrets = openSecrets(dir, undefined)
    const scope = await t.whole()
    const both = await Promise.allSettled(
      [1, 2].map(() => loadDemo(t.db, { ...scope, unitIds: [...scope.unitIds] }, { now, secrets })),
    )
    assert.deepEqual(both.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
    const refused = both.find((one) => one.status === 'rejected')
    assert.equal(refused?.reason.code, 'demo_loaded')
    const found = await t.db.transaction(await t.whole(), (tx) =>
      tx.one<{ n: number }>(sql`select count(*) as n from cases.work_order`),
    )
    assert.deepEqual(found, { n: 1240 })
  } finally {
    await t.end()
    rmSync(dir, { recursive: true })
  }
})
