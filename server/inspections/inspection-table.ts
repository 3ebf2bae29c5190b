import { bookkeeping, type FactRow, type FactTable } from '../platform/fact-table.ts'
import type { InspectionFact } from './inspection-fact.ts'
import { groupScoreOf, readItems, scoreOf } from './items.ts'

/** Inspections and visits of mystery shoppers. Scores follow from the items; where there are none, the given one stands. */
export const inspectionTable: FactTable = {
  kind: 'inspection',
  table: 'inspections.inspection',
  columns: {
    id: 'uuid',
    source_id: 'uuid',
    external_id: 'text',
    unit_id: 'uuid',
    agent_id: 'uuid',
    customer_id: 'uuid',
    product_id: 'uuid',
    work_order_id: 'uuid',
    work_order_external_id: 'text',
    contact_external_id: 'text',
    kind: 'text',
    channel: 'text',
    category: 'text',
    subcategory: 'text',
    priority: 'text',
    inspected_at: 'instant',
    contact_at: 'instant',
    occurred_at: 'instant',
    inspector: 'text',
    form: 'text',
    items: 'text',
    score_given: 'numeric',
    score: 'numeric',
    etiquette_score: 'numeric',
    wording_score: 'numeric',
    fields_right: 'int',
    fields_inspected: 'int',
    nodes_right: 'int',
    nodes_inspected: 'int',
    remark: 'text',
    excluded_reason: 'text',
    ...bookkeeping,
  },
  given: [
    'unit_id',
    'agent_id',
    'customer_id',
    'product_id',
    'work_order_id',
    'work_order_external_id',
    'contact_external_id',
    'kind',
    'channel',
    'category',
    'subcategory',
    'priority',
    'inspected_at',
    'contact_at',
    'inspector',
    'form',
    'items',
    'score_given',
    'fields_right',
    'fields_inspected',
    'nodes_right',
    'nodes_inspected',
    'remark',
    'excluded_reason',
  ],
  derive,
  factOf: (row): InspectionFact => ({
    unitId: String(row.unit_id),
    agentId: text(row, 'agent_id'),
    productId: text(row, 'product_id'),
    category: text(row, 'category'),
    subcategory: text(row, 'subcategory'),
    channel: text(row, 'channel'),
    priority: text(row, 'priority'),
    kind: row.kind === 'mystery_shopper' ? 'mystery_shopper' : 'inspection',
    at: Number(row.occurred_at),
    score: text(row, 'score'),
    etiquetteScore: text(row, 'etiquette_score'),
    wordingScore: text(row, 'wording_score'),
    fieldsRight: row.fields_right as number | null,
    fieldsInspected: row.fields_inspected as number | null,
    nodesRight: row.nodes_right as number | null,
    nodesInspected: row.nodes_inspected as number | null,
    excludedReason: text(row, 'excluded_reason'),
  }),
}

const text = (row: FactRow, name: string) => row[name] as string | null

function derive(row: FactRow) {
  row.kind ??= 'inspection'
  // The day is that of what was inspected, where it is known.
  row.occurred_at = row.contact_at ?? row.inspected_at ?? null
  if (row.occurred_at === null)
    return {
      code: 'no_time',
      zh: '没有质检时间，无法归入统计周期。',
      en: 'The row does not say when it was inspected, so it belongs to no period.',
    }
  const read = readItems(typeof row.items === 'string' ? row.items : '')
  if ('fault' in read)
    return {
      code: 'item_unreadable',
      zh: `无法识别质检项“${read.fault}”。写法如“礼仪-问候语(10): 8”或“用语-服务禁语(否决): 通过”，每行一项，不重复，得分不超过满分。`,
      en: `The item "${read.fault}" cannot be read. Write 礼仪-问候语(10): 8 or 用语-服务禁语(否决): 通过, one a line, none twice, the points within the full ones.`,
    }
  const { fields_right: right, fields_inspected: inspected } = row
  if (goNotTogether(right, inspected))
    return {
      code: 'fields_wrong',
      zh: '正确字段数与抽查字段数应同时填写，且前者不超过后者。',
      en: 'Fields right and fields inspected go together, and the first is at most the second.',
    }
  const { nodes_right: nodesRight, nodes_inspected: nodesInspected } = row
  if (goNotTogether(nodesRight, nodesInspected))
    return {
      code: 'nodes_wrong',
      zh: '合规节点数与检查节点数应同时填写，且前者不超过后者。',
      en: 'Nodes right and nodes inspected go together, and the first is at most the second.',
    }
  row.score = read.items.length > 0 ? scoreOf(read.items) : (row.score_given ?? null)
  row.etiquette_score = groupScoreOf(read.items, '礼仪')
  row.wording_score = groupScoreOf(read.items, '用语')
  if (row.score === null && inspected === null && nodesInspected === null)
    return {
      code: 'nothing_inspected',
      zh: '没有质检项、得分、抽查字段数或检查节点数，至少填写一种。',
      en: 'There are neither items nor a score nor inspected fields or nodes; one of them is needed.',
    }
  return undefined
}

const goNotTogether = (right: FactRow[string] | undefined, inspected: FactRow[string] | undefined): boolean =>
  (right === null) !== (inspected === null) || Number(right ?? 0) > Number(inspected ?? 0)
