import { createHash } from 'node:crypto'
import { joiningState } from '../directory/index.ts'
import type { Beside } from '../platform/actor.ts'
import type { Scope, Tx } from '../platform/database.ts'
import { recent } from '../platform/recent.ts'
import { sql } from '../platform/sql.ts'
import { zone } from '../platform/time.ts'
import { peopleCodes } from './measures.ts'

const kept = recent<unknown>(400)

/**
 * An answer that costs more than looking whether it still holds, kept while all it is made of stands as it was: the
 * cells (every change of a fact moves their version), standards, own measures, copies of periods, the units and their moves and
 * what the actor sees of them, the stages of products, where people are measured the days they joined, and the local day, which
 * decides what is over and what may still move.
 * What else it depends on is in `asked`.
 */
export async function keptAtState<T>(tx: Tx, now: Date, asked: unknown, find: () => Promise<T>): Promise<T> {
  const [state] = await tx.prepared<State>(cellState.name, cellState.of(sql`${tx.organizationId}::uuid`))
  const key = keyAt(tx, state, now, asked)
  const found = (kept.get(key) as T | undefined) ?? (await find())
  kept.keep(key, found)
  return found
}

/** The kept answer, where it holds at a state that was read with who asks. */
export function keptAt<T>(scope: Scope, state: unknown[], now: Date, asked: unknown): T | undefined {
  // An organization that was not seen shows nothing of how its cells stand.
  if (typeof state[0] !== 'string') return undefined
  const key = keyAt(scope, state as State, now, asked)
  const found = kept.get(key) as T | undefined
  if (found !== undefined) kept.keep(key, found)
  return found
}

function keyAt(
  { organizationId, unitIds }: Scope,
  state: State | undefined,
  now: Date,
  asked: unknown,
): string {
  const today = zone(state?.[0] ?? 'UTC').localDay(now.getTime())
  return JSON.stringify([organizationId, setOf(unitIds), state, today, asked])
}

const digests = new WeakMap<string[], { of: number; digest: string }>()
/** One short text for the same units in any order; a command that makes units adds them to its list. */
function setOf(unitIds: string[]): string {
  const known = digests.get(unitIds)
  if (known?.of === unitIds.length) return known.digest
  const digest = createHash('sha256').update(unitIds.toSorted().join()).digest('base64')
  digests.set(unitIds, { of: unitIds.length, digest })
  return digest
}

type State = [zone: string, ...rest: unknown[]]

/** Standards, copies and own measures are never changed without one of these numbers moving. */
export const cellState: Beside = {
  name: 'state of cells',
  of: (organizationId) => sql`
    select o.zone, o.root_unit_id, o.unit_moves, s.version, s.cell_format,
      (select max(version) from standards.standard where organization_id = o.id),
      (select count(*) from measurement.period_copy where organization_id = o.id),
      (select sum(version) || '/' || count(*) || '/' || max(changed_at) from measurement.own_measure
        where organization_id = o.id),
      (select sum(hash_record_extended(row(id, parent_id, name, ended_on), 0)) from directory.unit
        where organization_id = o.id),
      (select md5(string_agg(row(id, launch_on, growth_on, maturity_on)::text, ',' order by id))
        from directory.product where organization_id = o.id
          and (launch_on is not null or growth_on is not null or maturity_on is not null)),
      case when exists (select from standards.indicator where organization_id = o.id and measure = any(${peopleCodes}::text[]))
        then (${joiningState(sql`o.id`)}) end
    from directory.organization o left join measurement.state s on s.organization_id = o.id
    where o.id = ${organizationId}`,
}
