import {
  aboutOrder,
  contactTable,
  costTable,
  deriveOrders,
  type EventRow,
  findAnew,
  lockFile,
  messageTable,
  openWorkOrders,
  touchedRecords,
  writeEvents,
} from '../cases/index.ts'
import { inspectionTable } from '../inspections/index.ts'
import type { FactSink } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import {
  type Duplicates,
  type FactRow,
  type FactTable,
  type Incoming,
  type Outcome,
  openSeen,
  type Turn,
  type WriteContext,
  writeFacts,
} from '../platform/fact-table.ts'
import type { SeenNumbers } from '../platform/seen-numbers.ts'
import { sql } from '../platform/sql.ts'
import { purchaseTable } from '../purchases/index.ts'
import { attendanceTable, trainingTable } from '../staff/index.ts'
import { invitationTable, openFeedback, openResponses, ratedItems } from '../surveys/index.ts'
import { type AnsweredOrder, ordersByNumber } from './answered-orders.ts'
import { findAwaitedOrders } from './awaited-orders.ts'
import type { Counts } from './batches.ts'
import type { Kind } from './fields.ts'
import { openLinks } from './link-rows.ts'
import type { Places } from './places.ts'
import {
  attendanceValues,
  contactValues,
  costValues,
  decimal,
  feedbackValues,
  inspectionValues,
  invitationValues,
  messageValues,
  orderNumber,
  pick,
  purchaseValues,
  takenBy,
  trainingValues,
} from './row-values.ts'
import type { Rejection, RowRecord } from './rows.ts'
import { keepSuperseded, unitNotYours } from './superseded.ts'
import { writePeople, writeProducts } from './write-directory.ts'

export interface ReadRow {
  line: number
  record: RowRecord
  hash: string
}

export interface Writer {
  /** Writes a chunk; what it cannot keep comes back as rejections. */
  write(tx: Tx, rows: ReadRow[], turn: Turn): Promise<Rejection[]>
  /** What can only be known once all rows are in. */
  finish(tx: Tx): Promise<void>
}

export interface WriterContext {
  sourceId: string
  batchId: string
  homeUnitId: string
  now: Date
  demo: boolean
  sink: FactSink
  places: Places
  counts: Counts
  duplicates: Duplicates
  onlyWriter: boolean
  /** Of a row as it came, keyed: an unchanged row is known again, and nothing can be read from it. */
  hashOf: (record: RowRecord) => string
}

interface FactContext extends WriterContext {
  seen: SeenNumbers | undefined
}
interface OrderContext extends FactContext {
  /** Where the score column of an order goes. */
  responses: FactTable
  seenResponses: SeenNumbers | undefined
}

/** How the rows of each kind are written. */
const writers: Record<Kind, (tx: Tx, context: WriterContext) => Promise<Writer>> = {
  people: async (_tx, context) => ({
    write: (within, rows) => writePeople(within, rows, context),
    finish: async () => {},
  }),
  products: async (_tx, context) => ({
    write: (within, rows) => writeProducts(within, rows, context),
    finish: async () => {},
  }),
  events: async (tx, context) => eventWriter(await openWorkOrders(tx, context.now), context),
  feedback: async (tx, context) => {
    const feedback = await openFeedback(tx, context.now)
    return factWriter(feedback, await seenIn(tx, feedback, context), feedbackValues)
  },
  responses: async (tx, context) => {
    const responses = await openResponses(tx, context.now)
    return responseWriter(responses, await seenIn(tx, responses, context))
  },
  invitations: async (tx, context) => {
    const { note, link } = openLinks(context)
    return factWriter(
      invitationTable,
      await seenIn(tx, invitationTable, context),
      invitationValues,
      (within, _rows, outcomes) => note(within, outcomes),
      link,
    )
  },
  calls: async (tx, context) =>
    factWriter(contactTable, await seenIn(tx, contactTable, context), contactValues),
  inspections: async (tx, context) =>
    factWriter(inspectionTable, await seenIn(tx, inspectionTable, context), inspectionValues),
  trainings: async (tx, context) =>
    factWriter(trainingTable, await seenIn(tx, trainingTable, context), trainingValues),
  purchases: async (tx, context) =>
    factWriter(purchaseTable, await seenIn(tx, purchaseTable, context), purchaseValues),
  attendance: async (tx, context) =>
    factWriter(attendanceTable, await seenIn(tx, attendanceTable, context), attendanceValues),
  messages: async (tx, context) => {
    await lockFile(tx, 'messages')
    return touchingWriter(null, messageTable, await seenIn(tx, messageTable, context), messageValues)
  },
  costs: async (tx, context) => {
    await lockFile(tx, 'costs')
    return touchingWriter(
      await openWorkOrders(tx, context.now),
      costTable,
      await seenIn(tx, costTable, context),
      costValues,
    )
  },
  'work-orders': async (tx, context) => {
    const orders = await openWorkOrders(tx, context.now)
    const responses = await openResponses(tx, context.now)
    const { seen: seenResponses } = await seenIn(tx, responses, context)
    return orderWriter(orders, { ...(await seenIn(tx, orders, context)), responses, seenResponses })
  },
}

