import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type Database, openDatabase } from '../server/platform/database.ts'
import { startEmbedded } from '../server/platform/embedded/index.ts'
import { migrate } from '../server/platform/migrate.ts'

/** A database of our own in the bench's server. */
export interface BenchDatabase {
  name: string
  db: Database
  app: pg.PoolConfig
  /** Past the walls, for the peers: they pay nothing for row-level security. */
  raw: pg.Pool
  super: pg.PoolConfig
}

export interface BenchServer {
  /** Everything of the run; gone with `stop`. */
  folder: string
  pid: number
  database(name: string): Promise<BenchDatabase>
  stop(): Promise<void>
}

export async function startServer(): Promise<BenchServer> {
  const folder = mkdtempSync(join(tmpdir(), 'zhihuan-bench-'))
  const server = await startEmbedded({ dataDir: folder, log: () => {} })
  const opened: BenchDatabase[] = []
  let stopping: Promise<void> | undefined
  const end = async () => {
    for (const { db, raw } of opened) {
      await db.end()
      await raw.end()
    }
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return {
    folder,
    pid: server.pid,
    stop: () => {
      stopping ??= end()
      return stopping
    },
    database: async (name) => {
      const client = new pg.Client(server.connection('super'))
      await client.connect()
      await client.query(`create database ${name} owner zhihuan_owner template template0 encoding 'UTF8'`)
      await client.end()
      await migrate({ ...server.connection('owner'), database: name })
      const app = { ...server.connection('app'), database: name }
      const asSuper = { ...server.connection('super'), database: name }
      const one = {
        name,
        app,
        super: asSuper,
        db: openDatabase(app),
        raw: new pg.Pool({ ...asSuper, max: 4 }),
      }
      one.raw.on('error', () => {})
      opened.push(one)
      return one
    },
  }
}
