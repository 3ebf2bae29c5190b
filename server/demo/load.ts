import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openWorkOrders } from '../cases/index.ts'
import { createPerson, createProduct, createUnit } from '../directory/index.ts'
import { importFile, type Kind } from '../intake/index.ts'
import { openSink } from '../measurement/index.ts'
import type { Database, Scope, Tx } from '../platform/database.ts'
import { deleteRows, readRows } from '../platform/fact-table.ts'
import { Refusal } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { csvLine } from '../platform/spreadsheet.ts'
import { sql } from '../platform/sql.ts'
import { zone } from '../platform/time.ts'
import { feedbackTable, responseTable } from '../surveys/index.ts'
import { demoPeople, demoProducts, demoRows, demoTeams } from './rows.ts'

const seed = 20_240_501
const sourceName = '示例数据'

/** Loads the demo through the ordinary import, so each of its records has a file and a line. */
export async function loadDemo(
  db: Database,
  scope: Scope,
  options: { now: Date; secrets: Secrets },
): Promise<{ workOrders: number; responses: number }> {
  const { now, secrets } = options
  const zoneName = await db.transaction(scope, (tx) => prepare(tx, now))
  const rows = demoRows(seed, now, zone(zoneName))
  const folder = mkdtempSync(join(tmpdir(), 'zhihuan-demo-'))
  const whole = await db.wholeScope(scope.organizationId)
  const bring = async (kind: Kind, fileName: string, records: Record<string, string>[]) => {
    const fields = Object.keys(records[0] ?? {})
    const path = join(folder, fileName)
    writeFileSync(
      path,
      [fields, ...records.map((record) => fields.map((field) => record[field] ?? ''))].map(csvLine).join(''),
    )
    const done = await importFile(db, whole, {
      kind,
      path,
      fileName,
      sourceName,
      mapping: { zone: zoneName, columns: Object.fromEntries(fields.map((field) => [field, field])) },
      demo: true,
      userId: null,
      now,
      secrets,
      openSink: (tx) => openSink(tx, now),
    })
    if (done.rejected > 0) throw new Error(`demo rows rejected: ${JSON.stringify(done.rejections[0])}`)
    return done.accepted
  }
  try {
    const workOrders = await bring('work-orders', '示例工单.csv', rows.orders)
    const responses = await bring('responses', '示例答卷.csv', rows.responses)
    if (rows.feedback.length > 0) await bring('feedback', '示例反馈.csv', rows.feedback)
    return { workOrders, responses }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Teams, people and products of the demo; refused when they stand already. */
async function prepare(tx: Tx, now: Date): Promise<string> {
  const loaded = await tx.one(
    sql`select 1 from directory.unit where organization_id = ${tx.organizationId} and demo limit 1`,
  )
  if (loaded)
    throw new Refusal('demo_loaded', 409, {
      zh: '示例数据已经载入。',
      en: 'The demo data are loaded already.',
    })
  const departments = new Map<string, string>()
  const teams = new Map<string, string>()
  for (const { name, department } of demoTeams) {
    let parentId = departments.get(department)
    if (!parentId) {
      parentId = (await createUnit(tx, { name: department, kind: 'department', demo: true }, now)).id
      departments.set(department, parentId)
      await see(tx, parentId)
    }
    const team = await createUnit(tx, { name, kind: 'team', parentId, demo: true }, now)
    await see(tx, team.id)
    teams.set(name, team.id)
  }
  for (const { name, team } of demoPeople())
    await createPerson(tx, { name, unitId: teams.get(team) ?? '', fromOn: '2020-01-01', demo: true }, now)
  for (const product of demoProducts) await createProduct(tx, { ...product, demo: true }, now)
  const row = await tx.one<{ zone: string }>(
    sql`select zone from directory.organization where id = ${tx.organizationId}`,
  )
  return row?.zone ?? 'Asia/Shanghai'
}

/** A unit made just now is not in the list this transaction began with. */
async function see(tx: Tx, id: string): Promise<void> {
  tx.unitIds.push(id)
  await tx.client.query(`set local app.units = '{${tx.unitIds.join(',')}}'`)
}

/** Removes exactly the demo's rows; what own records refer to stays. */
export async function clearDemo(
  db: Database,
  scope: Scope,
  options: { now: Date },
): Promise<{ removed: number }> {
  const { now } = options
  const whole = await db.wholeScope(scope.organizationId)
  return db.transaction(
    whole,
    async (tx) => {
      const sink = await openSink(tx, now)
      let removed = 0
      for (const table of [responseTable, feedbackTable, await openWorkOrders(tx, now)]) {
        const rows = await readRows(tx, table, 'demo', [])
        await deleteRows(tx, table, rows, { sink, now })
        removed += rows.length
      }
      await sink.flush(tx)
      await removeRest(tx)
      return { removed }
    },
    { timeoutMs: 0 },
  )
}

async function removeRest(tx: Tx): Promise<void> {
  const organization = sql`organization_id = ${tx.organizationId}`
  await tx.run(sql`
    delete from intake.batch where ${organization} and source_id in (
      select id from directory.source where ${organization} and name = ${sourceName})`)
  await tx.run(sql`
    delete from intake.mapping where ${organization} and source_id in (
      select id from directory.source where ${organization} and name = ${sourceName})`)
  await tx.run(sql`delete from directory.source where ${organization} and name = ${sourceName}`)
  await tx.run(sql`delete from access.user where ${organization} and demo`)
  const used = (column: 'agent_id' | 'product_id' | 'customer_id' | 'unit_id') =>
    ['cases.work_order', 'surveys.response', 'surveys.feedback']
      .map(
        (table) =>
          `and not exists (select from ${table} f where f.organization_id = t.organization_id and f.${column} = t.id)`,
      )
      .join(' ')
  const remove = (table: string, more: string) =>
    tx.client.query(`delete from ${table} t where t.organization_id = $1 and t.demo ${more}`, [
      tx.organizationId,
    ])
  await remove('directory.customer', used('customer_id'))
  await remove('directory.product', used('product_id'))
  await remove('directory.person', used('agent_id'))
  // Teams first, then the departments that are empty now.
  for (let level = 0; level < 3; level++)
    await remove(
      'directory.unit',
      `${used('unit_id')} and not exists (select from directory.unit b where b.organization_id = t.organization_id and b.parent_id = t.id)
       and not exists (select from directory.person p where p.organization_id = t.organization_id and p.unit_id = t.id)
       and not exists (select from access.grant g where g.organization_id = t.organization_id and g.unit_id = t.id)`,
    )
}
