import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from '../server/platform/sql.ts'
import { withStore } from './context.ts'
import { data, language } from './print.ts'
import type { Command } from './run.ts'

interface Check {
  name: string
  ok: boolean
  detail: string
  /** What to do about it, in both languages. */
  remedy?: { zh: string; en: string }
}

const leastFreeGiB = 2

/** What an operator looks at first. Exit 5 when a check fails; a database that does not open fails before. */
export const command: Command = async (_words, flags) =>
  withStore(flags, async ({ db, connections, embedded, dataDir }) => {
    const version = await db.global<{ server_version: string }>(sql`show server_version`)
    const organizations = await db.global<{ n: number }>(
      sql`select count(distinct organization_id) as n from access.login`,
    )
    const waiting = await db.global<{ id: string }>(sql`select platform.organizations_waiting() as id`)
    const host = connections.app.host ?? ''
    const checks: Check[] = [
      { name: 'node', ok: Number(process.versions.node.split('.')[0]) >= 24, detail: process.version },
      dataDirectory(dataDir),
      freeSpace(dataDir),
      {
        name: 'database',
        ok: true,
        detail: `PostgreSQL ${version[0]?.server_version} · ${embedded ? 'embedded' : host || 'DATABASE_URL'}`,
      },
      key(dataDir, organizations[0]?.n ?? 0),
      { name: 'organizations', ok: true, detail: String(organizations[0]?.n ?? 0) },
      { name: 'waiting', ok: true, detail: `${waiting.length}` },
    ]
    const failing = checks.filter(({ ok }) => !ok)
    if (flags.json)
      data({
        ok: failing.length === 0,
        checks: checks.map(({ remedy, ...check }) => ({
          ...check,
          ...(remedy && { remedy: remedy[language()] }),
        })),
      })
    else
      for (const { name, ok, detail, remedy } of checks)
        process.stdout.write(
          `${ok ? '✓' : '✕'} ${name}  ${detail}${remedy ? `  → ${remedy[language()]}` : ''}\n`,
        )
    return failing.length === 0 ? 0 : 5
  })

function dataDirectory(dataDir: string): Check {
  try {
    accessSync(dataDir, constants.W_OK)
    return { name: 'data', ok: true, detail: dataDir }
  } catch {
    const remedy = {
      zh: '请把数据目录改为当前用户可写。',
      en: 'Make the data directory writable for this user.',
    }
    return { name: 'data', ok: false, detail: dataDir, remedy }
  }
}

function freeSpace(dataDir: string): Check {
  const { bavail, bsize } = statfsSync(dataDir)
  const free = (bavail * bsize) / 2 ** 30
  const ok = free >= leastFreeGiB
  const remedy = {
    zh: `请腾出至少 ${leastFreeGiB} GiB 空间。`,
    en: `Free at least ${leastFreeGiB} GiB.`,
  }
  return { name: 'disk', ok, detail: `${free.toFixed(1)} GiB`, ...(!ok && { remedy }) }
}

/** Without the key the names of customers are lost for good. */
function key(dataDir: string, organizations: number): Check {
  const file = process.env.ZHIHUAN_KEY_FILE ?? join(dataDir, 'secrets', 'personal-data.key')
  if (existsSync(file)) return { name: 'key', ok: true, detail: file }
  if (organizations === 0 || process.env.ZHIHUAN_KEY_FILE === undefined)
    return { name: 'key', ok: true, detail: `${file} (made with the first customer)` }
  const remedy = {
    zh: '请恢复密钥文件，否则客户信息无法读出。',
    en: 'Restore the key file; without it customers cannot be read.',
  }
  return { name: 'key', ok: false, detail: file, remedy }
}
