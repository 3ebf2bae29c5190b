import { categoryAsked } from '../../contract/category-filter.ts'
import type { OrganizationAsked, PlacedUnit } from '../directory/index.ts'
import type { FactKind } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'
import { dayToDate, monthStart, periodEnd } from '../platform/time.ts'
import type { Slice } from './accumulate.ts'
import { type Amounts, addAmounts, addShare } from './amounts.ts'
import { unpackDays, unpackTotal, type Wanted } from './cell.ts'
import { factsAsked } from './facts-asked.ts'
import { fromPairs, refuseTooMany } from './gather-pairs.ts'
import { contribute } from './kernel.ts'
import type { OwnShares } from './own/compile.ts'
import { type Dimension, memberIn, type Question, type Span, spanOf } from './question.ts'
import type { Emit } from './tallies.ts'
import { unitsAsked } from './units-of-days.ts'

/** Amounts per span (by its place), member and member of the second split; '' where the question does not split. */
export type Gathered = Map<string, Map<string, Amounts>>[]

/** Puts down amounts that nobody else holds, or adds them to those that stand there. */
function put(gathered: Gathered, span: number, member: string, amounts: Amounts): void {
  const others = gathered[span]!.get(member)
  const there = others?.get('')
  if (there) addAmounts(there, amounts)
  else gathered[span]!.set(member, new Map([['', amounts]]))
}

const into = (gathered: Gathered, span: number, member: string, other: string): Amounts => {
  const members = gathered[span]!
  let others = members.get(member)
  if (!others) {
    others = new Map()
    members.set(member, others)
  }
  let amounts = others.get(other)
  if (!amounts) {
    amounts = []
    others.set(other, amounts)
  }
  return amounts
}

const sliced: readonly Dimension[] = ['unit', 'agent', 'product', 'category', 'channel']

/**
 * Whether the cells hold the answer: one dimension at most, and rows of it the actor may see; or product and category,
 * over whole months and where no percentile is asked for.
 */
function sliceFor(
  question: Question,
  spans: Span[],
  { whole, percentiles }: { whole: boolean; percentiles: boolean },
): Slice | undefined {
  const { within, ...where } = question.where
  const asked = new Set(Object.keys(where) as Dimension[])
  if (question.by) asked.add(question.by)
  if (question.across) asked.add(question.across)
  if (asked.size === 2 && asked.has('product') && asked.has('category') && within === undefined)
    return whole && !percentiles && cutMonths(spans, []).length === 0 ? 'product_category' : undefined
  if (asked.size > 1) return undefined
  const [dimension] = asked
  if (!dimension) return whole ? 'whole' : 'unit'
  if (!sliced.includes(dimension)) return undefined
  return dimension === 'unit' || whole ? (dimension as Slice) : undefined
}

/** The one way to amounts: from cells where they hold the answer, else the same kernel over the facts. */
export async function gather(
  tx: Tx,
  question: Question,
  spans: Span[],
  context: OrganizationAsked,
  asked: {
    kinds: FactKind[]
    wanted: Wanted
    /** whether any of the answers is a percentile or has some beside it */
    percentiles: boolean
    /** whether any of them is more than the percentiles that a cell has worked out */
    histograms: boolean
    units?: PlacedUnit[] | undefined
    own: OwnShares
    inCells: boolean
  },
): Promise<Gathered> {
  const whole = tx.unitIds.includes(context.rootUnitId)
  const slice = asked.inCells ? sliceFor(question, spans, { whole, ...asked }) : undefined
  if (slice === 'product_category') return fromPairs(tx, question, spans, asked.wanted)
  return slice
    ? fromCells(tx, question, spans, context, { slice, whole, ...asked })
    : fromFacts(tx, question, spans, context, asked)
}

/** member, first day of the month, its total as far as it is needed, and its days where they are */
type CellRow = [member: string, month: number, total: Buffer, days: Buffer | null]

