import type { z } from 'zod'
import type * as contract from '../../contract/surveys.ts'
import {
  columnOf,
  columnsOf,
  customerOf,
  type Edit,
  enter,
  freeNumber,
  type Given,
  type HandContext,
  orderOfNumber,
} from '../cases/index.ts'
import type { Tx } from '../platform/database.ts'
import { editFact } from '../platform/edit-fact.ts'
import type { FactRow } from '../platform/fact-table.ts'
import { changesBetween } from '../platform/record-change.ts'
import { Refusal } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { linkSurveys, touchedSurveys } from './link.ts'
import { type FeedbackReply, type ResponseReply, readFeedback, readResponse } from './ratings.ts'
import { openFeedback, openResponses } from './replies.ts'

const items = [
  'responseSpeed',
  'resolutionEfficiency',
  'attitude',
  'professionalism',
  'channelEase',
  'handlingQuality',
  'overall',
] as const
const scores = [...items, 'score']

export async function createResponse(
  tx: Tx,
  given: z.output<typeof contract.responses.create.body>,
  context: HandContext,
): Promise<ResponseReply> {
  const { externalId, workOrder, ...fields } = given
  const values = await columnsOf(tx, fields, scores)
  if (workOrder) Object.assign(values, await orderByNumber(tx, workOrder))
  needAnswer(values)
  const table = await openResponses(tx, context.now)
  const number = externalId ?? (await freeNumber(tx, table, 'WJ', context.sourceId))
  const id = await enter(tx, table, number, { origin: 'survey', ...values }, context)
  await linkAnswers(tx, [values], context.now)
  return readResponse(tx, id)
}

function needAnswer(row: FactRow): void {
  if ([...items.map(columnOf), 'recommend'].some((name) => (row[name] ?? null) !== null)) return
  throw new Refusal('nothing_answered', 400, {
    zh: '请至少填写一项评分。',
    en: 'Fill in at least one score.',
  })
}

/** What was asked is answered, or no more. */
async function linkAnswers(tx: Tx, rows: FactRow[], now: Date): Promise<void> {
  const touched = touchedSurveys()
  rows.forEach(touched.note)
  await linkSurveys(tx, touched, { sink: null, now })
}

/** The order a response is about; unknown numbers stay as they were typed. */
async function orderByNumber(tx: Tx, number: string): Promise<FactRow> {
  const order = await orderOfNumber(tx, number)
  if (!order) return { work_order_external_id: number }
  return {
    work_order_external_id: number,
    work_order_id: order.id,
    unit_id: order.unit_id,
    agent_id: order.agent_id,
    product_id: order.product_id,
    category: order.category,
    subcategory: order.subcategory,
    priority: order.priority,
  }
}

export async function createFeedback(
  tx: Tx,
  secrets: Secrets,
  given: z.output<typeof contract.feedback.create.body>,
  context: HandContext,
): Promise<FeedbackReply> {
  const { externalId, customer, ...fields } = given
  const values = {
    ...(await columnsOf(tx, fields, scores)),
    ...(await customerOf(tx, secrets, customer, context.now)),
  }
  const table = await openFeedback(tx, context.now)
  const number = externalId ?? (await freeNumber(tx, table, 'FX', context.sourceId))
  return readFeedback(tx, secrets, await enter(tx, table, number, values, context))
}

export async function editResponse(
  tx: Tx,
  id: string,
  given: Given,
  { version, now, told }: Edit,
): Promise<ResponseReply> {
  const values = await columnsOf(tx, given, scores)
  const table = await openResponses(tx, now)
  const { before, after } = await editFact(tx, table, id, version, values, now)
  needAnswer(after)
  told(changesBetween(table, before, after))
  await linkAnswers(tx, [before, after], now)
  return readResponse(tx, id)
}

export async function editFeedback(
  tx: Tx,
  secrets: Secrets,
  id: string,
  { customer, ...given }: Given,
  { version, now, told }: Edit,
): Promise<FeedbackReply> {
  const named = typeof customer === 'string' || customer === null ? customer : undefined
  const values: FactRow = {
    ...(await columnsOf(tx, given, scores)),
    ...(await customerOf(tx, secrets, named, now)),
  }
  // A day somebody wrote is known, also where the file knew the month alone.
  if (values.received_at !== undefined) values.received_month_only = false
  const table = await openFeedback(tx, now)
  const { before, after } = await editFact(tx, table, id, version, values, now)
  told(changesBetween(table, before, after))
  return readFeedback(tx, secrets, id)
}
