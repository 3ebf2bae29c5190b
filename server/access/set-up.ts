import { randomBytes, timingSafeEqual } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'

const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const lifeMs = 30 * 60_000

const path = (dataDir: string) => join(dataDir, 'setup-code')

/** Whether nobody has set the product up yet: afterwards the set-up route does not exist. */
export const waitsForSetUp = async (db: Database): Promise<boolean> =>
  (await db.global(sql`select 1 from access.login limit 1`)).length === 0

/** A new one-time code in a file only the operator can read; the caller prints it too. Lives 30 minutes. */
export function makeSetUpCode(dataDir: string): string {
  const bytes = randomBytes(10)
  const letters = [...bytes].map((byte) => alphabet[byte % alphabet.length]).join('')
  const code = `${letters.slice(0, 5)}-${letters.slice(5)}`
  writeFileSync(path(dataDir), `${code}\n`, { mode: 0o600 })
  chmodSync(path(dataDir), 0o600)
  return code
}

export function setUpCodeFits(dataDir: string, given: string, now: Date): boolean {
  if (!existsSync(path(dataDir)) || now.getTime() - statSync(path(dataDir)).mtimeMs > lifeMs) return false
  const expected = Buffer.from(readFileSync(path(dataDir), 'utf8').trim())
  const actual = Buffer.from(given.trim().toUpperCase())
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}

export const dropSetUpCode = (dataDir: string): void => rmSync(path(dataDir), { force: true })
