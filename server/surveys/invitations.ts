import type { z } from 'zod'
import type * as contract from '../../contract/surveys-invitations.ts'
import {
  columnsOf,
  customerIn,
  customerOf,
  isoIn,
  namedIn,
  orderIn,
  orderNamed,
  plainIn,
  provenanceIn,
  type RecordRow,
  recordsByHand,
  stageIn,
} from '../cases/index.ts'
import type { Tx } from '../platform/database.ts'
import type { Secrets } from '../platform/secrets.ts'
import { sql } from '../platform/sql.ts'
import { invitationTable } from './invitation-table.ts'
import { linkSurveys, touchedSurveys } from './link.ts'

type Reply = z.input<typeof contract.invitation>

const invitationReply = (tx: Tx, secrets: Secrets, row: RecordRow): Reply => ({
  id: row.id,
  externalId: String(row.external_id),
  source: String(row.source_name),
  workOrder: orderIn(row),
  customer: customerIn(tx, secrets, row),
  unit: namedIn(row.unit_id, row.unit_name)!,
  agent: namedIn(row.agent_id, row.agent_name),
  product: namedIn(row.product_id, row.product_name),
  lifeStage: stageIn(row.life_stage),
  channel: plainIn(row.channel),
  round: Number(row.round),
  sentAt: isoIn(row.sent_at) ?? '',
  submittedAt: isoIn(row.submitted_at),
  reminder: row.reminder === true,
  excludedReason: plainIn(row.excluded_reason),
  version: Number(row.version),
  provenance: provenanceIn(row),
})

/** Whose an invitation is and what it asks about, unless it says so itself. */
const ofTheOrder = [
  'unit_id',
  'agent_id',
  'customer_id',
  'product_id',
  'category',
  'subcategory',
  'priority',
] as const

export const invitationRecords = recordsByHand<Reply>({
  list: 'invitations',
  table: invitationTable,
  prefix: 'YQ',
  at: 'sent_at',
  columns: {
    externalId: sql`w.external_id`,
    workOrder: sql`w.work_order_external_id`,
    channel: sql`w.channel`,
    round: sql`w.round`,
    sentAt: sql`w.sent_at`,
    submittedAt: sql`w.submitted_at`,
    reminder: sql`w.reminder::text`,
    excludedReason: sql`w.excluded_reason`,
  },
  reply: invitationReply,
  values: async (tx, secrets, { customer, workOrder, submittedAt, ...given }, now) => ({
    ...(await orderNamed(tx, workOrder, ofTheOrder)),
    ...(await columnsOf(tx, given)),
    ...(submittedAt !== undefined && {
      submitted_given_at: typeof submittedAt === 'string' ? Date.parse(submittedAt) : null,
    }),
    ...(await customerOf(tx, secrets, customer, now)),
  }),
  after: async (tx, rows, now) => {
    const touched = touchedSurveys()
    rows.forEach(touched.note)
    await linkSurveys(tx, touched, { sink: null, now })
  },
})
