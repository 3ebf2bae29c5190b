import { organizationOf, seeingAllUnits } from '../directory/index.ts'
import type { FactSink } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'
import { accumulator, addChange, type CellDelta } from './accumulate.ts'
import { mergeAside, putAside } from './aside.ts'
import { bumpVersion, cellState, lockCells, mergeCells } from './cells.ts'
import { sameInCells, sharesOfCells } from './own/in-cells.ts'

/**
 * Measures a bulk import beside its writing; the cells are written last, in the same transaction. `most`: see the
 * accumulator.
 */
export async function openSink(tx: Tx, now: Date, most?: number): Promise<FactSink> {
  const { zone, rootUnitId } = await organizationOf(tx)
  const { own } = await cellState(tx)
  const gathered = accumulator(zone, sharesOfCells(own), most)
  let isAside = false
  const settle = async (within: Tx, deltas: CellDelta[]) => {
    if (deltas.length === 0) return
    isAside = true
    await putAside(within, deltas)
  }
  return {
    add: (change) => addChange(gathered, change),
    settle: (within) => settle(within, gathered.takeSurplus()),
    flush: async (within) => {
      if (gathered.size() === 0) return
      if (isAside) await settle(within, gathered.take())
      await lockCells(within)
      // Measured by definitions that were replaced while the file was read: the worker counts the own measures anew.
      if (!sameInCells(own, (await cellState(within)).own)) await disownOwn(within)
      // Cells of the whole organization change with any team's facts, also when the importer may see one team only.
      await seeingAllUnits(within, () =>
        isAside ? mergeAside(within, rootUnitId) : mergeCells(within, gathered.take(), rootUnitId),
      )
      await bumpVersion(within, now)
    },
  }
}

const disownOwn = (tx: Tx) =>
  tx.run(sql`update measurement.state set own = null where organization_id = ${tx.organizationId}`)
