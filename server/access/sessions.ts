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

type ActorRow = [
  userId: string,
  login: string,
  name: string,
  organizationId: string,
  language: 'zh' | 'en',
  personId: string | null,
  rootUnitId: string,
  grants: Actor['grants'],
]
type SessionRow = [kind: 'browser' | 'key', seenAt: Date, ...(ActorRow | null[])]

/** The actor behind a token, read anew at each request: a withdrawn right is gone at once. */
export async function actorOfToken(db: Database, token: string, now: Date): Promise<Actor | undefined> {
  const hash = hashToken(token)
  const [session] = await db.globalPrepared<SessionRow>(
    'actor of token',
    sql`select * from access.actor_of_token(${hash}, ${now})`,
  )
  if (!session) return undefined
  const [kind, seenAt, ...actor] = session
  const idle = now.getTime() - seenAt.getTime()
  if (idle > idleMs[kind]) {
    await endSession(db, token)
    return undefined
  }
  if (idle > 60_000)
    await db.global(sql`update access.session set seen_at = ${now} where token_hash = ${hash}`)
  return actor[0] === null ? undefined : actorIn(actor as ActorRow)
}

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
