import { deriveOrders, openWorkOrders, removeEvents } from '../cases/index.ts'
import { removeUnused, rootUnitId } from '../directory/index.ts'
import type { FactSink } from '../platform/change.ts'
import type { Database, Scope, Tx } from '../platform/database.ts'
import { deleteRows, type FactRow, type FactTable, readRows, rewriteRows } from '../platform/fact-table.ts'
import { Refusal } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { feedbackTable, responseTable } from '../surveys/index.ts'
import { readBatch } from './batches.ts'

const days = 30

/**
 * Takes an import back: new facts go, changed ones return to what they were. What people edited since, or a
 * later file changed, stays and is listed.
 */
export async function undoImport(
  db: Database,
  scope: Scope,
  batchId: string,
  options: { now: Date; openSink: (tx: Tx) => Promise<FactSink> },
): Promise<{ kept: { kind: string; externalId: string }[] }> {
  return db.transaction(
    scope,
    async (tx) => {
      const batch = await readBatch(tx, batchId)
      const age = options.now.getTime() - batch.createdAt.getTime()
      const taken = await tx.run(sql`
        update intake.batch set state = 'undone', undone_at = ${options.now}
        where organization_id = ${tx.organizationId} and id = ${batchId} and state = 'done'`)
      if (taken === 0 || age > days * 86_400_000)
        throw new Refusal('not_undoable', 409, {
          zh: `只有 ${days} 天内完成的导入可以撤销，且只能撤销一次。`,
          en: `Only an import finished within ${days} days can be undone, and once.`,
        })
      await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`source:${batch.sourceId}`}, 0))`)
      const sink = await options.openSink(tx)
      const context = { sink, now: options.now }
      const orders = await openWorkOrders(tx, options.now)
      const kept: { kind: string; externalId: string }[] = []
      if (batch.kind === 'events') await undoEvents(tx, batch, orders, context)
      else
        for (const table of [orders, responseTable, feedbackTable])
          kept.push(...(await undoFacts(tx, batchId, table, context)))
      await removeNames(tx, batchId)
      await tx.run(sql`
        update intake.batch set undone_kept = ${JSON.stringify(kept)}
        where organization_id = ${tx.organizationId} and id = ${batchId}`)
      await sink.flush(tx)
      return { kept }
    },
    { timeoutMs: 0 },
  )
}

interface Context {
  sink: FactSink
  now: Date
}

async function undoFacts(tx: Tx, batchId: string, table: FactTable, context: Context) {
  const kept: { kind: string; externalId: string }[] = []
  const keep = (row: FactRow) => kept.push({ kind: table.kind, externalId: String(row.external_id) })
  const made = await readRows(tx, table, 'created_batch_id = $2', [batchId])
  const untouched = (row: FactRow) => row.batch_id === batchId && row.edited_at === null
  await deleteRows(tx, table, made.filter(untouched), context)
  made.filter((row) => !untouched(row)).forEach(keep)
  const superseded = await tx.rows<{ fact_id: string; before: FactRow }>(sql`
    select fact_id, before from intake.superseded
    where organization_id = ${tx.organizationId} and batch_id = ${batchId} and fact_kind = ${table.kind}`)
  const befores = new Map(superseded.map((row) => [row.fact_id, row.before]))
  const rows = await readRows(tx, table, 'id = any($2::uuid[])', [[...befores.keys()]])
  const pairs: { before: FactRow; after: FactRow }[] = []
  for (const row of rows) {
    const earlier = befores.get(String(row.id))
    if (!earlier || row.created_batch_id === batchId) continue
    // An edit by hand made before this import is part of what returns, not of what came since.
    if (row.batch_id !== batchId || row.edited_at !== earlier.edited_at) keep(row)
    else pairs.push({ before: row, after: { ...earlier, repeated_at: row.repeated_at ?? null } })
  }
  await rewriteRows(
    tx,
    table,
    pairs.map(({ before, after }) => ({ before, after: withoutExtra(table, after) })),
    context,
  )
  return kept
}

const withoutExtra = (table: FactTable, row: FactRow): FactRow =>
  Object.fromEntries(Object.keys(table.columns).map((name) => [name, row[name] ?? null]))

async function undoEvents(
  tx: Tx,
  batch: { id: string; sourceId: string },
  table: FactTable,
  context: Context,
): Promise<void> {
  const rows = await tx.rows<{ case_id: string }>(sql`
    select distinct case_id from cases.event where organization_id = ${tx.organizationId} and batch_id = ${batch.id}`)
  await removeEvents(tx, batch.id)
  const home = await rootUnitId(tx)
  const people = await tx.rows<{ id: string; name: string; unit_id: string }>(
    sql`select id, name, unit_id from directory.person where organization_id = ${tx.organizationId}`,
  )
  const byName = new Map(people.map((person) => [person.name, person]))
  await deriveOrders(
    tx,
    table,
    rows.map((row) => row.case_id),
    {
      ...context,
      sourceId: batch.sourceId,
      batchId: batch.id,
      demo: false,
      placeOf: (actor) => {
        const person = actor === null ? undefined : byName.get(actor)
        return { agentId: person?.id ?? null, unitId: person?.unit_id ?? home }
      },
    },
  )
}

/** People, products and customers the import made and nothing else uses go with it. */
async function removeNames(tx: Tx, batchId: string): Promise<void> {
  const unused = async (table: 'person' | 'product' | 'customer', column: string) => {
    const { rows } = await tx.client.query(
      `select t.id from directory.${table} t where t.organization_id = $1 and t.batch_id = $2
         and not exists (select from cases.work_order f where f.organization_id = t.organization_id and f.${column} = t.id)
         and not exists (select from surveys.response f where f.organization_id = t.organization_id and f.${column} = t.id)
         and not exists (select from surveys.feedback f where f.organization_id = t.organization_id and f.${column} = t.id)`,
      [tx.organizationId, batchId],
    )
    return (rows as { id: string }[]).map((row) => row.id)
  }
  await removeUnused(tx, {
    people: await unused('person', 'agent_id'),
    products: await unused('product', 'product_id'),
    customers: await unused('customer', 'customer_id'),
  })
}
