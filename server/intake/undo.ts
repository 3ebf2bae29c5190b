import {
  deriveOrders,
  findAnew,
  lockFile,
  removeEvents,
  type Touched,
  touchedRecords,
} from '../cases/index.ts'
import {
  organizationOf,
  type PersonState,
  type ProductState,
  postingsOf,
  removeUnused,
  restorePerson,
  restoreProduct,
  unitOn,
} from '../directory/index.ts'
import type { FactKind, FactSink } from '../platform/change.ts'
import type { Database, Scope, Tx } from '../platform/database.ts'
import {
  deleteRows,
  type FactRow,
  type FactTable,
  lockById,
  lockRows,
  rewriteRows,
} from '../platform/fact-table.ts'
import { Refusal } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { dayToDate } from '../platform/time.ts'
import { linkSurveys, type SurveysTouched, touchedSurveys } from '../surveys/index.ts'
import { lockImports, readBatch } from './batches.ts'
import { namedByNoFact, openFactTables } from './fact-tables.ts'

export const undoDays = 30

/**
 * Takes an import back: new facts go, changed ones return to what they were. What people edited since, or a
 * later file changed, stays and is listed.
 */
export async function undoImport(
  db: Database,
  scope: Scope,
  batchId: string,
  options: { now: Date; openSink: (tx: Tx) => Promise<FactSink> },
): Promise<{ kept: Kept[] }> {
  return db.transaction(
    scope,
    async (tx) => {
      const batch = await readBatch(tx, batchId)
      const age = options.now.getTime() - batch.createdAt.getTime()
      const taken = await tx.run(sql`
        update intake.batch set state = 'undone', undone_at = ${options.now}
        where organization_id = ${tx.organizationId} and id = ${batchId} and state = 'done'`)
      if (taken === 0 || age > undoDays * 86_400_000)
        throw new Refusal('not_undoable', 409, {
          zh: `只有 ${undoDays} 天内完成的导入可以撤销，且只能撤销一次。`,
          en: `Only an import finished within ${undoDays} days can be undone, and once.`,
        })
      await lockImports(tx)
      if (batch.kind === 'costs' || batch.kind === 'messages') await lockFile(tx, batch.kind)
      const sink = await options.openSink(tx)
      const context = { sink, now: options.now }
      const tables = await openFactTables(tx, options.now)
      const orders = tables.work_order
      const touched = touchedRecords()
      const surveys = touchedSurveys()
      const kept: Kept[] = []
      for (const table of Object.values(tables))
        kept.push(...(await undoFacts(tx, batch, table, { ...context, touched, surveys })))
      if (batch.kind === 'events') await undoEvents(tx, batch, orders, context)
      kept.push(...(await undoNames(tx, batchId)))
      await findAnew(tx, orders, touched, context)
      await linkSurveys(tx, surveys, context)
      // What other teams' records use is out of sight for one team's scope.
      if (tx.unitIds.includes((await organizationOf(tx)).rootUnitId)) await removeNames(tx, batchId, tables)
      await tx.run(sql`
        update intake.batch set undone_kept = ${JSON.stringify(kept)}
        where organization_id = ${tx.organizationId} and id = ${batchId}`)
      await sink.flush(tx)
      return { kept }
    },
    { timeoutMs: 0 },
  )
}

interface Kept {
  kind: string
  externalId: string
}

interface Context {
  sink: FactSink
  now: Date
}

async function undoFacts(
  tx: Tx,
  batch: { id: string; kind: string },
  table: FactTable,
  context: Context & { touched: Touched; surveys: SurveysTouched },
): Promise<Kept[]> {
  const kept: Kept[] = []
  const keep = (row: FactRow) => kept.push({ kind: table.kind, externalId: String(row.external_id) })
  const note = (row: FactRow) => {
    context.touched.note(row)
    if (answersAnOrder(table)) context.surveys.note(row)
  }
  const made = await lockRows(tx, table, 'created_batch_id = $2', [batch.id])
  const untouched = (row: FactRow) => row.batch_id === batch.id && row.edited_at === null
  // Orders made of events go with their events, unless a later log holds some more of them.
  const gone = batch.kind === 'events' ? [] : made.filter(untouched)
  await deleteRows(tx, table, gone, context)
  gone.forEach(note)
  if (table.kind === 'work_order') gone.forEach(context.surveys.noteOrder)
  made.filter((row) => (batch.kind === 'events' ? row.edited_at !== null : !untouched(row))).forEach(keep)
  const superseded = await tx.rows<{ fact_id: string; before: FactRow }>(sql`
    select fact_id, before from intake.superseded
    where organization_id = ${tx.organizationId} and batch_id = ${batch.id} and fact_kind = ${table.kind}`)
  const befores = new Map(superseded.map((row) => [row.fact_id, row.before]))
  const rows = await lockById(tx, table, [...befores.keys()])
  const pairs: { before: FactRow; after: FactRow }[] = []
  for (const row of rows) {
    const earlier = befores.get(String(row.id))
    if (!earlier || row.created_batch_id === batch.id) continue
    // An edit by hand made before this import is part of what returns, not of what came since.
    const edited = row.edited_at !== earlier.edited_at
    if (row.batch_id === batch.id && !edited) {
      pairs.push({ before: row, after: { ...earlier, ...foundOfOthers(table, row) } })
      note(row)
      note(earlier)
    } else if (batch.kind !== 'events' || edited) keep(row)
  }
  await rewriteRows(
    tx,
    table,
    pairs.map(({ before, after }) => ({ before, after: restored(table, after) })),
    context,
  )
  return kept
}

