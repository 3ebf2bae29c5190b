/** The last `most` things asked for, by key: what was asked for longest ago makes room. */
export interface Recent<T> {
  /** Whatever it is, asking for it does not keep it longer: see `keep`. */
  get(key: string): T | undefined
  /** Puts it last, whether it was there or not. */
  keep(key: string, value: T): void
  drop(key: string): void
}

export function recent<T>(most: number): Recent<T> {
  const kept = new Map<string, T>()
  return {
    get: (key) => kept.get(key),
    keep: (key, value) => {
      kept.delete(key)
      kept.set(key, value)
      for (const first of kept.keys()) {
        if (kept.size <= most) return
        kept.delete(first)
      }
    },
    drop: (key) => {
      kept.delete(key)
    },
  }
}
