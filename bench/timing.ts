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

/**
 * Median ms of each contestant; one run of each in turn, so that a busy moment of the machine hits all alike. A
 * contestant that takes under 50 ms runs 20 times a turn and counts with the mean of them.
 */
export async function interleaved<Name extends string>(
  contestants: Record<Name, () => Promise<unknown>>,
  runs: number,
): Promise<Record<Name, number>> {
  const names = Object.keys(contestants) as Name[]
  const taken = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>
  const repeats = {} as Record<Name, number>
  for (const name of names) {
    for (const start = performance.now(); performance.now() - start < warmUpMs; ) await contestants[name]()
    repeats[name] = (await elapsedMs(contestants[name])) < 50 ? 20 : 1
  }
  for (let run = 0; run < runs; run++)
    for (const name of names) {
      const total = await elapsedMs(async () => {
        for (let i = 0; i < repeats[name]; i++) await contestants[name]()
      })
      taken[name].push(total / repeats[name])
    }
  return Object.fromEntries(names.map((name) => [name, median(taken[name])])) as Record<Name, number>
}
