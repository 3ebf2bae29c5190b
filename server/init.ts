import type { z } from 'zod'
import type { packName } from '../contract/access.ts'
import { createUser } from './access/index.ts'
import { createOrganization } from './directory/index.ts'
import { recordAudit } from './platform/audit.ts'
import type { Database, Tx } from './platform/database.ts'
import { newId } from './platform/ids.ts'
import { notFound } from './platform/refusal.ts'
import { sql } from './platform/sql.ts'
import { installPack } from './standards/index.ts'

export interface NewOrganization {
  organization: string
  login: string
  password: string
  name?: string
  zone: string
  language: 'zh' | 'en'
  pack: z.infer<typeof packName>
}

/** The first day a pack holds: early enough for whatever history is brought in. */
const alwaysOn = '2000-01-01'

/**
 * A new organization with its administrator and pack, in one transaction. With `onlyFirst` it is refused when
 * there is an account already, however many ask at once. What `andThen` does belongs to that transaction.
 */
export async function initOrganization(
  db: Database,
  given: NewOrganization,
  now: Date,
  options: { onlyFirst: boolean; andThen?: (tx: Tx, rootUnitId: string) => Promise<void> },
): Promise<{ organizationId: string; userId: string }> {
  const organizationId = newId(now.getTime())
  const rootUnitId = newId(now.getTime())
  const work = async (tx: Tx) => {
    await tx.run(sql`select pg_advisory_xact_lock(hashtext('zhihuan set up'))`)
    if (options.onlyFirst && (await tx.one(sql`select 1 from access.login limit 1`))) throw notFound()
    await createOrganization(
      tx,
      { name: given.organization, zone: given.zone, language: given.language, rootUnitId },
      now,
    )
    const userId = await createUser(
      tx,
      {
        login: given.login,
        name: given.name ?? given.login,
        password: given.password,
        role: 'administrator',
        unitId: rootUnitId,
        language: given.language,
      },
      now,
    )
    await installPack(tx, given.pack, { effectiveOn: alwaysOn, authorId: userId, now })
    await recordAudit(
      tx,
      {
        actorId: userId,
        actorName: given.login,
        action: 'setUp',
        objectKind: 'organization',
        objectId: organizationId,
        result: 'ok',
        requestId: null,
        detail: { pack: given.pack },
      },
      now,
    )
    await options.andThen?.(tx, rootUnitId)
    return { organizationId, userId }
  }
  return db.transaction({ organizationId, unitIds: [rootUnitId] }, work, { timeoutMs: 0 })
}
