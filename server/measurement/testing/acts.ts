import type { Episode, Pause } from '../../../contract/cases.ts'
import { costRecords, messageRecords, reviewClocks, sweepClocks } from '../../cases/index.ts'
import { createWorkOrder, editWorkOrder, excludeWorkOrder } from '../../cases/work-orders.ts'
import { changeUnit } from '../../directory/change-units.ts'
import { handSource } from '../../directory/index.ts'
import { undoImport } from '../../intake/index.ts'
import type { Tx } from '../../platform/database.ts'
import { Refusal } from '../../platform/refusal.ts'
import { openSecrets } from '../../platform/secrets.ts'
import { sql } from '../../platform/sql.ts'
import { dayToDate, zone } from '../../platform/time.ts'
import { publishStandard, standardOn } from '../../standards/index.ts'
import { editFeedback, editResponse } from '../../surveys/enter.ts'
import { reviewReplies, sweepReplies } from '../../surveys/index.ts'
import { measures } from '../measures.ts'
import { renewCells } from '../renew.ts'
import { openSink } from '../sink.ts'
import { firstRecordOn } from '../units.ts'
import { changeOwnMeasures } from './random-own.ts'
import { categories, channels, customers, day, instant, iso, times, type World } from './world.ts'

export async function undoOne(w: World): Promise<void> {
  // After thirty days an import stays.
  w.batches = w.batches.filter(({ at }) => w.now - at < 30 * day)
  if (w.batches.length === 0) return
  const [batch] = w.batches.splice(w.c.below(w.batches.length), 1)
  const now = new Date(w.now)
  await undoImport(w.t.db, await w.t.whole(), batch?.id ?? '', { now, openSink: (tx) => openSink(tx, now) })
}

export async function entered(w: World, tx: Tx) {
  const { c } = w
  const people = await tx.rows<{ id: string }>(sql`select id from directory.person order by name`)
  const [category, subcategory] = c.pick(categories).split('-')
  const named = Object.entries(times(w)).map(([name, at]) => [
    name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
    at === null ? null : iso(at),
  ])
  const all = {
    ...Object.fromEntries(named),
    responseDueAt: undefined,
    resolutionDueAt: undefined,
    category,
    subcategory: subcategory ?? null,
    channel: c.pick(channels),
    priority: c.pick(['urgent', 'normal', null]),
    unitId: c.pick(w.teams),
    agentId: people.length > 0 ? c.pick(people).id : null,
    responderId: people.length > 0 && c.often(0.5) ? c.pick(people).id : null,
    customer: c.pick(customers),
    contactCount: c.pick([1, 2, null]),
    reopenCount: c.pick([0, 1, null]),
    visits: c.pick([0, 1, 2, null]),
    ...(c.often(0.3) && { pauses: pausedTimes(w) }),
  }
  const resolved = all.resolvedAt
  if (typeof resolved === 'string' && c.often(0.4)) return { ...all, episodes: openAgain(w, resolved) }
  return all
}

/** Once or twice, solved in between. */
export function openAgain(w: World, resolved: string): Episode[] {
  const { c } = w
  const first = Date.parse(resolved) + c.below(12) * day
  const solved = first + c.below(4 * day)
  const again = { reopenedAt: iso(solved + c.below(day)), resolvedAt: null }
  return [
    { reopenedAt: iso(first), resolvedAt: c.often(0.7) ? iso(solved) : null },
    ...(c.often(0.3) ? [again] : []),
  ].filter((_, i, all) => i === 0 || all[0]?.resolvedAt !== null)
}

export function pausedTimes(w: World): Pause[] {
  const ends = [instant(w), instant(w), instant(w)].sort((a, b) => a - b)
  const [first, second, third] = [...new Set(ends)].map((at) => iso(at))
  if (!first || !second || !third) return []
  return [
    { from: first, to: second, reason: '' },
    { from: third, to: null, reason: '等配件' },
  ]
}

/** Other limits, or other hours of a team: the orders there are follow when they are gone through. */
export async function changeLimits(w: World): Promise<void> {
  const { c } = w
  const now = new Date(w.now)
  const by = { authorId: null, now }
  await w.t.db.transaction(await w.t.whole(), async (tx) => {
    const standard = await standardOn(tx, '2100-01-01')
    const clocks = ['response', 'start', 'onsite', 'resolution', 'follow_up', 'reply'] as const
    const timeLimits = clocks.slice(0, c.often(0.8) ? 6 : 5).map((clock) => ({
      clock,
      priority: c.pick(['', 'urgent'] as const),
      complexity: '' as const,
      channel: '',
      faultLevel: clock === 'onsite' ? c.pick(['', '一级']) : '',
      ...c.pick([
        { seconds: 3600 * (1 + c.below(30)), runs: 'always' as const },
        { seconds: 3600 * (1 + c.below(30)), runs: 'working' as const },
        { seconds: 86_400 * (1 + c.below(4)), runs: 'workdays' as const },
      ]),
    }))
    const draft = { effectiveOn: '2024-01-01', reason: '时限', indicators: standard!.indicators, timeLimits }
    await publishStandard(tx, draft, { ...by, knownMeasures: measures.map(({ code }) => code) })
  })
  await review(w, now)
}

async function review(w: World, now: Date): Promise<void> {
  await reviewClocks(w.t.db, w.t.organizationId, now)
  await reviewReplies(w.t.db, w.t.organizationId, now)
}

