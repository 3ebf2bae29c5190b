import type { z } from 'zod'
import type * as contract from '../../contract/surveys.ts'
import {
  askedOf,
  customerIn,
  customerJoins,
  customerNames,
  isoIn,
  type ListQuery,
  maskedIn,
  namedIn,
  numberIn,
  orderIn,
  plainIn,
  provenanceIn,
  type RecordRow,
  recordJoins,
  recordNames,
  recordStage,
  stageIn,
} from '../cases/index.ts'
import type { Tx } from '../platform/database.ts'
import { inOrder, listPage } from '../platform/list-page.ts'
import { notFound } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { sql } from '../platform/sql.ts'
import { feedbackList, responseList } from './rating-list.ts'
import { type ReplyState, replyState } from './reply-state.ts'

export type ResponseReply = z.input<typeof contract.response>
export type FeedbackReply = z.input<typeof contract.feedbackLine>
function responseReply(row: RecordRow): ResponseReply {
  return {
    id: row.id,
    externalId: String(row.external_id),
    source: String(row.source_name),
    origin: row.origin === 'work_order' ? 'work_order' : 'survey',
    workOrder: orderIn(row),
    invitation: plainIn(row.invitation),
    unit: namedIn(row.unit_id, row.unit_name)!,
    agent: namedIn(row.agent_id, row.agent_name),
    product: namedIn(row.product_id, row.product_name),
    lifeStage: stageIn(row.life_stage),
    submittedAt: (row.submitted_at as Date).toISOString(),
    responseSpeed: numberIn(row.response_speed),
    resolutionEfficiency: numberIn(row.resolution_efficiency),
    attitude: numberIn(row.attitude),
    professionalism: numberIn(row.professionalism),
    channelEase: numberIn(row.channel_ease),
    handlingQuality: numberIn(row.handling_quality),
    overall: numberIn(row.overall),
    recommend: numberIn(row.recommend),
    suggestion: maskedIn(row.suggestion),
    repliedAt: isoIn(row.replied_at),
    replyDueAt: isoIn(row.reply_due_at),
    replyState: row.reply_state as ReplyState | null,
    channel: plainIn(row.channel),
    excludedReason: plainIn(row.excluded_reason),
    version: Number(row.version),
    provenance: provenanceIn(row),
  }
}

const stateOf = sql`(select ${replyState} from (select f.*) w) as reply_state`

const readResponses = (tx: Tx, ids: readonly string[]): Promise<RecordRow[]> =>
  tx.rows(sql`
    select f.*, ${recordNames}, ${recordStage(sql`f.submitted_at`)}, ${stateOf} from surveys.response f ${recordJoins}
    where f.organization_id = ${tx.organizationId} and f.unit_id = any(${tx.unitIds}::uuid[])
      and f.id = any(${ids}::uuid[])`)

export async function listResponses(tx: Tx, query: ListQuery, zoneName: string) {
  const page = await listPage(tx, responseList(tx, query, zoneName), askedOf('responses', query))
  return { ...page, items: inOrder(page.ids, await readResponses(tx, page.ids), responseReply) }
}

export async function readResponse(tx: Tx, id: string): Promise<ResponseReply> {
  const [row] = await readResponses(tx, [id])
  if (!row) throw notFound()
  return responseReply(row)
}

function feedbackReply(tx: Tx, secrets: Secrets, row: RecordRow): FeedbackReply {
  return {
    id: row.id,
    externalId: String(row.external_id),
    source: String(row.source_name),
    customer: customerIn(tx, secrets, row),
    product: namedIn(row.product_id, row.product_name),
    lifeStage: stageIn(row.life_stage),
    unit: namedIn(row.unit_id, row.unit_name)!,
    agent: namedIn(row.agent_id, row.agent_name),
    problem: maskedIn(row.problem),
    channel: plainIn(row.channel),
    status: plainIn(row.status),
    score: numberIn(row.score),
    suggestion: maskedIn(row.suggestion),
    repliedAt: isoIn(row.replied_at),
    replyDueAt: isoIn(row.reply_due_at),
    replyState: row.reply_state as ReplyState | null,
    receivedAt: (row.received_at as Date).toISOString(),
    receivedMonthOnly: row.received_month_only === true,
    excludedReason: plainIn(row.excluded_reason),
    version: Number(row.version),
    provenance: provenanceIn(row),
  }
}

const readFeedbackRows = (tx: Tx, ids: readonly string[]): Promise<RecordRow[]> =>
  tx.rows(sql`
    select f.*, ${recordNames}, ${recordStage(sql`f.received_at`)}, ${stateOf}, ${customerNames} from surveys.feedback f ${recordJoins} ${customerJoins}
    where f.organization_id = ${tx.organizationId} and f.unit_id = any(${tx.unitIds}::uuid[])
      and f.id = any(${ids}::uuid[])`)

export async function listFeedback(tx: Tx, secrets: Secrets, query: ListQuery, zoneName: string) {
  const page = await listPage(tx, feedbackList(tx, query, zoneName), askedOf('feedback', query))
  const rows = await readFeedbackRows(tx, page.ids)
  return { ...page, items: inOrder(page.ids, rows, (row) => feedbackReply(tx, secrets, row)) }
}

export async function readFeedback(tx: Tx, secrets: Secrets, id: string): Promise<FeedbackReply> {
  const [row] = await readFeedbackRows(tx, [id])
  if (!row) throw notFound()
  return feedbackReply(tx, secrets, row)
}
