import type { InspectionFact } from '../../inspections/inspection-fact.ts'
import { sql } from '../../platform/sql.ts'
import type { Zone } from '../../platform/time.ts'
import { type Emit, tallyNumber as t } from '../tallies.ts'
import { type MeasuredKind, sharedColumns, sharedFields } from './measured-kind.ts'

export const inspection: MeasuredKind<InspectionFact> = {
  kind: 'inspection',
  table: 'inspections.inspection',
  columns: [
    ...sharedColumns,
    'kind',
    'occurred_at',
    'score::text',
    'etiquette_score::text',
    'wording_score::text',
    'fields_right',
    'fields_inspected',
    'nodes_right',
    'nodes_inspected',
  ],
  read: (row) => ({
    ...sharedFields(row),
    kind: row.text(8) === 'mystery_shopper' ? 'mystery_shopper' : 'inspection',
    at: row.instant(9) ?? 0,
    score: row.text(10),
    etiquetteScore: row.text(11),
    wordingScore: row.text(12),
    fieldsRight: row.int(13),
    fieldsInspected: row.int(14),
    nodesRight: row.int(15),
    nodesInspected: row.int(16),
  }),
  place: 'occurred_at',
  anchoredWithin: (from, to) => sql`occurred_at >= ${from} and occurred_at < ${to}`,
  has: [],
  at: (fact) => fact.at,
  contribute,
}

/** On the day of what was inspected. */
function contribute(f: InspectionFact, zone: Zone, emit: Emit): void {
  const day = zone.localDay(f.at)
  if (f.kind === 'mystery_shopper') {
    if (f.score !== null) emit(t.mystery_shopper, day, inThousandths(f.score), 1, 0)
    return
  }
  if (f.score !== null) emit(t.inspection, day, inThousandths(f.score), 1, 0)
  if (f.etiquetteScore !== null) emit(t.etiquette, day, inThousandths(f.etiquetteScore), 1, 0)
  if (f.wordingScore !== null) emit(t.wording, day, inThousandths(f.wordingScore), 1, 0)
  if (f.fieldsInspected !== null && f.fieldsInspected > 0)
    emit(t.record_accuracy, day, f.fieldsRight ?? 0, f.fieldsInspected, 0)
  if (f.nodesInspected !== null && f.nodesInspected > 0)
    emit(t.process_compliance, day, f.nodesRight ?? 0, f.nodesInspected, 0)
}

/** '88.889' → 88889, without a float in between. */
function inThousandths(score: string): number {
  const [whole = '0', part = ''] = score.split('.')
  return Number(whole) * 1000 + Number(part.padEnd(3, '0').slice(0, 3))
}
