import type { WorkOrderFact } from '../../cases/work-order-fact.ts'

/**
 * An order whose response was another's: the response as theirs, the rest as whose the order is. One that was opened again:
 * each later episode as an order received at its re-opening. Such an episode counts for the order's team and whoever
 * solved it.
 */
export function partsOfOrder(f: WorkOrderFact): readonly WorkOrderFact[] | undefined {
  // A change written before there were responders and episodes says nothing of them.
  const isHandedOn = Boolean(f.responderUnitId)
  if (!isHandedOn && !f.episodes?.length) return undefined
  const parts: WorkOrderFact[] = [isHandedOn ? { ...f, part: 'work' } : f]
  if (f.responderUnitId)
    parts.push({ ...f, part: 'response', unitId: f.responderUnitId, agentId: f.responderId })
  for (const { at, resolvedAt, dueAt, agentId } of f.episodes ?? []) {
    // What does not follow the first solution, since a later edit moved that, is no episode.
    if (f.resolvedAt === null || at < f.resolvedAt) continue
    parts.push({
      ...f,
      part: 'episode',
      agentId: agentId ?? f.agentId,
      occurredAt: at,
      receivedAt: at,
      resolvedAt,
      resolutionDueAt: dueAt,
      resolutionInTime: null,
    })
  }
  return parts
}
