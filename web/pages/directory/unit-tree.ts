export interface UnitLike {
  id: string
  parentId: string | null
  name: string
}

export interface Branch<Unit> {
  unit: Unit
  depth: number
}

/** Units as lines of a tree, each below the one it belongs to; one whose parent is out of reach stands at the top. */
export function treeOf<Unit extends UnitLike>(units: readonly Unit[], language: string): Branch<Unit>[] {
  const known = new Set(units.map(({ id }) => id))
  const below = (parentId: string | null, depth: number): Branch<Unit>[] =>
    units
      .filter(
        (unit) => (unit.parentId !== null && known.has(unit.parentId) ? unit.parentId : null) === parentId,
      )
      .toSorted((a, b) => a.name.localeCompare(b.name, language))
      .flatMap((unit) => [{ unit, depth }, ...below(unit.id, depth + 1)])
  return below(null, 0)
}

/** A unit and all below it. */
export function withBelow(units: readonly UnitLike[], id: string): Set<string> {
  const found = new Set([id])
  for (let grown = true; grown; ) {
    grown = false
    for (const { id: one, parentId } of units)
      if (parentId !== null && found.has(parentId) && !found.has(one)) {
        found.add(one)
        grown = true
      }
  }
  return found
}
