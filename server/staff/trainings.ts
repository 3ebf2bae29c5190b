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
import { inOrder } from '../platform/list-page.ts'
import { changesBetween } from '../platform/record-change.ts'
import { notFound } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { staffPage, staffRows, staffValues, withUnit } from './staff-records.ts'
import { trainingTable } from './training-table.ts'

type Reply = z.input<typeof contract.training>

const trainingReply = (row: RecordRow): Reply => ({
  id: row.id,
  externalId: String(row.external_id),
  source: String(row.source_name),
  kind: row.kind === 'exam' ? 'exam' : 'training',
  agent: namedIn(row.agent_id, row.agent_name),
  unit: namedIn(row.unit_id, row.unit_name)!,
  course: plainIn(row.course),
  heldAt: isoIn(row.held_at) ?? '',
  hours: numberIn(row.hours),
  score: numberIn(row.score),
  passed: row.passed as boolean | null,
  excludedReason: plainIn(row.excluded_reason),
  version: Number(row.version),
  provenance: provenanceIn(row),
})

const list = {
  table: sql`staff.training`,
  latest: sql`w.held_at`,
  columns: {
    externalId: sql`w.external_id`,
    kind: sql`w.kind`,
    course: sql`w.course`,
    heldAt: sql`w.held_at`,
    hours: sql`w.hours`,
    score: sql`w.score`,
    passed: sql`w.passed::text`,
    excludedReason: sql`w.excluded_reason`,
  },
  shown: listColumns.trainings,
}

export async function listTrainings(tx: Tx, query: ListQuery, zoneName: string) {
  const page = await staffPage(tx, 'trainings', list, query, zoneName)
  return { ...page, items: inOrder(page.ids, await staffRows(tx, list.table, page.ids), trainingReply) }
}

export async function readTraining(tx: Tx, id: string): Promise<Reply> {
  const [row] = await staffRows(tx, list.table, [id])
  if (!row) throw notFound()
  return trainingReply(row)
}

export async function createTraining(
  tx: Tx,
  { externalId, ...given }: z.output<typeof contract.trainings.create.body>,
  context: HandContext,
): Promise<Reply> {
  const entered = await staffValues(tx, given)
  const values = await withUnit(tx, entered, entered.held_at)
  const number = externalId ?? (await freeNumber(tx, trainingTable, 'PX', context.sourceId))
  return readTraining(tx, await enter(tx, trainingTable, number, values, context))
}

export async function editTraining(
  tx: Tx,
  id: string,
  given: Given,
  { version, now, told }: Edit,
): Promise<Reply> {
  const values = await staffValues(tx, given)
  const { before, after } = await editFact(tx, trainingTable, id, version, values, now)
  told(changesBetween(trainingTable, before, after))
  return readTraining(tx, id)
}
