import type pg from 'pg'
import { importFile } from '../server/intake/index.ts'
import { openSink } from '../server/measurement/index.ts'
import { openDatabase } from '../server/platform/database.ts'
import { openSecrets } from '../server/platform/secrets.ts'
import { reportApart } from './apart.ts'
import { now, zoneName } from './tickets.ts'

const given = JSON.parse(process.argv[2] ?? '{}') as {
  app: pg.PoolConfig
  organizationId: string
  folder: string
  path: string
  columns: Record<string, string>
  rows: number
}
const db = openDatabase(given.app)
const scope = await db.wholeScope(given.organizationId)
const secrets = openSecrets(given.folder, undefined)
await reportApart(async () => {
  const done = await importFile(db, scope, {
    kind: 'work-orders',
    path: given.path,
    fileName: 'orders.csv',
    sourceName: 'bench',
    mapping: { zone: zoneName, columns: given.columns },
    userId: null,
    now,
    secrets,
    openSink: (tx) => openSink(tx, now),
  })
  if (done.accepted !== given.rows) throw new Error(`${done.accepted} of ${given.rows} rows accepted`)
})
await db.end()
process.disconnect()
