import type { UnitDifference } from '../../contract/measurement.ts'
import { reviewClocks, sweepClocks } from '../cases/index.ts'
import { joiningState, organizationOf, readPlacedUnits } from '../directory/index.ts'
import type { Database, Tx } from '../platform/database.ts'
import { inTurn } from '../platform/in-turn.ts'
import { Refusal } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { dayToDate, type Period } from '../platform/time.ts'
import { standardOn } from '../standards/index.ts'
import { reviewReplies, sweepReplies } from '../surveys/index.ts'
import { cellFormat } from './cell.ts'
import { lockCells } from './cells.ts'
import { causesSince, knownNow } from './copy-causes.ts'
import { differencesOf } from './copy-difference.ts'
import { type NewCopy, writeCopy } from './copy-write.ts'
import { drainAll, drainChanges } from './drain.ts'
import { liveCards, type UnitCard } from './live-cards.ts'
import { countsPeople } from './measures.ts'
import { cardsOfCopy } from './period-copies.ts'
import { renewCells } from './renew.ts'
import { periodOf } from './scorecard.ts'

export interface Closer {
  by: { id: string | null; name: string }
  now: Date
  note: string
}

export interface Closed {
  number: number
  cards: number
  /** Of the texts of the cards: what the audit trail can hold a copy against. */
  sha256: string
}

/**
 * Brings an organization's cells up to all that was acknowledged (limits of new rules, limits that fell due), before a period is closed in a transaction of its own.
 * Most of the work is done here, so that writers of cells wait for the closing itself only.
 */
export async function readyToClose(db: Database, organizationId: string, now: Date): Promise<void> {
  for (const work of [reviewClocks, reviewReplies, sweepClocks, sweepReplies])
    await work(db, organizationId, now)
  await renewCells(db, organizationId, now)
  await drainChanges(db, organizationId, now)
}

/**
 * Freezes the figures of a period as copy 1: of the organization and of every unit. The actor sees the whole organization.
 * Refuses period_not_over, period_closed, no_standard, figures_incomplete and figures_failed (409).
 */
export async function closePeriod(within: Tx, label: string, closer: Closer): Promise<Closed> {
  const period = periodOf(label)
  const tx = await holdFigures(within, closer.now)
  const { zone } = await organizationOf(tx)
  if (zone.localDay(closer.now.getTime()) < period.toDay)
    throw new Refusal('period_not_over', 409, {
      zh: `${label} 到 ${dayToDate(period.toDay - 1)} 才结束，结束后才能关账。`,
      en: `${label} runs until ${dayToDate(period.toDay - 1)}; close it after that day.`,
    })
  if ((await newestCopy(tx, label)) !== undefined) throw alreadyClosed(label)
  return write(tx, label, {
    ...(await measuredNow(tx, period, closer)),
    number: 1,
    differences: [],
    causes: [],
  })
}

/**
 * Freezes the figures of a closed period anew as its next copy, with what moved against the newest one and why.
 * Refuses period_not_closed, nothing_moved and what closing refuses (409).
 */
export async function restatePeriod(
  within: Tx,
  label: string,
  closer: Closer,
): Promise<Closed & { moved: number }> {
  const period = periodOf(label)
  const tx = await holdFigures(within, closer.now)
  const newest = await newestCopy(tx, label)
  if (!newest) throw notClosed(label)
  const fresh = await measuredNow(tx, period, closer)
  const differences = differencesOf(await cardsOfCopy(tx, label, newest.number), fresh.cards)
  if (differences.length === 0)
    throw new Refusal('nothing_moved', 409, {
      zh: `当前数据与 ${label} 的第 ${newest.number} 份完全一致，没有需要重述的变动。`,
      en: `The figures of ${label} are exactly those of copy ${newest.number}: there is nothing to restate.`,
    })
  const causes = await causesOf(tx, period, newest, differences)
  const done = await write(tx, label, { ...fresh, number: newest.number + 1, differences, causes })
  return { ...done, moved: countMoved(differences) }
}

export const countMoved = (differences: UnitDifference[]): number =>
  differences.reduce((sum, { rows }) => sum + rows.length, 0)

/** From here to the end of the transaction no cell changes, and the cells hold every change that was acknowledged. */
async function holdFigures(within: Tx, now: Date): Promise<Tx> {
  await lockOrRefuse(within)
  const tx = await seeingWhole(within)
  const state = await tx.one<{ cell_format: number }>(
    sql`select cell_format from measurement.state where organization_id = ${tx.organizationId}`,
  )
  // The time zone was changed this moment: the days of every record are being told anew.
  if (state && state.cell_format !== cellFormat)
    throw new Refusal('figures_incomplete', 409, {
      zh: '全部数值正在重算（刚换过时区或升级），请稍后再关账。',
      en: 'All figures are being computed anew (after a change of time zone or an upgrade); try again shortly.',
    })
  await drainAll(tx, now)
  return tx
}

