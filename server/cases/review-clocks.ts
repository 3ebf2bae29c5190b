import type { Database, Tx } from '../platform/database.ts'
import { type FactRow, type FactTable, lockRows, rewriteRows } from '../platform/fact-table.ts'
import { sql } from '../platform/sql.ts'
import { type Clocked, clockedOrders } from './clocked.ts'
import { clockRules, reviewKey } from './context.ts'

const most = 1000
const first = '00000000-0000-0000-0000-000000000000'

interface Review {
  rules: string
  after_id: string | null
}

/**
 * After a standard or a calendar was published, or a unit moved: works out the limits of every fact of the kind anew where they follow from
 * something else now, a thousand at a time, so that an interrupted review goes on where it was. Pauses, what a source
 * gave and what was judged by hand stay. Answers with how many facts it changed.
 */
export async function reviewDues(
  db: Database,
  organizationId: string,
  clocked: Clocked,
  now: Date,
): Promise<number> {
  const scope = await db.wholeScope(organizationId)
  if (!(await db.transaction(scope, (tx) => beginReview(tx, clocked)))) return 0
  let changed = 0
  for (;;) {
    const step = await db.transaction(scope, (tx) => reviewSome(tx, clocked, now))
    changed += step.changed
    if (step.done) return changed
  }
}

export const reviewClocks = (db: Database, organizationId: string, now: Date): Promise<number> =>
  reviewDues(db, organizationId, clockedOrders, now)

/** Whether there are facts to go through. Waits for nobody: while some are being written, the next round begins it. */
async function beginReview(tx: Tx, { facts, table, clocks }: Clocked): Promise<boolean> {
  const alone = await tx.one<{ got: boolean }>(
    sql`select pg_try_advisory_xact_lock(${reviewKey(tx.organizationId)}) as got`,
  )
  if (!alone?.got) return false
  const rules = (await clockRules(tx, clocks)).digest()
  const known = await underReview(tx, facts)
  const under = known?.after_id ?? null
  // An organization without such facts yet has none judged by anything else.
  const some = await tx.one(sql`select 1 from ${table} where organization_id = ${tx.organizationId} limit 1`)
  const afterId = some && known?.rules !== rules ? first : under
  await tx.run(sql`
    insert into cases.clock_review (organization_id, facts, standards, calendars, unit_moves, rules, after_id)
    select ${tx.organizationId}, ${facts},
      (select count(*) from standards.standard where organization_id = ${tx.organizationId}),
      (select count(*) from standards.calendar where organization_id = ${tx.organizationId}),
      (select unit_moves from directory.organization where id = ${tx.organizationId}), ${rules}, ${afterId}
    on conflict (organization_id, facts) do update set standards = excluded.standards, calendars = excluded.calendars,
      unit_moves = excluded.unit_moves, rules = excluded.rules, after_id = excluded.after_id`)
  return afterId !== null
}

const underReview = (tx: Tx, facts: Clocked['facts']): Promise<Review | undefined> =>
  tx.one<Review>(sql`
    select rules, after_id from cases.clock_review
    where organization_id = ${tx.organizationId} and facts = ${facts} for update`)

async function reviewSome(
  tx: Tx,
  { facts, table, clocks, tableOf, derived }: Clocked,
  now: Date,
): Promise<{ changed: number; done: boolean }> {
  const known = await underReview(tx, facts)
  if (!known?.after_id) return { changed: 0, done: true }
  const ids = await tx.rows<{ id: string }>(sql`
    select id from ${table} where organization_id = ${tx.organizationId} and id > ${known.after_id}
    order by id limit ${most}`)
  const last = ids.at(-1)?.id
  const reviewed = tableOf({ ...(await clockRules(tx, clocks)), now })
  const rows = await lockFree(tx, reviewed, ids)
  // Somebody is at one of them: the next round takes them all, and nobody waits for anybody.
  if (rows.length < ids.length) return { changed: 0, done: true }
  const pairs = rows.flatMap((before) => {
    const after = { ...before }
    const moved = reviewed.derive(after) === undefined && derived.some((name) => before[name] !== after[name])
    return moved ? [{ before, after }] : []
  })
  if (pairs.length > 0) await rewriteRows(tx, reviewed, pairs, { sink: null, now })
  const done = ids.length < most
  await tx.run(sql`
    update cases.clock_review set after_id = ${done ? null : (last ?? null)}
    where organization_id = ${tx.organizationId} and facts = ${facts}`)
  return { changed: pairs.length, done }
}

const lockFree = (tx: Tx, table: FactTable, ids: { id: string }[]): Promise<FactRow[]> =>
  lockRows(tx, table, 'id = any($2::uuid[])', [ids.map(({ id }) => id)], 'for update skip locked')
