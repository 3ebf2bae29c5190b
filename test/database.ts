import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { type Connections, embeddedConnections, outsideConnections } from '../server/platform/connect.ts'
import { type Database, openDatabase, type Scope } from '../server/platform/database.ts'
import { runningEmbedded, startEmbedded } from '../server/platform/embedded/index.ts'
import { newId } from '../server/platform/ids.ts'
import { migrate, migrations } from '../server/platform/migrate.ts'

const dataDir = fileURLToPath(new URL('../.test/server', import.meta.url))

/** An empty organization in a database of its own, cloned from the migrated template. */
export interface TestDatabase {
  db: Database
  owner: pg.Pool
  connections: Connections
  organizationId: string
  rootUnitId: string
  /** Every unit of the organization, read anew at each call. */
  whole(): Promise<Scope>
  end(): Promise<void>
}

export async function testDatabase(options: { zone?: string } = {}): Promise<TestDatabase> {
  const server = await testServer()
  const template = await ensureTemplate(server)
  const name = `test_${newId().replaceAll('-', '')}`
  await clone(server, template, name)
  const connections = { owner: at(server.owner, name), app: at(server.app, name) }
  const db = openDatabase(connections.app)
  const owner = new pg.Pool({ ...connections.owner, max: 2 })
  owner.on('error', () => {})
  const organizationId = newId()
  const rootUnitId = newId()
  const now = new Date()
  await db.transaction({ organizationId, unitIds: [rootUnitId] }, async (tx) => {
    await tx.client.query(
      'insert into directory.organization (id, name, zone, root_unit_id, created_at) values ($1, $2, $3, $4, $5)',
      [organizationId, '测试企业', options.zone ?? 'Asia/Shanghai', rootUnitId, now],
    )
    await tx.client.query(
      `insert into directory.unit (organization_id, id, kind, name, created_at) values ($1, $2, 'organization', '测试企业', $3)`,
      [organizationId, rootUnitId, now],
    )
  })
  return {
    db,
    owner,
    connections,
    organizationId,
    rootUnitId,
    whole: () => db.wholeScope(organizationId),
    end: async () => {
      await db.end()
      await owner.end()
    },
  }
}

const at = (config: pg.PoolConfig, database: string): pg.PoolConfig => {
  if (!config.connectionString) return { ...config, database }
  const url = new URL(config.connectionString)
  url.pathname = `/${database}`
  return { ...config, connectionString: url.href }
}

/** The server of the test run: DATABASE_URL's, or the embedded one, started once and shared by all files. */
async function testServer(): Promise<Connections> {
  if (process.env.DATABASE_URL) return outsideConnections(process.env.DATABASE_URL)
  for (let attempt = 0; ; attempt++) {
    const running = runningEmbedded(dataDir)
    if (running) return embeddedConnections(running)
    try {
      const started = await startEmbedded({ dataDir, log: () => {}, keep: true })
      return embeddedConnections(started)
    } catch (error) {
      if (attempt > 100) throw error
      await wait(200)
    }
  }
}

async function ensureTemplate(server: Connections): Promise<string> {
  const hash = createHash('sha256')
  for (const { name, text } of migrations()) hash.update(name).update(text)
  const template = `template_${hash.digest('hex').slice(0, 16)}`
  await asOwner(server, async (client) => {
    await client.query("select pg_advisory_lock(hashtext('zhihuan test template'))")
    const { rows } = await client.query('select 1 from pg_database where datname = $1', [template])
    if (rows.length > 0) return
    const building = `${template}_building`
    await client.query(`drop database if exists ${building}`)
    await client.query(`create database ${building} template template0 encoding 'UTF8'`)
    await migrate(at(server.owner, building))
    await client.query(`alter database ${building} rename to ${template}`)
  })
  return template
}

const clone = (server: Connections, template: string, name: string) =>
  asOwner(server, (client) => client.query(`create database ${name} template ${template} strategy file_copy`))

async function asOwner(server: Connections, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client(
    at(server.owner, server.owner.connectionString ? databaseOf(server.owner) : 'postgres'),
  )
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

const databaseOf = (config: pg.PoolConfig): string =>
  new URL(config.connectionString ?? '').pathname.slice(1) || 'postgres'

/** Ends the shared embedded server and drops what earlier runs left; called by the runner alone. */
export async function dropLeftovers(): Promise<void> {
  const server = await testServer()
  await asOwner(server, async (client) => {
    const { rows } = await client.query("select datname from pg_database where datname like 'test\\_%'")
    for (const { datname } of rows as { datname: string }[])
      await client.query(`drop database if exists ${datname} with (force)`)
  })
}
