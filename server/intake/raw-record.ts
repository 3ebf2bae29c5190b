import { maskContact, maskName, maskText } from '../directory/index.ts'
import type { Database, Scope, Tx } from '../platform/database.ts'
import { notFound } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { sql } from '../platform/sql.ts'
import { readBatch } from './batches.ts'
import { readCorrections } from './corrections.ts'
import { factTables } from './fact-tables.ts'
import { fieldOf, isKind, kinds } from './fields.ts'
import { columnNames, type Mapping } from './mapping.ts'
import { readRawLine } from './raw.ts'

export interface RawRecord {
  fileName: string
  fileHash: string
  line: number
  cells: { column: string; value: string | null; masked: boolean; corrected: string | null }[]
  /** Who mended cells of this line in the preview. */
  correctedBy: string | null
}

/**
 * The file, line and values a fact came from. The fact must be the caller's to see; the line itself is then
 * read for the whole organization, since its batch may be another person's, and nothing else of it is shown.
 */
export async function rawRecord(
  db: Database,
  scope: Scope,
  secrets: Secrets,
  asked: { factId: string; batchId: string; line: number },
): Promise<RawRecord> {
  if (!(await db.transaction(scope, (tx) => maySee(tx, asked)))) throw notFound()
  return db.transaction(await db.wholeScope(scope.organizationId), async (tx) => {
    const batch = await readBatch(tx, asked.batchId)
    const row = await readRawLine(tx, secrets, asked.batchId, asked.line)
    const fieldIn = fieldsByColumn(batch.kind, batch.mapping)
    const names = columnNames(batch.header)
    const corrections = await readCorrections(tx, secrets, asked.batchId, asked.line)
    const mended = new Map(corrections.map((one) => [one.column, one.value]))
    return {
      fileName: batch.fileName,
      fileHash: batch.fileHash,
      line: asked.line,
      cells: names.map((column, i) => {
        const field = fieldIn.get(column)
        const instead = mended.get(column)
        return {
          ...shown(column, row.cells[i] ?? null, field),
          corrected: instead === undefined ? null : (shown(column, instead, field).value ?? ''),
        }
      }),
      correctedBy: corrections[0]?.by ?? null,
    }
  })
}

async function maySee(
  tx: Tx,
  { factId, batchId, line }: { factId: string; batchId: string; line: number },
): Promise<boolean> {
  for (const table of Object.values(factTables)) {
    const found = await tx.one(sql`
      select 1 from ${table} where organization_id = ${tx.organizationId} and id = ${factId}
        and batch_id = ${batchId} and line = ${line} and unit_id = any(${tx.unitIds}::uuid[])`)
    if (found) return true
  }
  return false
}

function fieldsByColumn(kind: string, mapping: Mapping): Map<string, string> {
  const entries = Object.entries(mapping.columns ?? {})
  return new Map(
    entries.map(([column, to]) => [column, isKind(kind) ? (typeof to === 'string' ? to : to.field) : '']),
  )
}

function shown(column: string, cell: unknown, field: string | undefined) {
  const value = textOf(cell)
  if (value === null) return { column, value, masked: false }
  const personal = field !== undefined && personalFields.has(field)
  const hidden = !personal
    ? maskText(value)
    : field === 'contact' || field === 'phone' || field === 'email'
      ? maskContact(value)
      : maskName(value)
  return { column, value: hidden, masked: hidden !== value }
}

const personalFields = new Set(
  kinds.flatMap((kind) =>
    ['customer', 'contact', 'phone', 'email', 'login'].filter((name) => fieldOf(kind, name)?.personal),
  ),
)

function textOf(cell: unknown): string | null {
  if (cell === null || cell === undefined) return null
  if (typeof cell !== 'object') return String(cell)
  if ('date' in cell) return String(cell.date).replace('T', ' ')
  return 'text' in cell ? String(cell.text) : null
}
