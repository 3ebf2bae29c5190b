import { listColumns } from '../../contract/list-columns.ts'
import { fieldsOf, type ListQuery } from '../cases/index.ts'
import type { Tx } from '../platform/database.ts'
import type { List } from '../platform/list-page.ts'
import { type Sql, sql } from '../platform/sql.ts'
import { replyState } from './reply-state.ts'

const responseColumns: Record<string, Sql> = {
  externalId: sql`w.external_id`,
  workOrder: sql`w.work_order_external_id`,
  submittedAt: sql`w.submitted_at`,
  responseSpeed: sql`w.response_speed`,
  resolutionEfficiency: sql`w.resolution_efficiency`,
  attitude: sql`w.attitude`,
  professionalism: sql`w.professionalism`,
  channelEase: sql`w.channel_ease`,
  handlingQuality: sql`w.handling_quality`,
  overall: sql`w.overall`,
  suggestion: sql`w.suggestion`,
  repliedAt: sql`w.replied_at`,
  replyDueAt: sql`w.reply_due_at`,
  replyState,
  channel: sql`w.channel`,
  recommend: sql`w.recommend`,
  invitation: sql`w.invitation`,
  excludedReason: sql`w.excluded_reason`,
}

const feedbackColumns: Record<string, Sql> = {
  externalId: sql`w.external_id`,
  problem: sql`w.problem`,
  channel: sql`w.channel`,
  status: sql`w.status`,
  score: sql`w.score`,
  suggestion: sql`w.suggestion`,
  repliedAt: sql`w.replied_at`,
  replyDueAt: sql`w.reply_due_at`,
  replyState,
  receivedAt: sql`w.received_at`,
  excludedReason: sql`w.excluded_reason`,
}

/** Answers as a list that can be narrowed and sorted by each of its columns. */
export const responseList = (tx: Tx, query: ListQuery, zoneName: string): List => ({
  from: sql`surveys.response w`,
  id: sql`w.id`,
  where: withinScope(tx, query),
  latest: sql`w.submitted_at`,
  zoneName,
  fields: fieldsOf(listColumns.responses, tx, responseColumns, { at: sql`w.submitted_at`, zoneName }),
})

/** The feedback ledger likewise. */
export const feedbackList = (tx: Tx, query: ListQuery, zoneName: string): List => ({
  from: sql`surveys.feedback w`,
  id: sql`w.id`,
  where: withinScope(tx, query),
  latest: sql`w.received_at`,
  zoneName,
  fields: fieldsOf(listColumns.feedback, tx, feedbackColumns, { at: sql`w.received_at`, zoneName }),
})

function withinScope(tx: Tx, query: ListQuery): Sql[] {
  const where = [sql`w.organization_id = ${tx.organizationId}`, sql`w.unit_id = any(${tx.unitIds}::uuid[])`]
  if (query.unit) where.push(sql`w.unit_id = ${query.unit}`)
  return where
}
