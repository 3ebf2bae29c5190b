import { createHash } from 'node:crypto'
import { mostKeptRows } from '../../contract/list-query.ts'
import type { Tx } from './database.ts'
import { type Sql, sql } from './sql.ts'

/** The longest order takes 4 MB; all that are kept together take 32 MB. */
const mostBytes = 32 * 1_048_576
/** What one costs beside its ids, so that many that hold nothing end too. */
const bytesOfEntry = 1024

interface Kept {
  /** How many rows stand before the first of it. */
  from: number
  /** 16 bytes each; undefined for a list that is too long to be kept. */
  ids: Promise<Buffer | undefined>
  bytes: number
}

/** By reading and question, the one used last at the end. */
const kept = new Map<string, Kept>()

interface Order {
  /** How many rows there are, with those before it. */
  total: number
  /** The ids of at most so many rows from a place on; undefined where the place lies before the order. */
  ids(at: number, count: number): string[] | undefined
  /** It is of the past: the next who asks has another made. */
  forget(): void
}

interface Wanted {
  reading: string
  /** All that says what is listed, under which scope and in which order: another question has another order. */
  question: Sql[]
  /** The place of the cursor that is read on from. */
  at: number
  /** Whether it is made where none is kept. */
  build: boolean
  /** At most so many ids that follow the cursor, in order. */
  following: (most: number) => Sql
}

/**
 * The ids that follow the first rows somebody read of a list, in order, as they were when first asked for: whoever jumps
 * about in a sorted list would else have all of it sorted at each step. It belongs to one reading, so all places in it
 * agree with each other; the rows it leads to are read anew. Undefined where none is kept.
 */
export async function keptOrder(tx: Tx, wanted: Wanted): Promise<Order | undefined> {
  const key = keyOf(wanted)
  const found = kept.get(key)
  if (!found && !wanted.build) return undefined
  const order = found ?? readOrder(tx, key, wanted)
  // Put last again, so that the first is the one used longest ago.
  kept.delete(key)
  kept.set(key, order)
  // Whoever waits for what another reads does without it when that fails.
  const ids = await (found ? order.ids.catch(() => undefined) : order.ids)
  if (!ids) return undefined
  return {
    total: order.from + ids.length / 16,
    ids: (at, count) => (at < order.from ? undefined : printIds(ids, at - order.from, count)),
    forget: () => forget(key, order),
  }
}

const keyOf = ({ reading, question }: Wanted): string =>
  `${reading} ${createHash('sha256').update(JSON.stringify(question)).digest('base64')}`

function readOrder(tx: Tx, key: string, { at, following }: Wanted): Kept {
  const ids = tx
    .one<{ ids: Buffer | null }>(
      sql`select string_agg(uuid_send(id), '') as ids from (${following(mostKeptRows + 1)}) following`,
    )
    .then((row) => {
      const all = row?.ids ?? Buffer.alloc(0)
      return all.length > mostKeptRows * 16 ? undefined : all
    })
  const order: Kept = { from: at, ids, bytes: 0 }
  ids.then(
    (all) => {
      order.bytes = all?.length ?? 0
      makeRoom()
    },
    () => forget(key, order),
  )
  return order
}

function makeRoom(): void {
  let bytes = 0
  for (const order of kept.values()) bytes += order.bytes + bytesOfEntry
  for (const [key, order] of kept) {
    if (bytes <= mostBytes) break
    kept.delete(key)
    bytes -= order.bytes + bytesOfEntry
  }
}

function forget(key: string, order: Kept): void {
  if (kept.get(key) === order) kept.delete(key)
}

function printIds(ids: Buffer, from: number, count: number): string[] {
  const hex = ids.toString('hex', from * 16, (from + count) * 16)
  return Array.from({ length: hex.length / 32 }, (_, i) =>
    hex.slice(i * 32, i * 32 + 32).replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5'),
  )
}
