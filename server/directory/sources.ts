import type { Tx } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { notFound } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'

/** The source of a name, made when new. */
export async function ensureSource(tx: Tx, name: string, now: Date): Promise<string> {
  await tx.run(sql`
    insert into directory.source (organization_id, id, name, created_at)
    values (${tx.organizationId}, ${newId(now.getTime())}, ${name}, ${now})
    on conflict on constraint source_name_unique do nothing`)
  const row = await tx.one<{ id: string }>(
    sql`select id from directory.source where organization_id = ${tx.organizationId} and name = ${name}`,
  )
  if (!row) throw notFound()
  return row.id
}

/** The source of what people enter by hand. */
export const handSource = (tx: Tx, now: Date): Promise<string> => ensureSource(tx, '手工录入', now)

/** The next number of a source, per organization: two at once come one after the other. */
export async function nextNumber(tx: Tx, sourceId: string): Promise<number> {
  const row = await tx.one<{ n: number }>(sql`
    update directory.source set last_number = last_number + 1
    where organization_id = ${tx.organizationId} and id = ${sourceId} returning last_number as n`)
  if (!row) throw notFound()
  return row.n
}
