import { createHash, randomBytes } from 'node:crypto'
import type { Actor } from '../platform/actor.ts'
import type { Database, Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'

const hour = 3_600_000
const idleMs = { browser: 0.5 * hour, key: Number.POSITIVE_INFINITY }
const absoluteMs = 12 * hour

export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()

/** Opens a session with a new 256-bit token; only its hash is kept. */
export async function openSession(
  db: Database,
  owner: { organizationId: string; userId: string },
  now: Date,
  key?: { name: string; days: number },
): Promise<{ token: string; expiresAt: Date }> {
  const token = `${key ? 'zhk' : 'zhs'}.${randomBytes(32).toString('base64url')}`
  const expiresAt = new Date(now.getTime() + (key ? key.days * 24 * hour : absoluteMs))
  await db.global(sql`
    insert into access.session (token_hash, organization_id, user_id, kind, name, created_at, seen_at, expires_at)
    values (${hashToken(token)}, ${owner.organizationId}, ${owner.userId}, ${key ? 'key' : 'browser'},
      ${key?.name ?? null}, ${now}, ${now}, ${expiresAt})`)
  return { token, expiresAt }
}

export async function endSession(db: Database, token: string): Promise<void> {
  await db.global(sql`delete from access.session where token_hash = ${hashToken(token)}`)
}

interface SessionRow {
  organization_id: string
  user_id: string
  kind: 'browser' | 'key'
  seen_at: Date
}

/** The actor behind a token, read anew at each request: a withdrawn right is gone at once. */
export async function actorOfToken(db: Database, token: string, now: Date): Promise<Actor | undefined> {
  const hash = hashToken(token)
  const [session] = await db.global<SessionRow>(sql`
    select organization_id, user_id, kind, seen_at from access.session
    where token_hash = ${hash} and expires_at > ${now}`)
  if (!session) return undefined
  const idle = now.getTime() - session.seen_at.getTime()
  if (idle > idleMs[session.kind]) {
    await endSession(db, token)
    return undefined
  }
  if (idle > 60_000)
    await db.global(sql`update access.session set seen_at = ${now} where token_hash = ${hash}`)
  return db.transaction(
    { organizationId: session.organization_id, unitIds: [] },
    (tx) => readActor(tx, session.user_id, now),
    { readOnly: true },
  )
}

type ActorRow = [
  login: string,
  name: string,
  language: 'zh' | 'en',
  personId: string | null,
  rootUnitId: string,
  grants: Actor['grants'],
]

/**
 * The actor of a user with the units each of the grants reaches. Undefined for a disabled user. One statement, planned
 * once a connection: every request asks it.
 */
export async function readActor(tx: Tx, userId: string, now: Date): Promise<Actor | undefined> {
  const [row] = await tx.prepared<ActorRow>(
    'actor',
    sql`
      with recursive reach as (
        select g.role, g.unit_id, g.unit_id as below from access.grant g
        where g.organization_id = ${tx.organizationId} and g.user_id = ${userId}
          and (g.until is null or g.until > ${now})
        union
        select r.role, r.unit_id, u.id from reach r
        join directory.unit u on u.organization_id = ${tx.organizationId} and u.parent_id = r.below
      ), held as (
        select role, unit_id, jsonb_agg(below order by below) as unit_ids from reach group by role, unit_id
      )
      select u.login, u.name, u.language, u.person_id, o.root_unit_id, coalesce((
        select jsonb_agg(jsonb_build_object('role', role, 'unitId', unit_id, 'unitIds', unit_ids) order by role, unit_id)
        from held), '[]')
      from access.user u join directory.organization o on o.id = u.organization_id
      where u.organization_id = ${tx.organizationId} and u.id = ${userId} and u.disabled_at is null`,
  )
  if (!row) return undefined
  const [login, name, language, personId, rootUnitId, grants] = row
  return { userId, login, name, organizationId: tx.organizationId, language, personId, rootUnitId, grants }
}
