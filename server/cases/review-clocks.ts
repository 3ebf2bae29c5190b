import type { Database, Tx } from '../platform/database.ts'
import { type FactRow, type FactTable, lockRows, rewriteRows } from '../platform/fact-table.ts'
import { sql } from '../platform/sql.ts'
import { clockRules, reviewKey } from './context.ts'
import { workOrderTable } from './work-order-table.ts'

const most = 1000
const first = '00000000-0000-0000-0000-000000000000'

interface Review {
  rules: string
  after_id: string | null
}

/**
 * After a standard or a calendar was published, or a unit moved: works out the limits of every order anew where they follow from
 * something else now, a thousand at a time, so that an interrupted review goes on where it was. Pauses, what a source
 * gave and what was judged by hand stay. Answers with how many orders it changed.
 */
export async function reviewClocks(db: Database, organizationId: string, now: Date): Promise<number> {
  const scope = await db.wholeScope(organizationId)
  if (!(await db.transaction(scope, (tx) => beginReview(tx)))) return 0
  let changed = 0
  for (;;) {
    const step = await db.transaction(scope, (tx) => reviewSome(tx, now))
    changed += step.changed
    if (step.done) return changed
  }
}

/** Whether there are orders to go through. Waits for nobody: while orders are being written, the next round begins it. */
async function beginReview(tx: Tx): Promise<boolean> {
  const alone = await tx.one<{ got: boolean }>(
    sql`select pg_try_advisory_xact_lock(${reviewKey(tx.organizationId)}) as got`,
  )
  if (!alone?.got) return false
  const rules = (await clockRules(tx)).digest()
  const known = await tx.one<Review>(sql`
    select rules, after_id from cases.clock_review where organization_id = ${tx.organizationId} for update`)
  const under = known?.after_id ?? null
  // An organization without orders yet has none judged by anything else.
  const orders = await tx.one(
    sql`select 1 from cases.work_order where organization_id = ${tx.organizationId} limit 1`,
  )
  const afterId = orders && known?.rules !== rules ? first : under
  await tx.run(sql`
    insert into cases.clock_review (organization_id, standards, calendars, unit_moves, rules, after_id)
    select ${tx.organizationId},
      (select count(*) from standards.standard where organization_id = ${tx.organizationId}),
      (select count(*) from standards.calendar where organization_id = ${tx.organizationId}),
      (select unit_moves from directory.organization where id = ${tx.organizationId}), ${rules}, ${afterId}
    on conflict (organization_id) do update set standards = excluded.standards, calendars = excluded.calendars,
      unit_moves = excluded.unit_moves, rules = excluded.rules, after_id = excluded.after_id`)
  return afterId !== null
}

async function reviewSome(tx: Tx, now: Date): Promise<{ changed: number; done: boolean }> {
  const known = await tx.one<Review>(sql`
    select rules, after_id from cases.clock_review where organization_id = ${tx.organizationId} for update`)
  if (!known?.after_id) return { changed: 0, done: true }
  const ids = await tx.rows<{ id: string }>(sql`
    select id from cases.work_order where organization_id = ${tx.organizationId} and id > ${known.after_id}
    order by id limit ${most}`)
  const last = ids.at(-1)?.id
  const table = workOrderTable({ ...(await clockRules(tx)), now })
  const rows = await lockFree(tx, table, ids)
  // Somebody is at one of them: the next round takes them all, and nobody waits for anybody.
  if (rows.length < ids.length) return { changed: 0, done: true }
  const pairs = rows.flatMap((before) => {
    const after = { ...before }
    return table.derive(after) === undefined && moved(before, after) ? [{ before, after }] : []
  })
  if (pairs.length > 0) await rewriteRows(tx, table, pairs, { sink: null, now })
  const done = ids.length < most
  await tx.run(sql`
    update cases.clock_review set after_id = ${done ? null : (last ?? null)}
    where organization_id = ${tx.organizationId}`)
  return { changed: pairs.length, done }
}

const lockFree = (tx: Tx, table: FactTable, ids: { id: string }[]): Promise<FactRow[]> =>
  lockRows(tx, table, 'id = any($2::uuid[])', [ids.map(({ id }) => id)], 'for update skip locked')

const dueColumns = [
  'response_due_at',
  'start_due_at',
  'plan_due_at',
  'onsite_due_at',
  'resolution_due_at',
  'follow_up_due_at',
  'episode_dues',
] as const
const moved = (before: FactRow, after: FactRow): boolean =>
  dueColumns.some((column) => before[column] !== after[column])
