import type { Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'
import { dateToDay } from '../platform/time.ts'
import { type CellDelta, type Slice, slices } from './accumulate.ts'
import { openBlock } from './block.ts'
import {
  cellsAtOnce,
  chunksOf,
  holdsNothing,
  mergeCells,
  type PackedCell,
  packCell,
  packedSql,
} from './cells.ts'
import { openMatrix } from './matrix.ts'

/**
 * Puts gathered amounts aside, packed, into a table that this transaction alone sees: so what a long import holds in memory
 * does not grow with its file. A cell that later rows come to again is put aside in several parts.
 */
export async function putAside(tx: Tx, deltas: CellDelta[]): Promise<void> {
  // In line as long as a page holds it: most cells are read once more, and never searched for a part of them.
  await tx.client.query(`
    create temp table if not exists cell_aside (slice text, month_on date, member text, total bytea, days bytea)
      with (toast_tuple_target = 8160) on commit drop;
    alter table cell_aside alter column total set storage external, alter column days set storage external`)
  let writing = Promise.resolve()
  for (const chunk of chunksOf(deltas)) {
    const cells = chunk.map((delta) => packCell(delta)).filter((cell) => !holdsNothing(cell))
    await writing
    // While the database takes these in, the next ones are packed.
    writing = keepAside(tx, cells)
    writing.catch(() => {})
  }
  await writing
}

async function keepAside(tx: Tx, cells: PackedCell[]): Promise<void> {
  if (cells.length > 0)
    await tx.run(sql`
      insert into cell_aside (slice, month_on, member, total, days)
      select slice, month_on, member, total, days from (${packedSql(cells)}) new`)
}

/** Merges what was put aside into the stored cells. The caller holds the lock. */
export async function mergeAside(tx: Tx, rootUnitId: string): Promise<void> {
  await tx.client.query('create index on cell_aside (slice, month_on, member); analyze cell_aside')
  await storeNew(tx, rootUnitId)
  const joined = joiner()
  for (let page = await readParts(tx); page.length > 0; page = await readParts(tx, page.at(-1)))
    await mergeCells(tx, page.map(joined), rootUnitId)
  await tx.client.query('drop table cell_aside')
}

/** Cells in one part of which nothing is stored: they are written as they were packed. */
const storeNew = (tx: Tx, rootUnitId: string): Promise<number> =>
  tx.run(sql`
    with new as (
      delete from cell_aside a using (
        select slice, month_on, member from cell_aside group by slice, month_on, member having count(*) = 1) whole
      where a.slice = whole.slice and a.month_on = whole.month_on and a.member = whole.member
        and not exists (select from measurement.cell c where c.organization_id = ${tx.organizationId}
          and c.slice = a.slice and c.month_on = a.month_on and c.member = a.member)
      returning a.slice, a.month_on, a.member, a.total, a.days)
    insert into measurement.cell (organization_id, slice, month_on, member, unit_id, total, days)
    select ${tx.organizationId}::uuid, slice, month_on, member,
      case when slice = 'unit' then member::uuid else ${rootUnitId}::uuid end, total, days from new`)

interface Parts {
  slice: Slice
  month: string
  member: string
  /** One after the other, and how long each is: a list of them would come written out in hex. */
  days: Buffer
  sizes: number[]
}

/** The cells behind one, in the order of their keys. */
const readParts = (tx: Tx, behind?: Parts): Promise<Parts[]> =>
  tx.rows(sql`
    select slice, month_on as month, member, string_agg(days, '') as days, array_agg(length(days)) as sizes from cell_aside
    where (slice, month_on, member) > (${behind?.slice ?? ''}, ${behind?.month ?? '-infinity'}::date, ${behind?.member ?? ''})
    group by slice, month_on, member order by slice, month_on, member limit ${cellsAtOnce}`)

function joiner(): (cell: Parts) => CellDelta {
  const [block, matrix] = [openBlock(), openMatrix()]
  return ({ slice, month, member, days, sizes }) => ({
    slice,
    member,
    month: dateToDay(month),
    merge: (stored) => {
      const into = slice === slices.at(-1) ? matrix : block
      into.reset()
      if (stored) into.load(stored)
      let at = 0
      for (const size of sizes) {
        into.load(days.subarray(at, at + size))
        at += size
      }
      return into.pack()
    },
  })
}
