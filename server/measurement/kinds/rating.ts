import { type Sql, sql } from '../../platform/sql.ts'
import type { Zone } from '../../platform/time.ts'
import type { RatingFact } from '../../surveys/rating-fact.ts'
import { type Emit, tallyNumber as t } from '../tallies.ts'
import { type MeasuredKind, type ReadRow, sharedColumns, sharedFields } from './measured-kind.ts'

const items = [
  'response_speed',
  'resolution_efficiency',
  'attitude',
  'professionalism',
  'channel_ease',
  'handling_quality',
]

const read = (row: ReadRow): RatingFact => ({
  ...sharedFields(row),
  at: row.instant(8) ?? 0,
  overall: row.text(9),
  responseSpeed: row.text(10),
  resolutionEfficiency: row.text(11),
  attitude: row.text(12),
  professionalism: row.text(13),
  channelEase: row.text(14),
  handlingQuality: row.text(15),
  recommend: row.int(16),
})

export const response: MeasuredKind<RatingFact> = {
  kind: 'response',
  table: 'surveys.response',
  columns: [
    ...sharedColumns,
    'submitted_at',
    ...['overall', ...items].map((name) => `${name}::text`),
    'recommend::int',
  ],
  read,
  place: 'submitted_at',
  anchoredWithin: (from, to): Sql => sql`submitted_at >= ${from} and submitted_at < ${to}`,
  has: [],
  at: (fact) => fact.at,
  contribute: (fact, zone, emit) => {
    contributeRating(fact, zone, emit)
    if (fact.category === 'complaint') contributeComplaint(fact, zone.localDay(fact.at), emit)
  },
}

/** The mean of what was answered, in sixtieths of a point: exact whether it is of one item, of two or of three. */
function contributeComplaint(f: RatingFact, day: number, emit: Emit): void {
  // A change written before these were asked says nothing of them.
  const answered = [f.channelEase ?? null, f.responseSpeed, f.handlingQuality ?? null].filter(
    (one) => one !== null,
  )
  if (answered.length === 0) emit(t.complaint_satisfaction, day, 0, 0, 1)
  else {
    const tenths = answered.reduce((sum, one) => sum + inTenths(one), 0)
    emit(t.complaint_satisfaction, day, (6 / answered.length) * tenths, 1, 0)
  }
}

export const feedback: MeasuredKind<RatingFact> = {
  kind: 'feedback',
  table: 'surveys.feedback',
  columns: [
    ...sharedColumns,
    'received_at',
    // An answer that already stands in the ledger through its response is one rating, not two.
    'case when response_id is null then score::text end',
    ...items.map(() => 'null::text'),
    'null::int',
  ],
  read,
  place: 'received_at',
  anchoredWithin: (from, to): Sql => sql`received_at >= ${from} and received_at < ${to}`,
  has: [],
  at: (fact) => fact.at,
  contribute: contributeRating,
}

function contributeRating(f: RatingFact, zone: Zone, emit: Emit): void {
  const day = zone.localDay(f.at)
  if (f.overall !== null) {
    const tenths = inTenths(f.overall)
    emit(t.experience, day, tenths, 1, 0)
    emit(t.csat, day, tenths >= 40 ? 1 : 0, 1, 0)
  }
  if (f.responseSpeed !== null) emit(t.response_speed, day, inTenths(f.responseSpeed), 1, 0)
  if (f.resolutionEfficiency !== null)
    emit(t.resolution_efficiency, day, inTenths(f.resolutionEfficiency), 1, 0)
  if (f.attitude !== null) emit(t.attitude, day, inTenths(f.attitude), 1, 0)
  if (f.professionalism !== null) emit(t.professionalism, day, inTenths(f.professionalism), 1, 0)
  if (f.recommend !== null) emit(t.nps, day, f.recommend >= 9 ? 1 : f.recommend <= 6 ? -1 : 0, 1, 0)
}

/** '4.5' → 45, without a float in between. */
function inTenths(score: string): number {
  const [whole = '0', part = '0'] = score.split('.')
  return Number(whole) * 10 + Number(part[0] ?? 0)
}
