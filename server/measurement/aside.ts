import { type CopyColumn, copyBytes } from '../platform/copy-bytes.ts'
import { copyIn } from '../platform/copy-in.ts'
import type { Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'
import { dateToDay } from '../platform/time.ts'
import { type CellDelta, type Slice, slices } from './accumulate.ts'
import { openBlock } from './block.ts'
import { cellsAtOnce, chunksOf, mergeCells } from './cells.ts'
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
    const cells = chunk
      .map((delta) => ({ slice: delta.slice, month: delta.month, member: delta.member, ...delta.merge() }))
      .filter(({ days }) => days.length > 0)
    const bytes = [...copyBytes(cells, columns)]
    await writing
    // While the database takes these in, the next ones are packed.
    writing = copyIn(tx, 'copy cell_aside from stdin (format binary)', bytes).then(() => {})
    writing.catch(() => {})
  }
  await writing
}

const columns: CopyColumn[] = [
  { name: 'slice', type: 'text' },
  { name: 'month', type: 'day' },
  { name: 'member', type: 'text' },
  { name: 'total', type: 'bytes' },
  { name: 'days', type: 'bytes' },
]

/** Merges what was put aside into the stored cells. The caller holds the lock. */
export async function mergeAside(tx: Tx, rootUnitId: string): Promise<void> {
  await tx.client.query('create index on cell_aside (slice, month_on, member); analyze cell_aside')
  await findShared(tx)
  await storeWhole(tx, rootUnitId)
  const joined = joiner()
  for (let page = await readParts(tx); page.length > 0; page = await readParts(tx, page.at(-1)))
    await mergeCells(tx, page.map(joined), rootUnitId)
  await tx.client.query('drop table cell_aside, cell_shared')
}

/**
 * Cells in several parts, and those of which something is stored. In a statement of its own: looked for while cells are
 * being written, a table taken to be empty would be read through for each of them, all that was just written included.
 */
async function findShared(tx: Tx): Promise<void> {
  await tx.client.query(
    'create temp table cell_shared (slice text, month_on date, member text) on commit drop',
  )
  await tx.run(sql`
    insert into cell_shared select slice, month_on, member from cell_aside a group by slice, month_on, member
    having count(*) > 1 or exists (select from measurement.cell c where c.organization_id = ${tx.organizationId}
      and c.slice = a.slice and c.month_on = a.month_on and c.member = a.member)`)
  await tx.client.query('create index on cell_shared (slice, month_on, member); analyze cell_shared')
}

/** The others are written as they were packed. */
const storeWhole = (tx: Tx, rootUnitId: string): Promise<number> =>
  tx.run(sql`
    insert into measurement.cell (organization_id, slice, month_on, member, unit_id, total, days)
    select ${tx.organizationId}::uuid, slice, month_on, member,
      case when slice = 'unit' then member::uuid else ${rootUnitId}::uuid end, total, days from cell_aside a
    where not exists (select from cell_shared s
      where s.slice = a.slice and s.month_on = a.month_on and s.member = a.member)`)

interface Parts {
  slice: Slice
  month: string
  member: string
  /** One after the other, and how long each is: a list of them would come written out in hex. */
  days: Buffer
  sizes: number[]
}

/** The shared cells behind one, in the order of their keys. */
const readParts = (tx: Tx, behind?: Parts): Promise<Parts[]> =>
  tx.rows(sql`
    select s.slice, s.month_on as month, s.member, parts.days, parts.sizes
    from (
      select slice, month_on, member from cell_shared
      where (slice, month_on, member) > (${behind?.slice ?? ''}, ${behind?.month ?? '-infinity'}::date, ${behind?.member ?? ''})
      order by slice, month_on, member limit ${cellsAtOnce}) s
    cross join lateral (
      select string_agg(a.days, '') as days, array_agg(length(a.days)) as sizes from cell_aside a
      where a.slice = s.slice and a.month_on = s.month_on and a.member = s.member) parts
    order by s.slice, s.month_on, s.member`)

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
