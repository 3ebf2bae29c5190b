import type { Tx } from '../platform/database.ts'
import { Refusal } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { sql } from '../platform/sql.ts'
import { columnNames } from './mapping.ts'
import type { TableRow } from './read/table.ts'

/** A cell to read instead of what the file holds. */
export interface Correction {
  line: number
  /** The user's header, told apart from others of that name. */
  column: string
  value: string
}

type Correct = (row: TableRow) => TableRow

const asItCame: Correct = (row) => row

/** Rows as they are to be read; the given row stays as it came. */
export function corrector(corrections: readonly Correction[], header: string[]): Correct {
  if (corrections.length === 0) return asItCame
  const names = columnNames(header)
  const byLine = new Map<number, { index: number; value: string }[]>()
  for (const { line, column, value } of corrections) {
    const index = names.indexOf(column)
    if (index < 0)
      throw new Refusal('correction_wrong', 422, {
        zh: `文件中没有“${column.slice(0, 60)}”列，第 ${line} 行的修改无法套用。请重新预览。`,
        en: `The file has no column "${column.slice(0, 60)}", so the mended cell of line ${line} has no place. Preview it again.`,
      })
    byLine.set(line, [...(byLine.get(line) ?? []), { index, value }])
  }
  return (row) => {
    const mended = byLine.get(row.line)
    if (!mended) return row
    const cells = [...row.cells]
    for (const { index, value } of mended) {
      while (cells.length < index) cells.push(null)
      cells[index] = value
    }
    return { ...row, cells }
  }
}

/** Writes down what was read instead, for the rows of a chunk; says how many cells. */
export async function keepCorrections(
  tx: Tx,
  secrets: Secrets,
  batch: { id: string; unitId: string; userId: string | null; now: Date },
  corrections: readonly Correction[],
  rows: TableRow[],
): Promise<number> {
  if (corrections.length === 0) return 0
  const lines = new Set(rows.map(({ line }) => line))
  const here = [
    ...new Map(
      corrections.filter(({ line }) => lines.has(line)).map((one) => [`${one.line} ${one.column}`, one]),
    ).values(),
  ]
  if (here.length === 0) return 0
  const values = here.map(({ value }) => secrets.encrypt(Buffer.from(value), tx.organizationId))
  return tx.run(sql`
    insert into intake.correction (organization_id, batch_id, line, column_name, unit_id, value, user_id, corrected_at)
    select ${tx.organizationId}::uuid, ${batch.id}::uuid, line, column_name, ${batch.unitId}::uuid, value,
      ${batch.userId}::uuid, ${batch.now}
    from unnest(${here.map(({ line }) => line)}::int[], ${here.map(({ column }) => column)}::text[],
      ${values}::bytea[]) as new (line, column_name, value)`)
}

/** What was read instead in a batch, or in one line of it, and who mended it. */
export async function readCorrections(
  tx: Tx,
  secrets: Secrets,
  batchId: string,
  line: number | null = null,
): Promise<(Correction & { by: string | null })[]> {
  const rows = await tx.rows<{ line: number; column: string; value: Buffer; by: string | null }>(sql`
    select c.line, c.column_name as column, c.value, u.name as by from intake.correction c
    left join access.user u on u.organization_id = c.organization_id and u.id = c.user_id
    where c.organization_id = ${tx.organizationId} and c.batch_id = ${batchId}
      and (${line}::int is null or c.line = ${line}::int)`)
  return rows.map((row) => ({ ...row, value: secrets.decrypt(row.value, tx.organizationId).toString() }))
}
