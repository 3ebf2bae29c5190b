import { createHash } from 'node:crypto'
import type { Tx } from '../platform/database.ts'
import { cellState } from './cells.ts'
import { unitsAsked, type Where } from './question.ts'

const most = 200
const kept = new Map<string, unknown>()

/**
 * An answer that costs a walk over facts, kept while the cells stand at the version it was found at: every change of a
 * fact moves the version. What else it depends on is in the key: the units themselves (they move) and what was asked.
 */
export async function keptAtVersion<T>(
  tx: Tx,
  where: Where,
  asked: unknown,
  find: () => Promise<T>,
): Promise<T> {
  const units = [...(await unitsAsked(tx, where))].sort()
  const parts = [tx.organizationId, (await cellState(tx)).version, units, where, asked]
  const key = createHash('sha256').update(JSON.stringify(parts)).digest('base64')
  const found = kept.has(key) ? (kept.get(key) as T) : await find()
  // Put last again, so that the first is the one asked for longest ago.
  kept.delete(key)
  kept.set(key, found)
  for (const oldest of kept.keys()) {
    if (kept.size <= most) break
    kept.delete(oldest)
  }
  return found
}