/** An import that ended while closing waited for it may have made units: they are seen from here on. */
async function seeingWhole(tx: Tx): Promise<Tx> {
  const unitIds = (await readPlacedUnits(tx)).map(({ id }) => id)
  await tx.client.query(`set local app.units = '{${unitIds.join(',')}}'`)
  return { ...tx, unitIds }
}

/** A large import writes its figures in one go, and closing waits for it, but not for ever. */
async function lockOrRefuse(tx: Tx): Promise<void> {
  try {
    await lockCells(tx)
  } catch (error) {
    if ((error as { code?: string }).code !== outOfTime) throw error
    throw busy()
  }
}
const busy = () =>
  new Refusal('figures_busy', 503, {
    zh: '正在写入较多数据，请稍后再试。',
    en: 'Much data is being written; try again a little later.',
  })

/** What PostgreSQL says of a statement that waited longer than it may. */
const outOfTime = '57014'

export interface Newest {
  number: number
  madeAt: Date
  zone: string
  known: string[]
}

export async function newestCopy(tx: Tx, label: string): Promise<Newest | undefined> {
  return tx.one<Newest>(sql`
    select number, made_at as "madeAt", zone, known from measurement.period_copy
    where organization_id = ${tx.organizationId} and period = ${label} order by number desc limit 1`)
}

export const notClosed = (label: string) =>
  new Refusal('period_not_closed', 409, {
    zh: `${label} 还没有关账，数值本来就随数据更新；请先关账。`,
    en: `${label} is not closed: its figures follow the records anyway. Close it first.`,
  })

const alreadyClosed = (label: string) =>
  new Refusal('period_closed', 409, {
    zh: `${label} 已经关账。关账后的变动请用“重述”记为下一份。`,
    en: `${label} is closed already. What came after goes into the next copy: restate it.`,
  })

/** What was done since a copy and touched its period. */
export async function causesOf(tx: Tx, period: Period, newest: Newest, differences: UnitDifference[]) {
  const { zone, rootUnitId } = await organizationOf(tx)
  const { madeAt, zone: zoneThen, known } = newest
  const people = differences.some(({ rows }) => rows.some(({ measure }) => countsPeople(measure)))
  return causesSince(tx, { period, zone, rootUnitId, madeAt, zoneThen, people, known: new Set(known) })
}

type Measured = Pick<NewCopy, 'zone' | 'madeAt' | 'by' | 'note' | 'known'> & { cards: Map<string, UnitCard> }

/** The figures as they stand, refused where one of them failed: a record must not hold an accident. */
async function measuredNow(tx: Tx, period: Period, { by, now, note }: Closer): Promise<Measured> {
  const { zone, rootUnitId } = await organizationOf(tx)
  if (!(await standardOn(tx, dayToDate(period.fromDay))))
    throw new Refusal('no_standard', 409, {
      zh: '还没有发布标准，没有可以冻结的得分。请先在“标准”发布。',
      en: 'No standard was ever published, so there is no score to freeze. Publish one under Standards first.',
    })
  const cards = await settledCards(tx, period, now)
  const failed = [...cards.values()].some(({ card }) =>
    card.indicators.some(({ state }) => state === 'failed'),
  )
  if (failed)
    throw new Refusal('figures_failed', 409, {
      zh: '有指标计算失败，不能冻结。请在看板查看是哪一项，排除后再试。',
      en: 'An indicator failed and cannot be frozen. See on the board which one, and try again once it works.',
    })
  const known = await knownNow(tx, { period, zone, rootUnitId, people: true, madeAt: now })
  return { zone: zone.name, madeAt: now, by, note, known, cards }
}

/**
 * Some figures are read from facts and not from cells (an indicator that stands for some records alone). A fact changed
 * between the two would be in one and not in the other, so nothing may have come in while they were read; nor may anybody
 * have joined on another day.
 */
async function settledCards(tx: Tx, period: Period, now: Date): Promise<Map<string, UnitCard>> {
  for (let round = 0; round < mostRounds; round++) {
    const joined = await daysJoined(tx)
    const cards = await liveCards(inTurn(tx), period, { now, trend: true })
    if (!(await changesWait(tx)) && (await daysJoined(tx)) === joined) return cards
    await drainAll(tx, now)
  }
  throw busy()
}
const mostRounds = 10

const daysJoined = async (tx: Tx): Promise<string | null | undefined> =>
  (await tx.one<{ state: string | null }>(sql`select (${joiningState(tx.organizationId)}) as state`))?.state

const changesWait = async (tx: Tx): Promise<boolean> =>
  (await tx.one(sql`select 1 from platform.change where organization_id = ${tx.organizationId} limit 1`)) !==
  undefined

async function write(
  tx: Tx,
  label: string,
  { cards, ...copy }: Measured & Pick<NewCopy, 'number' | 'differences' | 'causes'>,
): Promise<Closed> {
  const sha256 = await writeCopy(tx, { ...copy, period: label, cards: cards.values() })
  if (sha256 === undefined) throw alreadyClosed(label)
  return { number: copy.number, cards: cards.size, sha256 }
}
