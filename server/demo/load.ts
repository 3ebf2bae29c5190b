import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPerson, createProduct, createUnit, organizationOf } from '../directory/index.ts'
import { importFile, type Kind } from '../intake/index.ts'
import { openSink } from '../measurement/index.ts'
import type { Database, Scope, Tx } from '../platform/database.ts'
import { Refusal } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { csvLine } from '../platform/spreadsheet.ts'
import { sql } from '../platform/sql.ts'
import { zone } from '../platform/time.ts'
import { clearDemo } from './clear.ts'
import { demoPeople, demoProducts, demoTeams } from './company.ts'
import { calendarOf } from './orders.ts'
import { demoRows } from './rows.ts'
import { demoSource } from './source.ts'

const seed = 20_240_501

/**
 * Loads the demo through the ordinary import, so each of its records has a file and a line. Needs a scope over
 * the whole organization.
 *
 * @throws Refusal demo_loaded (409) when it is there already
 */
export async function loadDemo(
  db: Database,
  scope: Scope,
  options: { now: Date; secrets: Secrets },
): Promise<{ workOrders: number; responses: number }> {
  const zoneName = await db.transaction(scope, (tx) => prepare(tx, options.now))
  try {
    return await bringRows(db, scope.organizationId, zoneName, options)
  } catch (error) {
    // Half a demo could neither be shown nor loaded again.
    await clearDemo(db, scope, options)
    throw error
  }
}

/** Teams, people and products of the demo; refused when they stand already. */
async function prepare(tx: Tx, now: Date): Promise<string> {
  // Of two who load at once, the second finds the first one's units.
  await tx.run(sql`select pg_advisory_xact_lock(hashtext('zhihuan demo'), hashtext(${tx.organizationId}))`)
  const loaded = await tx.one(
    sql`select 1 from directory.unit where organization_id = ${tx.organizationId} and demo limit 1`,
  )
  if (loaded)
    throw new Refusal('demo_loaded', 409, {
      zh: '示例数据已经载入，可先清除再重新载入。',
      en: 'The demo data are loaded already; clear them first to load them anew.',
    })
  const organization = await organizationOf(tx)
  const teams = await createTeams(tx, now)
  for (const { name, employeeNo, team, fromOn } of demoPeople(
    calendarOf(now, organization.zone).nightShiftFromDay,
  ))
    await createPerson(tx, { name, employeeNo, unitId: teams.get(team) ?? '', fromOn, demo: true }, now)
  for (const product of demoProducts) await createProduct(tx, { ...product, demo: true }, now)
  return organization.zone.name
}

async function createTeams(tx: Tx, now: Date): Promise<Map<string, string>> {
  const made = new Map<string, string>()
  const make = async (name: string, kind: 'department' | 'team', parentId?: string) => {
    const known = made.get(name)
    if (known) return known
    const { id } = await createUnit(tx, { name, kind, demo: true, ...(parentId && { parentId }) }, now)
    made.set(name, id)
    // A unit made just now is not in the list this transaction began with.
    tx.unitIds.push(id)
    await tx.client.query(`set local app.units = '{${tx.unitIds.join(',')}}'`)
    return id
  }
  for (const { name, department } of demoTeams) await make(name, 'team', await make(department, 'department'))
  return made
}

async function bringRows(
  db: Database,
  organizationId: string,
  zoneName: string,
  { now, secrets }: { now: Date; secrets: Secrets },
): Promise<{ workOrders: number; responses: number }> {
  const whole = await db.wholeScope(organizationId)
  const rows = demoRows(seed, now, zone(zoneName))
  const folder = mkdtempSync(join(tmpdir(), 'zhihuan-demo-'))
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
      sourceName: demoSource,
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
    await bring('feedback', '示例反馈.csv', rows.feedback)
    return { workOrders, responses }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
