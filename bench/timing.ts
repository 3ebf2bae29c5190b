/** The middle of several measurements. */
export const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

export async function elapsedMs(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** A server that runs has long been asked: so has each contestant, for as long, before it is timed. */
const warmUpMs = 1500
/** Peers take a second: a turn of a few milliseconds would mostly tell what they left of the machine's caches. */
const turnMs = 250

/**
 * Median ms of each contestant; one turn of each after the other, so that a busy moment of the machine hits all alike. In
 * a turn a contestant is asked again until `turnMs` are over, and counts with the mean.
 */
export async function interleaved<Name extends string>(
  contestants: Record<Name, () => Promise<unknown>>,
  runs: number,
): Promise<Record<Name, number>> {
  const names = Object.keys(contestants) as Name[]
  const taken = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>
  for (const name of names)
    for (const start = performance.now(); performance.now() - start < warmUpMs; ) await contestants[name]()
  for (let run = 0; run < runs; run++)
    for (const name of names) {
      const start = performance.now()
      let times = 0
      for (; times === 0 || performance.now() - start < turnMs; times++) await contestants[name]()
      taken[name].push((performance.now() - start) / times)
    }
  return Object.fromEntries(names.map((name) => [name, median(taken[name])])) as Record<Name, number>
}
