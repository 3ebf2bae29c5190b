import type { Replayed } from '../../../contract/measurement.ts'

interface Move {
  unit: string
  from: number
  to: number
}

interface Turn {
  indicator: Replayed['breakEvens'][number]['name']
  upper: string
  lower: string
  weight: string
  /** Where the draft's own weight lies from it; `level` where the two are level as it is. */
  side: 'below' | 'above' | 'level'
}

/** What a replay comes to: who moves most, how many more do, and the nearest weight that would turn an order. */
export interface Finding {
  move: Move | null
  others: number
  turn: Turn | null
  /** Whether every order stays whatever one weight becomes; false where that could not be told for some. */
  firm: boolean
}

export function findingOf({ units, breakEvens }: Replayed): Finding {
  const moves = units
    .flatMap(({ unit, before, after }) =>
      before.rank === null || after.rank === null || before.rank === after.rank
        ? []
        : [{ unit: unit.name, from: before.rank, to: after.rank }],
    )
    .sort((one, other) => far(other) - far(one) || one.to - other.to)
  const names = new Map(units.map(({ unit }) => [unit.id, unit.name]))
  const [nearest] = breakEvens
    .flatMap((one) => one.flips.map((flip) => ({ ...flip, one, away: awayOf(flip.weight, one.weight) })))
    .sort((one, other) => Math.abs(one.away) - Math.abs(other.away))
  return {
    move: moves[0] ?? null,
    others: Math.max(0, moves.length - 1),
    turn: nearest
      ? {
          indicator: nearest.one.name,
          upper: names.get(nearest.upper) ?? nearest.upper,
          lower: names.get(nearest.lower) ?? nearest.lower,
          weight: nearest.weight,
          side: nearest.away === 0 ? 'level' : nearest.away < 0 ? 'below' : 'above',
        }
      : null,
    firm: !nearest && breakEvens.every(({ otherBase }) => otherBase === 0),
  }
}

const far = ({ from, to }: Move) => Math.abs(from - to)
const awayOf = (weight: string, share: string | null) => Number(weight) - Number(share ?? 0)

/** The nearest weights to either side of an indicator's own at which an order turns. */
export function nearestFlips({ flips, weight }: Replayed['breakEvens'][number]) {
  const own = Number(weight ?? 0)
  const at = (flip: (typeof flips)[number]) => Number(flip.weight)
  const below = flips.filter((flip) => at(flip) <= own).sort((a, b) => at(b) - at(a))
  const above = flips.filter((flip) => at(flip) > own).sort((a, b) => at(a) - at(b))
  return { below: below[0] ?? null, above: above[0] ?? null }
}
