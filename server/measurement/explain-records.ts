import type { z } from 'zod'
import type { readRecords } from '../../contract/measurement.ts'
import type { Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'
import type { MeasuredRecord } from './records.ts'
import { memberNames } from './units.ts'

/** A record as it is shown, with the batch its file came in. */
export type DescribedRecord = z.input<typeof readRecords.reply>['items'][number] & { batch: string | null }

/** Gives records the names people know them by: unit, agent, product, file and line. */
export async function describeRecords(tx: Tx, items: MeasuredRecord[]): Promise<DescribedRecord[]> {
  const units = await memberNames(tx, 'unit', distinct(items.map((one) => one.unitId)))
  const agents = await memberNames(tx, 'agent', distinct(items.map((one) => one.agentId)))
  const products = await memberNames(tx, 'product', distinct(items.map((one) => one.productId)))
  const files = await fileNames(tx, distinct(items.map((one) => one.batchId)))
  const named = (names: Map<string, string>, id: string | null) =>
    id === null ? null : (names.get(id) ?? null)
  return items.map((one) => ({
    kind: one.kind,
    id: one.id,
    externalId: one.externalId,
    unit: named(units, one.unitId),
    agent: named(agents, one.agentId),
    product: named(products, one.productId),
    at: new Date(one.at).toISOString(),
    value: one.value,
    measuredIn: one.measuredIn,
    inNumerator: one.inNumerator,
    fileName: named(files, one.batchId),
    line: one.line,
    batch: one.batchId,
  }))
}

const distinct = (ids: (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))]

async function fileNames(tx: Tx, batchIds: string[]): Promise<Map<string, string>> {
  if (batchIds.length === 0) return new Map()
  const rows = await tx.rows<{ id: string; file_name: string }>(sql`
    select id, file_name from intake.batch
    where organization_id = ${tx.organizationId} and id = any(${batchIds}::uuid[])`)
  return new Map(rows.map((row) => [row.id, row.file_name]))
}
