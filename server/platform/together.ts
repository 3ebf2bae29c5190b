/**
 * Work that many ask for at the same time is done once for all who asked before it began: what each of them is given was
 * read after they asked, as if they had asked alone. Who asks while it is under way waits for the next. `key` says all that
 * the work depends on.
 */
export function together<T>(): (key: string, work: () => Promise<T>) => Promise<T> {
  const waiting = new Map<string, Promise<T>>()
  const underWay = new Map<string, Promise<unknown>>()
  return (key, work) => {
    const joined = waiting.get(key)
    if (joined) return joined
    const begin = (): Promise<T> => {
      waiting.delete(key)
      const done = work()
      const over = done.then(forget, forget)
      underWay.set(key, over)
      function forget() {
        if (underWay.get(key) === over) underWay.delete(key)
      }
      return done
    }
    const begun = (underWay.get(key) ?? endOfTurn()).then(begin)
    waiting.set(key, begun)
    return begun
  }
}

/** Once all that has arrived by now was looked at. */
const endOfTurn = () => new Promise<void>((resolve) => setImmediate(resolve))
