/** A small generator of chance, the same for the same seed. */
export interface Dice {
  /** In [0, 1). */
  next(): number
  between(low: number, high: number): number
  pick<T>(list: readonly [T, ...T[]] | readonly T[]): T
  /** One of several by weight. */
  weighted<T>(choices: readonly (readonly [T, number])[]): T
}

export function dice(seed: number): Dice {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296
  }
  const pick = <T>(list: readonly T[]): T => {
    const found = list[Math.floor(next() * list.length)]
    if (found === undefined) throw new RangeError('nothing to pick from')
    return found
  }
  const weighted = <T>(choices: readonly (readonly [T, number])[]): T => {
    let left = next() * choices.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [choice, weight] of choices) {
      left -= weight
      if (left < 0) return choice
    }
    return pick(choices)[0]
  }
  return { next, between: (low, high) => low + next() * (high - low), pick, weighted }
}
