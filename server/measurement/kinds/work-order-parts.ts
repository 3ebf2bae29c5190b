import type { WorkOrderFact } from '../../cases/work-order-fact.ts'

/** An order whose response was another's: the response as theirs, the rest as whose the order is. */
export function partsOfOrder(f: WorkOrderFact): readonly WorkOrderFact[] | undefined {
  // A change written before there were responders says nothing of them.
  if (!f.responderUnitId) return undefined
  return [
    { ...f, part: 'work' },
    { ...f, part: 'response', unitId: f.responderUnitId, agentId: f.responderId },
  ]
}
