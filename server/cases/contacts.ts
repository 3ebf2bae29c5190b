import type { z } from 'zod'
import type * as contract from '../../contract/cases-contacts.ts'
import type { Tx } from '../platform/database.ts'
import type { Secrets } from '../platform/secrets.ts'
import { sql } from '../platform/sql.ts'
import { orderNamed } from './about-order.ts'
import { columnsOf, customerOf } from './by-hand.ts'
import { contactTable } from './contact-table.ts'
import { recordsByHand } from './records-by-hand.ts'
import {
  customerIn,
  isoIn,
  namedIn,
  numberIn,
  orderIn,
  plainIn,
  provenanceIn,
  type RecordRow,
  stageIn,
} from './reply-parts.ts'

type ContactReply = z.input<typeof contract.contact>

const contactReply = (tx: Tx, secrets: Secrets, row: RecordRow): ContactReply => ({
  id: row.id,
  externalId: String(row.external_id),
  source: String(row.source_name),
  channel: String(row.channel),
  unit: namedIn(row.unit_id, row.unit_name)!,
  agent: namedIn(row.agent_id, row.agent_name),
  customer: customerIn(tx, secrets, row),
  product: namedIn(row.product_id, row.product_name),
  lifeStage: stageIn(row.life_stage),
  workOrder: orderIn(row),
  startedAt: isoIn(row.started_at) ?? '',
  answeredAt: isoIn(row.answered_at),
  rings: numberIn(row.rings),
  endedAt: isoIn(row.ended_at),
  excludedReason: plainIn(row.excluded_reason),
  version: Number(row.version),
  provenance: provenanceIn(row),
})

/** What a call or chat takes over from its order; whose it was, it says itself. */
const ofTheOrder = ['customer_id', 'product_id', 'category', 'subcategory', 'priority'] as const

export const contactRecords = recordsByHand<ContactReply>({
  list: 'contacts',
  table: contactTable,
  prefix: 'TH',
  at: 'started_at',
  columns: {
    externalId: sql`w.external_id`,
    channel: sql`w.channel`,
    startedAt: sql`w.started_at`,
    answeredAt: sql`w.answered_at`,
    rings: sql`w.rings`,
    endedAt: sql`w.ended_at`,
    workOrder: sql`w.work_order_external_id`,
    excludedReason: sql`w.excluded_reason`,
  },
  reply: contactReply,
  values: async (tx, secrets, { customer, workOrder, ...given }, now) => ({
    ...(await orderNamed(tx, workOrder, ofTheOrder)),
    ...(await columnsOf(tx, given)),
    ...(await customerOf(tx, secrets, customer, now)),
  }),
})
