import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { testDatabase } from '../../test/database.ts'
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
