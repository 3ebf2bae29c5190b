import type { Figure } from '../../../contract/measurement.ts'
import type { Better } from './trend-words.ts'

/** Those with enough records, worst first; then the thin ones, which are not compared; those without a value fall out. */
export function inOrder(figures: Figure[], better: Better): Figure[] {
  const valued = figures.filter(({ value }) => value !== null)
  const worseFirst = (one: Figure, other: Figure) =>
    ((other.value ?? 0) - (one.value ?? 0)) * (better === 'higher' ? -1 : 1)
  return [
    ...valued.filter(({ state }) => state !== 'few').sort(worseFirst),
    ...valued.filter(({ state }) => state === 'few').sort((one, other) => other.n - one.n),
  ]
}

/** The worst member whose whole interval lies on the wrong side of the target. */
export function clearlyShort(figures: Figure[], target: { op: string; value: number }): Figure | undefined {
  return figures.find(({ interval, state }) => {
    if (interval === null || state === 'few') return false
    return target.op === '<=' ? interval[0] > target.value : interval[1] < target.value
  })
}

/** Units without those that stand above another one shown: a figure holds the units below it, and would be twice there. */
export function lowest(figures: Figure[], parents: Map<string, string | null>): Figure[] {
  const above = new Set<string>()
  for (const { member, n } of figures) {
    if (member === null || n === 0) continue
    for (let at = parents.get(member); at && !above.has(at); at = parents.get(at)) above.add(at)
  }
  return figures.filter(({ member }) => member === null || !above.has(member))
}
