import type { z } from 'zod'
import type { readDistribution } from '../../contract/measurement.ts'
import type { Tx } from '../platform/database.ts'
import { catalogueFor } from './catalogue.ts'
import { customerHalves } from './customer-records.ts'
import type { Measure } from './measure.ts'
import type { Question } from './question.ts'
import { records } from './records.ts'
import { ownValue, unitSize } from './value.ts'
import { walk } from './walk.ts'

type Reply = z.input<typeof readDistribution.reply>
type Bin = Reply['bins'][number]

/** More different values than this are put into steps. */
const mostSingles = 10
const mostSteps = 12
const steps = [1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480, 720, 1440, 2880, 5760, 10_080, 20_160, 43_200]

/** How the records of a figure are distributed. The counts of the bins add up to the records the figure counts. */
export async function distribution(tx: Tx, code: string, question: Question): Promise<Reply> {
  const catalogue = await catalogueFor(tx, [code])
  const measure = catalogue.of(code)
  if (measure.customers) {
    const { all, hits } = await customerHalves(tx, measure.customers, question)
    return { records: all, bins: measure.shape === 'count' || all === 0 ? [] : inHalves(hits, all - hits) }
  }
  // The points are of people, of whom each has many orders.
  if (measure.people) return { records: (await records(tx, code, question, { limit: 0 })).total, bins: [] }
  const seen = new Map<number, number>()
  let inOrOut = measure.shape === 'rate'
  let count = 0
  await walk(tx, { measures: [measure], own: catalogue.own }, question, (_measure, _row, value, n) => {
    count++
    // Completeness counts fields, not records: each record has its own share.
    if (n !== 1) inOrOut = false
    const own = inParts(measure) ? value : ownValue(measure, value, n)
    seen.set(own, (seen.get(own) ?? 0) + 1)
  })
  // Two kinds of record have no one scale.
  if (measure.shape === 'count' || measure.over || count === 0) return { records: count, bins: [] }
  return {
    records: count,
    bins: inOrOut ? inHalves(seen.get(1) ?? 0, seen.get(0) ?? 0) : binsOf(seen, measure),
  }
}

/** Whether values are kept in parts of the unit until the bins are cut. */
const inParts = ({ shape, per }: Measure): boolean => ['mean', 'sum', 'percentile'].includes(shape) && !per

const inHalves = (within: number, without: number): Bin[] => [
  { from: null, to: null, inNumerator: true, n: within },
  { from: null, to: null, inNumerator: false, n: without },
]

function binsOf(seen: Map<number, number>, measure: Measure): Bin[] {
  const size = inParts(measure) ? unitSize(measure) : 1
  const values = [...seen].sort(([one], [other]) => one - other)
  if (values.length <= mostSingles && measure.unit !== 'min' && measure.unit !== 'h')
    return values.map(([value, n]) => {
      const at = Math.round((value / size) * 100) / 100
      return { from: at, to: at, inNumerator: null, n }
    })
  const [least, most] = [values[0]![0] / size, quantile(values, 0.95) / size]
  const step = steps.find((one) => (most - least) / one <= mostSteps) ?? steps.at(-1)!
  const first = Math.floor(least / step) * step
  const places = Math.max(1, Math.floor((most - first) / step) + 1)
  const counts = Array.from({ length: places + 1 }, () => 0)
  // What lies past the last step, the slowest few, stands together in an open one.
  for (const [value, n] of values) {
    const place = Math.min(Math.floor((value / size - first) / step), places)
    counts[place] = (counts[place] ?? 0) + n
  }
  if (counts[places] === 0) counts.pop()
  return counts.map((n, place) => ({
    from: first + place * step,
    to: place === places ? null : first + (place + 1) * step,
    inNumerator: null,
    n,
  }))
}

function quantile(values: [number, number][], q: number): number {
  const records = values.reduce((sum, [, n]) => sum + n, 0)
  let before = 0
  for (const [value, n] of values) {
    before += n
    if (before >= q * records) return value
  }
  return values.at(-1)![0]
}
