import { mkdirSync } from 'node:fs'
import pg from 'pg'
import { renewCells } from './measurement/index.ts'
import type { Config } from './platform/config.ts'
import { type Connections, embeddedConnections, outsideConnections } from './platform/connect.ts'
import { type Database, openDatabase } from './platform/database.ts'
import {
  DatabaseStartError,
  type Embedded,
  runningEmbedded,
  startEmbedded,
} from './platform/embedded/index.ts'
import { migrate } from './platform/migrate.ts'
import { Refusal } from './platform/refusal.ts'
import { sql } from './platform/sql.ts'

/** The open database and how it came to be: an outside server, our own, or the one a running product keeps. */
export interface Store {
  db: Database
  connections: Connections
  embedded: Embedded | undefined
  close(): Promise<void>
}

const oldestMajor = 15

/**
 * Opens (and, when needed, starts, creates and migrates) the database of a configuration. `alone` is for the
 * serving product: it keeps the server running, so it never works on one that another process keeps.
 */
export async function openStore(
  config: Config,
  log: (line: string) => void,
  { alone = false } = {},
): Promise<Store> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  const { embedded, running } = config.databaseUrl ? {} : await ourServer(config.dataDir, log, alone)
  const connections = config.databaseUrl
    ? outsideConnections(config.databaseUrl)
    : embeddedConnections((embedded ?? running)!)
  try {
    await checkMajor(connections)
    const { applied } = await migrate(connections.owner)
    if (applied.length > 0) log(`migrated: ${applied.join(', ')}`)
  } catch (error) {
    await embedded?.stop()
    throw error
  }
  const db = openDatabase(connections.app)
  try {
    await checkRole(db)
    if (!running) await renewAllCells(db, log)
  } catch (error) {
    await db.end()
    await embedded?.stop()
    throw error
  }
  return {
    db,
    connections,
    embedded,
    close: async () => {
      await db.end()
      await embedded?.stop()
    },
  }
}

/** A server that a killed product left is taken over, not just used: nobody else would bring it back. */
async function ourServer(
  dataDir: string,
  log: (line: string) => void,
  alone: boolean,
): Promise<{ embedded?: Embedded; running?: Pick<Embedded, 'connection'> }> {
  try {
    return { embedded: await startEmbedded({ dataDir, log }) }
  } catch (error) {
    const inUse = error instanceof DatabaseStartError && error.code === 'data_dir_in_use'
    const running = inUse && !alone ? runningEmbedded(dataDir) : undefined
    if (!running) throw error
    return { running }
  }
}

async function renewAllCells(db: Database, log: (line: string) => void): Promise<void> {
  const organizations = await db.global<{ id: string }>(
    sql`select distinct organization_id as id from access.login`,
  )
  for (const { id } of organizations)
    if (await renewCells(db, id, new Date()))
      log(`按新格式重建了统计单元 / built the cells anew in their new layout (${id})`)
}

async function checkMajor(connections: Connections): Promise<void> {
  const client = new pg.Client(connections.owner)
  await client.connect()
  const { rows } = await client.query('show server_version_num')
  await client.end()
  const major = Math.floor(Number(rows[0].server_version_num) / 10_000)
  if (major < oldestMajor)
    throw new Refusal('database_too_old', 500, {
      zh: `数据库是 PostgreSQL ${major}，质环需要 ${oldestMajor} 或更高版本。`,
      en: `The database is PostgreSQL ${major}; Zhihuan needs ${oldestMajor} or newer.`,
    })
}

/** Some poolers drop the option that takes the role: serving as the owner would be serving without the second wall. */
async function checkRole(db: Database): Promise<void> {
  const { rows } = await db.pool.query(
    'select rolsuper or rolbypassrls or rolname <> $1 as wrong from pg_roles where rolname = current_user',
    ['zhihuan_app'],
  )
  if (rows[0]?.wrong !== false)
    throw new Refusal('wrong_role', 500, {
      zh: '数据库连接没有切换到角色 zhihuan_app（连接池可能丢弃了启动参数 options）。请直接连接数据库，或让连接池保留该参数。',
      en: 'The connection did not take the role zhihuan_app (a pooler may drop the start-up parameter options). Connect directly, or let the pooler keep it.',
    })
}
