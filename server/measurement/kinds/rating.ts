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
  replyFor: row.text(17) as RatingFact['replyFor'],
  repliedAt: row.instant(18),
  replyDueAt: row.instant(19),
  replyUnknown: row.bool(20) === true,
  clockAt: row.instant(21),
})

const ofReply = ['reply_for', 'replied_at', 'reply_due_at', 'reply_unknown', 'clock_at'] as const

/** Ratings of a period, and those whose reply was given or fell due in it. */
const within = (place: Sql, from: Date, to: Date): Sql => sql`((${place} >= ${from} and ${place} < ${to})
  or (reply_due_at >= ${from} and ${place} < ${to}))`

export const response: MeasuredKind<RatingFact> = {
  kind: 'response',
  table: 'surveys.response',
  columns: [
    ...sharedColumns,
    'submitted_at',
    ...['overall', ...items].map((name) => `${name}::text`),
    'recommend::int',
    ...ofReply,
  ],
  read,
  place: 'submitted_at',
  anchoredWithin: (from, to) => within(sql`submitted_at`, from, to),
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
    ...ofReply,
  ],
  read,
  place: 'received_at',
  anchoredWithin: (from, to) => within(sql`received_at`, from, to),
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
  contributeReply(f, zone, emit)
}

/** A low score or a suggestion owes the customer a reply; on the day of the earlier of reply and limit. */
function contributeReply(f: RatingFact, zone: Zone, emit: Emit): void {
  // A change written before replies were known says nothing of them.
  const { replyFor: asks = null, repliedAt: replied, replyDueAt: due } = f
  if (asks === null) return
  const counts = (day: number, inTime: 0 | 1, n: 0 | 1, missing: 0 | 1) => {
    emit(t.replied_in_time, day, inTime, n, missing)
    if (asks !== 'suggestion') emit(t.score_replied_in_time, day, inTime, n, missing)
    if (asks !== 'score') emit(t.suggestion_replied_in_time, day, inTime, n, missing)
  }
  if (f.replyUnknown) counts(zone.localDay(f.at), 0, 0, 1)
  if (f.replyUnknown || due === null) return
  // A reply before what it answers is a data fault: reported at import, never counted.
  if (replied === null ? due > (f.clockAt ?? 0) : replied < f.at) return
  const at = replied === null ? due : Math.min(replied, due)
  counts(zone.localDay(at), replied !== null && replied <= due ? 1 : 0, 1, 0)
}

/** '4.5' → 45, without a float in between. */
function inTenths(score: string): number {
  const [whole = '0', part = '0'] = score.split('.')
  return Number(whole) * 10 + Number(part[0] ?? 0)
}
