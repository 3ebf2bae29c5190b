import { surveyDueAt, type WorkOrderFact } from '../../cases/work-order-fact.ts'
import type { Zone } from '../../platform/time.ts'
import { type Emit, tallyNumber as t } from '../tallies.ts'
import { inHundredths } from './hundredths.ts'

const week = 7 * 86_400_000

export function contributeOrder(f: WorkOrderFact, zone: Zone, emit: Emit): void {
  if (f.part === 'episode') {
    contributeEpisode(f, zone, emit)
    return
  }
  if (f.part !== 'work') contributeResponse(f, zone, emit)
  if (f.part !== 'response') contributeWork(f, zone, emit)
}

/** What counts for whoever gave the first response, or owes it. */
function contributeResponse(f: WorkOrderFact, zone: Zone, emit: Emit): void {
  const { receivedAt: received } = f
  if (received !== null) {
    const day = zone.localDay(received)
    firstResponse(t.first_response, received, day, f, emit)
    if (f.category === 'complaint') firstResponse(t.complaint_response, received, day, f, emit)
  }
  inTime(t.response_in_time, f.respondedAt, f.responseDueAt, f.responseInTime, f, zone, emit)
}

/** Opened again, an order owes its solution within the limit once more; the rest was measured with its first episode. */
function contributeEpisode(f: WorkOrderFact, zone: Zone, emit: Emit): void {
  inTime(t.resolution_in_time, f.resolvedAt, f.resolutionDueAt, null, f, zone, emit)
  if (f.category === 'complaint')
    inTime(t.complaint_in_time, f.resolvedAt, f.resolutionDueAt, null, f, zone, emit)
}

function contributeWork(f: WorkOrderFact, zone: Zone, emit: Emit): void {
  const { receivedAt: received, resolvedAt: resolved } = f
  const receivedDay = received === null ? 0 : zone.localDay(received)
  const resolvedDay = resolved === null ? 0 : zone.localDay(resolved)
  inTime(t.start_in_time, f.startedAt, f.startDueAt, null, f, zone, emit)
  inTime(t.plan_in_time, f.planConfirmedAt, f.planDueAt, null, f, zone, emit)
  // Who solved it from afar owed no visit.
  if (f.arrivedAt !== null || f.resolvedAt === null || !fromAfar(f))
    inTime(t.onsite_in_time, f.arrivedAt, f.onsiteDueAt, null, f, zone, emit)
  inTime(t.resolution_in_time, resolved, f.resolutionDueAt, f.resolutionInTime, f, zone, emit)
  if (resolved !== null) contributeSolution(f, resolved, resolvedDay, emit)
  if (received !== null) {
    if (resolved !== null && f.contactCount === null) emit(t.fcr_all, receivedDay, 0, 0, 1)
    else emit(t.fcr_all, receivedDay, resolved !== null && solvedAtFirstContact(f) ? 1 : 0, 1, 0)
    emit(t.resolved_share, receivedDay, resolved !== null && !reopened(f) ? 1 : 0, 1, 0)
    if (f.category === null) emit(t.complaint_share, receivedDay, 0, 0, 1)
    else emit(t.complaint_share, receivedDay, f.category === 'complaint' ? 1 : 0, 1, 0)
  }
  contributeSurvey(f, zone, emit)
  if (f.requiredFields > 0)
    emit(t.completeness, zone.localDay(f.occurredAt), f.filledFields, f.requiredFields, 0)
  inTime(t.follow_up, f.followedUpAt, f.followUpDueAt, null, f, zone, emit)
  contributeSkill(f, zone, emit)
  if (f.category === 'repair') contributeRepair(f, receivedDay, zone, emit)
  if (f.category === 'complaint') contributeComplaint(f, receivedDay, zone, emit)
}

/**
 * A confirmed order is owed its survey within 24 hours; on the day of the earlier of sent and due. Sent before the
 * confirmation is in time.
 */
