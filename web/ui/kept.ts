/** A choice the browser keeps for the person at it; everyone who shows it is told when it changes. */
export interface Kept<Value extends string> {
  get: () => Value
  set: (value: Value) => void
  on: (listener: () => void) => () => void
}

/** `values[0]` until something is chosen, and for a kept word that is no longer known. */
export function kept<const Value extends string>(
  name: string,
  values: readonly [Value, ...Value[]],
): Kept<Value> {
  const key = `zhihuan.${name}`
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of listeners) listener()
  }
  // Another tab of the same person.
  addEventListener('storage', (event) => {
    if (event.key === key) tell()
  })
  return {
    get: () => values.find((value) => value === localStorage.getItem(key)) ?? values[0],
    set: (value) => {
      localStorage.setItem(key, value)
      tell()
    },
    on: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
