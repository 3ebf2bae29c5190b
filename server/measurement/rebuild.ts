import { organizationOf } from '../directory/index.ts'
import type { FactKind } from '../platform/change.ts'
import type { Database, Scope, Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'
import { periodEnd } from '../platform/time.ts'
import { type Accumulator, accumulator, addChange, type CellDelta } from './accumulate.ts'
import { cellFormat } from './cell.ts'
import {
  bumpVersion,
  cellState,
  cellsAtOnce,
  differingCells,
  holdsNothing,
  keyOf,
  packCell,
  removeCells,
  renewCells,
} from './cells.ts'
import { copyFacts, firstFactMs } from './copy-facts.ts'
import { drainChanges } from './drain.ts'
import { measuredKindsList } from './kinds/kinds.ts'
import type { Fact } from './kinds/measured-kind.ts'
import { ownStanding, sameInCells, sharesOfCells } from './own/in-cells.ts'

export interface Rebuilt {
  facts: number
  cells: number
  /** Cells whose bytes differ from the facts; with `check` they are left as they are. */
  differing: number
  /** The first 20 of them, readable. */
  differences: string[]
}

/**
 * Recomputes every cell from the facts. `check` only compares, byte by byte. The organization's writer lock
 * is taken before the snapshot, so no import can commit cells between the two. Own measures that were composed or
 * changed since the last time are counted from now on.
 */
export async function rebuild(
  db: Database,
  organizationId: string,
  options: { check: boolean; now: Date; onProgress?: (facts: number) => void },
): Promise<Rebuilt> {
  // What still waits is in the facts too: building anew needs no cell as it was.
  const scope = await db.wholeScope(organizationId)
  if (options.check) {
    // Cells that wait for another definition would differ, and it is no fault.
    if (await waitsForOwn(db, scope)) await rebuild(db, organizationId, { ...options, check: false })
    await drainChanges(db, organizationId, options.now)
  }
  const holder = await db.pool.connect()
  const key = `cells:${organizationId}`
  try {
    await holder.query('select pg_advisory_lock(hashtextextended($1, 0))', [key])
    return await db.transaction(scope, (tx) => rebuildWithin(tx, options), {
      repeatableRead: true,
      timeoutMs: 0,
    })
  } finally {
    await holder.query('select pg_advisory_unlock(hashtextextended($1, 0))', [key]).catch(() => {})
    holder.release()
  }
}

type Options = Parameters<typeof rebuild>[2]

/** Whether the cells hold other definitions of own measures than those that stand. */
export const waitsForOwn = (db: Database, scope: Scope): Promise<boolean> =>
  db.transaction(scope, async (tx) => !sameInCells((await cellState(tx)).own, await ownStanding(tx)))

async function rebuildWithin(tx: Tx, options: Options): Promise<Rebuilt> {
  const { zone, rootUnitId } = await organizationOf(tx)
  const own = await ownStanding(tx)
  const gathered = accumulator(zone, sharesOfCells(own))
  const settled = settler(tx, rootUnitId, options.check)
  let facts = 0
  const count = (kind: FactKind) => (fact: Fact) => {
    gathered.add(kind, fact, 1)
    facts++
  }
  if (options.check) await takeBackWaiting(tx, gathered)
  for (const { kind } of measuredKindsList)
    await copyFacts(tx, kind, 'counting before their place', count(kind))
  // Month by month: once its facts are read nothing more can count in it, and its cells leave the memory.
  for (let from = await firstFactMs(tx, undefined); from !== undefined; ) {
    const end = periodEnd('month', zone.localDay(from))
    const span = { fromMs: from, toMs: zone.dayStartMs(end) }
    for (const { kind } of measuredKindsList) await copyFacts(tx, kind, span, count(kind))
    options.onProgress?.(facts)
    await settled.settle(gathered.take(end))
    from = await firstFactMs(tx, span.toMs)
  }
  await settled.settle(gathered.take())
  const compared = await settled.finish()
  if (!options.check) {
    // What is visible here is in the facts that were read; a change still to come stays in the queue.
    await tx.run(sql`delete from platform.change where organization_id = ${tx.organizationId}`)
    await bumpVersion(tx, options.now)
    await tx.run(sql`
      update measurement.state set rebuilt_at = ${options.now}, cell_format = ${cellFormat}, own = ${JSON.stringify(own)}
      where organization_id = ${tx.organizationId}`)
  }
  return { facts, ...compared }
}

/** Changes written between the drain and the snapshot are in the facts and not yet in the cells, which is no fault. */
async function takeBackWaiting(tx: Tx, gathered: Accumulator): Promise<void> {
  const rows = await tx.rows<{ kind: FactKind; id: string; before: unknown; after: unknown }>(sql`
    select fact_kind as kind, fact_id as id, before, after from platform.change
    where organization_id = ${tx.organizationId}`)
  for (const { kind, id, before, after } of rows)
    addChange(gathered, { kind, id, before: after, after: before })
}

const differencesShown = 20

/** Compares fresh cells with the stored ones, and writes those that differ unless it only checks. */
function settler(tx: Tx, rootUnitId: string, check: boolean) {
  const kept = new Set<string>()
  const differences: string[] = []
  let differing = 0
  const differ = (key: string, why: string) => {
    differing++
    if (differences.length < differencesShown) differences.push(`${key}: ${why}`)
  }
  const settle = async (deltas: CellDelta[]) => {
    for (let i = 0; i < deltas.length; i += cellsAtOnce) {
      const cells = deltas
        .slice(i, i + cellsAtOnce)
        .map((delta) => packCell(delta))
        .filter((cell) => !holdsNothing(cell))
      for (const cell of cells) kept.add(keyOf(cell.slice, cell.monthOn, cell.member))
      const wrong = check ? await differingCells(tx, cells) : await renewCells(tx, cells, rootUnitId)
      for (const { slice, month_on, member, stored } of wrong)
        differ(keyOf(slice, month_on, member), stored ? 'differs' : 'missing')
    }
  }
  const finish = async () => {
    const stored = await tx.rows<{ slice: string; month_on: string; member: string }>(
      sql`select slice, month_on, member from measurement.cell where organization_id = ${tx.organizationId}`,
    )
    const gone = stored.filter((cell) => !kept.has(keyOf(cell.slice, cell.month_on, cell.member)))
    for (const cell of gone) differ(keyOf(cell.slice, cell.month_on, cell.member), 'has no facts')
    if (!check)
      await removeCells(
        tx,
        gone.map(({ slice, month_on, member }) => ({ slice, monthOn: month_on, member })),
      )
    return { cells: kept.size, differing, differences }
  }
  return { settle, finish }
}