async function fromCells(
  tx: Tx,
  question: Question,
  spans: Span[],
  context: OrganizationAsked,
  asked: {
    slice: Slice
    whole: boolean
    wanted: Wanted
    histograms: boolean
    units?: PlacedUnit[] | undefined
  },
): Promise<Gathered> {
  const { slice, wanted } = asked
  const gathered: Gathered = spans.map(() => new Map())
  const units = await unitsAsked(tx, question, context, asked.units)
  const cut = cutMonths(spans, units.cuts)
  const members = await membersAsked(tx, question, { ...asked, units: units.ever })
  // What all units add up to stands in a cell of its own.
  const allUnits = slice === 'unit' && members === null && question.where.within === undefined
  const top = allUnits && question.by ? context.rootUnitId : undefined
  const ownersOf = (member: string, day: number): readonly string[] => {
    if (slice !== 'unit') return question.by ? [member] : alone
    if (!question.by) return units.counts(member, day) ? alone : nobody
    if (member === '') return top === undefined ? nobody : [top]
    return units.owners(member, day).filter((owner) => owner !== top)
  }
  const alike = spans.every(({ fromDay, toDay }) => monthStart(fromDay) === monthStart(toDay - 1))
  const full =
    asked.histograms || !alike || units.cuts.length > 0
      ? null
      : membersTogether(slice === 'unit' ? units.ever : (members ?? []), (member) =>
          ownersOf(member, question.fromDay),
        )
  const slices = top === undefined ? [slice] : [slice, 'whole']
  // The hottest statement there is: planned once a connection.
  const rows = await tx.prepared<CellRow>(
    'cells',
    sql`
      select member, month_on - date '1970-01-01',
        case when ${full === null} or member = any(${full ?? []}::text[]) then total
          else substring(total for get_byte(substring(total for 2), 0) * 256 + get_byte(substring(total for 2), 1)) end,
        case when month_on = any(${cut}::date[]) then days end
      from measurement.cell
      where organization_id = ${tx.organizationId} and slice = any(${slices}::text[])
        and month_on >= ${dayToDate(monthStart(question.fromDay))} and month_on < ${dayToDate(question.toDay)}
        and (${members === null} or member = any(${members ?? []}::text[]))`,
  )
  for (const [member, month, total, packed] of rows) {
    const read = (span: number, day: number, amounts: Amounts) => {
      const owners = ownersOf(member, day)
      // The last owner may keep the amounts, so that most are never copied.
      owners.forEach((owner, i) => {
        if (i === owners.length - 1) put(gathered, span, owner, amounts)
        else addAmounts(into(gathered, span, owner, ''), amounts)
      })
    }
    if (packed) {
      for (const [day, amounts] of unpackDays(packed, wanted, (of) => spanOf(spans, month + of) >= 0)) {
        const span = spanOf(spans, month + day)
        if (span >= 0) read(span, month + day, amounts)
      }
    } else {
      const span = spanOf(spans, month)
      if (span >= 0) read(span, month, unpackTotal(total, wanted))
    }
  }
  return gathered
}

/** The members whose cells are added up with others: a percentile of several needs all their histograms. */
function membersTogether(
  members: readonly string[],
  ownersOf: (member: string) => readonly string[],
): string[] {
  const owned = members.map((member) => ({ member, owners: ownersOf(member) }))
  const times = new Map<string, number>()
  for (const { owners } of owned) for (const owner of owners) times.set(owner, (times.get(owner) ?? 0) + 1)
  return owned.flatMap(({ member, owners }) =>
    owners.some((owner) => times.get(owner)! > 1) ? [member] : [],
  )
}

const alone: readonly string[] = ['']
const nobody: readonly string[] = []

/** Months that no single span holds whole, or within which a unit moved: their days are needed. */
function cutMonths(spans: Span[], moves: readonly number[]): string[] {
  const cut = new Set(moves.filter((day) => day > monthStart(day)).map(monthStart))
  const last = spans.at(-1)
  if (!spans[0] || !last) return []
  for (let month = monthStart(spans[0].fromDay); month < last.toDay; month = periodEnd('month', month)) {
    const end = periodEnd('month', month)
    if (!spans.some((span) => span.fromDay <= month && span.toDay >= end)) cut.add(month)
  }
  return [...cut].map(dayToDate)
}

/** The members whose cells are read; null for every one. */
async function membersAsked(
  tx: Tx,
  question: Question,
  { slice, whole, units }: { slice: Slice; whole: boolean; units: string[] },
): Promise<string[] | null> {
  if (slice === 'whole') return ['']
  if (slice === 'unit') return whole && !question.where.unit ? null : units
  if (slice === 'category' && question.where.category) {
    const { member, below } = categoryAsked(question.where.category)
    if (!below) return [member]
    const rows = await tx.rows<{ member: string }>(sql`
      select distinct member from measurement.cell where organization_id = ${tx.organizationId} and slice = 'category'
        and (member = ${member} or starts_with(member, ${`${member}-`}))`)
    return rows.map((row) => row.member)
  }
  const asked = question.where[slice as Dimension]
  return asked === undefined ? null : [asked]
}

/** The slow way: the kernel over every fact in question. Always the same answer as the cells. */
export async function fromFacts(
  tx: Tx,
  question: Question,
  spans: Span[],
  context: OrganizationAsked,
  { kinds, own, wanted }: { kinds: FactKind[]; own: OwnShares; wanted?: Wanted },
): Promise<Gathered> {
  const { zone } = context
  const { by, across } = question
  const gathered: Gathered = spans.map(() => new Map())
  const byUnit = by === 'unit' || across === 'unit'
  const units = await unitsAsked(tx, byUnit ? { ...question, by: 'unit' } : question, context)
  for await (const rows of factsAsked(tx, kinds, question, zone, units.ever)) {
    for (const { kind, fact } of rows) {
      const member = by ? memberIn(by, fact) : ''
      const other = across ? memberIn(across, fact) : ''
      if (member === null || other === null) continue
      const [itself, itsOther] = [[member], [other]]
      const keep: Emit = (tally, day, value, n, missing) => {
        if (across && wanted && !wanted[tally]) return
        const span = spanOf(spans, day)
        if (span < 0 || !(byUnit || units.counts(fact.unitId, day))) return
        const above = byUnit ? units.owners(fact.unitId, day) : nobody
        for (const owner of by === 'unit' ? above : itself)
          for (const beside of across === 'unit' ? above : itsOther)
            addShare(into(gathered, span, owner, beside), tally, value, n, missing, 1)
      }
      contribute(kind, fact, zone, keep, own)
    }
    if (across) refuseTooMany(gathered)
  }
  return gathered
}
