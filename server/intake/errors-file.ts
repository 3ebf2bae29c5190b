import type { Database, Scope } from '../platform/database.ts'
import type { Secrets } from '../platform/secrets.ts'
import { readBatch, readRejections } from './batches.ts'
import { corrector, readCorrections } from './corrections.ts'
import { writeErrorWorkbook } from './error-workbook.ts'
import { readRaw } from './raw.ts'

/** Writes the rejected rows of a batch as the user's own columns plus the reason beside each row. */
export async function writeErrors(
  db: Database,
  scope: Scope,
  secrets: Secrets,
  batchId: string,
  path: string,
  lang: 'zh' | 'en',
): Promise<{ rows: number }> {
  const { header, rows, mapping } = await db.transaction(scope, async (tx) => {
    const batch = await readBatch(tx, batchId)
    const rejections = await readRejections(tx, batchId, 1_000_000)
    const reasons = Map.groupBy(rejections, (one) => one.line)
    const lines = [...reasons.keys()]
    const correct = corrector(await readCorrections(tx, secrets, batchId), batch.header)
    const raw = await readRaw(tx, secrets, batchId, { from: lines[0] ?? 0, to: lines.at(-1) ?? -1 })
    const rejected = raw.flatMap((row) => {
      const why = reasons.get(row.line)
      return why
        ? [{ ...correct(row), reasons: why.map((one) => ({ column: one.column, text: one[lang] })) }]
        : []
    })
    return { header: batch.header, rows: rejected, mapping: batch.mapping }
  })
  // Where the mapping names a sheet and a header row, the mended file has them there too.
  await writeErrorWorkbook(path, {
    header,
    rows,
    lang,
    ...(mapping.headerRow ? { headerRow: mapping.headerRow } : {}),
    ...(typeof mapping.sheet === 'string' ? { sheet: mapping.sheet } : {}),
  })
  return { rows: rows.length }
}
