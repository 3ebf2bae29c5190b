import type { Tx } from './database.ts'
import { newId } from './ids.ts'
import { sql } from './sql.ts'

/** One line of the audit trail: who did what to which object, with what result. Never personal data. */
export interface AuditEntry {
  actorId: string | null
  actorName: string
  action: string
  objectKind: string
  objectId: string | null
  result: 'ok' | 'denied' | 'invalid' | 'failed'
  requestId: string | null
  detail: Record<string, unknown>
}

/** Written in the transaction of the change itself: no audit, no change. */
export async function recordAudit(tx: Tx, entry: AuditEntry, now: Date): Promise<void> {
  await tx.run(sql`
    insert into platform.audit_event (organization_id, id, at, actor_id, actor_name, action, object_kind, object_id,
      result, request_id, detail)
    values (${tx.organizationId}, ${newId(now.getTime())}, ${now}, ${entry.actorId}, ${entry.actorName},
      ${entry.action}, ${entry.objectKind}, ${entry.objectId}, ${entry.result}, ${entry.requestId},
      ${JSON.stringify(entry.detail)})`)
}
