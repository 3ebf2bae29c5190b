import type { Tx } from '../platform/database.ts'
import { notFound } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'

export interface KeyRow {
  id: string
  name: string
  userName: string
  login: string
  createdAt: string
  seenAt: string
  expiresAt: string
}

interface Reach {
  userId: string
  /** Units in which the reader administers: keys of users all of whose roles lie within them are theirs to revoke. */
  manages: readonly string[]
  now: Date
}

const within = ({ userId, manages }: Reach) => sql`
  (u.id = ${userId} or (
    exists (select from access.grant f where f.organization_id = u.organization_id and f.user_id = u.id)
    and not exists (select from access.grant f where f.organization_id = u.organization_id and f.user_id = u.id
      and f.unit_id <> all(${manages}::uuid[]))))`

/** Names a key without telling it: what is stored is a hash already, and this is a hash of that. */
const nameOfKey = sql`left(encode(sha256(s.token_hash), 'hex'), 32)`

export async function listKeys(tx: Tx, reach: Reach): Promise<KeyRow[]> {
  const rows = await tx.rows<{
    id: string
    name: string | null
    userName: string
    login: string
    created_at: Date
    seen_at: Date
    expires_at: Date
  }>(sql`
    select ${nameOfKey} as id, s.name, u.name as "userName", u.login, s.created_at, s.seen_at, s.expires_at
    from access.session s
    join access.user u on u.organization_id = s.organization_id and u.id = s.user_id
    where s.organization_id = ${tx.organizationId} and s.kind = 'key' and s.expires_at > ${reach.now} and ${within(reach)}
    order by s.created_at desc limit 500`)
  return rows.map(({ created_at, seen_at, expires_at, name, ...row }) => ({
    ...row,
    name: name ?? '',
    createdAt: created_at.toISOString(),
    seenAt: seen_at.toISOString(),
    expiresAt: expires_at.toISOString(),
  }))
}

/** The program that holds it is refused from its next request on. */
export async function revokeKey(tx: Tx, id: string, reach: Reach): Promise<void> {
  const done = await tx.run(sql`
    delete from access.session s using access.user u
    where s.organization_id = ${tx.organizationId} and u.organization_id = s.organization_id and u.id = s.user_id
      and s.kind = 'key' and ${nameOfKey} = ${id} and ${within(reach)}`)
  if (done === 0) throw notFound()
}
