import { organizationOf } from '../directory/index.ts'
import type { FactKind } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import { catalogueFor } from './catalogue.ts'
import { countedRecords, isCounted } from './counted.ts'
import type { FactRow } from './facts.ts'
import { factsAsked } from './facts-asked.ts'
import { contribute } from './kernel.ts'
import { measuredKinds } from './kinds/kinds.ts'
import { type Measure, talliesOf } from './measure.ts'
import type { OwnShares } from './own/compile.ts'
import type { Question } from './question.ts'
import { type Emit, tallyNumber } from './tallies.ts'
import { unitsAsked } from './units-of-days.ts'
import { ownValue, unitSize } from './value.ts'

/** One record behind a figure, with its own share in it. */
export interface MeasuredRecord {
  kind: FactKind
  id: string
  externalId: string
  unitId: string
  agentId: string | null
  productId: string | null
  /** Epoch ms of its place in lists. */
  at: number
  value: number | null
  /** The unit of the value: the measure's, or that of the side of the line it stands on. */
  measuredIn: Measure['unit']
  inNumerator: boolean | null
  batchId: string | null
  line: number | null
}

export interface Records {
  items: MeasuredRecord[]
  /** All records behind the figure, not only these. */
  total: number
  excluded: { reason: string; n: number }[]
}

/** Exactly the records a figure counts, in the order of their time; found by the kernel that counted them. */
export async function records(tx: Tx, code: string, question: Question, page: Page): Promise<Records> {
  const catalogue = await catalogueFor(tx, [code])
  return recordsOf(tx, catalogue.of(code), catalogue.own, question, page)
}

export interface Page {
  after?: Place
  limit: number
  /** To where people's time is counted in a period that is not over; where it is left out, to the end of the period. */
  now?: Date
}

/** As `records`, of a measure in hand. */
export async function recordsOf(
  tx: Tx,
  measure: Measure,
  own: OwnShares,
  question: Question,
  page: Page,
): Promise<Records> {
  const organization = await organizationOf(tx)
  const { zone } = organization
  if (isCounted(measure)) return countedRecords(tx, measure, question, organization, page)
  const units = await unitsAsked(tx, question, organization)
  const wanted = talliesOf(measure).map((tally) => tallyNumber[tally])
  const found: MeasuredRecord[] = []
  let total = 0
  // Of a year there may be millions, of which a page is shown: what lies past it is counted and let go.
  const most = Math.min(4 * page.limit + 1000, Number.MAX_SAFE_INTEGER)
  const excluded = new Map<string, number>()
  const visit = (row: FactRow) => {
    const at = measuredKinds[row.kind].at(row.fact)
    const { excludedReason } = row.fact
    // An excluded record would have counted had it not been excluded.
    const judged = excludedReason === null ? row.fact : { ...row.fact, excludedReason: null }
    // Where something is added above the line, what is added to stands below it too: one record, told by what it cost.
    const both = measure.over?.plus === undefined || measure.tally === null ? -1 : tallyNumber[measure.tally]
    let shown: MeasuredRecord | undefined
    let above: ReturnType<typeof partOf> | undefined
    const keep: Emit = (tally, day, value, n) => {
      if (!wanted.includes(tally) || day < question.fromDay || day >= question.toDay) return
      if ((n === 0 && value === 0) || !units.counts(row.fact.unitId, day)) return
      if (measure.shape === 'count' && value !== 0) return
      if (tally === both) {
        above = partOf(measure, tally, value, n)
        return
      }
      if (excludedReason !== null) {
        excluded.set(excludedReason, (excluded.get(excludedReason) ?? 0) + 1)
        return
      }
      total++
      if (page.after && !comesAfter({ at, id: row.id }, page.after)) return
      shown = {
        kind: row.kind,
        id: row.id,
        externalId: row.externalId,
        unitId: row.fact.unitId,
        agentId: row.fact.agentId,
        productId: row.fact.productId,
        at,
        ...partOf(measure, tally, value, n),
        inNumerator: measure.shape === 'rate' && n === 1 ? value === 1 : null,
        batchId: row.batchId,
        line: row.line,
      }
      found.push(shown)
    }
    contribute(row.kind, judged, zone, keep, own)
    if (shown && above) Object.assign(shown, above)
  }
  for await (const rows of factsAsked(tx, measure.facts, question, zone, units.ever)) {
    rows.forEach(visit)
    if (found.length > most) found.sort(inOrder).splice(page.limit)
  }
  return {
    items: found.sort(inOrder).slice(0, page.limit),
    total,
    excluded: [...excluded].map(([reason, n]) => ({ reason, n })).sort((a, b) => b.n - a.n),
  }
}

/** What a record adds, in the measure's unit; where two kinds are divided, in that of its own side of the line. */
function partOf(
  measure: Measure,
  tally: number,
  value: number,
  n: number,
): Pick<MeasuredRecord, 'value' | 'measuredIn'> {
  const { over, per, unit, shape } = measure
  if (!over)
    return { value: shape === 'rate' ? value : round6(ownValue(measure, value, n)), measuredIn: unit }
  const [above, below] = over.units
  if (tally === tallyNumber[over.tally])
    return { value: over.counting === 'below' ? n : round6(value / (per?.size ?? 1)), measuredIn: below }
  return { value: over.counting === 'above' ? n : round6(value / unitSize(measure)), measuredIn: above }
}

const round6 = (value: number): number => Math.round(value * 1e6) / 1e6

interface Place {
  at: number
  id: string
}

const comesAfter = (one: Place, other: Place): boolean =>
  one.at > other.at || (one.at === other.at && one.id > other.id)

const inOrder = (one: Place, other: Place): number => (comesAfter(one, other) ? 1 : -1)
