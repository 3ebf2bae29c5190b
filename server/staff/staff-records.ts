import { columnsOf, type Given } from '../cases/index.ts'
import { organizationOf, postingsOf, unitOn } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import type { FactRow } from '../platform/fact-table.ts'
import { dayToDate } from '../platform/time.ts'

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
