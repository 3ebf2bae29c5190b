import type { Finding, Holder } from '../../contract/measurement.ts'
import { organizationOf } from '../directory/index.ts'
import type { FactKind } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import { ratio } from '../platform/ratio.ts'
import { dayToDate } from '../platform/time.ts'
import { type Indicator, standardOn } from '../standards/index.ts'
import { catalogueFor } from './catalogue.ts'
import { isCounted } from './counted.ts'
import { indicatorFigures } from './figures.ts'
import { keptAtState } from './kept-at-state.ts'
import type { Fact } from './kinds/measured-kind.ts'
import type { Measure } from './measure.ts'
import { factFits, memberIn, type Question, type Where } from './question.ts'
import { statusOf } from './score.ts'
import { periodOf, type ScorecardQuestion } from './scorecard.ts'
import { memberNames } from './units.ts'
import { ownValue } from './value.ts'
import { walk } from './walk.ts'

/** Of more records than this the whole would have to be read too long for a page that is looked at. */
const mostRecords = 200_000

const dimensions = ['unit', 'agent', 'product', 'category', 'channel'] as const
type By = Holder['by']

interface Count {
  failing: number
  records: number
}

interface Tally extends Count {
  indicator: Indicator
  /** Per way of splitting and member. */
  members: Map<By, Map<string, Count>>
}

/**
 * For each indicator of the period that misses its target: how many of its records miss it each for itself, and the
 * one unit, person, product, category, channel or stretch of four hours that holds far more of those than of all.
 */
export async function findings(tx: Tx, asked: ScorecardQuestion, { now }: { now: Date }): Promise<Finding[]> {
  const { fromDay, toDay } = periodOf(asked.period)
  const where: Where = {
    ...(asked.unit && { unit: asked.unit }),
    ...(asked.product && { product: asked.product }),
  }
  const standard = await standardOn(tx, dayToDate(fromDay))
  const found = await keptAtState(tx, now, ['findings', asked.period, where], () =>
    counted(tx, { fromDay, toDay, grain: 'whole', where }, standard?.indicators ?? [], now),
  )
  return Promise.all(found.map((one) => named(tx, one)))
}

/** A finding whose holder is not named yet: names change without a fact changing. */
type Unnamed = Omit<Finding, 'holder'> & { holder: Omit<Holder, 'memberName'> | null }

async function counted(tx: Tx, question: Question, indicators: Indicator[], now: Date): Promise<Unnamed[]> {
  const { where } = question
  const figureOf = await indicatorFigures(tx, indicators, question, { now })
  const { of, own } = await catalogueFor(
    tx,
    indicators.map(({ measure }) => measure),
  )
  const tallies: Tally[] = []
  let records = 0
  for (const indicator of indicators) {
    // No single purchase or order misses a target of customers or people: who does not come back leaves no record. Nor
    // does a share of working time.
    if (isCounted(of(indicator.measure)) || of(indicator.measure).over) continue
    const figure = figureOf(indicator, 'whole')
    if (!figure.exact || statusOf(ratio(...figure.exact), indicator.target, indicator.rule) === 'met')
      continue
    tallies.push({ indicator, failing: 0, records: 0, members: new Map() })
    records = Math.max(records, figure.records)
  }
  if (tallies.length === 0 || records > mostRecords) return []
  const { zone } = await organizationOf(tx)
  const codes = [...new Set(tallies.map(({ indicator }) => indicator.measure))]
  await walk(tx, { measures: codes.map(of), own }, question, (measure, { kind, fact }, value, n) => {
    const at = cameAt(kind, fact)
    const hour = at === null ? null : Math.floor((at + zone.offsetMs(at)) / 3_600_000) % 24
    for (const tally of tallies) {
      if (tally.indicator.measure !== measure.code || !factFits(tally.indicator.scope, fact)) continue
      const failing = fails(measure, tally.indicator, value, n)
      add(tally, failing)
      for (const by of dimensions) if (!(by in where)) addMember(tally, by, memberIn(by, fact), failing)
      if (hour === null) continue
      for (let from = Math.max(0, hour - 3); from <= Math.min(hour, 20); from++)
        addMember(tally, 'hour', String(from), failing)
    }
  })
  return tallies.map((tally) => ({
    code: tally.indicator.code,
    failing: tally.failing,
    records: tally.records,
    holder: gathering(tally),
  }))
}

/** When the customer came; of ratings that says nothing. */
function cameAt(kind: FactKind, fact: Fact): number | null {
  if (kind === 'contact' && 'startedAt' in fact) return fact.startedAt
  return kind === 'work_order' && 'occurredAt' in fact ? (fact.receivedAt ?? fact.occurredAt) : null
}

/** Whether a record misses the target by itself: late, not in the numerator, below the points, a field blank. */
function fails(measure: Measure, { target }: Indicator, value: number, n: number): boolean {
  if (measure.shape === 'count' || measure.shape === 'sum') return true
  if (measure.shape === 'rate') return measure.better === 'lower' ? value > 0 : value < n
  if (measure.shape === 'nps') return value < 0
  const own = ownValue(measure, value, n)
  return target.operator === '<=' ? own > Number(target.value) : own < Number(target.value)
}

function add(count: Count, failing: boolean): void {
  count.records++
  if (failing) count.failing++
}

function addMember({ members }: Tally, by: By, member: string | null, failing: boolean): void {
  if (member === null || member === '') return
  const all = members.get(by) ?? new Map<string, Count>()
  members.set(by, all)
  const count = all.get(member) ?? { failing: 0, records: 0 }
  all.set(member, count)
  add(count, failing)
}

async function named(tx: Tx, { holder, ...found }: Unnamed): Promise<Finding> {
  if (!holder) return { ...found, holder }
  const names = holder.by === 'hour' ? undefined : await memberNames(tx, holder.by, [holder.member])
  return { ...found, holder: { ...holder, memberName: names?.get(holder.member) ?? holder.member } }
}

const leastFailing = 5
const leastShare = 0.25
const leastSurplus = 0.1

/** The member whose share of the failing records stands furthest above its share of all, if far enough. */
function gathering(tally: Tally): Omit<Holder, 'memberName'> | null {
  let best: Omit<Holder, 'memberName'> | null = null
  let furthest = leastSurplus
  for (const [by, members] of tally.members)
    for (const [member, { failing, records }] of members) {
      const share = failing / tally.failing
      const surplus = share - records / tally.records
      if (failing < leastFailing || share < leastShare || surplus < furthest) continue
      furthest = surplus
      best = { by, member, failing, records }
    }
  return best
}
