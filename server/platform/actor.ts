import type { Scope } from './database.ts'
import type { Sql } from './sql.ts'

/** Who acts. `grants` carry the units each role reaches (a role at a unit reaches all below it). */
export interface Actor {
  userId: string
  login: string
  name: string
  organizationId: string
  language: 'zh' | 'en'
  personId: string | null
  grants: { role: string; unitId: string; unitIds: string[] }[]
  rootUnitId: string
}

/** One row to be read by the very statement that finds who asks: a trip to the database for both. */
export interface Beside {
  /** Of the statement; no two have the same. */
  name: string
  of(organizationId: Sql): Sql
}

/** Who asks, and the row that was read beside; empty where there was none. */
export interface Asker {
  actor: Actor
  beside: unknown[]
}

/** Holders of one of the roles; of what is `whole` only those who hold one at the whole organization. */
export interface RolePolicy {
  roles: readonly string[]
  whole?: true
}

/** Who may call a route: anyone, or holders of a role. Their units become the scope. */
export type Policy = { public: true } | RolePolicy

/** The units in which the actor holds one of the roles; undefined when in none. */
export function scopeOf(actor: Actor, roles: readonly string[]): (Scope & { whole: boolean }) | undefined {
  const unitIds = new Set<string>()
  for (const grant of actor.grants) {
    if (!roles.includes(grant.role)) continue
    for (const id of grant.unitIds) unitIds.add(id)
  }
  if (unitIds.size === 0) return undefined
  return {
    organizationId: actor.organizationId,
    unitIds: [...unitIds],
    whole: unitIds.has(actor.rootUnitId),
  }
}

/** Whether the actor may call what has this policy. */
export function allows(actor: Actor, { roles, whole }: RolePolicy): boolean {
  const scope = scopeOf(actor, roles)
  return scope !== undefined && (scope.whole || !whole)
}

/** Where what an actor enters belongs when they name no unit: the root for who sees the whole, else their own. */
export function homeUnitOf(actor: Actor, scope: Scope & { whole: boolean }): string {
  if (scope.whole) return actor.rootUnitId
  const own = actor.grants.find((grant) => scope.unitIds.includes(grant.unitId))
  return own?.unitId ?? scope.unitIds[0] ?? actor.rootUnitId
}
