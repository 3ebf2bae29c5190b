import { promisify } from 'node:util'
import { deflateRaw, inflateRawSync } from 'node:zlib'
import type { Tx } from '../platform/database.ts'
import { notFound } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { joinSql, sql } from '../platform/sql.ts'
import type { Cell, TableRow } from './read/table.ts'

/** Rows as they came: deflated and encrypted, since they hold whatever the file held. */
export interface RawChunk {
  firstLine: number
  lastLine: number
  body: Buffer
}

/** Deflating is left to another thread. */
export async function packRaw(
  secrets: Secrets,
  organizationId: string,
  rows: TableRow[],
): Promise<RawChunk[]> {
  const chunks: Promise<RawChunk>[] = []
  for (let i = 0; i < rows.length; i += rowsPerRawChunk) {
    const some = rows.slice(i, i + rowsPerRawChunk)
    const [firstLine, lastLine] = [some[0]!.line, some.at(-1)!.line]
    const text = Buffer.from(JSON.stringify(some.map((row) => [row.line, ...row.cells])))
    chunks.push(
      deflated(text, { level: 1 }).then((small) => ({
        firstLine,
        lastLine,
        body: secrets.encrypt(small, organizationId),
      })),
    )
  }
  return Promise.all(chunks)
}

const deflated = promisify(deflateRaw)

/** Rows with the cells of some columns alone; the others are blank. */
export const onlyColumns = (rows: TableRow[], columns: ReadonlySet<number>): TableRow[] =>
  rows.map(({ line, cells }) => ({ line, cells: cells.map((cell, i) => (columns.has(i) ? cell : null)) }))

/** One line is read by opening its whole chunk. */
const rowsPerRawChunk = 1000

export async function keepRaw(
  tx: Tx,
  batch: { id: string; unitId: string },
  chunks: RawChunk[],
): Promise<void> {
  if (chunks.length === 0) return
  const rows = chunks.map(
    ({ firstLine, lastLine, body }) =>
      sql`(${tx.organizationId}, ${batch.id}, ${firstLine}, ${lastLine}, ${batch.unitId}, ${body})`,
  )
  await tx.run(sql`
    insert into intake.raw_chunk (organization_id, batch_id, first_line, last_line, unit_id, body)
    values ${joinSql(rows, ', ')}`)
}

/** The cells of some lines of a batch. */
export async function readRaw(
  tx: Tx,
  secrets: Secrets,
  batchId: string,
  lines: { from: number; to: number },
): Promise<TableRow[]> {
  const chunks = await tx.rows<{ body: Buffer }>(sql`
    select body from intake.raw_chunk where organization_id = ${tx.organizationId} and batch_id = ${batchId}
      and first_line <= ${lines.to} and last_line >= ${lines.from} order by first_line`)
  return chunks.flatMap(({ body }) => {
    const text = inflateRawSync(secrets.decrypt(body, tx.organizationId)).toString()
    return (JSON.parse(text) as [number, ...Cell[]][])
      .map(([line, ...cells]) => ({ line, cells }))
      .filter((row) => row.line >= lines.from && row.line <= lines.to)
  })
}

export async function readRawLine(
  tx: Tx,
  secrets: Secrets,
  batchId: string,
  line: number,
): Promise<TableRow> {
  const [row] = await readRaw(tx, secrets, batchId, { from: line, to: line })
  if (!row) throw notFound()
  return row
}
