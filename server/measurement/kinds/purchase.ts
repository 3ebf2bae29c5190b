import { sql } from '../../platform/sql.ts'
import type { PurchaseFact } from '../../purchases/purchase-fact.ts'
import type { MeasuredKind } from './measured-kind.ts'

/** Its measures count customers, who cannot be added up over days: customers.ts reads them from the records. */
export const purchase: MeasuredKind<PurchaseFact> = {
  kind: 'purchase',
  table: 'purchases.purchase',
  columns: [
    'unit_id',
    'agent_id',
    'customer_id',
    'product_id',
    'channel',
    'ordered_at',
    'amount::text',
    'excluded_reason',
  ],
  read: (row) => ({
    unitId: row.uuid(0) ?? '',
    agentId: row.uuid(1),
    customerId: row.uuid(2),
    productId: row.uuid(3),
    category: null,
    subcategory: null,
    channel: row.text(4),
    priority: null,
    orderedAt: row.instant(5) ?? 0,
    amount: row.text(6),
    excludedReason: row.text(7),
  }),
  place: 'ordered_at',
  anchoredWithin: (from, to) => sql`ordered_at >= ${from} and ordered_at < ${to}`,
  has: [],
  lacks: ['category', 'priority'],
  reachesBack: true,
  at: (fact) => fact.orderedAt,
  contribute: () => {},
}
