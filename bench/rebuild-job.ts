import type pg from 'pg'
import { rebuild } from '../server/measurement/index.ts'
import { openDatabase } from '../server/platform/database.ts'
import { reportApart } from './apart.ts'
import { now } from './tickets.ts'

const given = JSON.parse(process.argv[2] ?? '{}') as { app: pg.PoolConfig; organizationId: string }
const db = openDatabase(given.app)
await reportApart(() => rebuild(db, given.organizationId, { check: false, now }))
await db.end()
process.disconnect()
