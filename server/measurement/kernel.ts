import type { FactKind } from '../platform/change.ts'
import type { Zone } from '../platform/time.ts'
import { measuredKinds } from './kinds/kinds.ts'
import type { Fact } from './kinds/measured-kind.ts'
import type { Emit } from './tallies.ts'

/** The one kernel: import, live updates, rebuild, scoped questions and record lists all ask it. */
export function contribute(kind: FactKind, fact: Fact, zone: Zone, emit: Emit): void {
  if (fact.excludedReason !== null) return
  measuredKinds[kind].contribute(fact, zone, emit)
}
