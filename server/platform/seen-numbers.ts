/**
 * The numbers written so far, in memory that does not grow with their count. Now and then one that is new is taken for
 * known, never one that is known for new.
 */
export interface SeenNumbers {
  add(number: string): void
  mayHave(number: string): boolean
}

/** 8 MB, of which a small file touches little; a million numbers fill a sixtieth of them. */
const places = 2 ** 26

export function seenNumbers(): SeenNumbers {
  const bits = new Uint8Array(places / 8)
  return {
    add: (number) => {
      const place = placeOf(number)
      bits[place >> 3]! |= 1 << (place & 7)
    },
    mayHave: (number) => {
      const place = placeOf(number)
      return (bits[place >> 3]! & (1 << (place & 7))) !== 0
    },
  }
}

/** FNV-1a, mixed once more: numbers that follow each other must not stand side by side. */
function placeOf(number: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < number.length; i++) hash = Math.imul(hash ^ number.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) & (places - 1)
}
