import { ownText } from '../platform/own-text.ts'
import { type Block, shortShare, shortTally } from './block.ts'
import type { Matrix } from './matrix.ts'
import { bucketOf } from './sketch.ts'
import { sketched } from './tallies.ts'

/** The shares of one month, written fact by fact: open, put…, link…, close. */
export interface MonthShares {
  from: number
  /** exclusive */
  to: number
  isOpen(): boolean
  open(sign: 1 | -1): void
  put(day: number, tally: number, value: number, n: number, missing: number): void
  /** Lets a slice's member, named by its id, own the open fact's shares; null for none. */
  link(slice: number, member: string | null): void
  /** As `link`, of a member named by what a file may say. */
  linkText(slice: number, member: string | null): void
  /** As `link`, in the slice of matrices: `category` is the number the matrix gave. */
  linkAcross(member: string, category: number): void
  close(): void
  /** Packs every cell into bytes and gives the arrays up. */
  fold(block: Block, matrix: Matrix): void
  /** Gives the arrays up: all cells are packed. */
  clear(): void
  /** Shares not yet folded. */
  loose(): number
  /** By slice; the whole has none, for it is what its units are. */
  cells: Map<string, Chain>[]
  pour(chain: Chain, slice: number, into: Block): void
  pourAcross(chain: Chain, into: Matrix): void
}

/** A cell: its last fact's place, each fact naming the one before, and what was folded earlier. */
export interface Chain {
  last: number
  folded: Uint8Array | undefined
}

/** The largest array that no month needs any more: the next one to grow takes it, so that a year of months needs no more memory than two. */
export interface Spare {
  take(least: number): Int32Array<ArrayBuffer>
  give(list: Int32Array<ArrayBuffer>): void
}

export function spareList(): Spare {
  let largest = new Int32Array(0)
  return {
    take: (least) => {
      if (largest.length < least) return new Int32Array(Math.max(1 << 12, Math.ceil(least * 1.5)))
      const taken = largest
      largest = new Int32Array(0)
      return taken
    },
    give: (list) => {
      if (list.length > largest.length) largest = list
    },
  }
}

/**
 * `facts` holds for each fact [(short shares × 2^10 + other shares) × 2 + (added ? 1 : 0), the place before in each slice but the
 * whole…, category, other share…, short share…], the last slice being that of the matrices. Of short shares (block.ts) two stand in a number. Any
 * other is two: day | tally << 5 | missing << 13 | isWide << 14 | bucket << 15 | n << 25, and the value; of a wide one instead
 * the place in `wide` where its value and n stand.
 */
