import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { loadedColumns, seconds } from './load.ts'
import { say } from './report.ts'
import { elapsedMs } from './timing.ts'

/** The DuckDB peer: the same rows in a file of its own. */
export interface Duck {
  rows(statement: string): Promise<Record<string, unknown>[]>
  /** Connections of their own, for clients that ask at the same time. */
  clients(count: number): Promise<((statement: string) => Promise<unknown>)[]>
  close(): void
}

/** What is used of `@duckdb/node-api`. */
interface DuckModule {
  DuckDBInstance: { create(path: string, options: Record<string, string>): Promise<Instance> }
}
interface Instance {
  connect(): Promise<Connection>
  closeSync(): void
}
interface Connection {
  run(statement: string): Promise<unknown>
  runAndReadAll(statement: string): Promise<{ getRowObjectsJson(): Record<string, unknown>[] }>
  closeSync(): void
}

const packageName = '@duckdb/node-api'

/** A yardstick only: where it is not installed its comparisons are left out, and that is said. */
export async function findDuck(): Promise<DuckModule | undefined> {
  try {
    return (await import(packageName)) as DuckModule
  } catch {
    say(
      `DuckDB is not installed, so nothing is compared with it: npm install --no-save ${packageName}@1.5.4-r.1`,
    )
    return undefined
  }
}

const kept = [
  'unit_id',
  'agent_id',
  'product_id',
  'category',
  'subcategory',
  'received_at',
  'responded_at',
  'started_at',
  'resolved_at',
  'occurred_at',
  'response_due_at',
  'resolution_due_at',
  'reopen_count',
  'contact_count',
  'required_fields',
  'filled_fields',
  'clock_at',
]

/** Loads the text in the order of receipt, which suits DuckDB's zone maps. */
export async function openDuck(module: DuckModule, folder: string, copyText: string): Promise<Duck> {
  const instance = await module.DuckDBInstance.create(join(folder, `${randomUUID()}.duckdb`), {
    memory_limit: '4GB',
  })
  const connection = await instance.connect()
  const columns = Object.entries(loadedColumns)
    .map(([name, type]) => `'${name}': '${type}'`)
    .join(', ')
  const took = await elapsedMs(() =>
    connection.run(`
      create table work_order as select ${kept.join(', ')}
      from read_csv('${copyText}', delim = '\t', header = false, nullstr = '\\N', quote = '', escape = '',
        auto_detect = false, columns = {${columns}})`),
  )
  say(`DuckDB has them after ${seconds(took)}`)
  return {
    rows: async (statement) => (await connection.runAndReadAll(statement)).getRowObjectsJson(),
    clients: (count) =>
      Promise.all(
        Array.from({ length: count }, async () => {
          const own = await instance.connect()
          return (statement: string) => own.runAndReadAll(statement)
        }),
      ),
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}
