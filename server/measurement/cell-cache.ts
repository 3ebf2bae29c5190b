import type { Database } from '../platform/database.ts'

/** The packed days of cells lately written, so that the next changes need not read them again. */
export interface CellCache {
  /** Forgets an organization's cells when another writer has been there: the version then is not the one left here. */
  enter(version: number): void
  /** null: known not to be stored */
  get(key: string): Buffer | null | undefined
  set(key: string, days: Buffer | null): void
  /** The version the transaction leaves; what was set before counts only from here on. */
  leave(version: number): void
}

interface Kept {
  version: number
  cells: Map<string, Buffer | null>
  bytes: number
}

const mostBytes = 32_000_000
const mostOrganizations = 20
const perDatabase = new WeakMap<Database, Map<string, Kept>>()

/**
 * One transaction's use of the cache. The caller holds the lock on the organization's cells, and leaves only
 * after its commit: a transaction that fails never leaves, and its cells are forgotten.
 */
export function cellCache(db: Database, organizationId: string): CellCache {
  let organizations = perDatabase.get(db)
  if (!organizations) {
    organizations = new Map()
    perDatabase.set(db, organizations)
  }
  const all = organizations
  let kept: Kept = { version: -1, cells: new Map(), bytes: 0 }
  return {
    enter: (version) => {
      const known = all.get(organizationId)
      all.delete(organizationId)
      if (known?.version === version) kept = known
    },
    get: (key) => kept.cells.get(key),
    set: (key, days) => {
      kept.bytes += size(key, days) - (kept.cells.has(key) ? size(key, kept.cells.get(key) ?? null) : 0)
      kept.cells.set(key, days)
    },
    leave: (version) => {
      if (kept.bytes > mostBytes) return
      if (all.size >= mostOrganizations) all.delete(all.keys().next().value ?? '')
      all.set(organizationId, { ...kept, version })
    },
  }
}

const size = (key: string, days: Buffer | null): number => 100 + 2 * key.length + (days?.length ?? 0)
