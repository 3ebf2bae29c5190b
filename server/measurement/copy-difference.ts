import type { ExactCard, MovedSide, UnitDifference } from '../../contract/measurement.ts'
import type { UnitCard } from './live-cards.ts'

type Indicator = ExactCard['indicators'][number]
type Cards = Map<string, Pick<UnitCard, 'unit' | 'parentId' | 'card'>>

/**
 * What moved between two sets of cards, by exact values: each indicator of each unit whose value, n, score, weight or
 * state is another one, and each total. Names do not count, nor a unit that holds nothing on either side.
 */
export function differencesOf(before: Cards, after: Cards): UnitDifference[] {
  const units = [...new Set([...after.keys(), ...before.keys()])]
  return units.flatMap((id) => {
    const [was, is] = [before.get(id), after.get(id)]
    const moved = movedRows(was?.card, is?.card)
    const total = { before: was?.card.total ?? null, after: is?.card.total ?? null }
    if (moved.length === 0 && total.before?.fraction === total.after?.fraction) return []
    const shown = (is ?? was)!
    return [{ unit: shown.unit, whole: shown.parentId === null, total, rows: moved }]
  })
}

/** The indicators that moved between two cards of one unit; one that is new or gone counts where it holds something. */
export function movedRows(
  before: ExactCard | undefined,
  after: ExactCard | undefined,
): UnitDifference['rows'] {
  const old = new Map(before?.indicators.map((one) => [one.code, one]))
  const fresh = new Map(after?.indicators.map((one) => [one.code, one]))
  return [...new Set([...fresh.keys(), ...old.keys()])].flatMap((code) => {
    const [was, is] = [old.get(code), fresh.get(code)]
    if (was && is ? same(was, is) : holdsNothing((is ?? was)!, before && after)) return []
    const { measure, name, unit } = (is ?? was)!
    return [{ code, measure, name, unit, before: sideOf(was), after: sideOf(is) }]
  })
}

/** How many answered is told beside a figure and moves none: copies made before it was kept would all differ. */
const same = (was: Indicator, is: Indicator): boolean =>
  was.measure === is.measure &&
  JSON.stringify(was.scope) === JSON.stringify(is.scope) &&
  was.measureVersion === is.measureVersion &&
  was.value?.fraction === is.value?.fraction &&
  was.n === is.n &&
  was.records === is.records &&
  was.state === is.state &&
  was.score?.fraction === is.score?.fraction &&
  was.weight === is.weight

/** A unit made later, or gone since, moves nothing while it has no records; an indicator of another standard does. */
const holdsNothing = (one: Indicator, bothThere: ExactCard | undefined): boolean =>
  bothThere === undefined && one.value === null && one.records === 0

const sideOf = (one: Indicator | undefined): MovedSide | null =>
  one
    ? {
        value: one.value,
        n: one.n,
        score: one.score,
        weight: one.weight,
        targetText: one.target.text,
        state: one.state,
      }
    : null
