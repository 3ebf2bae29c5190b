import type { FactSink } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import { accumulator, addChange } from './accumulate.ts'
import { bumpVersion, lockCells, mergeCells } from './cells.ts'
import { organizationOf } from './organization.ts'

/** Measures a bulk import beside its writing; the cells are written last, in the same transaction. */
export async function openSink(tx: Tx, now: Date): Promise<FactSink> {
  const { zone, rootUnitId } = await organizationOf(tx)
  const gathered = accumulator(zone)
  return {
    add: (change) => addChange(gathered, change),
    flush: async (within) => {
      if (gathered.size() === 0) return
      await lockCells(within)
      await mergeCells(within, gathered.take(), rootUnitId)
      await bumpVersion(within, now)
    },
  }
}
