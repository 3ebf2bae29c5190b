import { createHash, randomBytes } from 'node:crypto'
import type { Actor } from '../platform/actor.ts'
import type { Database, Tx } from '../platform/database.ts'
import { type Sql, sql } from '../platform/sql.ts'

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

type SessionRow = [organizationId: string, userId: string, kind: 'browser' | 'key', seenAt: Date]

/** Sees no organization. */
const nowhere = { organizationId: '00000000-0000-0000-0000-000000000000', unitIds: [] }

/**
 * The actor behind a token, read anew at each request: a withdrawn right is gone at once. The session itself says in which
 * organization the transaction stands, so both statements are sent together.
 */
export async function actorOfToken(db: Database, token: string, now: Date): Promise<Actor | undefined> {
  const hash = hashToken(token)
  const ofToken = sql`
    select organization_id, user_id from access.session where token_hash = ${hash} and expires_at > ${now}`
  const [[session], actor] = await db.transaction(
    nowhere,
    (tx) =>
      Promise.all([
        tx.prepared<[...SessionRow, entered: string]>(
          'session',
          sql`
            select organization_id, user_id, kind, seen_at, set_config('app.org', organization_id::text, true)
            from access.session where token_hash = ${hash} and expires_at > ${now}`,
        ),
        actorBy(tx, 'actor of token', ofToken, now),
      ]),
    { readOnly: true, sentAtOnce: true },
  )
  if (!session) return undefined
  const [, , kind, seenAt] = session
  const idle = now.getTime() - seenAt.getTime()
  if (idle > idleMs[kind]) {
    await endSession(db, token)
    return undefined
  }
  if (idle > 60_000)
    await db.global(sql`update access.session set seen_at = ${now} where token_hash = ${hash}`)
  return actor
}

type ActorRow = [
  organizationId: string,
  userId: string,
  login: string,
  name: string,
  language: 'zh' | 'en',
  personId: string | null,
  rootUnitId: string,
  grants: Actor['grants'],
]

/** The actor of a user with the units each of the grants reaches. Undefined for a disabled user. */
export const readActor = (tx: Tx, userId: string, now: Date): Promise<Actor | undefined> =>
  actorBy(
    tx,
    'actor',
    sql`select ${tx.organizationId}::uuid as organization_id, ${userId}::uuid as user_id`,
    now,
  )

/** One statement, planned once a connection: every request asks it. */
async function actorBy(tx: Tx, name: string, who: Sql, now: Date): Promise<Actor | undefined> {
  const [row] = await tx.prepared<ActorRow>(
    name,
    sql`
      with recursive who as (${who}), reach as (
        select g.role, g.unit_id, g.unit_id as below from who
        join access.grant g on g.organization_id = who.organization_id and g.user_id = who.user_id
        where g.until is null or g.until > ${now}
        union
        select r.role, r.unit_id, u.id from reach r cross join who
        join directory.unit u on u.organization_id = who.organization_id and u.parent_id = r.below
      ), held as (
        select role, unit_id, jsonb_agg(below order by below) as unit_ids from reach group by role, unit_id
      )
      select u.organization_id, u.id, u.login, u.name, u.language, u.person_id, o.root_unit_id, coalesce((
        select jsonb_agg(jsonb_build_object('role', role, 'unitId', unit_id, 'unitIds', unit_ids) order by role, unit_id)
        from held), '[]')
      from who join access.user u on u.organization_id = who.organization_id and u.id = who.user_id
      join directory.organization o on o.id = u.organization_id
      where u.disabled_at is null`,
  )
  if (!row) return undefined
  const [organizationId, userId, login, userName, language, personId, rootUnitId, grants] = row
  return { userId, login, name: userName, organizationId, language, personId, rootUnitId, grants }
}
