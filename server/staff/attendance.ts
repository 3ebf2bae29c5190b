import type { z } from 'zod'
import { listColumns } from '../../contract/list-columns.ts'
import type * as contract from '../../contract/staff.ts'
import {
  type Edit,
  enter,
  freeNumber,
  type Given,
  type HandContext,
  isoIn,
  type ListQuery,
  namedIn,
  numberIn,
  plainIn,
  provenanceIn,
  type RecordRow,
} from '../cases/index.ts'
import type { Tx } from '../platform/database.ts'
import { editFact } from '../platform/edit-fact.ts'
import type { FactRow } from '../platform/fact-table.ts'
import { inOrder } from '../platform/list-page.ts'
import { changesBetween } from '../platform/record-change.ts'
import { notFound } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { attendanceTable } from './attendance-table.ts'
import { staffPage, staffRows, staffValues, withUnit } from './staff-records.ts'

type Reply = z.input<typeof contract.workingDay>

const attendanceReply = (row: RecordRow): Reply => ({
  id: row.id,
  externalId: String(row.external_id),
  source: String(row.source_name),
  agent: namedIn(row.agent_id, row.agent_name),
  unit: namedIn(row.unit_id, row.unit_name)!,
  workedAt: isoIn(row.worked_at) ?? '',
  scheduledHours: Number(row.scheduled_hours),
  workedHours: numberIn(row.worked_hours),
  onDuty: row.on_duty === true,
  qualified: row.qualified as boolean | null,
  excludedReason: plainIn(row.excluded_reason),
  version: Number(row.version),
  provenance: provenanceIn(row),
})

const list = {
  table: sql`staff.attendance`,
  latest: sql`w.worked_at`,
  columns: {
    externalId: sql`w.external_id`,
    workedAt: sql`w.worked_at`,
    scheduledHours: sql`w.scheduled_hours`,
    workedHours: sql`w.worked_hours`,
    onDuty: sql`w.on_duty::text`,
    qualified: sql`w.qualified::text`,
    excludedReason: sql`w.excluded_reason`,
  },
  shown: listColumns.attendance,
}

export async function listAttendance(tx: Tx, query: ListQuery, zoneName: string) {
  const page = await staffPage(tx, 'attendance', list, query, zoneName)
  return { ...page, items: inOrder(page.ids, await staffRows(tx, list.table, page.ids), attendanceReply) }
}

export async function readAttendance(tx: Tx, id: string): Promise<Reply> {
  const [row] = await staffRows(tx, list.table, [id])
  if (!row) throw notFound()
  return attendanceReply(row)
}

export async function createAttendance(
  tx: Tx,
  { externalId, ...given }: z.output<typeof contract.attendance.create.body>,
  context: HandContext,
): Promise<Reply> {
  const entered = await valuesOf(tx, given)
  const values = await withUnit(tx, entered, entered.worked_at)
  const number = externalId ?? (await freeNumber(tx, attendanceTable, 'KQ', context.sourceId))
  return readAttendance(tx, await enter(tx, attendanceTable, number, values, context))
}

export async function editAttendance(
  tx: Tx,
  id: string,
  given: Given,
  { version, now, told }: Edit,
): Promise<Reply> {
  const values = await valuesOf(tx, given)
  const { before, after } = await editFact(tx, attendanceTable, id, version, values, now)
  told(changesBetween(attendanceTable, before, after))
  return readAttendance(tx, id)
}

/** Whether somebody was there follows from the hours unless it is said. */
async function valuesOf(tx: Tx, { onDuty, ...given }: Given): Promise<FactRow> {
  const said = typeof onDuty === 'boolean' || onDuty === null
  return { ...(await staffValues(tx, given)), ...(said && { on_duty_given: onDuty }) }
}