const seenIn = async (tx: Tx, table: FactTable, context: WriterContext): Promise<FactContext> => ({
  ...context,
  seen: await openSeen(tx, table, context.sourceId),
})

export const openWriter = (tx: Tx, kind: Kind, context: WriterContext): Promise<Writer> =>
  writers[kind](tx, context)

function factWriter(
  table: FactTable,
  context: FactContext,
  valuesOf: (record: RowRecord, order: AnsweredOrder | undefined) => FactRow,
  after: (tx: Tx, rows: ReadRow[], outcomes: Outcome[]) => Promise<void> = async () => {},
  finish: (tx: Tx) => Promise<void> = async () => {},
): Writer {
  const defaults = { unit_id: context.homeUnitId }
  return {
    finish,
    write: async (tx, rows, turn) => {
      const rejections: Rejection[] = []
      const good: ReadRow[] = []
      const incoming: Incoming[] = []
      const answered = await ordersByNumber(tx, [...new Set(rows.flatMap(answeredNumber))])
      for (const row of rows) {
        const order = answered.get(String(row.record.work_order))
        const place = context.places.placeOf(tx, row.record)
        if (place.foreign) {
          rejections.push(unitNotYours(row))
          continue
        }
        good.push(row)
        incoming.push({
          externalId: String(row.record.external_id),
          line: row.line,
          values: valuesWith(valuesOf(row.record, order), row.record, place),
          defaults: place.responder ? { ...defaults, ...responderValues(place) } : defaults,
          hash: row.hash,
        })
      }
      const replaced: { id: string; version: number; before: FactRow }[] = []
      const write: WriteContext = {
        ...context,
        turn,
        superseded: (id, version, before) => replaced.push({ id, version, before }),
      }
      const outcomes = await writeFacts(tx, table, incoming, write)
      await keepSuperseded(tx, context.batchId, table.kind, replaced)
      outcomes.forEach((outcome, i) => {
        if (outcome.outcome !== 'rejected') context.counts[outcome.outcome]++
        else
          rejections.push({
            line: good[i]?.line ?? 0,
            column: null,
            code: outcome.code,
            value: '',
            zh: outcome.zh,
            en: outcome.en,
          })
      })
      await after(tx, good, outcomes)
      return rejections
    },
  }
}

const answeredNumber = ({ record }: ReadRow): string[] =>
  typeof record.work_order === 'string' && record.work_order !== '' ? [record.work_order] : []

/** Adds whose a record is, as far as the file says; a blank cell does not take away what the order told. */
function valuesWith(values: FactRow, record: RowRecord, place: ReturnType<Places['placeOf']>): FactRow {
  if (place.unitId !== null) values.unit_id = place.unitId
  if ('agent' in record) values.agent_id = place.agentId ?? values.agent_id ?? null
  if ('product' in record) values.product_id = place.productId ?? values.product_id ?? null
  if ('customer' in record) values.customer_id = place.customerId ?? values.customer_id ?? null
  if ('supplier' in record) values.supplier_id = place.supplierId
  // A blank cell says nothing: who responded was perhaps found out when the order was handed on.
  if (typeof record.responder === 'string' && place.responder) Object.assign(values, responderValues(place))
  return values
}

