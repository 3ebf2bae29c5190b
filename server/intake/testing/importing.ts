import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestDatabase, testDatabase } from '../../../test/database.ts'
import { drainChanges, openSink, rebuild } from '../../measurement/index.ts'
import type { Scope } from '../../platform/database.ts'
import { openSecrets, type Secrets } from '../../platform/secrets.ts'
import type { ImportRequest } from '../import-file.ts'
import { type Imported, importFile, type Kind, undoImport } from '../index.ts'

export const importedAt = new Date('2024-06-15T02:00:00Z')

/** An organization of its own, a scratch directory, and files brought in by their text. */
export interface Importing extends TestDatabase {
  secrets: Secrets
  bring(kind: Kind, text: string, options?: Partial<ImportRequest> & { scope?: Scope }): Promise<Imported>
  undo(batch: string | null, scope?: Scope): Promise<{ kept: { kind: string; externalId: string }[] }>
  rows<Row = Record<string, unknown>>(statement: string, values?: unknown[]): Promise<Row[]>
  /** What stands in the cells that the facts do not say; empty when all is well. */
  differences(): Promise<string[]>
  /** Every row of the tables that records live in, without the marks of when and by which file. */
  contents(): Promise<unknown>
}

export async function openImporting(): Promise<Importing> {
  const t = await testDatabase()
  const dir = mkdtempSync(join(tmpdir(), 'zhihuan-test-'))
  const secrets = openSecrets(dir, undefined)
  let files = 0
  const rows = async <Row>(statement: string, values: unknown[] = []) =>
    t.db.transaction(await t.whole(), async (tx) => (await tx.client.query(statement, values)).rows as Row[])
  return {
    ...t,
    secrets,
    rows,
    bring: async (kind, text, { scope, ...options } = {}) => {
      const path = join(dir, `${files++}.csv`)
      writeFileSync(path, text)
      const now = options.now ?? importedAt
      return importFile(t.db, scope ?? (await t.whole()), {
        kind,
        path,
        fileName: 'rows.csv',
        userId: null,
        now,
        secrets,
        openSink: (tx) => openSink(tx, now),
        ...options,
      })
    },
    undo: async (batch, scope) =>
      undoImport(t.db, scope ?? (await t.whole()), batch ?? '', {
        now: importedAt,
        openSink: (tx) => openSink(tx, importedAt),
      }),
    differences: async () => {
      await drainChanges(t.db, t.organizationId, importedAt)
      return (await rebuild(t.db, t.organizationId, { check: true, now: importedAt })).differences
    },
    contents: async () => {
      const tables = await Promise.all([
        rows('select * from cases.work_order order by source_id, external_id'),
        rows('select * from surveys.response order by source_id, external_id'),
        rows('select * from surveys.feedback order by source_id, external_id'),
        rows('select * from surveys.invitation order by source_id, external_id'),
        rows('select * from cases.contact order by source_id, external_id'),
        rows('select * from inspections.inspection order by source_id, external_id'),
        rows('select * from staff.training order by source_id, external_id'),
        rows('select * from purchases.purchase order by source_id, external_id'),
        rows('select * from staff.attendance order by source_id, external_id'),
        rows('select * from cases.message order by source_id, external_id'),
        rows('select * from cases.cost order by source_id, external_id'),
        rows('select * from cases.event order by case_id, at, activity, actor'),
        rows('select name from directory.person order by name'),
        rows('select code from directory.product order by code'),
        rows('select code from directory.customer order by code'),
        rows('select slice, month_on, member, total, days from measurement.cell order by 1, 2, 3'),
      ])
      return tables
    },
    end: async () => {
      await t.end()
      rmSync(dir, { recursive: true })
    },
  }
}
