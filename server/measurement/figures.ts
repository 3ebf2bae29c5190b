import { organizationOf, type PlacedUnit, readPlacedUnits } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import type { Indicator } from '../standards/index.ts'
import type { Amounts } from './amounts.ts'
import { type Catalogue, catalogueFor, isOwn } from './catalogue.ts'
import { customerValue } from './customer-value.ts'
import { type CustomerCounts, countCustomers } from './customers.ts'
import { type Gathered, gather } from './gather.ts'
import { type Measure, type OfCustomers, talliesOf } from './measure.ts'
import { type Question, type Span, spansOf } from './question.ts'
import { tallies } from './tallies.ts'
import { memberNames } from './units.ts'
import { failedValue, isFew, measuredValue, type Value } from './value.ts'

export interface FigureRow extends Value {
  period: string
  member: string | null
  memberName: string | null
  /** Later facts of the next days may still change it (re-openings, the customer or the fault coming back). */
  provisional: boolean
}

/** Days after a span in which what happens still moves its figure. Who came back is known once the period is over: 0. */
const waits = new Map([
  ['first_contact_resolution', 7],
  ['fcr_all_rate', 7],
  ['resolution_rate', 7],
  ['reopen_rate', 7],
  ['first_time_fix_rate', 30],
  ['retention_rate', 0],
  ['churn_rate', 0],
])

/** Whether a figure of a span that ends before `toDay` may still move, seen from today. */
export const isProvisional = (measure: string, toDay: number, today: number): boolean => {
  const days = waits.get(measure)
  return days !== undefined && toDay + days > today
}

/**
 * Figures of several measures over one question; one that breaks is `failed`, the others stand. Wants a read-only
 * transaction: it sends statements together.
 */
export async function figuresOf(
  tx: Tx,
  codes: string[],
  question: Question,
  options: { now: Date; minimumN?: (code: string) => number },
): Promise<Map<string, FigureRow[]>> {
  const organization = await organizationOf(tx)
  const catalogue = await catalogueFor(tx, codes)
  const asked = codes.map(catalogue.of)
  const spans = spansOf(question)
  const units = question.by === 'unit' ? readPlacedUnits(tx) : undefined
  const context = { ...organization, units }
  const [found, counted, unitRows] = await Promise.all([
    gathered(
      tx,
      question,
      spans,
      context,
      catalogue,
      asked.filter(({ customers }) => !customers),
    ),
    customersCounted(
      tx,
      question,
      spans,
      context,
      asked.filter(({ customers }) => customers),
    ),
    units,
  ])
  const today = context.zone.localDay(options.now.getTime())
  const members = question.by
    ? [...new Set([...found, ...counted].flatMap((one) => [...one.keys()]))].sort()
    : ['']
  const names = unitRows
    ? new Map(unitRows.map(({ id, name }) => [id, name]))
    : question.by
      ? await memberNames(tx, question.by, members)
      : new Map<string, string>()
  const answer = new Map<string, FigureRow[]>()
  for (const measure of asked) {
    const minimumN = options.minimumN?.(measure.code) ?? 10
    answer.set(
      measure.code,
      spans.flatMap((span, i) =>
        members.map((member) => ({
          ...guarded(() =>
            measuredOf(
              measure,
              { amounts: found[i]?.get(member), customers: counted[i]?.get(member) },
              minimumN,
            ),
          ),
          period: span.label,
          member: question.by ? member : null,
          memberName: question.by ? (names.get(member) ?? member) : null,
          provisional: isProvisional(measure.code, span.toDay, today),
        })),
      ),
    )
  }
  return answer
}

type Context = Parameters<typeof gather>[3] & { units: Promise<PlacedUnit[]> | undefined }

