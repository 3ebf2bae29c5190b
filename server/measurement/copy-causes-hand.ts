import { type FactKind, factKinds } from '../../contract/fact-kinds.ts'
import type { Cause } from '../../contract/measurement.ts'
import type { Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'
import { dayToDate } from '../platform/time.ts'
import { made, type Since, type Touch, withinReach } from './copy-touch.ts'
import { measuredKinds } from './kinds/kinds.ts'

interface EventRow {
  id: string
  at: Date
  by: string
  action: string
  object_kind: string
  object_id: string | null
  detail: Partial<
    Record<'reason' | 'fields' | 'parentId' | 'fromOn' | 'launchOn' | 'growthOn' | 'maturityOn', unknown>
  >
}

const isFact = (kind: string): kind is FactKind => factKinds.some((one) => one === kind)

/** What people did to single records of a period, and units they moved, as the audit trail has it. */
export async function handTouches(tx: Tx, since: Since, from: Date): Promise<Touch[]> {
  const events = await tx.rows<EventRow>(sql`
    select e.id, e.at, coalesce(u.name, e.actor_name) as by, e.action, e.object_kind, e.object_id, e.detail
    from platform.audit_event e
    left join access.user u on u.organization_id = e.organization_id and u.id = e.actor_id
    where e.organization_id = ${tx.organizationId} and e.at >= ${from} and e.result = 'ok'
      and e.object_kind = any(${[...factKinds, 'unit', 'product']}::text[]) and e.object_id is not null
    order by e.at`)
  const found: Touch[] = []
  for (const [kind, some] of Map.groupBy(events, (event) => event.object_kind))
    found.push(
      ...(isFact(kind)
        ? await recordTouches(tx, kind, some, since)
        : kind === 'unit'
          ? await unitTouches(tx, some, since)
          : await productTouches(tx, some)),
    )
  return found
}

interface Fact {
  id: string
  external_id: string
  unit_id: string
  within: boolean
}

async function recordTouches(tx: Tx, kind: FactKind, events: EventRow[], since: Since): Promise<Touch[]> {
  const { table } = measuredKinds[kind]
  const within = withinReach(measuredKinds[kind], since)
  const ids = [...new Set(events.map((event) => event.object_id))]
  const facts = await tx.rows<Fact>(sql`
    select id, external_id, unit_id, coalesce(${within}, false) as within from ${{ text: table, values: [] }}
    where organization_id = ${tx.organizationId} and id = any(${ids}::uuid[])`)
  const byId = new Map(facts.map((fact) => [fact.id, fact]))
  return events.flatMap((event) => {
    const fact = byId.get(event.object_id ?? '')
    const did = verbOf(event.action)
    if (!fact || !did || !(fact.within || movesTime(event))) return []
    const why = typeof event.detail.reason === 'string' ? event.detail.reason : null
    const at = event.at.toISOString()
    const cause = made({ kind: did, at, by: event.by, what: fact.external_id, why, n: 1 })
    return [{ key: event.id, unitId: fact.unit_id, cause }]
  })
}

/** A record whose times were edited may have stood in this period before. */
const movesTime = ({ detail }: EventRow): boolean =>
  Array.isArray(detail.fields) && detail.fields.some((field) => String(field).endsWith('_at'))

function verbOf(action: string): Cause['kind'] | undefined {
  if (action.startsWith('create')) return 'entered'
  if (action.startsWith('edit')) return 'edited'
  if (action.startsWith('exclude')) return 'excluded'
  return action.startsWith('include') ? 'included' : undefined
}

/** A unit put under another takes its figures along from a day on, or all of them where its place was corrected. */
async function unitTouches(tx: Tx, events: EventRow[], { rootUnitId, period }: Since): Promise<Touch[]> {
  const after = dayToDate(period.toDay)
  const touches = ({ fromOn }: EventRow['detail']) =>
    typeof fromOn !== 'string' || fromOn === 'always' || fromOn < after
  const moves = events.filter(
    ({ action, detail }) => action === 'changeUnit' && detail.parentId !== undefined && touches(detail),
  )
  const ids = moves.map((event) => event.object_id)
  const units = await tx.rows<{ id: string; name: string }>(sql`
    select id, name from directory.unit where organization_id = ${tx.organizationId} and id = any(${ids}::uuid[])`)
  const names = new Map(units.map(({ id, name }) => [id, name]))
  return moves.map((event) => ({
    key: event.id,
    unitId: rootUnitId,
    cause: made({
      kind: 'unit',
      at: event.at.toISOString(),
      by: event.by,
      what: names.get(event.object_id ?? '') ?? '',
    }),
  }))
}

/** Other days of a product's stages are those of the records there are as well. */
async function productTouches(tx: Tx, events: EventRow[]): Promise<Touch[]> {
  const staged = events.filter(
    ({ action, detail: { launchOn, growthOn, maturityOn } }) =>
      action === 'changeProduct' && [launchOn, growthOn, maturityOn].some((day) => day !== undefined),
  )
  const ids = staged.map((event) => event.object_id)
  const products = await tx.rows<{ id: string; name: string }>(sql`
    select id, name from directory.product where organization_id = ${tx.organizationId} and id = any(${ids}::uuid[])`)
  const names = new Map(products.map(({ id, name }) => [id, name]))
  return staged.map((event) => ({
    key: event.id,
    unitId: null,
    cause: made({
      kind: 'product',
      at: event.at.toISOString(),
      by: event.by,
      what: names.get(event.object_id ?? '') ?? '',
    }),
  }))
}
