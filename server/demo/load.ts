import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { organizationOf } from '../directory/index.ts'
import { factTables, importFile, type Kind } from '../intake/index.ts'
import { openSink } from '../measurement/index.ts'
import type { Database, Scope, Tx } from '../platform/database.ts'
import { Refusal } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { csvLine } from '../platform/spreadsheet.ts'
import { joinSql, sql } from '../platform/sql.ts'
import { prepareNames } from './names.ts'
import { demoRows } from './rows.ts'
import { demoSource } from './source.ts'
import { within } from './within.ts'

const seed = 20_240_501

export interface DemoLoaded {
  workOrders: number
  responses: number
}

/**
 * Loads the demo through the ordinary import, so each of its records has a file and a line; all of it or nothing.
 * Needs a scope over the whole organization.
 *
 * @throws Refusal demo_loaded (409) when it is there already
 */
export const loadDemo = (
  db: Database,
  { organizationId, unitIds }: Scope,
  options: { now: Date; secrets: Secrets },
): Promise<DemoLoaded> =>
  db.transaction({ organizationId, unitIds: [...unitIds] }, (tx) => loadDemoInto(tx, db, options), {
    timeoutMs: 0,
  })

/** As `loadDemo`, as part of a transaction that does more. */
export async function loadDemoInto(
  tx: Tx,
  db: Database,
  options: { now: Date; secrets: Secrets },
): Promise<DemoLoaded> {
  await refuseSecond(tx)
  await prepareNames(tx, options.now)
  return bringRows(within(db, tx), tx, options)
}

async function refuseSecond(tx: Tx): Promise<void> {
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
}

async function bringRows(
  db: Database,
  tx: Tx,
  { now, secrets }: { now: Date; secrets: Secrets },
): Promise<DemoLoaded> {
  const whole = await db.wholeScope(tx.organizationId)
  const { zone } = await organizationOf(tx)
  const rows = demoRows(seed, now, zone)
  const kept = await keptNumbers(tx)
  const folder = mkdtempSync(join(tmpdir(), 'zhihuan-demo-'))
  const bring = async (kind: Kind, fileName: string, all: Record<string, string>[]) => {
    const records = all.filter(({ external_id: number }) => !kept.has(number ?? ''))
    const fields = Object.keys(all[0] ?? {})
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
      mapping: {
        zone: zone.name, // A column with brackets is an item of the inspection form, known by its header.
        columns: Object.fromEntries(
          fields.filter((field) => !field.endsWith(')')).map((field) => [field, field]),
        ),
      },
      demo: true,
      userId: null,
      now,
      secrets,
      openSink: (inner) => openSink(inner, now),
    })
    if (done.rejected > 0) throw new Error(`demo rows rejected: ${JSON.stringify(done.rejections[0])}`)
    return done.accepted
  }
  try {
    const workOrders = await bring('work-orders', '示例工单.csv', rows.orders)
    const responses = await bring('responses', '示例答卷.csv', rows.responses)
    await bring('invitations', '示例问卷发放.csv', rows.invitations)
    await bring('feedback', '示例反馈.csv', rows.feedback)
    await bring('calls', '示例通话与会话.csv', rows.contacts)
    await bring('messages', '示例会话消息.csv', rows.messages)
    await bring('costs', '示例服务费用.csv', rows.costs)
    await bring('inspections', '示例质检.csv', rows.inspections)
    await bring('purchases', '示例购买.csv', rows.purchases)
    await bring('trainings', '示例培训与考试.csv', rows.trainings)
    await bring('attendance', '示例出勤.csv', rows.attendance)
    return { workOrders, responses }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Records of an earlier demo that somebody edited: they are the organization's own now. */
async function keptNumbers(tx: Tx): Promise<Set<string>> {
  const rows = await tx.rows<{ number: string }>(sql`
    select f.external_id as number
    from directory.source s
    cross join lateral (${joinSql(
      Object.values(factTables).map(
        (table) =>
          sql`(select w.external_id from ${table} w where w.organization_id = ${tx.organizationId} and w.source_id = s.id)`,
      ),
      ' union all ',
    )}) f
    where s.organization_id = ${tx.organizationId} and s.name = ${demoSource}`)
  return new Set(rows.map(({ number }) => number))
}