/** From the cells, but for own measures that these do not hold yet, or hold no more since they were looked at. */
async function gathered(
  tx: Tx,
  question: Question,
  spans: Span[],
  context: Context,
  catalogue: Catalogue,
  measures: Measure[],
): Promise<Gathered> {
  if (measures.length === 0) return spans.map(() => new Map())
  const asked = {
    kinds: [...new Set(measures.flatMap(({ facts }) => facts))],
    wanted: tallies.map((name) => measures.some((measure) => talliesOf(measure).includes(name))),
    units: context.units,
  }
  const codes = measures.map(({ code }) => code)
  const inCells = codes.every(catalogue.isCounted)
  const found = await gather(tx, question, spans, context, { ...asked, own: catalogue.own, inCells })
  if (!inCells || !codes.some(isOwn)) return found
  const since = await catalogueFor(tx, codes)
  const stand = codes.every(
    (code) => since.isCounted(code) && since.of(code).version === catalogue.of(code).version,
  )
  return stand ? found : gather(tx, question, spans, context, { ...asked, own: since.own, inCells: false })
}

async function customersCounted(
  tx: Tx,
  question: Question,
  spans: Span[],
  context: Context,
  measures: Measure[],
) {
  if (measures.length === 0) return spans.map(() => new Map<string, CustomerCounts>())
  const asks = (...some: OfCustomers[]) =>
    measures.some(({ customers }) => customers && some.includes(customers))
  const needs = { withBefore: asks('kept', 'lost'), withSpend: asks('repeat_spend') }
  return countCustomers(tx, question, spans, { ...context, ...needs })
}

/** What is known of a measure in a span, for a member; nothing where there are no records. */
interface Found {
  amounts?: Amounts | undefined
  customers?: CustomerCounts | undefined
}

const measuredOf = (measure: Measure, { amounts = [], customers }: Found, minimumN: number): Value =>
  measure.customers ? customerValue(measure, customers, minimumN) : measuredValue(measure, amounts, minimumN)

export const figures = async (
  tx: Tx,
  code: string,
  question: Question,
  options: { now: Date; minimumN?: (code: string) => number },
): Promise<FigureRow[]> => (await figuresOf(tx, [code], question, options)).get(code) ?? []

/** The figure of an indicator in a period and, where the question splits, of a member. */
export type FigureOf = (indicator: Indicator, period: string, member?: string) => Figure
export type Figure = Omit<FigureRow, 'period' | 'member' | 'memberName'>

/**
 * Figures of indicators, each over the records of its own scope, and with too few of them by its own minimum. A member
 * without records has what none give; an indicator that was not asked for is `failed`.
 */
export async function indicatorFigures(
  tx: Tx,
  indicators: readonly Indicator[],
  question: Question,
  { now }: { now: Date },
): Promise<FigureOf> {
  const found = new Map<string, FigureRow>()
  const known = new Set(indicators.map((one) => keyOf(scopeKey(one), one.measure, '', null)))
  const groups = Map.groupBy(indicators, scopeKey)
  const { of } = await catalogueFor(tx, new Set(indicators.map(({ measure }) => measure)))
  await Promise.all(
    [...groups].map(async ([scope, some]) => {
      const codes = [...new Set(some.map(({ measure }) => measure))]
      const asked = { ...question, where: { ...question.where, ...some[0]?.scope } }
      // Too few is each indicator's own to say, below.
      for (const [measure, rows] of await figuresOf(tx, codes, asked, { now, minimumN: () => 1 }))
        for (const row of rows) found.set(keyOf(scope, measure, row.period, row.member), row)
    }),
  )
  return (indicator, period, member) => {
    const { measure, minimumN } = indicator
    const row = found.get(keyOf(scopeKey(indicator), measure, period, member ?? null))
    if (!row) {
      const isAsked = member !== undefined && known.has(keyOf(scopeKey(indicator), measure, '', null))
      return { ...(isAsked ? measuredOf(of(measure), {}, 1) : failedValue()), provisional: false }
    }
    return row.state === 'ok' && isFew(of(measure), row.n, minimumN) ? { ...row, state: 'few' } : row
  }
}

/** Equal for equal scopes, in whatever order they were written. */
export const scopeKey = ({ scope = {} }: Pick<Indicator, 'scope'>): string =>
  JSON.stringify(Object.entries(scope).sort())

const keyOf = (scope: string, measure: string, period: string, member: string | null): string =>
  JSON.stringify([scope, measure, period, member])

function guarded(work: () => Value): Value {
  try {
    return work()
  } catch {
    return failedValue()
  }
}