const answersAnOrder = ({ kind }: FactTable): boolean => kind === 'response' || kind === 'invitation'

/** What was given then; what follows from it is worked out by what is in force now, as limits may have changed since. */
function restored(table: FactTable, given: FactRow): FactRow {
  const row = Object.fromEntries(Object.keys(table.columns).map((name) => [name, given[name] ?? null]))
  table.derive(row)
  return row
}
/** What other records say of this one is found anew at the end, from what it is now. */
const foundOfOthers = ({ kind }: FactTable, row: FactRow): FactRow =>
  Object.fromEntries((found[kind] ?? []).map((name) => [name, row[name] ?? null]))

const found: Partial<Record<FactKind, string[]>> = {
  work_order: [
    'repeated_at',
    'complaint_before_at',
    'fault_before_at',
    'fault_after_at',
    'survey_sent_at',
    'costed',
  ],
  message: ['awaited_at'],
  invitation: ['submitted_at', 'reminder'],
}

/** People and products that a list changed are what they were before; who was changed since stays, and is told. */
async function undoNames(tx: Tx, batchId: string): Promise<Kept[]> {
  const kept: Kept[] = []
  const changes = await tx.rows<{
    kind: string
    id: string
    person: { before: PersonState; after: PersonState }
    product: { before: ProductState; after: ProductState }
  }>(sql`
    select fact_kind as kind, fact_id as id, before as person, before as product from intake.superseded
    where organization_id = ${tx.organizationId} and batch_id = ${batchId} and fact_kind in ('person', 'product')`)
  for (const { kind, id, person, product } of changes) {
    const restored =
      kind === 'person' ? await restorePerson(tx, id, person) : await restoreProduct(tx, id, product)
    if (!restored) kept.push({ kind, externalId: (kind === 'person' ? person : product).after.name })
  }
  return kept
}

/**
 * Takes the events away. Orders that this log changed last have got their earlier version back; the others of
 * its cases are derived anew from what events remain, each keeping the batch it was last written by.
 */
async function undoEvents(
  tx: Tx,
  batch: { id: string; sourceId: string },
  table: FactTable,
  context: Context,
): Promise<void> {
  const cases = await tx.rows<{ case_id: string; batch_id: string }>(sql`
    select distinct e.case_id, w.batch_id from cases.event e
    join cases.work_order w on w.organization_id = e.organization_id and w.source_id = e.source_id
      and w.external_id = e.case_id and w.edited_at is null
      and (w.created_batch_id = ${batch.id} or w.batch_id <> ${batch.id})
    where e.organization_id = ${tx.organizationId} and e.batch_id = ${batch.id}`)
  await removeEvents(tx, batch.id)
  const placeOf = await placesOfActors(tx)
  for (const [batchId, some] of Map.groupBy(cases, (row) => row.batch_id))
    await deriveOrders(
      tx,
      table,
      some.map((row) => row.case_id),
      { ...context, sourceId: batch.sourceId, batchId, demo: false, placeOf },
    )
}

async function placesOfActors(tx: Tx) {
  const { zone, rootUnitId: home } = await organizationOf(tx)
  const people = await tx.rows<{ id: string; name: string }>(sql`
    select id, name from directory.person where organization_id = ${tx.organizationId} order by created_at desc`)
  const byName = new Map(people.map((person) => [person.name, person.id]))
  const postings = await postingsOf(tx, [...byName.values()])
  return (actor: string | null, at: number | null) => {
    const agentId = (actor === null ? undefined : byName.get(actor)) ?? null
    const posted = agentId === null ? undefined : postings.get(agentId)
    if (!posted) return { agentId, unitId: home }
    return {
      agentId,
      unitId: at === null ? posted.homeUnitId : unitOn(posted, dayToDate(zone.localDay(at))),
    }
  }
}

/** People, products and customers the import made and nothing else uses go with it. */
async function removeNames(tx: Tx, batchId: string, tables: Record<FactKind, FactTable>): Promise<void> {
  const unused = async (table: 'person' | 'product' | 'customer') => {
    const { rows } = await tx.client.query(
      `select t.id from directory.${table} t where t.organization_id = $1 and t.batch_id = $2
         and ${namedByNoFact(tables, table)}
         and ${table === 'person' ? 'not exists (select from access.user f where f.organization_id = t.organization_id and f.person_id = t.id)' : 'true'}`,
      [tx.organizationId, batchId],
    )
    return (rows as { id: string }[]).map((row) => row.id)
  }
  await removeUnused(tx, {
    people: await unused('person'),
    products: await unused('product'),
    customers: await unused('customer'),
  })
}
