import { randomBytes } from 'node:crypto'
import type { Database } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { Refusal } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { passwordFits } from './password.ts'
import { hashToken } from './sessions.ts'

export const attemptWindowMs = 15 * 60_000
/** Guesses within the window that take effect. */
const most = { account: 10, address: 50, device: 10 }

interface Given {
  login: string
  password: string
  address: string
  /** What the browser was given when it last signed in, if it ever did. */
  device: string | undefined
}

interface SignedIn {
  organizationId: string
  userId: string
  device: string
}

/**
 * Checks a login and password. Guessing is slowed per account and per address. A browser that signed in to this
 * account before has a budget of its own: its owner is not locked out by somebody else's guesses, wherever they come
 * from.
 */
export async function signIn(db: Database, given: Given, now: Date): Promise<SignedIn> {
  const login = normalLogin(given.login)
  const known = given.device !== undefined && (await isKnown(db, login, given.device))
  const attempt = await reserve(db, budgets(login, given, known), now)
  const [way] = await db.global<{ organization_id: string; user_id: string }>(
    sql`select organization_id, user_id from access.login where login = ${login}`,
  )
  // An unknown login takes the same steps, and so the same time.
  const stored = await storedPassword(db, way ?? { organization_id: newId(), user_id: newId() })
  if (!(await passwordFits(stored, given.password)) || !way)
    throw new Refusal('sign_in_failed', 401, {
      zh: '账号或密码不正确。',
      en: 'The login or the password is not right.',
    })
  await db.global(sql`delete from access.sign_in_attempt where id = any(${attempt}::uuid[])`)
  const device = known && given.device ? given.device : randomBytes(32).toString('base64url')
  if (!known) await note(db, knownSubject(login, device), now)
  return { organizationId: way.organization_id, userId: way.user_id, device }
}

export const normalLogin = (login: string): string => login.trim().normalize('NFKC').toLowerCase()

const knownSubject = (login: string, device: string) => `known:${login}|${hashToken(device).toString('hex')}`

const isKnown = async (db: Database, login: string, device: string): Promise<boolean> =>
  (
    await db.global(
      sql`select 1 from access.sign_in_attempt where subject = ${knownSubject(login, device)} limit 1`,
    )
  ).length > 0

const budgets = (login: string, { address, device }: Given, known: boolean): [string, number][] =>
  known && device
    ? [[`device:${login}|${hashToken(device).toString('hex')}`, most.device]]
    : [
        [`account:${login}`, most.account],
        [`address:${address}`, most.address],
      ]

/**
 * Takes the attempt from its budgets before the password is looked at, one after the other: guesses sent all at once
 * count as those sent in turn. A success gives it back.
 */
const reserve = (db: Database, budgets: [string, number][], now: Date): Promise<string[]> =>
  db.transaction({ organizationId: newId(), unitIds: [] }, async (tx) => {
    const since = new Date(now.getTime() - attemptWindowMs)
    const taken: string[] = []
    for (const [subject, limit] of budgets) {
      await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`sign-in ${subject}`}, 0))`)
      const made = await tx.one<{ n: number }>(sql`
        select count(*) as n from access.sign_in_attempt where subject = ${subject} and at > ${since}`)
      if (made && made.n >= limit) throw tooMany()
      const id = newId()
      await tx.run(
        sql`insert into access.sign_in_attempt (subject, at, id) values (${subject}, ${now}, ${id})`,
      )
      taken.push(id)
    }
    return taken
  })

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
