import type { Database } from '../platform/database.ts'
import { Refusal } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { hashPassword } from './password.ts'
import { hashToken } from './sessions.ts'
import { signIn } from './sign-in.ts'

interface Changing {
  login: string
  current: string
  password: string
  /** Of the browser that asks; its sign-in stays. */
  token: string
  address: string
  device: string | undefined
}

/**
 * Sets a new password for whoever knows the present one, which is guessed no faster here than at the sign-in. Ends the
 * sign-ins of all other browsers; API keys stay until they are revoked. Refuses (400) wrong_password.
 */
export async function changePassword(db: Database, asked: Changing, now: Date): Promise<void> {
  const { login, current, password, token, address, device } = asked
  const { organizationId, userId } = await signIn(
    db,
    { login, password: current, address, device },
    now,
  ).catch((error) => {
    throw error instanceof Refusal && error.code === 'sign_in_failed' ? wrongPassword() : error
  })
  const hash = await hashPassword(password)
  await db.transaction({ organizationId, unitIds: [] }, async (tx) => {
    await tx.run(sql`
      update access.user set password_hash = ${hash} where organization_id = ${organizationId} and id = ${userId}`)
    await tx.run(sql`
      delete from access.session where organization_id = ${organizationId} and user_id = ${userId}
        and kind = 'browser' and token_hash <> ${hashToken(token)}`)
  })
}

const wrongPassword = () =>
  new Refusal('wrong_password', 400, {
    zh: '现在的密码不正确。忘记了的话，请管理员重设。',
    en: 'The present password is not right. If it is forgotten, an administrator can set a new one.',
  })
