import type { LifeStage } from '../../contract/life-stage.ts'
import { describeCustomer, maskText, stageSql, zoneSql } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import type { Secrets } from '../platform/secrets.ts'
import { type Sql, sql } from '../platform/sql.ts'

/** A row of a table of records with the names that belong to its ids. */
export type RecordRow = Record<string, unknown> & { id: string }

export const namedIn = (id: unknown, name: unknown) =>
  id ? { id: String(id), name: String(name ?? '') } : null
export const numberIn = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value)
export const plainIn = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value)
/** Free text: numbers and mailboxes in it are masked. */
export const maskedIn = (value: unknown): string | null =>
  value === null || value === undefined ? null : maskText(String(value))
export const isoIn = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null)
export const provenanceIn = (row: RecordRow) =>
  row.batch_id && row.line ? { batchId: String(row.batch_id), line: Number(row.line) } : null

/** Always the code with the masked name. */
export const customerIn = (tx: Tx, secrets: Secrets, row: RecordRow) =>
  row.customer_code
    ? describeCustomer(secrets, tx.organizationId, {
        code: String(row.customer_code),
        name_cipher: row.name_cipher as Buffer | null,
      })
    : null

export const orderIn = (row: RecordRow) =>
  row.work_order_external_id
    ? { id: plainIn(row.work_order_id), externalId: String(row.work_order_external_id) }
    : null

/** The stage of life the product `p` of a row of `f` was in on the day of an instant. */
export const recordStage = (at: Sql) =>
  sql`${stageSql(sql`p`, at, zoneSql(sql`f.organization_id`))} as life_stage`

/** Null before the first stage, and where nothing is known of the product's. */
export const stageIn = (value: unknown) => (value === null ? null : (value as LifeStage))

/** Of a table called `f`. */
export const peopleNames = sql`s.name as source_name, u.name as unit_name, a.name as agent_name`
export const peopleJoins = sql`join directory.source s on s.organization_id = f.organization_id and s.id = f.source_id
  join directory.unit u on u.organization_id = f.organization_id and u.id = f.unit_id
  left join directory.person a on a.organization_id = f.organization_id and a.id = f.agent_id`
export const recordNames = sql`${peopleNames}, p.name as product_name`
export const recordJoins = sql`${peopleJoins}
  left join directory.product p on p.organization_id = f.organization_id and p.id = f.product_id`
export const customerNames = sql`c.code as customer_code, i.name_cipher`
export const customerJoins = sql`
  left join directory.customer c on c.organization_id = f.organization_id and c.id = f.customer_id
  left join directory.customer_identity i on i.organization_id = f.organization_id and i.customer_id = f.customer_id`
