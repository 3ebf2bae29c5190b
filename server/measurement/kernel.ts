import type { FactKind } from '../platform/change.ts'
import type { Zone } from '../platform/time.ts'
import { measuredKinds } from './kinds/kinds.ts'
import type { Fact } from './kinds/measured-kind.ts'
import type { OwnShares } from './own/compile.ts'
import type { Emit } from './tallies.ts'

/**
 * What of a fact counts for different people, each part as a fact of its own: an order handed on after its first response
 * is one of who responded and one of who solved it. Most facts are one part, themselves.
 */
export const partsOf = (kind: FactKind, fact: Fact): readonly Fact[] =>
  measuredKinds[kind].parts?.(fact) ?? [fact]

/**
 * The one kernel, asked part by part: import, live updates, rebuild, scoped questions and record lists all ask it. `own`
 * are the shares of the organization's own measures, which count for whose the record is.
 */
export function contribute(kind: FactKind, fact: Fact, zone: Zone, emit: Emit, own: OwnShares): void {
  if (fact.excludedReason !== null) return
  measuredKinds[kind].contribute(fact, zone, emit)
  // Once a record: with the part that is its own, neither its response nor a later episode.
  const part = 'part' in fact ? fact.part : undefined
  if (part === undefined || part === 'work') own[kind]?.(fact, zone, emit)
}
