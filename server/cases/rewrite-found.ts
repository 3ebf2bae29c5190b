import type { FactSink } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import { type FactRow, type FactTable, lockById, rewriteRows } from '../platform/fact-table.ts'

export interface Found extends Record<string, unknown> {
  id: string
  found: number | boolean | null
}

/** Writes what was found anew of some records into one derived column, telling measuring. */
export async function rewriteFound(
  tx: Tx,
  table: FactTable,
  column: string,
  all: Found[],
  context: { sink: FactSink | null; now: Date },
): Promise<void> {
  const values = new Map(all.map(({ id, found }) => [id, found]))
  const rows = await lockById(tx, table, [...values.keys()])
  const pairs = rows.map((before: FactRow) => ({
    before,
    after: { ...before, [column]: values.get(String(before.id)) ?? null },
  }))
  await rewriteRows(tx, table, pairs, context)
}

export function* chunks<T>(all: Iterable<T>): Generator<T[]> {
  const list = [...all]
  for (let i = 0; i < list.length; i += 2000) yield list.slice(i, i + 2000)
}
