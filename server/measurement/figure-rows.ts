import type { Tx } from '../platform/database.ts'
import type { Amounts } from './amounts.ts'
import { type Counted, countedValue, isCounted } from './counted.ts'
import type { Measure } from './measure.ts'
import type { Dimension, Question } from './question.ts'
import { responseRateBeside, type WithResponseRate } from './response-rate.ts'
import { memberNames } from './units.ts'
import { failedValue, measureInto, type Value } from './value.ts'

export interface FigureRow extends Value, WithResponseRate {
  period: string
  member: string | null
  memberName: string | null
  /** The member of the second split; absent where there is none. */
  across?: string
  acrossName?: string
  /** Later facts of the next days may still change it (re-openings, the customer or the fault coming back). */
  provisional: boolean
}

export type Pair = Pick<FigureRow, 'member' | 'memberName' | 'across' | 'acrossName'>

/** The members of a split, in order; in a second split those pairs that meet; without a split one of nobody. */
export async function pairsOf(
  tx: Tx,
  { by, across }: Question,
  found: Map<string, unknown>[],
  known: (member: string) => string | undefined,
): Promise<Pair[]> {
  if (!by) return [{ member: null, memberName: null }]
  const namesOf = async (dimension: Dimension, members: string[]) => {
    const others = await memberNames(
      tx,
      dimension,
      members.filter((member) => known(member) === undefined),
    )
    return (member: string) => known(member) ?? others.get(member) ?? member
  }
  const members = keysOf(found)
  const nameOf = await namesOf(by, members)
  if (!across) return members.map((member) => ({ member, memberName: nameOf(member) }))
  const others = members.map((member) =>
    keysOf(found.map((one) => (one.get(member) as Map<string, unknown> | undefined) ?? new Map())),
  )
  const otherNameOf = await namesOf(across, [...new Set(others.flat())])
  const pairs: Pair[] = []
  for (const [i, member] of members.entries())
    for (const other of others[i]!)
      pairs.push({
        member,
        memberName: nameOf(member),
        across: other,
        acrossName: otherNameOf(other),
      })
  return pairs
}

function keysOf(maps: ReadonlyMap<string, unknown>[]): string[] {
  const keys = new Set<string>()
  for (const one of maps) for (const key of one.keys()) keys.add(key)
  return [...keys].sort()
}

/** Most pairs never meet: only those stand that have anything to say in one of the spans. */
export function speaking(rows: FigureRow[][]): (row: FigureRow[]) => FigureRow[] {
  const speaks = (_: FigureRow, at: number) => rows.some((row) => row[at]!.state !== 'none')
  return (row) => row.filter(speaks)
}

export const blankRow = (period: string, { member, memberName }: Pair, provisional: boolean): FigureRow => ({
  period,
  member,
  memberName,
  n: 0,
  records: 0,
  sum: null,
  numerator: null,
  denominator: null,
  exact: null,
  value: null,
  p50: null,
  p90: null,
  interval: null,
  missing: nothingMissing,
  provisional,
  state: 'none',
})

/** Written out once more: in a heat map there are ten thousand of them, and what is added later takes its own room. */
export const blankPair = (
  period: string,
  { member, memberName, across = '', acrossName = '' }: Pair,
  provisional: boolean,
): FigureRow => ({
  period,
  member,
  memberName,
  across,
  acrossName,
  n: 0,
  records: 0,
  sum: null,
  numerator: null,
  denominator: null,
  exact: null,
  value: null,
  p50: null,
  p90: null,
  interval: null,
  missing: nothingMissing,
  provisional,
  state: 'none',
})

const nothingMissing: string[] = []

/** A figure that breaks is `failed`. */
export function fill(
  row: FigureRow,
  measure: Measure,
  amounts: Amounts,
  counted: Counted | undefined,
  minimumN: number,
): void {
  try {
    if (isCounted(measure)) Object.assign(row, countedValue(measure, counted, minimumN))
    else measureInto(row, measure, amounts, minimumN)
  } catch {
    Object.assign(row, failedValue())
  }
  const { responseRate } = responseRateBeside(measure, amounts)
  if (responseRate !== undefined) row.responseRate = responseRate
  if (row.across === undefined) return
  // A pair keeps no histogram.
  row.p50 = null
  row.p90 = null
}

export const none: Amounts = []
