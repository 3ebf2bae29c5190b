import type { ListColumn, ListKind } from '../../contract/list-columns.ts'
import { askedOf, columnsOf, fieldsOf, type Given, type ListQuery, type RecordRow } from '../cases/index.ts'
import { organizationOf, postingsOf, unitOn } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import type { FactRow } from '../platform/fact-table.ts'
import { listPage } from '../platform/list-page.ts'
import { type Sql, sql } from '../platform/sql.ts'
import { dayToDate } from '../platform/time.ts'

/** Rows with the names that belong to their ids, within the actor's units. */
export const staffRows = (tx: Tx, table: Sql, ids: readonly string[]): Promise<RecordRow[]> =>
  tx.rows(sql`
    select f.*, s.name as source_name, u.name as unit_name, a.name as agent_name from ${table} f
    join directory.source s on s.organization_id = f.organization_id and s.id = f.source_id
    join directory.unit u on u.organization_id = f.organization_id and u.id = f.unit_id
    left join directory.person a on a.organization_id = f.organization_id and a.id = f.agent_id
    where f.organization_id = ${tx.organizationId} and f.unit_id = any(${tx.unitIds}::uuid[])
      and f.id = any(${ids}::uuid[])`)

interface StaffList {
  table: Sql
  /** By which the latest come first; the table is called `w`. */
  latest: Sql
  columns: Record<string, Sql>
  shown: readonly ListColumn[]
}

/** The ids of a page of a list, in its order. */
export const staffPage = (
  tx: Tx,
  kind: ListKind,
  { table, latest, columns, shown }: StaffList,
  query: ListQuery,
  zoneName: string,
) =>
  listPage(
    tx,
    {
      from: sql`${table} w`,
      id: sql`w.id`,
      where: [
        sql`w.organization_id = ${tx.organizationId}`,
        sql`w.unit_id = any(${tx.unitIds}::uuid[])`,
        ...(query.unit ? [sql`w.unit_id = ${query.unit}`] : []),
      ],
      latest,
      zoneName,
      fields: fieldsOf(shown, tx, columns),
    },
    askedOf(kind, query),
  )

/** What was entered by hand; numbers become the exact decimals that are kept. */
export async function staffValues(tx: Tx, given: Given): Promise<FactRow> {
  const row = await columnsOf(tx, given)
  for (const [name, value] of Object.entries(row))
    if (typeof value === 'number' && !name.endsWith('_at')) row[name] = decimal(value)
  return row
}

/** Four decimals, as many as are kept, without noughts behind. */
const decimal = (value: number): string => value.toFixed(4).replace(/\.?0+$/, '')

/** The unit a person was posted to at an instant, where the actor may write to it: unless told, a record is that unit's. */
export async function withUnit(tx: Tx, values: FactRow, at: FactRow[string] | undefined): Promise<FactRow> {
  if (values.unit_id !== undefined || typeof values.agent_id !== 'string') return values
  const posted = (await postingsOf(tx, [values.agent_id])).get(values.agent_id)
  if (!posted) return values
  const { zone } = await organizationOf(tx)
  const unit = unitOn(posted, dayToDate(zone.localDay(Number(at))))
  return tx.unitIds.includes(unit) ? { ...values, unit_id: unit } : values
}