function contributeSurvey(f: WorkOrderFact, zone: Zone, emit: Emit): void {
  // A change written before surveys were sent says nothing of them.
  const sent = f.surveySentAt ?? null
  const due = surveyDueAt(f.confirmedAt)
  if (due === null || (sent === null && due > f.clockAt)) return
  const day = zone.localDay(sent === null ? due : Math.min(sent, due))
  emit(t.survey_in_time, day, sent !== null && sent <= due ? 1 : 0, 1, 0)
  if (sent !== null) emit(t.survey_sent, day, 1, 1, 0)
}

function firstResponse(
  tally: number,
  received: number,
  receivedDay: number,
  { respondedAt: responded, resolvedAt: resolved }: WorkOrderFact,
  emit: Emit,
): void {
  // An answer before the receipt is a data fault: reported at import, never averaged.
  if (responded !== null) {
    if (responded >= received) emit(tally, receivedDay, responded - received, 1, 0)
  } else if (resolved !== null) emit(tally, receivedDay, 0, 0, 1)
}

function contributeSolution(f: WorkOrderFact, resolved: number, day: number, emit: Emit): void {
  if (f.startedAt === null) emit(t.handling, day, 0, 0, 1)
  else if (resolved >= f.startedAt) emit(t.handling, day, resolved - f.startedAt, 1, 0)
  if (f.receivedAt === null) emit(t.resolution, day, 0, 0, 1)
  else if (resolved >= f.receivedAt) emit(t.resolution, day, resolved - f.receivedAt, 1, 0)
  if (f.contactCount === null) emit(t.first_contact, day, 0, 0, 1)
  else emit(t.first_contact, day, solvedAtFirstContact(f) ? 1 : 0, 1, 0)
  emit(t.reopened, day, reopened(f) ? 1 : 0, 1, 0)
  if (f.resolutionMode === null) {
    emit(t.remote, day, 0, 0, 1)
    emit(t.self_service, day, 0, 0, 1)
  } else {
    emit(t.remote, day, remotely.test(f.resolutionMode) ? 1 : 0, 1, 0)
    emit(t.self_service, day, byThemselves.test(f.resolutionMode) ? 1 : 0, 1, 0)
  }
  // Costs of the order's own count instead, each on its day.
  if (f.costed) return
  const cents = f.cost === null ? null : inHundredths(f.cost)
  if (cents === null) emit(t.cost, day, 0, 0, 1)
  // More than that is a slip of the pen, and sums of such would not be exact any more.
  else if (Math.abs(cents) <= mostCents) emit(t.cost, day, cents, 1, 0)
}

const mostCents = 100_000_000_000

/** Files say it in many words, with the outcome beside it: "Solved remotely (permanently)", 远程解决. */
const remotely = /remote|远程/i
const byThemselves = /self[ _-]?(service|help|solved)|自助|自行解决/i

const fromAfar = (f: WorkOrderFact): boolean =>
  f.visits === 0 || (f.visits === null && remotely.test(f.resolutionMode ?? ''))

/** Re-opened within 7 days of the solution; where only a count is known, any re-opening counts. */
const reopened = (f: WorkOrderFact): boolean =>
  f.reopenedAt !== null && f.resolvedAt !== null
    ? f.reopenedAt - f.resolvedAt <= week || (f.reopenCount ?? 0) > 1
    : (f.reopenCount ?? 0) > 0 || f.reopenedAt !== null

const solvedAtFirstContact = (f: WorkOrderFact): boolean =>
  f.contactCount === 1 && (f.reopenCount ?? 0) === 0 && f.reopenedAt === null && f.repeatedAt === null

