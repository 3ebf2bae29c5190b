import type { Tx } from '../platform/database.ts'
import { notFound, Refusal } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { type Zone, zone as zoneOf } from '../platform/time.ts'

const categories = [
  { code: 'hardware', name: '硬件维修' },
  { code: 'software', name: '软件支持' },
  { code: 'consulting', name: '咨询类服务' },
]

/** A new organization with its root unit; `tx` already stands in its scope. */
export async function createOrganization(
  tx: Tx,
  given: { name: string; zone: string; language: 'zh' | 'en'; rootUnitId: string },
  now: Date,
): Promise<void> {
  checkZone(given.zone)
  await tx.run(sql`
    insert into directory.organization (id, name, zone, language, root_unit_id, created_at)
    values (${tx.organizationId}, ${given.name}, ${given.zone}, ${given.language}, ${given.rootUnitId}, ${now})`)
  await tx.run(sql`
    insert into directory.unit (organization_id, id, kind, name, created_at)
    values (${tx.organizationId}, ${given.rootUnitId}, 'organization', ${given.name}, ${now})`)
  for (const { code, name } of categories)
    await tx.run(sql`
      insert into directory.product_category (organization_id, code, name) values (${tx.organizationId}, ${code}, ${name})`)
}

export function checkZone(name: string): void {
  try {
    zoneOf(name)
  } catch {
    throw new Refusal('unknown_zone', 400, {
      zh: `没有时区“${name}”，请用 Asia/Shanghai 这样的名称。`,
      en: `There is no time zone "${name}"; use a name like Asia/Shanghai.`,
    })
  }
}

export interface OrganizationAsked {
  zone: Zone
  rootUnitId: string
  /** Whether any unit ever stood elsewhere than today. */
  unitsMoved: boolean
}

const known = new WeakMap<Tx, Promise<OrganizationAsked>>()

/** The organization a transaction stands in: whose days count, and the unit of what is no team's. A reading asks once. */
export function organizationOf(tx: Tx): Promise<OrganizationAsked> {
  if (!tx.readOnly) return readOrganization(tx)
  const found = known.get(tx) ?? readOrganization(tx)
  known.set(tx, found)
  return found
}

async function readOrganization(tx: Tx): Promise<OrganizationAsked> {
  const [row] = await tx.prepared<[zone: string, rootUnitId: string, unitMoves: number]>(
    'organization',
    sql`select zone, root_unit_id, unit_moves from directory.organization where id = ${tx.organizationId}`,
  )
  if (!row) throw notFound()
  const [zone, rootUnitId, unitMoves] = row
  return { zone: zoneOf(zone), rootUnitId, unitsMoved: unitMoves > 0 }
}
