import type { WorkOrderFact } from '../cases/work-order-fact.ts'
import type { FactKind } from '../platform/change.ts'
import type { Zone } from '../platform/time.ts'
import type { RatingFact } from '../surveys/rating-fact.ts'

/**
 * The accumulators that figures are read from. A number is a place in every stored cell: never reorder,
 * only append. `sketched` ones keep a histogram for percentiles.
 */
export const tallies = [
  'first_response',
  'response_in_time',
  'start_in_time',
  'plan_in_time',
  'handling',
  'resolution',
  'fault_repair',
  'resolution_in_time',
  'first_contact',
  'fcr_all',
  'resolved_share',
  'reopened',
  'completeness',
  'experience',
  'csat',
  'response_speed',
  'resolution_efficiency',
  'attitude',
  'professionalism',
  'nps',
] as const
export type Tally = (typeof tallies)[number]
export const tallyNumber = Object.fromEntries(tallies.map((name, i) => [name, i])) as Record<Tally, number>
export const sketched: readonly boolean[] = tallies.map((name) =>
  ['first_response', 'handling', 'resolution', 'fault_repair'].includes(name),
)

/**
 * One fact version's share in one tally on one local day. `value` is an exact integer: ms for durations,
 * 0/1 for rates, tenths for scores, −1/0/+1 for the net promoter score, filled fields for completeness.
 * n = 0 with missing = 1 says the record belongs here but lacks the field.
 */
export type Emit = (tally: number, day: number, value: number, n: number, missing: number) => void

const week = 7 * 86_400_000

/** The one kernel: import, live updates, rebuild, scoped questions and record lists all ask it. */
export function contribute(kind: FactKind, fact: WorkOrderFact | RatingFact, zone: Zone, emit: Emit): void {
  if (fact.excludedReason !== null) return
  if (kind === 'work_order') contributeOrder(fact as WorkOrderFact, zone, emit)
  else contributeRating(fact as RatingFact, zone, emit)
}

function contributeOrder(f: WorkOrderFact, zone: Zone, emit: Emit): void {
  const { receivedAt: received, respondedAt: responded, resolvedAt: resolved } = f
  const receivedDay = received === null ? 0 : zone.localDay(received)
  const resolvedDay = resolved === null ? 0 : zone.localDay(resolved)
  // A solution or an answer before the receipt is a data fault: reported at import, never averaged.
  const sound = received === null || resolved === null || resolved >= received
  if (received !== null) {
    if (responded !== null) {
      if (responded >= received) emit(0, receivedDay, responded - received, 1, 0)
    } else if (resolved !== null) emit(0, receivedDay, 0, 0, 1)
  }
  inTime(1, responded, f.responseDueAt, f.responseInTime, f, zone, emit)
  inTime(2, f.startedAt, f.startDueAt, null, f, zone, emit)
  inTime(3, f.planConfirmedAt, f.planDueAt, null, f, zone, emit)
  inTime(7, resolved, f.resolutionDueAt, f.resolutionInTime, f, zone, emit)
  if (resolved !== null) {
    if (f.startedAt === null) emit(4, resolvedDay, 0, 0, 1)
    else if (resolved >= f.startedAt) emit(4, resolvedDay, resolved - f.startedAt, 1, 0)
    if (received === null) emit(5, resolvedDay, 0, 0, 1)
    else if (sound) emit(5, resolvedDay, resolved - received, 1, 0)
    if (f.category === 'repair') {
      if (f.faultIdentifiedAt === null) emit(6, resolvedDay, 0, 0, 1)
      else if (resolved >= f.faultIdentifiedAt) emit(6, resolvedDay, resolved - f.faultIdentifiedAt, 1, 0)
    }
    if (f.contactCount === null) emit(8, resolvedDay, 0, 0, 1)
    else emit(8, resolvedDay, solvedAtFirstContact(f) ? 1 : 0, 1, 0)
    emit(11, resolvedDay, reopened(f) ? 1 : 0, 1, 0)
  }
  if (received !== null) {
    if (resolved !== null && f.contactCount === null) emit(9, receivedDay, 0, 0, 1)
    else emit(9, receivedDay, resolved !== null && solvedAtFirstContact(f) ? 1 : 0, 1, 0)
    emit(10, receivedDay, resolved !== null && !reopened(f) ? 1 : 0, 1, 0)
  }
  if (f.requiredFields > 0) emit(12, zone.localDay(f.occurredAt), f.filledFields, f.requiredFields, 0)
}

/** Re-opened within 7 days of the solution; where only a count is known, any re-opening counts. */
const reopened = (f: WorkOrderFact): boolean =>
  f.reopenedAt !== null && f.resolvedAt !== null
    ? f.reopenedAt - f.resolvedAt <= week || (f.reopenCount ?? 0) > 1
    : (f.reopenCount ?? 0) > 0 || f.reopenedAt !== null

const solvedAtFirstContact = (f: WorkOrderFact): boolean =>
  f.contactCount === 1 && (f.reopenCount ?? 0) === 0 && f.reopenedAt === null && f.repeatedAt === null

/**
 * In time or not, on the day of min(done, due); while open and not due by `clockAt`, in neither half.
 * The source system's own verdict stands above our comparison.
 */
function inTime(
  tally: number,
  done: number | null,
  due: number | null,
  verdict: boolean | null,
  f: WorkOrderFact,
  zone: Zone,
  emit: Emit,
): void {
  if (verdict !== null) {
    const at =
      done !== null && due !== null ? Math.min(done, due) : (done ?? due ?? f.receivedAt ?? f.occurredAt)
    emit(tally, zone.localDay(at), verdict ? 1 : 0, 1, 0)
    return
  }
  if (due === null) return
  if (done !== null && f.receivedAt !== null && done < f.receivedAt) return
  if (done === null && due > f.clockAt) return
  const at = done === null ? due : Math.min(done, due)
  // A solved order was started, and planned where need be: the source just does not say when.
  if (done === null && f.resolvedAt !== null && (tally === 2 || tally === 3)) {
    emit(tally, zone.localDay(Math.min(due, f.resolvedAt)), 0, 0, 1)
    return
  }
  emit(tally, zone.localDay(at), done !== null && done <= due ? 1 : 0, 1, 0)
}

function contributeRating(f: RatingFact, zone: Zone, emit: Emit): void {
  const day = zone.localDay(f.at)
  if (f.overall !== null) {
    const tenths = inTenths(f.overall)
    emit(13, day, tenths, 1, 0)
    emit(14, day, tenths >= 40 ? 1 : 0, 1, 0)
  }
  if (f.responseSpeed !== null) emit(15, day, inTenths(f.responseSpeed), 1, 0)
  if (f.resolutionEfficiency !== null) emit(16, day, inTenths(f.resolutionEfficiency), 1, 0)
  if (f.attitude !== null) emit(17, day, inTenths(f.attitude), 1, 0)
  if (f.professionalism !== null) emit(18, day, inTenths(f.professionalism), 1, 0)
  if (f.recommend !== null) emit(19, day, f.recommend >= 9 ? 1 : f.recommend <= 6 ? -1 : 0, 1, 0)
}

/** '4.5' → 45, without a float in between. */
function inTenths(score: string): number {
  const [whole = '0', part = '0'] = score.split('.')
  return Number(whole) * 10 + Number(part[0] ?? 0)
}