/** How well an order was diagnosed, planned and supplied: on the day it was solved, or given up. */
function contributeSkill(f: WorkOrderFact, zone: Zone, emit: Emit): void {
  const { resolvedAt: resolved, partsRequested: requested } = f
  const isRepair = f.category === 'repair'
  if (requested !== null ? requested > 0 : isRepair) {
    const day = zone.localDay(f.occurredAt)
    if (requested === null || f.partsFilled === null) emit(t.parts_fill, day, 0, 0, 1)
    else emit(t.parts_fill, day, f.partsFilled, requested, 0)
  }
  const ended = resolved ?? f.closedAt
  if (ended === null) return
  const day = zone.localDay(ended)
  // Not every order has a fault to be found.
  if (f.diagnosisRight !== null) emit(t.diagnosis, day, f.diagnosisRight ? 1 : 0, 1, 0)
  else if (isRepair) emit(t.diagnosis, day, 0, 0, 1)
  if (f.planConfirmedAt !== null) {
    if (f.planReplaced === null) emit(t.plan_accuracy, day, 0, 0, 1)
    else emit(t.plan_accuracy, day, resolved !== null && !f.planReplaced && !reopened(f) ? 1 : 0, 1, 0)
  }
  if (resolved === null) return
  if (f.articleUsed === null) emit(t.knowledge_use, day, 0, 0, 1)
  else emit(t.knowledge_use, day, f.articleUsed ? 1 : 0, 1, 0)
  if (!isRepair) return
  if (f.redone === null) emit(t.repair_accuracy, day, 0, 0, 1)
  else emit(t.repair_accuracy, day, f.redone ? 0 : 1, 1, 0)
}

function contributeRepair(f: WorkOrderFact, receivedDay: number, zone: Zone, emit: Emit): void {
  const { resolvedAt: resolved, faultIdentifiedAt: identified } = f
  if (resolved !== null) {
    const day = zone.localDay(resolved)
    if (identified === null) emit(t.fault_repair, day, 0, 0, 1)
    else if (resolved >= identified) emit(t.fault_repair, day, resolved - identified, 1, 0)
  }
  if (resolved !== null) {
    const day = zone.localDay(resolved)
    if (f.visits === null || f.faultAfter === null) emit(t.first_time_fix, day, 0, 0, 1)
    else emit(t.first_time_fix, day, f.visits <= 1 && !reopened(f) && !f.faultAfter ? 1 : 0, 1, 0)
  }
  // Closed without a solution, a repair was given up.
  const ended = f.closedAt ?? resolved
  if (ended !== null) emit(t.repaired, zone.localDay(ended), resolved !== null && !reopened(f) ? 1 : 0, 1, 0)
  if (f.receivedAt === null) return
  if (f.faultBefore === null) emit(t.repeat_fault, receivedDay, 0, 0, 1)
  else emit(t.repeat_fault, receivedDay, f.faultBefore ? 1 : 0, 1, 0)
}

function contributeComplaint(f: WorkOrderFact, receivedDay: number, zone: Zone, emit: Emit): void {
  const { receivedAt: received, resolvedAt: settled, resolutionDueAt: due } = f
  if (received !== null) {
    if (f.complaintBefore === null) emit(t.repeat_complaint, receivedDay, 0, 0, 1)
    else emit(t.repeat_complaint, receivedDay, f.complaintBefore ? 1 : 0, 1, 0)
  }
  inTime(t.complaint_in_time, settled, due, f.resolutionInTime, f, zone, emit)
  // Due is a complaint that was settled or whose limit has passed.
  if (settled === null && (due === null || due > f.clockAt)) return
  const day = zone.localDay(Math.min(settled ?? due ?? 0, due ?? settled ?? 0))
  emit(t.complaint_handled, day, settled === null ? 0 : 1, 1, 0)
  if (settled === null || reopened(f)) emit(t.complaint_accepted, day, 0, 1, 0)
  else if (f.confirmedAt === null) emit(t.complaint_accepted, day, 0, 0, 1)
  else emit(t.complaint_accepted, day, 1, 1, 0)
}

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
  // A solved order was started, planned and visited where need be: the source just does not say when.
  if (done === null && f.resolvedAt !== null && solvedAnyway.has(tally)) {
    emit(tally, zone.localDay(Math.min(due, f.resolvedAt)), 0, 0, 1)
    return
  }
  emit(tally, zone.localDay(at), done !== null && done <= due ? 1 : 0, 1, 0)
}

const solvedAnyway: ReadonlySet<number> = new Set([t.start_in_time, t.plan_in_time, t.onsite_in_time])
