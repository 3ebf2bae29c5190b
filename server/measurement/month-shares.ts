import { ownText } from '../platform/own-text.ts'
import type { Block } from './block.ts'
import type { Matrix } from './matrix.ts'

/** The shares of one month, written fact by fact: open, put…, link…, close. */
export interface MonthShares {
  from: number
  /** exclusive */
  to: number
  isOpen(): boolean
  open(sign: 1 | -1): void
  put(day: number, tally: number, value: number, n: number, missing: number): void
  /** Lets a slice's member own the open fact's shares; null for none. */
  link(slice: number, member: string | null): void
  /** As `link`, in the slice of matrices: `category` is the number the matrix gave. */
  linkAcross(member: string, category: number): void
  close(): void
  /** Packs every cell into bytes and empties the arrays. */
  fold(block: Block, matrix: Matrix): void
  /** Shares not yet folded. */
  loose(): number
  cells: Map<string, Chain>[]
  pour(chain: Chain, slice: number, into: Block): void
  pourAcross(chain: Chain, into: Matrix): void
}

/** A cell: its last fact's place, each fact naming the one before, and what was folded earlier. */
export interface Chain {
  last: number
  folded: Uint8Array | undefined
}

/**
 * `facts` holds for each fact [shares × 2 + (added ? 1 : 0), place of its first value, the place before in each
 * slice…, category, share…], the last slice being that of the matrices; a share being day | tally << 5 | missing << 13 | isShort << 14. A short one, as most are, has its n
 * (5 bits) and value (12 bits) behind that; else n follows alone and the value stands in `values`.
 */
export function monthShares(from: number, to: number, sliceCount: number): MonthShares {
  const across = sliceCount - 1
  const head = 2 + sliceCount + 1
  let facts = new Int32Array(1 << 12)
  let values = new Float64Array(1 << 12)
  let used = 0
  let valuesUsed = 0
  let shares = 0
  let opened = -1
  const cells = Array.from({ length: sliceCount }, () => new Map<string, Chain>())

  const open: MonthShares['open'] = (sign) => {
    if (used + head > facts.length) facts = enlarged(facts, new Int32Array(larger(facts.length)))
    opened = used
    facts[used] = sign === 1 ? 1 : 0
    facts[used + 1] = valuesUsed
    facts.fill(-1, used + 2, used + head)
    used += head
  }
  const put: MonthShares['put'] = (day, tally, value, n, missing) => {
    if (used === facts.length) facts = enlarged(facts, new Int32Array(larger(facts.length)))
    const share = day | (tally << 5) | (missing << 13)
    if (n < 32 && Math.abs(value) < 2048) facts[used++] = share | short | (n << 15) | (value << 20)
    else {
      if (valuesUsed === values.length) values = enlarged(values, new Float64Array(larger(values.length)))
      facts[used++] = share | (n << 15)
      values[valuesUsed++] = value
    }
    facts[opened]! += 2
    shares++
  }
  const link: MonthShares['link'] = (slice, member) => {
    if (member === null) return
    const chain = cells[slice]!.get(member)
    if (chain) {
      facts[opened + 2 + slice] = chain.last
      chain.last = opened
    } else cells[slice]!.set(ownText(member), { last: opened, folded: undefined })
  }
  const linkAcross: MonthShares['linkAcross'] = (member, category) => {
    link(across, member)
    facts[opened + head - 1] = category
  }
  const pour: MonthShares['pour'] = (chain, slice, into) => {
    if (chain.folded) into.load(chain.folded)
    for (let fact = chain.last; fact >= 0; fact = facts[fact + 2 + slice]!) {
      const count = facts[fact]! >> 1
      const sign = facts[fact]! & 1 ? 1 : -1
      let place = facts[fact + 1]!
      for (let i = 0; i < count; i++) {
        const share = facts[fact + head + i]!
        const isShort = (share & short) !== 0
        const n = isShort ? (share >> 15) & 31 : share >> 15
        const value = isShort ? share >> 20 : values[place++]!
        into.add(share & 31, (share >> 5) & 255, value, n, (share >> 13) & 1, sign)
      }
    }
  }
  /** As `pour`: apart, so that neither loop has two kinds of thing to add to. */
  const pourAcross: MonthShares['pourAcross'] = (chain, into) => {
    if (chain.folded) into.load(chain.folded)
    for (let fact = chain.last; fact >= 0; fact = facts[fact + 2 + across]!) {
      const count = facts[fact]! >> 1
      const sign = facts[fact]! & 1 ? 1 : -1
      const category = facts[fact + head - 1]!
      let place = facts[fact + 1]!
      for (let i = 0; i < count; i++) {
        const share = facts[fact + head + i]!
        const isShort = (share & short) !== 0
        const n = isShort ? (share >> 15) & 31 : share >> 15
        const value = isShort ? share >> 20 : values[place++]!
        into.add(category, (share >> 5) & 255, value, n, (share >> 13) & 1, sign)
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
    // A file in order of time does not come back to this month: it must not keep what it took.
    facts = new Int32Array(1 << 12)
    values = new Float64Array(1 << 12)
    used = 0
    valuesUsed = 0
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
    linkAcross,
    close: () => {
      opened = -1
    },
    fold,
    loose: () => shares,
    pour,
    pourAcross,
  }
}

export function* chainsOf(month: MonthShares) {
  for (const [slice, members] of month.cells.entries())
    for (const [member, chain] of members) yield { slice, member, chain }
}

const short = 1 << 14

const larger = (length: number): number => Math.ceil(length * 1.5)

function enlarged<List extends Int32Array | Float64Array>(from: List, into: List): List {
  into.set(from)
  return into
}
