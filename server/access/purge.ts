import type { Database } from '../platform/database.ts'
import { forgetAnswers } from '../platform/http/idempotency.ts'
import { sql } from '../platform/sql.ts'
import { attemptWindowMs } from './sign-in.ts'

const dayMs = 86_400_000
/** A browser that has not been used for this long is a stranger again. */
export const deviceDays = 180

/** Removes what has run out: sessions, sign-in attempts, answers kept for a repeated request. Called once an hour. */
export async function purgeAccess(db: Database, now: Date): Promise<void> {
  const before = (ms: number) => new Date(now.getTime() - ms)
  await db.global(sql`delete from access.session where expires_at <= ${now}`)
  await db.global(sql`
    delete from access.sign_in_attempt
    where at <= ${before(attemptWindowMs)} and (subject not like 'known:%' or at <= ${before(deviceDays * dayMs)})`)
  const organizations = await db.global<{ id: string }>(
    sql`select distinct organization_id as id from access.login`,
  )
  for (const { id } of organizations)
    await db.transaction({ organizationId: id, unitIds: [] }, (tx) => forgetAnswers(tx, before(dayMs)))
}