const responderValues = ({ responder }: ReturnType<Places['placeOf']>): FactRow => ({
  responder_id: responder?.id ?? null,
  responder_unit_id: responder?.unitId ?? null,
})

const ownColumns = new Set([
  'external_id',
  'customer',
  'contact',
  'product',
  'unit',
  'agent',
  'responder',
  'supplier',
  'score',
])
const renamed: Record<string, string> = {
  response_due_at: 'response_due_given_at',
  resolution_due_at: 'resolution_due_given_at',
  follow_up_due_at: 'follow_up_due_given_at',
  article_used: 'article_given',
}

function orderValues(record: RowRecord): FactRow {
  const values: FactRow = {}
  for (const field in record)
    if (!ownColumns.has(field)) values[renamed[field] ?? field] = record[field] ?? null
  // A file with a column of articles says of each order whether one was used, unless another column does.
  if ('article' in record && !('article_used' in record)) values.article_given = isFilled(record.article)
  return values
}

const isFilled = (value: RowRecord[string]): boolean => typeof value === 'string' && value.trim() !== ''

function orderWriter(table: FactTable, context: OrderContext): Writer {
  const { noteOrders, link } = openLinks(context)
  const writer = touchingWriter(table, table, context, orderValues, async (tx, rows, outcomes) => {
    const fresh = outcomes.flatMap((one) => (one.outcome === 'accepted' ? String(one.row.external_id) : []))
    await noteOrders(tx, fresh)
    await writeScores(tx, rows, outcomes, context)
  })
  return {
    ...writer,
    finish: async (tx) => {
      await writer.finish(tx)
      await link(tx)
      await findAwaitedOrders(tx, context.batchId, context)
    },
  }
}

/** Of records that hang together with others: what is said of those is found anew once all rows are in. */
function touchingWriter(
  orders: FactTable | null,
  table: FactTable,
  context: FactContext,
  valuesOf: (record: RowRecord, order: AnsweredOrder | undefined) => FactRow,
  after: (tx: Tx, rows: ReadRow[], outcomes: Outcome[]) => Promise<void> = async () => {},
): Writer {
  const touched = touchedRecords()
  const lookAtOthers = (tx: Tx) => findAnew(tx, orders, touched, context)
  return factWriter(
    table,
    context,
    valuesOf,
    async (tx, rows, outcomes) => {
      for (const outcome of outcomes) {
        if (outcome.outcome === 'rejected' || outcome.outcome === 'unchanged') continue
        // Where a record was another customer's or chat's before, that one lost it.
        touched.note(outcome.row)
        touched.note(outcome.before)
      }
      await after(tx, rows, outcomes)
      if (touched.size() > mostTouched) await lookAtOthers(tx)
    },
    lookAtOthers,
  )
}

/** What waits to be looked through: about 30 MB. What comes again later is looked through again. */
const mostTouched = 200_000

/** The score column of an order is a rating of its own, submitted when the customer last had a say. */
async function writeScores(
  tx: Tx,
  rows: ReadRow[],
  outcomes: Outcome[],
  context: OrderContext,
): Promise<void> {
  const incoming: Incoming[] = []
  const of: number[] = []
  const rated = await ratedBefore(tx, rows, context)
  outcomes.forEach((outcome, i) => {
    const { record, line } = rows[i]!
    if (outcome.outcome === 'rejected' || record.score === undefined) return
    if (context.duplicates === 'skip' && outcome.outcome === 'unchanged') return
    const externalId = ratingNumber(record)
    // A score taken away takes the rating away; an order that never had one has none to lose.
    if (record.score === null && !rated.has(externalId)) return
    of.push(i)
    const hash = context.hashOf({ external_id: externalId, score: record.score })
    incoming.push({ externalId, line, values: ratingOf(outcome.row, record), hash })
  })
  if (incoming.length === 0) return
  const replaced: { id: string; version: number; before: FactRow }[] = []
  const written = await writeFacts(tx, context.responses, incoming, {
    ...context,
    seen: context.seenResponses,
    superseded: (id, version, before) => replaced.push({ id, version, before }),
  })
  await keepSuperseded(tx, context.batchId, 'response', replaced)
  written.forEach((one, j) => {
    // A new score on an order that is otherwise the same makes its row an update.
    if (one.outcome === 'rejected' || one.outcome === 'unchanged') return
    if (outcomes[of[j] ?? -1]?.outcome !== 'unchanged') return
    context.counts.unchanged--
    context.counts.updated++
  })
}

