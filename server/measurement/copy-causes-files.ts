import { factKinds } from '../../contract/fact-kinds.ts'
import type { Tx } from '../platform/database.ts'
import { type Sql, sql } from '../platform/sql.ts'
import { made, type Since, type Touch, withinReach } from './copy-touch.ts'
import { measuredKindsList } from './kinds/kinds.ts'
import { periodBefore } from './period-before.ts'

const linesShown = 20

/** Imports and undone imports that touched facts of a period. */
export async function fileTouches(tx: Tx, since: Since, from: Date): Promise<Touch[]> {
  return [...(await imports(tx, since, from)), ...(await undone(tx, since, from))]
}

interface BatchRow {
  id: string
  file_name: string
  by: string | null
  at: Date
}

async function imports(tx: Tx, since: Since, from: Date): Promise<Touch[]> {
  const batches = await tx.rows<BatchRow>(sql`
    select b.id, b.file_name, u.name as by, b.finished_at as at from intake.batch b
    left join access.user u on u.organization_id = b.organization_id and u.id = b.user_id
    where b.organization_id = ${tx.organizationId} and b.state = 'done' and b.finished_at >= ${from}`)
  if (batches.length === 0) return []
  const touched = await touchedBy(
    tx,
    batches.map(({ id }) => id),
    since,
  )
  return batches.flatMap(({ id, file_name, by, at }) => {
    const facts = touched.get(id)
    if (!facts) return []
    const cause = made({
      kind: 'import',
      at: at.toISOString(),
      by,
      what: file_name,
      batch: id,
      ...facts.counted,
    })
    return [{ key: `import ${id}`, unitId: facts.unitId ?? since.rootUnitId, cause }]
  })
}

/**
 * Facts with a time in the period that some batches wrote; those they moved out of it; and orders whose customer or
 * device they brought back, which changes what is said of the other order.
 */
async function touchedBy(tx: Tx, batches: string[], since: Since) {
  const { period, zone, people } = since
  const [from, to] = [zone.dayStartMs(period.fromDay), zone.dayStartMs(period.toDay)]
  const [fromAt, toAt] = [new Date(from), new Date(to)]
  const back = zone.dayStartMs(periodBefore(period).fromDay)
  const written = measuredKindsList.map(
    (kind) => sql`
    select b.id as batch_id, f.id, f.unit_id, case when f.batch_id = b.id then f.line end as line
    from (select id, unit_id, line, batch_id, created_batch_id from ${named(kind.table)}
      where organization_id = ${tx.organizationId}
        and (batch_id = any(${batches}::uuid[]) or created_batch_id = any(${batches}::uuid[]))
        and ${withinReach(kind, since)}) f
    join unnest(${batches}::uuid[]) b (id) on b.id = f.batch_id or b.id = f.created_batch_id
    union all`,
  )
  const broughtBack = (same: Sql) => sql`
    select n.batch_id, w.id, w.unit_id, n.line from cases.work_order n
    join cases.work_order w on w.organization_id = n.organization_id and w.id <> n.id and ${same}
    where n.organization_id = ${tx.organizationId} and n.batch_id = any(${batches}::uuid[])
      and w.occurred_at < ${toAt} and coalesce(w.resolved_at, w.occurred_at) >= ${fromAt}`
  const all = written.reduce((before, next) => sql`${before} ${next}`)
  const rows = await tx.rows<{
    batch_id: string
    n: string
    lines: number[] | null
    units: string[] | null
  }>(sql`
    select batch_id, count(distinct id) as n,
      (array_agg(distinct line) filter (where line is not null))[1:${linesShown}] as lines,
      array_agg(distinct unit_id) filter (where unit_id is not null) as units
    from (
      ${all} ${movedOut(tx, batches, { back, from, to, people })}
      union all ${broughtBack(sql`w.customer_id = n.customer_id and n.received_at in (w.repeated_at, w.complaint_before_at)`)}
      union all ${broughtBack(sql`w.serial = n.serial and w.fault_before_at = n.received_at`)}
    ) touched group by batch_id`)
  return new Map(
    rows.map(({ batch_id, n, lines, units }) => [
      batch_id,
      {
        unitId: units?.length === 1 ? units[0] : undefined,
        counted: { n: Number(n), lines: lines ?? [] },
      },
    ]),
  )
}

/** The name of a table, out of the list of kinds. */
const named = (table: string): Sql => ({ text: table, values: [] })

/** Every time a measure could anchor on; how far its limits were judged is none. */
const instants = [
  ...new Set(
    measuredKindsList.flatMap(({ columns }) => columns.filter((name) => /^(?!clock)\w+_at$/.test(name))),
  ),
]

const reachingBack = measuredKindsList.filter((one) => one.reachesBack).map(({ kind }) => kind)

/** What a batch replaced is kept as it was: instants as milliseconds. */
function movedOut(
  tx: Tx,
  batches: string[],
  { back, from, to, people }: { back: number; from: number; to: number; people: boolean },
): Sql {
  return sql`
    select s.batch_id, s.fact_id, (s.before->>'unit_id')::uuid, null::int from intake.superseded s
    where s.organization_id = ${tx.organizationId} and s.batch_id = any(${batches}::uuid[])
      and s.fact_kind = any(${factKinds}::text[])
      and (${people} and s.fact_kind = 'work_order' and (s.before->>'resolved_at')::float8 < ${to} or exists (select from unnest(${instants}::text[]) t (name)
        where (s.before->>t.name)::float8 >= case when s.fact_kind = any(${reachingBack}::text[]) then ${back}::float8 else ${from}::float8 end
          and (s.before->>t.name)::float8 < ${to}))`
}

/** The facts of an undone import are gone: which of them were of this period cannot be told any more. */
async function undone(tx: Tx, { rootUnitId, madeAt }: Since, from: Date): Promise<Touch[]> {
  const rows = await tx.rows<BatchRow & { unit_id: string | null }>(sql`
    select b.id, b.file_name, e.actor_name as by, b.undone_at as at, b.unit_id from intake.batch b
    left join lateral (select coalesce(u.name, a.actor_name) as actor_name from platform.audit_event a
      left join access.user u on u.organization_id = a.organization_id and u.id = a.actor_id
      where a.organization_id = b.organization_id and a.object_kind = 'import' and a.object_id = b.id::text
        and a.action = 'undoImport' and a.result = 'ok' order by a.at desc limit 1) e on true
    where b.organization_id = ${tx.organizationId} and b.state = 'undone' and b.undone_at >= ${from}
      and b.finished_at <= ${madeAt}`)
  return rows.map(({ id, file_name, by, at, unit_id }) => ({
    key: `undo ${id}`,
    unitId: unit_id ?? rootUnitId,
    cause: made({ kind: 'undo', at: at.toISOString(), by, what: file_name, batch: id }),
  }))
}
