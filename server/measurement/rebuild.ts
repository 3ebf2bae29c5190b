import type { Database, Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'
import { accumulator, type CellDelta } from './accumulate.ts'
import { bumpVersion, holdsNothing, type PackedCell, packCell, writeCells } from './cells.ts'
import { drainChanges } from './drain.ts'
import { readFacts } from './facts.ts'
import { organizationOf } from './organization.ts'

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
 * is taken before the snapshot, so no import can commit cells between the two.
 */
export async function rebuild(
  db: Database,
  organizationId: string,
  options: { check: boolean; now: Date; onProgress?: (facts: number) => void },
): Promise<Rebuilt> {
  await drainChanges(db, organizationId, options.now)
  const scope = await db.wholeScope(organizationId)
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

async function rebuildWithin(
  tx: Tx,
  options: { check: boolean; now: Date; onProgress?: (facts: number) => void },
): Promise<Rebuilt> {
  const { zone, rootUnitId } = await organizationOf(tx)
  // Changes already visible are in the facts of this snapshot; those still to come stay in the queue.
  const pending = await tx.rows<{ n: number }>(
    sql`select count(*) as n from platform.change where organization_id = ${tx.organizationId}`,
  )
  const gathered = accumulator(zone)
  let facts = 0
  for (const kind of ['work_order', 'response', 'feedback'] as const) {
    for await (const rows of readFacts(tx, kind)) {
      for (const { fact } of rows) gathered.add(kind, fact, 1)
      facts += rows.length
      options.onProgress?.(facts)
    }
  }
  const fresh = gathered.take()
  const compared = await compare(tx, fresh)
  if (!options.check) {
    await tx.run(sql`delete from platform.change where organization_id = ${tx.organizationId}`)
    await tx.run(sql`delete from measurement.cell where organization_id = ${tx.organizationId}`)
    for (let i = 0; i < fresh.length; i += 2000)
      await writeCells(tx, fresh.slice(i, i + 2000).map(packCell), rootUnitId)
    await tx.run(sql`
      update measurement.state set rebuilt_at = ${options.now} where organization_id = ${tx.organizationId}`)
    await bumpVersion(tx, options.now)
  } else if ((pending[0]?.n ?? 0) > 0) {
    // Written between the drain and the snapshot: the facts are ahead of the cells, which is no fault.
    compared.differences.unshift(`${pending[0]?.n} changes still waiting`)
  }
  return { facts, cells: fresh.length, ...compared }
}

async function compare(tx: Tx, fresh: CellDelta[]): Promise<{ differing: number; differences: string[] }> {
  const stored = new Map<string, { total: Buffer; days: Buffer }>()
  const rows = await tx.rows<{
    slice: string
    month_on: string
    member: string
    total: Buffer
    days: Buffer
  }>(sql`
    select slice, month_on, member, total, days from measurement.cell where organization_id = ${tx.organizationId}`)
  for (const row of rows) stored.set(`${row.slice} ${row.month_on} ${row.member}`, row)
  const differences: string[] = []
  let differing = 0
  const differ = (key: string, why: string) => {
    differing++
    if (differences.length < 20) differences.push(`${key}: ${why}`)
  }
  for (const delta of fresh) {
    const cell: PackedCell = packCell(delta)
    if (holdsNothing(cell)) continue
    const key = `${cell.slice} ${cell.monthOn} ${cell.member}`
    const old = stored.get(key)
    stored.delete(key)
    if (!old) differ(key, 'missing')
    else if (!old.total.equals(cell.total) || !old.days.equals(cell.days)) differ(key, 'differs')
  }
  for (const key of stored.keys()) differ(key, 'has no facts')
  return { differing, differences }
}
