import type { FastifyInstance } from 'fastify'
import { openSession } from '../server/access/index.ts'
import { buildApp } from '../server/app.ts'
import { openImports } from '../server/imports.ts'
import { openSecrets } from '../server/platform/secrets.ts'
import type { Loaded } from './reading.ts'
import { now } from './tickets.ts'

export interface BenchApp {
  base: string
  /** of the organization's administrator */
  authorization: string
  close(): Promise<void>
}

/** The product's server over a loaded size, on loopback; `prepare` may add routes of the bench's own. */
export async function startApp(
  { database, scope }: Loaded,
  folder: string,
  prepare: (app: FastifyInstance) => void = () => {},
): Promise<BenchApp> {
  const imports = openImports({ app: database.app, dataDir: folder, log: () => {} })
  const app = await buildApp({
    db: database.db,
    dataDir: folder,
    secrets: openSecrets(folder),
    imports,
    hub: { subscribe: () => () => {}, stop: async () => {} },
    now: () => now,
    importedRows: imports.importedRows,
    requestsPerMinute: 1_000_000,
  })
  prepare(app)
  const base = await app.listen({ host: '127.0.0.1', port: 0 })
  const { organizationId } = scope
  const { rows: users } = await database.raw.query<{ id: string }>(
    `select id from access."user" where organization_id = $1`,
    [organizationId],
  )
  const [user] = users
  if (!user) throw new Error('the bench organization has no user')
  const key = { name: 'bench', days: 1 }
  const { token } = await openSession(database.db, { organizationId, userId: user.id }, now, key)
  return {
    base,
    authorization: `Bearer ${token}`,
    close: async () => {
      await app.close()
      await imports.stop()
    },
  }
}