export function monthShares(from: number, to: number, sliceCount: number, spare: Spare): MonthShares {
  const across = sliceCount - 1
  const head = 1 + sliceCount
  let facts = new Int32Array(0)
  let halves = new Uint16Array(0)
  let wide: number[] = []
  // The short shares of the open fact.
  const short = new Uint16Array(mostShort)
  let shortSize = 0
  let used = 0
  let shares = 0
  let opened = -1
  const cells = Array.from({ length: sliceCount }, () => new Map<string, Chain>())

  const room = (size: number) => {
    if (used + size <= facts.length) return
    const larger = spare.take(used + size)
    larger.set(facts)
    spare.give(facts)
    facts = larger
    halves = new Uint16Array(facts.buffer)
  }
  const open: MonthShares['open'] = (sign) => {
    room(head)
    opened = used
    facts[used] = sign === 1 ? 1 : 0
    facts.fill(-1, used + 1, used + head)
    used += head
  }
  const put: MonthShares['put'] = (day, tally, value, n, missing) => {
    shares++
    const asShort = shortShare(day, tally, value, n, missing)
    if (asShort >= 0 && shortSize < mostShort) {
      short[shortSize++] = asShort
      return
    }
    room(2)
    const bucket = sketched[tally] ? bucketOf(value) : 0
    const isNarrow = value === (value | 0) && n >= 0 && n < 128
    facts[used++] = day | (tally << 5) | (missing << 13) | (isNarrow ? n << 25 : isWide) | (bucket << 15)
    if (isNarrow) facts[used++] = value
    else facts[used++] = wide.push(value, n) - 2
    facts[opened]! += 2
  }
  const close = () => {
    room((shortSize + 1) >> 1)
    halves.set(short.subarray(0, shortSize), used * 2)
    used += (shortSize + 1) >> 1
    facts[opened]! += shortSize << 11
    shortSize = 0
    opened = -1
  }
  const link: MonthShares['link'] = (slice, member) => {
    if (member === null) return
    const chain = cells[slice]!.get(member)
    if (chain) {
      facts[opened + slice] = chain.last
      chain.last = opened
    } else cells[slice]!.set(member, { last: opened, folded: undefined })
  }
  // Ids are kept as they come: the same text again is found sooner than a copy of it.
  const linkText: MonthShares['linkText'] = (slice, member) =>
    link(slice, member === null || cells[slice]!.has(member) ? member : ownText(member))
  const linkAcross: MonthShares['linkAcross'] = (member, category) => {
    link(across, member)
    facts[opened + head - 1] = category
  }
  const pour: MonthShares['pour'] = (chain, slice, into) => {
    if (chain.folded) into.load(chain.folded)
    for (let fact = chain.last; fact >= 0; fact = facts[fact + slice]!) {
      const sign = facts[fact]! & 1 ? 1 : -1
      const size = facts[fact]! >>> 11
      let at = fact + head
      for (let left = (facts[fact]! >> 1) & 1023; left > 0; left--) {
        const share = facts[at++]!
        const low = facts[at++]!
        const isNarrow = (share & isWide) === 0
        const value = isNarrow ? low : wide[low]!
        const n = isNarrow ? share >>> 25 : wide[low + 1]!
        into.add(share & 31, (share >> 5) & 255, value, n, (share >> 13) & 1, sign, (share >> 15) & 1023)
      }
      into.addShort(halves, at * 2, at * 2 + size, sign)
    }
  }
  /** As `pour`: apart, so that neither loop has two kinds of thing to add to. */
  const pourAcross: MonthShares['pourAcross'] = (chain, into) => {
    if (chain.folded) into.load(chain.folded)
    for (let fact = chain.last; fact >= 0; fact = facts[fact + across]!) {
      const sign = facts[fact]! & 1 ? 1 : -1
      const size = facts[fact]! >>> 11
      const category = facts[fact + head - 1]!
      let at = fact + head
      for (let left = (facts[fact]! >> 1) & 1023; left > 0; left--) {
        const share = facts[at++]!
        const low = facts[at++]!
        const isNarrow = (share & isWide) === 0
        const value = isNarrow ? low : wide[low]!
        const n = isNarrow ? share >>> 25 : wide[low + 1]!
        into.add(category, (share >> 5) & 255, value, n, (share >> 13) & 1, sign)
      }
      for (let i = at * 2; i < at * 2 + size; i++) {
        const share = halves[i]!
        const kind = share & 3
        if (kind === 2) into.add(category, shortTally(share), 0, 0, 1, sign)
        else into.add(category, shortTally(share), kind, 1, 0, sign)
      }
    }
  }
  const fold: MonthShares['fold'] = (block, matrix) => {
    cells.forEach((members, slice) => {
      for (const chain of members.values()) {
        if (chain.last < 0) continue
        if (slice === across) {
          matrix.reset()
          pourAcross(chain, matrix)
          chain.folded = matrix.pack().days
        } else {
          block.reset()
          pour(chain, slice, block)
          chain.folded = block.packDays()
        }
        chain.last = -1
      }
    })
    clear()
  }
  const clear = () => {
    // A file in order of time does not come back to this month: it must not keep what it took.
    spare.give(facts)
    facts = new Int32Array(0)
    halves = new Uint16Array(0)
    wide = []
    used = 0
    shares = 0
  }
  return {
    from,
    to,
    cells,
    isOpen: () => opened >= 0,
    open,
    put,
    link,
    linkText,
    linkAcross,
    close,
    fold,
    clear,
    loose: () => shares,
    pour,
    pourAcross,
  }
}

export function* chainsOf(month: MonthShares) {
  for (const [slice, members] of month.cells.entries())
    for (const [member, chain] of members) yield { slice, member, chain }
}

const isWide = 1 << 14
/** More than any fact has; the rest would be written as other shares are. */
const mostShort = 256
