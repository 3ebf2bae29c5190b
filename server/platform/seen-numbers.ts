/**
 * The numbers written so far, in memory that does not grow with their count. Now and then one that is new is taken for
 * known, never one that is known for new.
 */
export interface SeenNumbers {
  add(number: string): void
  mayHave(number: string): boolean
}

/** 8 MB, of which a small file touches little; a million numbers fill a sixteenth of them. */
const places = 2 ** 26
/** Each number has so many: one that is new is taken for known where all of them are filled. */
const placesOfOne = 4

export function seenNumbers(): SeenNumbers {
  const bits = new Uint8Array(places / 8)
  const found = new Uint32Array(placesOfOne)
  return {
    add: (number) => {
      findPlaces(number, found)
      for (const place of found) bits[place >> 3]! |= 1 << (place & 7)
    },
    mayHave: (number) => {
      findPlaces(number, found)
      return found.every((place) => (bits[place >> 3]! & (1 << (place & 7))) !== 0)
    },
  }
}

/**
 * Two hashes of 32 bits (FNV-1a, mixed once more: numbers that follow each other must not stand side by side) make all
 * places. One alone would be shared by one number in four thousand once there are a million.
 */
function findPlaces(number: string, found: Uint32Array): void {
  let one = 0x811c9dc5
  let other = 0x2b5ad3f1
  for (let i = 0; i < number.length; i++) {
    const code = number.charCodeAt(i)
    one = Math.imul(one ^ code, 0x01000193)
    other = Math.imul(other ^ code, 0x5bd1e995)
  }
  one = mixed(one)
  other = mixed(other) | 1
  for (let i = 0; i < placesOfOne; i++) found[i] = (one + Math.imul(i, other)) & (places - 1)
}

function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35)
  return twice ^ (twice >>> 16)
}
