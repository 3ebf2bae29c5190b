import type { Database } from './platform/database.ts'

/** Tells the open pages of an organization that its figures changed. */
export interface Hub {
  subscribe(organizationId: string, listener: () => void): () => void
  stop(): Promise<void>
}

export async function openHub(db: Database): Promise<Hub> {
  const listeners = new Map<string, Set<() => void>>()
  const quiet = await db.listen('figures', (organizationId) => {
    for (const listener of listeners.get(organizationId) ?? []) listener()
  })
  return {
    subscribe: (organizationId, listener) => {
      const own = listeners.get(organizationId) ?? new Set()
      listeners.set(organizationId, own)
      own.add(listener)
      return () => {
        own.delete(listener)
        if (own.size === 0) listeners.delete(organizationId)
      }
    },
    stop: quiet,
  }
}
