import { contactTable, costTable, messageTable, openWorkOrders } from '../cases/index.ts'
import { inspectionTable } from '../inspections/index.ts'
import type { FactKind } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import type { FactTable } from '../platform/fact-table.ts'
import { type Sql, sql } from '../platform/sql.ts'
import { purchaseTable } from '../purchases/index.ts'
import { attendanceTable, trainingTable } from '../staff/index.ts'
import { invitationTable, openFeedback, openResponses } from '../surveys/index.ts'

/** Where the facts lie. */
export const factTables = {
  work_order: sql`cases.work_order`,
  response: sql`surveys.response`,
  feedback: sql`surveys.feedback`,
  invitation: sql`surveys.invitation`,
  contact: sql`cases.contact`,
  inspection: sql`inspections.inspection`,
  training: sql`staff.training`,
  purchase: sql`purchases.purchase`,
  attendance: sql`staff.attendance`,
  message: sql`cases.message`,
  cost: sql`cases.cost`,
} as const satisfies Record<FactKind, Sql>

/** Every table of facts, ready to be written. */
export async function openFactTables(tx: Tx, now: Date): Promise<Record<FactKind, FactTable>> {
  return {
    work_order: await openWorkOrders(tx, now),
    response: await openResponses(tx, now),
    feedback: await openFeedback(tx, now),
    invitation: invitationTable,
    contact: contactTable,
    inspection: inspectionTable,
    training: trainingTable,
    purchase: purchaseTable,
    attendance: attendanceTable,
    message: messageTable,
    cost: costTable,
  }
}

/** Columns of facts that name somebody or something of the directory. */
const naming = {
  unit: ['unit_id', 'supplier_id', 'responder_unit_id'],
  person: ['agent_id', 'responder_id'],
  product: ['product_id'],
  customer: ['customer_id'],
}

/** True of a row `t` of the directory that no fact names; code writes it, no input goes in. */
export const namedByNoFact = (
  tables: Record<FactKind, FactTable>,
  named: 'unit' | 'person' | 'product' | 'customer',
): string =>
  Object.values(tables)
    .flatMap(({ table, columns }) =>
      naming[named]
        .filter((column) => column in columns)
        .map(
          (column) =>
            `not exists (select from ${table} f where f.organization_id = t.organization_id and f.${column} = t.id)`,
        ),
    )
    .concat(
      named === 'person'
        ? // Who solved an order that was opened again stands in the text of its episodes.
          `not exists (select from cases.work_order f where f.organization_id = t.organization_id
             and strpos(f.episodes, t.id::text) > 0)`
        : [],
    )
    .join(' and ')
