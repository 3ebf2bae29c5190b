import type { z } from 'zod'
import type * as contract from '../../contract/inspections.ts'
import {
  columnsOf,
  isoIn,
  maskedIn,
  namedIn,
  numberIn,
  orderIn,
  orderNamed,
  plainIn,
  provenanceIn,
  type RecordRow,
  recordsByHand,
  stageIn,
} from '../cases/index.ts'
import { sql } from '../platform/sql.ts'
import { inspectionTable } from './inspection-table.ts'

type Reply = z.input<typeof contract.inspection>

const inspectionReply = (row: RecordRow): Reply => ({
  id: row.id,
  externalId: String(row.external_id),
  source: String(row.source_name),
  kind: row.kind === 'mystery_shopper' ? 'mystery_shopper' : 'inspection',
  unit: namedIn(row.unit_id, row.unit_name)!,
  agent: namedIn(row.agent_id, row.agent_name),
  product: namedIn(row.product_id, row.product_name),
  lifeStage: stageIn(row.life_stage),
  channel: plainIn(row.channel),
  workOrder: orderIn(row),
  contact: plainIn(row.contact_external_id),
  inspectedAt: isoIn(row.inspected_at),
  contactAt: isoIn(row.contact_at),
  inspector: plainIn(row.inspector),
  form: plainIn(row.form),
  items: maskedIn(row.items),
  score: numberIn(row.score),
  etiquetteScore: numberIn(row.etiquette_score),
  wordingScore: numberIn(row.wording_score),
  fieldsRight: numberIn(row.fields_right),
  fieldsInspected: numberIn(row.fields_inspected),
  nodesRight: numberIn(row.nodes_right),
  nodesInspected: numberIn(row.nodes_inspected),
  remark: maskedIn(row.remark),
  excludedReason: plainIn(row.excluded_reason),
  version: Number(row.version),
  provenance: provenanceIn(row),
})

/** Whose the inspected order is, and what it was about, unless the inspection says so itself. */
const ofTheOrder = ['unit_id', 'agent_id', 'product_id', 'category', 'subcategory', 'priority'] as const

export const inspectionRecords = recordsByHand<Reply>({
  list: 'inspections',
  table: inspectionTable,
  prefix: 'ZJ',
  at: 'occurred_at',
  columns: {
    externalId: sql`w.external_id`,
    kind: sql`w.kind`,
    channel: sql`w.channel`,
    workOrder: sql`w.work_order_external_id`,
    contact: sql`w.contact_external_id`,
    inspectedAt: sql`w.inspected_at`,
    contactAt: sql`w.contact_at`,
    inspector: sql`w.inspector`,
    form: sql`w.form`,
    items: sql`w.items`,
    score: sql`w.score`,
    etiquetteScore: sql`w.etiquette_score`,
    wordingScore: sql`w.wording_score`,
    fieldsRight: sql`w.fields_right`,
    fieldsInspected: sql`w.fields_inspected`,
    nodesRight: sql`w.nodes_right`,
    nodesInspected: sql`w.nodes_inspected`,
    remark: sql`w.remark`,
    excludedReason: sql`w.excluded_reason`,
  },
  reply: (_tx, _secrets, row) => inspectionReply(row),
  values: async (tx, _secrets, { workOrder, contact, scoreGiven, ...given }) => ({
    ...(await orderNamed(tx, workOrder, ofTheOrder)),
    ...(contact !== undefined && { contact_external_id: contact }),
    ...(scoreGiven !== undefined && {
      score_given: typeof scoreGiven === 'number' ? trimmed(scoreGiven) : null,
    }),
    ...(await columnsOf(tx, given)),
  }),
})

const trimmed = (score: number): string => score.toFixed(3).replace(/\.?0+$/, '')
