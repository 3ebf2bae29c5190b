import type { z } from 'zod'
import type * as contract from '../../contract/purchases.ts'
import {
  columnsOf,
  customerIn,
  customerOf,
  isoIn,
  namedIn,
  plainIn,
  provenanceIn,
  type RecordRow,
  recordsByHand,
  stageIn,
} from '../cases/index.ts'
import type { Tx } from '../platform/database.ts'
import type { Secrets } from '../platform/secrets.ts'
import { sql } from '../platform/sql.ts'
import { purchaseTable } from './purchase-table.ts'

type Reply = z.input<typeof contract.purchase>

const purchaseReply = (tx: Tx, secrets: Secrets, row: RecordRow): Reply => ({
  id: row.id,
  externalId: String(row.external_id),
  source: String(row.source_name),
  unit: namedIn(row.unit_id, row.unit_name)!,
  agent: namedIn(row.agent_id, row.agent_name),
  customer: customerIn(tx, secrets, row),
  product: namedIn(row.product_id, row.product_name),
  lifeStage: stageIn(row.life_stage),
  channel: plainIn(row.channel),
  orderedAt: isoIn(row.ordered_at) ?? '',
  amount: plainIn(row.amount),
  excludedReason: plainIn(row.excluded_reason),
  version: Number(row.version),
  provenance: provenanceIn(row),
})

export const purchaseRecords = recordsByHand<Reply>({
  list: 'purchases',
  table: purchaseTable,
  prefix: 'GM',
  at: 'ordered_at',
  columns: {
    externalId: sql`w.external_id`,
    channel: sql`w.channel`,
    orderedAt: sql`w.ordered_at`,
    amount: sql`w.amount`,
    excludedReason: sql`w.excluded_reason`,
  },
  reply: purchaseReply,
  values: async (tx, secrets, { customer, ...given }, now) => ({
    ...(await columnsOf(tx, given)),
    ...(await customerOf(tx, secrets, customer, now)),
  }),
})
