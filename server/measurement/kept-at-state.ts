import { createHash } from 'node:crypto'
import { joiningState } from '../directory/index.ts'
import type { Database, Scope, Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'
import { zone } from '../platform/time.ts'
import { peopleCodes } from './measures.ts'

const most = 400
const kept = new Map<string, unknown>()

/**
 * An answer that costs more than looking whether it still holds, kept while all it is made of stands as it was: the
 * cells (every change of a fact moves their version), standards, own measures, copies of periods, the units and their moves and
 * what the actor sees of them, the stages of products, where people are measured the days they joined, and the local day, which
 * decides what is over and what may still move.
 * What else it depends on is in `asked`.
 */
export async function keptAtState<T>(tx: Tx, now: Date, asked: unknown, find: () => Promise<T>): Promise<T> {
  const key = keyAt(tx, await stateOf(tx), now, asked)
  const found = kept.has(key) ? (kept.get(key) as T) : await find()
  keep(key, found)
  return found
}

/** The same outside of a transaction: where the answer still holds, it costs one trip to the database. */
export async function keptReading<T>(
  db: Database,
  scope: Scope,
  now: Date,
  asked: unknown,
  find: (tx: Tx) => Promise<T>,
): Promise<T> {
  const state = await db.transaction(scope, stateOf, { readOnly: true, sentAtOnce: true })
  const key = keyAt(scope, state, now, asked)
  if (!kept.has(key))
    return db.transaction(scope, (tx) => keptAtState(tx, now, asked, () => find(tx)), { readOnly: true })
  const found = kept.get(key) as T
  keep(key, found)
  return found
}

function keyAt(
  { organizationId, unitIds }: Scope,
  state: State | undefined,
  now: Date,
  asked: unknown,
): string {
  const today = zone(state?.[0] ?? 'UTC').localDay(now.getTime())
  const parts = [organizationId, [...unitIds].sort(), state, today, asked]
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64')
}

/** Put last again, so that the first is the one asked for longest ago. */
function keep(key: string, answer: unknown): void {
  kept.delete(key)
  kept.set(key, answer)
  for (const oldest of kept.keys()) {
    if (kept.size <= most) break
    kept.delete(oldest)
  }
}

type State = [zone: string, ...rest: unknown[]]

/** Standards, copies and own measures are never changed without one of these numbers moving. */
const stateOf = async (tx: Tx): Promise<State | undefined> => {
  const [state] = await tx.prepared<State>(
    'state',
    sql`
      select o.zone, o.root_unit_id, o.unit_moves, s.version, s.cell_format,
        (select max(version) from standards.standard where organization_id = o.id),
        (select count(*) from measurement.period_copy where organization_id = o.id),
        (select sum(version) || '/' || count(*) || '/' || max(changed_at) from measurement.own_measure
          where organization_id = o.id),
        (select md5(string_agg(concat_ws(' ', id, parent_id, name, ended_on), ',' order by id)) from directory.unit
          where organization_id = o.id),
        (select md5(string_agg(row(id, launch_on, growth_on, maturity_on)::text, ',' order by id))
          from directory.product where organization_id = o.id
            and (launch_on is not null or growth_on is not null or maturity_on is not null)),
        case when exists (select from standards.indicator where organization_id = o.id and measure = any(${peopleCodes}::text[]))
          then (${joiningState(sql`o.id`)}) end
      from directory.organization o left join measurement.state s on s.organization_id = o.id
      where o.id = ${tx.organizationId}`,
  )
  return state
}
