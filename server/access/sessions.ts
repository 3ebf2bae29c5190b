import { createHash, randomBytes } from 'node:crypto'
import type { Actor, Asker, Beside } from '../platform/actor.ts'
import type { Database, Tx } from '../platform/database.ts'
import { recent } from '../platform/recent.ts'
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

type Named = [
  login: string,
  name: string,
  organizationId: string,
  language: 'zh' | 'en',
  personId: string | null,
  rootUnitId: string,
]
type ActorRow = [userId: string, ...Named, grants: Actor['grants']]
/** Of a disabled user the first two say something, and no more. */
type SessionRow = [
  kind: 'browser' | 'key',
  seenAt: Date,
  userId: string | null,
  ...Named,
  reach: string,
  grants: Actor['grants'] | null,
  ...beside: unknown[],
]

/** What tokens reached when they were last asked about. */
const reached = recent<{ reach: string; grants: Actor['grants'] }>(500)

/**
 * Who is behind a token, read anew at each request: a withdrawn right is gone at once. The grants of before are taken only
 * where this reading says that the rights and the tree of units are those of before.
 */
export async function askerOfToken(
  db: Database,
  token: string,
  now: Date,
  beside?: Beside,
): Promise<Asker | undefined> {
  const hash = hashToken(token)
  const key = hash.toString('base64')
  const before = reached.get(key)
  const one = sql`access.actor_of_token(${hash}, ${now}, ${before?.reach ?? null}) a`
  // Kept apart by the offset, what is read beside waits for the organization that the walls are then about.
  const [session] = await db.globalPrepared<SessionRow>(
    beside ? `actor of token, ${beside.name}` : 'actor of token',
    beside
      ? sql`select * from ${one} left join lateral (${beside.of(sql`a.organization_id`)} offset 0) b on true`
      : sql`select * from ${one}`,
  )
  reached.drop(key)
  if (!session) return undefined
  const [kind, seenAt, userId, login, name, organizationId, language, personId, rootUnitId, ...rest] = session
  const idle = now.getTime() - seenAt.getTime()
  if (idle > idleMs[kind]) {
    await endSession(db, token)
    return undefined
  }
  if (idle > 60_000)
    await db.global(sql`update access.session set seen_at = ${now} where token_hash = ${hash}`)
  if (userId === null) return undefined
  const [reach, found, ...read] = rest
  const grants = found ?? before!.grants
  reached.keep(key, { reach, grants })
  const actor = actorIn([userId, login, name, organizationId, language, personId, rootUnitId, grants])
  return { actor, beside: read }
}

export const actorOfToken = async (db: Database, token: string, now: Date): Promise<Actor | undefined> =>
  (await askerOfToken(db, token, now))?.actor

/** The actor of a user with the units each of the grants reaches. Undefined for a disabled user. */
export async function readActor(tx: Tx, userId: string, now: Date): Promise<Actor | undefined> {
  const [row] = await tx.prepared<ActorRow>(
    'actor of user',
    sql`select * from access.actor_of_user(${tx.organizationId}, ${userId}, ${now})`,
  )
  return row && actorIn(row)
}

const actorIn = ([
  userId,
  login,
  name,
  organizationId,
  language,
  personId,
  rootUnitId,
  grants,
]: ActorRow): Actor => ({
  userId,
  login,
  name,
  organizationId,
  language,
  personId,
  rootUnitId,
  grants,
})
