import type { Database } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { Refusal } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { passwordFits } from './password.ts'

const window = 15 * 60_000
const perAccount = 10
const perAddress = 50

/**
 * Checks a login and password. Guessing is slowed per account and per address; the true owner, coming from
 * an address that signed in before, is not locked out by somebody else's guesses.
 */
export async function signIn(
  db: Database,
  given: { login: string; password: string; address: string },
  now: Date,
): Promise<{ organizationId: string; userId: string }> {
  const login = normalLogin(given.login)
  const known = `known:${login}|${given.address}`
  const since = new Date(now.getTime() - window)
  const [counts] = await db.global<{ account: number; address: number; known: number }>(sql`
    select count(*) filter (where subject = ${`account:${login}`} and at > ${since}) as account,
      count(*) filter (where subject = ${`address:${given.address}`} and at > ${since}) as address,
      count(*) filter (where subject = ${known}) as known
    from access.sign_in_attempt where subject in (${`account:${login}`}, ${`address:${given.address}`}, ${known})`)
  const familiar = (counts?.known ?? 0) > 0
  const guessed = familiar ? 0 : (counts?.account ?? 0)
  if (guessed >= perAccount || (counts?.address ?? 0) >= perAddress) throw tooMany()
  const [way] = await db.global<{ organization_id: string; user_id: string }>(
    sql`select organization_id, user_id from access.login where login = ${login}`,
  )
  const stored = way && (await storedPassword(db, way))
  if (!(await passwordFits(stored, given.password)) || !way) {
    const subjects = familiar
      ? [`address:${given.address}`]
      : [`account:${login}`, `address:${given.address}`]
    for (const subject of subjects) await note(db, subject, now)
    throw new Refusal('sign_in_failed', 401, {
      zh: '账号或密码不正确。',
      en: 'The login or the password is not right.',
    })
  }
  await db.global(sql`delete from access.sign_in_attempt where at < ${since} and subject not like 'known:%'`)
  if (!familiar) await note(db, known, now)
  return { organizationId: way.organization_id, userId: way.user_id }
}

export const normalLogin = (login: string): string => login.trim().normalize('NFKC').toLowerCase()

const storedPassword = (db: Database, way: { organization_id: string; user_id: string }) =>
  db.transaction({ organizationId: way.organization_id, unitIds: [] }, async (tx) => {
    const user = await tx.one<{ password_hash: string }>(sql`
      select password_hash from access.user
      where organization_id = ${tx.organizationId} and id = ${way.user_id} and disabled_at is null`)
    return user?.password_hash
  })

const note = (db: Database, subject: string, now: Date) =>
  db.global(sql`insert into access.sign_in_attempt (subject, at, id) values (${subject}, ${now}, ${newId()})`)

const tooMany = () =>
  new Refusal('too_many_attempts', 429, {
    zh: '尝试次数过多，请 15 分钟后再试。',
    en: 'Too many attempts; try again in 15 minutes.',
  })
