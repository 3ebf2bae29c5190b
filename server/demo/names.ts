import { createPerson, createProduct, createUnit, organizationOf } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { demoPeople, demoProducts, demoTeams } from './company.ts'
import { stagesOf } from './life-stages.ts'
import { calendarOf } from './orders.ts'

/**
 * Teams, people and products of the demo. What stayed of an earlier demo because own records use it is used again
 * and stays the organization's own.
 */
export async function prepareNames(tx: Tx, now: Date): Promise<void> {
  const { zone } = await organizationOf(tx)
  const teams = await prepareTeams(tx, now)
  const people = await known(tx, 'person', 'employee_no')
  const { nightShiftFromDay, monthStarts } = calendarOf(now, zone)
  for (const { name, employeeNo, team, fromOn } of demoPeople(nightShiftFromDay))
    if (!people.has(employeeNo))
      await createPerson(tx, { name, employeeNo, unitId: teams.get(team) ?? '', fromOn, demo: true }, now)
  const products = await known(tx, 'product', 'code')
  for (const product of demoProducts)
    if (!products.has(product.code))
      await createProduct(tx, { ...product, ...stagesOf(product.code, monthStarts[6]!), demo: true }, now)
}

async function prepareTeams(tx: Tx, now: Date): Promise<Map<string, string>> {
  const made = await known(tx, 'unit', 'name')
  const make = async (name: string, kind: 'department' | 'team', parentId?: string) => {
    const there = made.get(name)
    if (there) return there
    const { id } = await createUnit(tx, { name, kind, demo: true, ...(parentId && { parentId }) }, now)
    made.set(name, id)
    // A unit made just now is not in the list this transaction began with.
    tx.unitIds.push(id)
    await tx.client.query(`set local app.units = '{${tx.unitIds.join(',')}}'`)
    return id
  }
  for (const { name, department } of demoTeams) await make(name, 'team', await make(department, 'department'))
  return made
}

async function known(
  tx: Tx,
  table: 'unit' | 'person' | 'product',
  column: 'name' | 'employee_no' | 'code',
): Promise<Map<string, string>> {
  const { rows } = await tx.client.query<{ name: string; id: string }>(
    `select ${column} as name, id from directory.${table} where organization_id = $1 and ${column} is not null`,
    [tx.organizationId],
  )
  return new Map(rows.map(({ name, id }) => [name, id]))
}