/** A team put below another or the organization, from today, from a day before, or as it always was. */
export async function moveTeam(w: World): Promise<void> {
  const { c } = w
  const now = new Date(w.now + c.below(30) * day)
  const today = zone(w.zoneName).localDay(now.getTime())
  const changed = {
    parentId: c.pick([...w.teams, w.t.rootUnitId]),
    fromOn: c.pick([undefined, 'always', ...[0, 1, 3, 9].map((back) => dayToDate(today - back))]),
  }
  const mover = { id: null, name: '', now, firstRecordOn }
  const work = async (tx: Tx) => changeUnit(tx, c.pick(w.teams), changed, mover)
  await w.t.db.transaction(await w.t.whole(), work).catch((error: unknown) => {
    // A ring, or a day before the unit existed.
    if (!(error instanceof Refusal)) throw error
  })
  await review(w, new Date(w.now))
}

/** A measure composed, changed or deleted, and perhaps not yet counted. */
export async function composeOwn(w: World): Promise<void> {
  const now = new Date(w.now)
  await w.t.db.transaction(await w.t.whole(), (tx) => changeOwnMeasures(tx, w.c, now))
  if (w.c.often(0.6)) await renewCells(w.t.db, w.t.organizationId, now)
}

export async function create(w: World): Promise<void> {
  const now = new Date(w.now)
  await w.t.db.transaction(await w.t.whole(), async (tx) => {
    const order = { ...(await entered(w, tx)), receivedAt: iso(instant(w)) }
    const sourceId = await handSource(tx, now)
    await createWorkOrder(tx, openSecrets(w.dir), order, { now, sourceId, homeUnitId: w.t.rootUnitId })
  })
}

export async function onOne(
  w: World,
  work: (tx: Tx, order: { id: string; version: number }) => Promise<unknown>,
) {
  await w.t.db.transaction(await w.t.whole(), async (tx) => {
    const orders = await tx.rows<{ id: string; version: number }>(
      sql`select id, version from cases.work_order order by external_id, id`,
    )
    if (orders.length > 0) await work(tx, w.c.pick(orders))
  })
}

export function edit(w: World): Promise<void> {
  return onOne(w, async (tx, { id, version }) => {
    const all = await entered(w, tx)
    const kept = Object.fromEntries(Object.entries(all).filter(() => w.c.often(0.4)))
    // Opened again only after a solution.
    const solved = 'episodes' in kept ? { resolvedAt: all.resolvedAt } : {}
    const some = { ...kept, ...solved, receivedAt: iso(instant(w)) }
    await editWorkOrder(tx, openSecrets(w.dir), id, version, some, new Date(w.now))
  })
}

export function exclude(w: World): Promise<void> {
  return onOne(w, (tx, { id }) => excludeWorkOrder(tx, openSecrets(w.dir), id, '重复', new Date(w.now)))
}

/** A message or a cost, new or changed, by hand. */
export async function enterOrEditSmall(w: World): Promise<void> {
  const { c } = w
  const now = new Date(w.now)
  const secrets = openSecrets(w.dir)
  await w.t.db.transaction(await w.t.whole(), async (tx) => {
    const context = { now, sourceId: await handSource(tx, now), homeUnitId: w.t.rootUnitId }
    const told = () => {}
    const excludedReason = c.pick([null, null, '重复'])
    const inConversations = c.often(0.5)
    const sent = { sender: c.pick(['customer', 'agent']), sentAt: iso(instant(w)) }
    const spent = {
      amount: c.pick(['1', '2.5']),
      incurredAt: iso(instant(w)),
      workOrder: c.pick(['W1', 'W3', null]),
    }
    if (c.often(0.4)) {
      if (inConversations)
        await messageRecords.create(tx, secrets, { ...sent, conversation: `S${c.below(2)}` }, context)
      else await costRecords.create(tx, secrets, { ...spent, kind: 'parts' }, context)
      return
    }
    const table = inConversations ? sql`cases.message` : sql`cases.cost`
    const rows = await tx.rows<{ id: string; version: number }>(
      sql`select id, version from ${table} order by external_id, id`,
    )
    if (rows.length === 0) return
    const { id, version } = c.pick(rows)
    if (inConversations)
      await messageRecords.edit(tx, secrets, id, { ...sent, excludedReason }, { version, now, told })
    else await costRecords.edit(tx, secrets, id, { ...spent, excludedReason }, { version, now, told })
  })
}

/** A customer is told what came of an answer, or it is corrected. */
export async function replyToOne(w: World): Promise<void> {
  const { c } = w
  await w.t.db.transaction(await w.t.whole(), async (tx) => {
    const ofLedger = c.often(0.4)
    const rows = await tx.rows<{ id: string; version: number }>(sql`
      select id, version from ${ofLedger ? sql`surveys.feedback` : sql`surveys.response`} order by external_id, id`)
    if (rows.length === 0) return
    const { id, version } = c.pick(rows)
    const edit = { version, now: new Date(w.now), told: () => {} }
    const given = {
      repliedAt: c.pick([null, iso(instant(w))]),
      ...(c.often(0.3) && { suggestion: c.pick([null, '无', '周末也上班']) }),
      ...(c.often(0.3) && { unitId: c.pick(w.teams) }),
    }
    if (ofLedger)
      await editFeedback(
        tx,
        openSecrets(w.dir),
        id,
        { ...given, status: c.pick(['open', 'followed_up']) },
        edit,
      )
    else await editResponse(tx, id, { ...given, overall: c.pick([3, 4]) }, edit)
  })
}

export async function sweep(w: World): Promise<void> {
  w.now += w.c.below(20) * 600_000
  await sweepClocks(w.t.db, w.t.organizationId, new Date(w.now))
  await sweepReplies(w.t.db, w.t.organizationId, new Date(w.now))
}
