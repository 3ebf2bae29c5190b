import pg from 'pg'
import type { Sql } from './sql.ts'

// int8 arrives as a number: counts and sums here stay below 2^53 (sums of squares are packed elsewhere).
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
// Days are text 'YYYY-MM-DD': a Date would drag a clock time and a zone along.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

/** What a transaction may see: one organization, and the units of the actor (all of them for its whole). */
export interface Scope {
  organizationId: string
  unitIds: string[]
}

/** An open transaction under a scope. The only way to reach the database. */
export interface Tx extends Scope {
  readOnly: boolean
  rows<Row>(statement: Sql): Promise<Row[]>
  one<Row>(statement: Sql): Promise<Row | undefined>
  /** A statement run often, under a name of its own: planned once a connection, its rows as arrays. */
  prepared<Row extends unknown[]>(name: string, statement: Sql): Promise<Row[]>
  /** Number of rows touched. */
  run(statement: Sql): Promise<number>
  /** For COPY and cursors, which need the connection itself. */
  client: pg.PoolClient
}

export interface Database {
  /** Runs `work` in one transaction of the application role under row-level security. */
  transaction<T>(scope: Scope, work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>
  /** A statement on the tables that hold no organization's records (login, session, attempt). */
  global<Row>(statement: Sql): Promise<Row[]>
  /** One of them that is run often, as `Tx.prepared`. */
  globalPrepared<Row extends unknown[]>(name: string, statement: Sql): Promise<Row[]>
  /** Every unit of the organization: what its workers and whole-organization roles see. */
  wholeScope(organizationId: string): Promise<Scope>
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>
  pool: pg.Pool
  end(): Promise<void>
}

export interface TransactionOptions {
  /** Statements that do not wait for each other may be sent together (`Promise.all`): only COPY is not served. */
  readOnly?: boolean
  repeatableRead?: boolean
  /** Statement time limit in ms; 0 for none (imports, rebuild). Default 30,000. */
  timeoutMs?: number
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function openDatabase(config: pg.PoolConfig): Database {
  const pool = new pg.Pool({ max: 10, connectionTimeoutMillis: 10_000, ...config })
  // An idle connection that breaks (server restart) is dropped by the pool; the next query opens a new one.
  pool.on('error', () => {})

  // A reading sends its statements without waiting for each answer, so it costs few trips to the server and back.
  const readers = new pg.Pool({
    max: 10,
    connectionTimeoutMillis: 10_000,
    ...config,
    pipeline: true,
  })
  readers.on('error', () => {})

  const transaction: Database['transaction'] = async (scope, work, options = {}) => {
    const client = await (options.readOnly ? readers : pool).connect()
    let broken: Error | undefined
    const onError = (error: Error) => {
      broken = error
    }
    client.on('error', onError)
    const leave = () => {
      client.off('error', onError)
      client.release(broken)
    }
    const rollBack = async () => {
      await client.query('rollback').catch((failure: Error) => {
        broken ??= failure
      })
      leave()
    }
    try {
      const opened = client.query(opening(scope, options))
      // Until the opening is done the statements behind it see nothing; when it fails they fail too.
      if (options.readOnly) opened.catch(() => {})
      else await opened
      const result = await work(txOn(client, scope, options.readOnly ?? false))
      await opened
      const closed = client.query('commit')
      if (!options.readOnly) await closed
      // What was read stays read: nobody has to wait for the end of it.
      else
        closed.catch((failure: Error) => {
          broken ??= failure
        })
      closed.then(leave, leave)
      return result
    } catch (error) {
      await rollBack()
      throw error
    }
  }

  return {
    transaction,
    global: async <Row>(statement: Sql) => (await pool.query(statement)).rows as Row[],
    globalPrepared: async <Row extends unknown[]>(name: string, statement: Sql) =>
      (await readers.query<Row>({ ...statement, name, rowMode: 'array' })).rows,
    wholeScope: async (organizationId) => ({
      organizationId,
      unitIds: await transaction({ organizationId, unitIds: [] }, async (tx) =>
        (await tx.client.query('select id from directory.unit')).rows.map((row: { id: string }) => row.id),
      ),
    }),
    listen: (channel, heard) => listen(config, channel, heard),
    pool,
    end: async () => {
      await Promise.all([pool.end(), readers.end()])
    },
  }
}

/** The settings are literals because SET takes no parameters; both are checked to be nothing but uuids. */
function opening(scope: Scope, options: TransactionOptions): string {
  for (const id of [scope.organizationId, ...scope.unitIds])
    if (!uuidPattern.test(id)) throw new Error('a scope holds ids only')
  return [
    `begin isolation level ${options.repeatableRead ? 'repeatable read' : 'read committed'}${options.readOnly ? ' read only' : ''}`,
    `set local app.org = '${scope.organizationId}'`,
    `set local app.units = '{${scope.unitIds.join(',')}}'`,
    `set local statement_timeout = ${options.timeoutMs ?? 30_000}`,
  ].join('; ')
}

function txOn(client: pg.PoolClient, scope: Scope, readOnly: boolean): Tx {
  return {
    ...scope,
    readOnly,
    client,
    rows: async <Row>(statement: Sql) => (await client.query(statement)).rows as Row[],
    one: async <Row>(statement: Sql) => (await client.query(statement)).rows[0] as Row | undefined,
    prepared: async <Row extends unknown[]>(name: string, statement: Sql) =>
      (await client.query<Row>({ ...statement, name, rowMode: 'array' })).rows,
    run: async (statement) => (await client.query(statement)).rowCount ?? 0,
  }
}

async function listen(config: pg.PoolConfig, channel: string, heard: (payload: string) => void) {
  let client: pg.Client | undefined
  let ended = false
  const open = async () => {
    const next = new pg.Client(config)
    // A broken listener reconnects; what was missed meanwhile is found by the worker's own polling.
    next.on('error', () => {
      if (!ended) setTimeout(() => void open().catch(() => {}), 500)
    })
    next.on('notification', (message) => heard(message.payload ?? ''))
    await next.connect()
    await next.query(`listen ${pg.escapeIdentifier(channel)}`)
    client = next
  }
  await open()
  return async () => {
    ended = true
    await client?.end()
  }
}