const ratingNumber = (record: RowRecord): string => `order:${record.external_id}`

/** Which of the orders whose score is blank in the file have a rating, in this file or from an earlier one. */
async function ratedBefore(tx: Tx, rows: ReadRow[], context: OrderContext): Promise<Set<string>> {
  const blank = rows.filter(({ record }) => record.score === null).map(({ record }) => ratingNumber(record))
  if (blank.length === 0) return new Set()
  const here = rows.filter(
    ({ record }) => typeof record.score === 'string' || typeof record.score === 'number',
  )
  const known = new Set(here.map(({ record }) => ratingNumber(record)))
  const { seenResponses } = context
  const wanted = seenResponses ? blank.filter((number) => seenResponses.mayHave(number)) : blank
  if (wanted.length === 0) return known
  const stored = await tx.rows<{ number: string }>(sql`
    select external_id as number from surveys.response
    where organization_id = ${tx.organizationId} and source_id = ${context.sourceId} and external_id = any(${wanted})`)
  for (const { number } of stored) known.add(number)
  return known
}

/** Whose the rating is follows the order as it stands, not what this file says of it. */
const ratingOf = (order: FactRow, record: RowRecord): FactRow => ({
  origin: 'work_order',
  work_order_id: order.id ?? null,
  work_order_external_id: order.external_id ?? null,
  ...Object.fromEntries([...aboutOrder, 'excluded_reason'].map((name) => [name, order[name] ?? null])),
  overall: decimal(record.score),
  submitted_at:
    order.confirmed_at ??
    order.closed_at ??
    order.resolved_at ??
    order.received_at ??
    order.occurred_at ??
    null,
})

function responseWriter(table: FactTable, context: FactContext): Writer {
  const { note, link } = openLinks(context)
  return factWriter(
    table,
    context,
    (record, order) => ({
      origin: 'survey',
      ...takenBy('response', order),
      ...pick(record, ['submitted_at', 'recommend', 'suggestion', 'replied_at', 'channel', 'invitation']),
      ...Object.fromEntries(
        ratedItems.flatMap((item) => (item in record ? [[item, decimal(record[item])]] : [])),
      ),
      ...orderNumber(record, order),
    }),
    (tx, _rows, outcomes) => note(tx, outcomes),
    link,
  )
}

/** In an event log people are called actors. */
export const asAgent = (actor: unknown): RowRecord =>
  Object.assign(Object.create(null), { agent: actor ?? null })

function eventWriter(table: FactTable, context: WriterContext): Writer {
  const cases = new Set<string>()
  const { noteOrders, link } = openLinks(context)
  return {
    write: async (tx, rows) => {
      const events: EventRow[] = rows.map(({ line, record }) => ({
        caseId: String(record.case),
        at: Number(record.at),
        activity: String(record.activity ?? ''),
        actor: typeof record.actor === 'string' ? record.actor : '',
        meaning: typeof record.meaning === 'string' ? record.meaning : null,
        line,
      }))
      const fresh = await writeEvents(tx, events, {
        sourceId: context.sourceId,
        batchId: context.batchId,
        unitId: context.homeUnitId,
      })
      context.counts.accepted += fresh
      context.counts.unchanged += rows.length - fresh
      for (const event of events) cases.add(event.caseId)
      return []
    },
    finish: async (tx) => {
      const replaced: { id: string; version: number; before: FactRow }[] = []
      await deriveOrders(tx, table, [...cases], {
        ...context,
        learn: (actors) => context.places.learn(tx, actors.filter(context.places.isUnknown).map(asAgent)),
        placeOf: context.places.agentPlace,
        superseded: (id, version, before) => replaced.push({ id, version, before }),
      })
      await keepSuperseded(tx, context.batchId, 'work_order', replaced)
      await noteOrders(tx, [...cases])
      await link(tx)
      await findAwaitedOrders(tx, context.batchId, context)
    },
  }
}
