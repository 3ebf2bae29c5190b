import type { Me, Role } from '../../contract/access.ts'
import { type Actor, allows, scopeOf } from '../platform/actor.ts'
import type { Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'
import { editingStandards, managing, recording, signedIn } from './roles.ts'

/** The signed-in user, their units and what the menu may offer. */
export async function describeMe(tx: Tx, actor: Actor, now: Date): Promise<Me> {
  const organization = await tx.one<{ name: string; zone: string; monitoring_period: string }>(sql`
    select name, zone, monitoring_period from directory.organization where id = ${tx.organizationId}`)
  const scope = scopeOf(actor, signedIn.roles)
  const units = await tx.rows<{ id: string; name: string; kind: string; parentId: string | null }>(sql`
    select id, name, kind, parent_id as "parentId" from directory.unit
    where organization_id = ${tx.organizationId} and id = any(${scope?.unitIds ?? []}) and ended_on is null
    order by kind, name`)
  const demo = await tx.one(sql`
    select 1 from directory.unit where organization_id = ${tx.organizationId} and demo limit 1`)
  return {
    userId: actor.userId,
    name: actor.name,
    login: actor.login,
    language: actor.language,
    organization: {
      id: tx.organizationId,
      name: organization?.name ?? '',
      zone: organization?.zone ?? 'Asia/Shanghai',
      rootUnitId: actor.rootUnitId,
      monitoringPeriod: organization?.monitoring_period ?? 'month',
    },
    roles: [...new Set(actor.grants.map((grant) => grant.role as Role))],
    whole: scope?.unitIds.includes(actor.rootUnitId) ?? false,
    units,
    can: {
      editStandards: allows(actor, editingStandards),
      import: allows(actor, recording),
      manage: allows(actor, managing),
      write: allows(actor, recording),
      reveal: false,
    },
    demo: demo !== undefined,
    administrators: await administrators(tx, now),
  }
}

/** Whom to ask for a role: somebody who is refused a page should not have to find that out. */
async function administrators(tx: Tx, now: Date): Promise<string[]> {
  const rows = await tx.rows<{ name: string }>(sql`
    select distinct u.name from access.grant g
    join access.user u on u.organization_id = g.organization_id and u.id = g.user_id
    where g.organization_id = ${tx.organizationId} and g.role = 'administrator' and u.disabled_at is null
      and (g.until is null or g.until > ${now})
    order by u.name limit 5`)
  return rows.map(({ name }) => name)
}
