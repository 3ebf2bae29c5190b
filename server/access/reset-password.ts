import type { Tx } from '../platform/database.ts'
import { notFound } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { hashPassword } from './password.ts'
import { normalLogin } from './sign-in.ts'

/** Sets a new password, enables the account again and ends all its sessions; answers with the user's id. */
export async function resetPassword(tx: Tx, login: string, password: string): Promise<string> {
  const user = await tx.one<{ id: string }>(sql`
    update access.user set password_hash = ${await hashPassword(password)}, disabled_at = null
    where organization_id = ${tx.organizationId} and login = ${normalLogin(login)} returning id`)
  if (!user) throw notFound()
  await tx.run(
    sql`delete from access.session where organization_id = ${tx.organizationId} and user_id = ${user.id}`,
  )
  return user.id
}
