import { findAnew, lockCosts, lockFile, touchedRecords } from '../cases/index.ts'
import { factTables, namedByNoFact, openFactTables } from '../intake/index.ts'
import { openSink } from '../measurement/index.ts'
import type { Database, Scope, Tx } from '../platform/database.ts'
import { deleteRows, lockRows } from '../platform/fact-table.ts'
import { joinSql, sql } from '../platform/sql.ts'
import { linkSurveys, touchedSurveys } from '../surveys/index.ts'
import { demoProducts } from './company.ts'
import { demoSource } from './source.ts'

type FactTables = Awaited<ReturnType<typeof openFactTables>>

/**
 * Removes exactly the rows tagged as demo, in one transaction, and their share of every figure. A record that
 * somebody edited stays, and so does a team, person, product or customer that a remaining record refers to; they
 * are no longer tagged.
 */
export async function clearDemo(
  db: Database,
  scope: Scope,
  { now }: { now: Date },
): Promise<{ removed: number; kept: number }> {
  const whole = await db.wholeScope(scope.organizationId)
  return db.transaction(
    whole,
    async (tx) => {
      const sink = await openSink(tx, now)
      await lockFile(tx, 'messages')
      await lockFile(tx, 'costs')
      await lockCosts(tx)
      let removed = 0
      let kept = 0
      const tables = await openFactTables(tx, now)
      const { work_order: orders, ...others } = tables
      const touched = touchedRecords()
      const surveys = touchedSurveys()
      // Orders last: what answers one must go before it.
      for (const table of [...Object.values(others), orders]) {
        const tagged = await lockRows(tx, table, 'demo', [])
        // Time and later records never raise the version: somebody did.
        const rows = tagged.filter(({ version }) => version === 1)
        await deleteRows(tx, table, rows, { sink, now })
        await tx.client.query(`update ${table.table} set demo = false where organization_id = $1 and demo`, [
          scope.organizationId,
        ])
        removed += rows.length
        kept += tagged.length - rows.length
        rows.forEach(touched.note)
        if (table === orders) rows.forEach(surveys.noteOrder)
        else if (table === tables.response || table === tables.invitation) rows.forEach(surveys.note)
      }
      // An own order may have been followed by a demo one of the same customer, an own message answered by one.
      await findAnew(tx, orders, touched, { sink, now })
      await linkSurveys(tx, surveys, { sink, now })
      await sink.flush(tx)
      await loosenAnswers(tx)
      await removeFiles(tx)
      await removeNames(tx, tables)
      return { removed, kept }
    },
    { timeoutMs: 0 },
  )
}

/** An answer that stays names its order by number only, once that is gone. */
async function loosenAnswers(tx: Tx): Promise<void> {
  await tx.run(sql`
    update surveys.response r set work_order_id = null
    where r.organization_id = ${tx.organizationId} and r.work_order_id is not null
      and not exists (select from cases.work_order w
        where w.organization_id = ${tx.organizationId} and w.id = r.work_order_id)`)
}

/** The demo's files with their raw rows, and its source once nothing came from it. */
async function removeFiles(tx: Tx): Promise<void> {
  const id = tx.organizationId
  await tx.run(sql`
    delete from intake.batch b using directory.source s
    where b.organization_id = ${id} and s.organization_id = ${id} and s.id = b.source_id and s.name = ${demoSource}
      and ${joinSql(
        Object.values(factTables).map(
          (table) =>
            sql`not exists (select from ${table} f where f.organization_id = ${id} and f.batch_id = b.id)`,
        ),
        ' and ',
      )}`)
  await tx.run(sql`
    delete from directory.source s where s.organization_id = ${id} and s.name = ${demoSource}
      and not exists (select from intake.batch b where b.organization_id = ${id} and b.source_id = s.id)`)
}

async function removeNames(tx: Tx, tables: FactTables): Promise<void> {
  await tx.run(sql`delete from access.user where organization_id = ${tx.organizationId} and demo`)
  await removeUnused(tx, 'customer', namedByNoFact(tables, 'customer'))
  await removeUnused(tx, 'product', namedByNoFact(tables, 'product'))
  await removeUnused(
    tx,
    'person',
    `${namedByNoFact(tables, 'person')} and ${none('access.user', 'person_id')}`,
  )
  const empty = namedByNoFact(tables, 'unit')
  const within = [
    none('directory.unit', 'parent_id'),
    none('directory.unit_place', 'parent_id'),
    none('directory.person', 'unit_id'),
    none('directory.posting', 'unit_id'),
    none('access.grant', 'unit_id'),
    none('intake.batch', 'unit_id'),
  ]
  // Teams first, then the departments that are empty now.
  for (let level = 0; level < 2; level++)
    await removeUnused(tx, 'unit', `${empty} and ${within.join(' and ')}`)
  for (const table of ['unit', 'person', 'product', 'customer'])
    await tx.client.query(`update directory.${table} set demo = false where organization_id = $1 and demo`, [
      tx.organizationId,
    ])
  // A category that nothing uses says nothing: the next product that names it makes it again.
  await tx.run(sql`
    delete from directory.product_category c where c.organization_id = ${tx.organizationId}
      and c.code = any(${demoProducts.map(({ category }) => category)}::text[])
      and not exists (select from directory.product p
        where p.organization_id = c.organization_id and p.category_code = c.code)`)
}

const none = (table: string, column: string): string =>
  `not exists (select from ${table} f where f.organization_id = t.organization_id and f.${column} = t.id)`

const removeUnused = (tx: Tx, table: 'unit' | 'person' | 'product' | 'customer', unused: string) =>
  tx.client.query(`delete from directory.${table} t where t.organization_id = $1 and t.demo and ${unused}`, [
    tx.organizationId,
  ])
