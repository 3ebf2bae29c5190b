import type { CostFact } from '../../cases/cost-fact.ts'
import { sql } from '../../platform/sql.ts'
import type { Zone } from '../../platform/time.ts'
import { type Emit, tallyNumber as t } from '../tallies.ts'
import { inHundredths } from './hundredths.ts'
import { type MeasuredKind, sharedColumns, sharedFields } from './measured-kind.ts'

export const cost: MeasuredKind<CostFact> = {
  kind: 'cost',
  table: 'cases.cost',
  columns: [...sharedColumns, 'kind', 'incurred_at', 'amount::text'],
  read: (row) => ({
    ...sharedFields(row),
    // The table holds no other word.
    kind: row.text(8) as CostFact['kind'],
    incurredAt: row.instant(9) ?? 0,
    amount: row.text(10) ?? '0',
  }),
  place: 'incurred_at',
  anchoredWithin: (from, to) => sql`incurred_at >= ${from} and incurred_at < ${to}`,
  has: [],
  at: (fact) => fact.incurredAt,
  contribute,
}

/** On the day it was incurred, whatever it was spent on. */
function contribute(f: CostFact, zone: Zone, emit: Emit): void {
  emit(t.spent, zone.localDay(f.incurredAt), inHundredths(f.amount), 1, 0)
}
