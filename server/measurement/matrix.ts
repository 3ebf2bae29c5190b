import { type Amount, type Amounts, emptyAmount } from './amounts.ts'
import { putSigned, putWhole, type Reader, takeSigned, takeWhole, writer } from './bytes.ts'
import { addSquare, packSquares, settleSquares, squaresIn, unpackSquares } from './squares.ts'
import { tallies } from './tallies.ts'

/**
 * One product in one month: its tallies for each category, without days and without histograms. One matrix serves
 * cell after cell; the numbers it gave to categories stay.
 *
 * days := names, then for each tally { tally, length, { category − last category, amount } }
 * names := count of categories { bytes shared with the name before, length of the rest, rest }, in the order of their bytes
 * total := count of tallies, the tallies, where the first begins in `days` and where each ends (four bytes each, the
 *   highest first), and the names again unless they are long: what a reader needs to cut one tally out of the days
 * amount := head, [n − records], [missing], sum (zigzag), [squares]
 * head := records (zigzag) × 8, plus which of the three in brackets follow: most have none
 */
export interface Matrix {
  reset(): void
  /** The number of a category, the same as long as the matrix lives. */
  numberOf(category: string): number
  add(category: number, tally: number, value: number, n: number, missing: number, sign: 1 | -1): void
  /** Adds what packed days hold: all of them, or the names and some tallies cut out of them. */
  load(days: Uint8Array): void
  pack(): { total: Buffer; days: Buffer }
  /** Shows the categories that hold anything, and what. */
  read(see: (category: string, amounts: Amounts) => void): void
}

const width = 8
const [records, fields, lacking, sum, squares] = [0, 1, 2, 3, 4]
const count = tallies.length
/** A total is kept within its row, which no page may be too small for. */
const mostNames = 2000
const [otherN, someMissing, otherSquares] = [1, 2, 4]

export function openMatrix(): Matrix {
  const numbers = new Map<string, number>()
  const names: string[] = []
  const encoded: Buffer[] = []
  // Of each category its row plus one, 0 where the cell at hand has not met it. A row holds, for each tally, the place of
  // its sums plus one: a cell with many categories takes what it uses and no more.
  let rowOf = new Int32Array(64)
  let met: number[] = []
  let places = new Int32Array(64 * count)
  let sums = new Float64Array(1024 * width)
  let used = 0
  // Most cells hold some of the tallies: the others are not looked at.
  const isHeld = new Uint8Array(count)
  let heldTallies: number[] = []
  let lastNames: { bytes: Uint8Array; numbers: number[] } = { bytes: new Uint8Array(0), numbers: [] }
  let name: Buffer = Buffer.alloc(64)
  const out = writer()

  const reset = () => {
    for (const category of met) rowOf[category] = 0
    places.fill(0, 0, met.length * count)
    sums.fill(0, 0, used * width)
    met = []
    used = 0
    isHeld.fill(0)
    heldTallies = []
  }
  const numberOf = (category: string): number => {
    const known = numbers.get(category)
    if (known !== undefined) return known
    const number = names.length
    numbers.set(category, number)
    names.push(category)
    encoded.push(Buffer.from(category))
    if (number >= rowOf.length) rowOf = enlarged(rowOf, new Int32Array(rowOf.length * 2))
    return number
  }
  /** Where the sums of a category's tally begin. */
  const placeOf = (category: number, tally: number): number => {
    let row = rowOf[category]! - 1
    if (row < 0) {
      row = met.push(category) - 1
      rowOf[category] = row + 1
      if ((row + 1) * count > places.length) places = enlarged(places, new Int32Array(places.length * 2))
    }
    const at = row * count + tally
    if (places[at] === 0) {
      places[at] = ++used
      if (used * width > sums.length) sums = enlarged(sums, new Float64Array(sums.length * 2))
      if (isHeld[tally] === 0) {
        isHeld[tally] = 1
        heldTallies.push(tally)
      }
    }
    return (places[at]! - 1) * width
  }
  const add: Matrix['add'] = (category, tally, value, n, missing, sign) => {
    const at = placeOf(category, tally)
    sums[at + fields]! += sign * n
    sums[at + lacking]! += sign * missing
    if (n === 0 && value === 0) return
    sums[at + records]! += sign
    sums[at + sum]! += sign * value
    addSquare(sums, at + squares, value, sign)
  }

  /** Most cells name the same categories: those of the last one are not read again. */
  const loadNames = (reader: Reader): number[] => {
    const { bytes } = lastNames
    const from = reader.at
    if (bytes.length > 0 && Buffer.compare(bytes, reader.bytes.subarray(from, from + bytes.length)) === 0) {
      reader.at += bytes.length
      return lastNames.numbers
    }
    const found: number[] = []
    for (let left = takeWhole(reader); left > 0; left--) {
      const shared = takeWhole(reader)
      const rest = takeWhole(reader)
      if (shared + rest > name.length) name = Buffer.concat([name, Buffer.alloc(shared + rest)])
      name.set(reader.bytes.subarray(reader.at, reader.at + rest), shared)
      reader.at += rest
      found.push(numberOf(name.toString('utf8', 0, shared + rest)))
    }
    lastNames = { bytes: reader.bytes.slice(from, reader.at), numbers: found }
    return found
  }
  const loadAmount = (reader: Reader, at: number) => {
    const head = takeWhole(reader)
    const zigzag = Math.floor(head / 8)
    const some = zigzag % 2 === 1 ? -(zigzag + 1) / 2 : zigzag / 2
    sums[at + records]! += some
    sums[at + fields]! += head & otherN ? takeSigned(reader) + some : some
    if (head & someMissing) sums[at + lacking]! += takeSigned(reader)
    const total = takeSigned(reader)
    sums[at + sum]! += total
    if (head & otherSquares) unpackSquares(reader, sums, at + squares)
    else sums[at + squares]! += total
  }
  const load: Matrix['load'] = (bytes) => {
    const reader = { bytes, at: 0 }
    const categories = loadNames(reader)
    while (reader.at < bytes.length) {
      const tally = bytes[reader.at++]!
      const length = takeWhole(reader)
      const end = reader.at + length
      for (let category = -1; reader.at < end; ) {
        category += takeWhole(reader)
        loadAmount(reader, placeOf(categories[category]!, tally))
      }
    }
  }

  const isEmpty = (place: number): boolean => {
    if (place === 0) return true
    const at = (place - 1) * width
    settleSquares(sums, at + squares)
    for (let i = at; i < at + width; i++) if (sums[i] !== 0) return false
    return true
  }
  /** The rows that hold anything, in the order of their names. */
  const rowsHeld = (): number[] => {
    const held: number[] = []
    for (let row = 0; row < met.length; row++)
      if (heldTallies.some((tally) => !isEmpty(places[row * count + tally]!))) held.push(row)
    return held.sort((one, other) => Buffer.compare(encoded[met[one]!]!, encoded[met[other]!]!))
  }
  const packNames = (held: number[]) => {
    out.room(9)
    putWhole(out, held.length)
    let before: Buffer = Buffer.alloc(0)
    for (const row of held) {
      const written = encoded[met[row]!]!
      let shared = 0
      while (shared < written.length && written[shared] === before[shared]) shared++
      out.room(18 + written.length)
      putWhole(out, shared)
      putWhole(out, written.length - shared)
      out.bytes.set(written.subarray(shared), out.at)
      out.at += written.length - shared
      before = written
    }
  }
  const packAmount = (at: number) => {
    const some = sums[at + records]!
    const differs = sums[at + fields] !== some
    const lacks = sums[at + lacking] !== 0
    const total = sums[at + sum]!
    const same =
      sums[at + squares]! + sums[at + squares + 1]! * 2 ** 24 === total &&
      total < 2 ** 47 &&
      sums[at + squares + 2] === 0 &&
      sums[at + squares + 3] === 0
    const zigzag = some < 0 ? -some * 2 - 1 : some * 2
    putWhole(out, zigzag * 8 + (differs ? otherN : 0) + (lacks ? someMissing : 0) + (same ? 0 : otherSquares))
    if (differs) putSigned(out, sums[at + fields]! - some)
    if (lacks) putSigned(out, sums[at + lacking]!)
    putSigned(out, total)
    if (!same) packSquares(out, sums, at + squares)
  }
  const pack: Matrix['pack'] = () => {
    const held = rowsHeld()
    out.at = 0
    if (held.length === 0) return { total: Buffer.from([0]), days: out.taken() }
    packNames(held)
    const names = out.taken()
    const packed: number[] = []
    const ends = [out.at]
    for (let tally = 0; tally < count; tally++) {
      if (!packTally(tally, held)) continue
      packed.push(tally)
      ends.push(out.at)
    }
    const total = Buffer.alloc(1 + packed.length + 4 * ends.length)
    total.set([packed.length, ...packed])
    for (const [i, end] of ends.entries()) total.writeUInt32BE(end, 1 + packed.length + 4 * i)
    return { total: names.length > mostNames ? total : Buffer.concat([total, names]), days: out.taken() }
  }
  /** Writes a tally of all rows; false, and nothing written, where none has it. */
  const packTally = (tally: number, held: number[]): boolean => {
    // The length stands before the amounts and is known after them.
    const start = out.at
    let last = -1
    out.room(16)
    out.at += 16
    const from = out.at
    for (const [order, row] of held.entries()) {
      const place = places[row * count + tally]!
      if (isEmpty(place)) continue
      out.room(64)
      putWhole(out, order - last)
      packAmount((place - 1) * width)
      last = order
    }
    const end = out.at
    out.at = start
    if (last < 0) return false
    out.bytes[out.at++] = tally
    putWhole(out, end - from)
    out.bytes.copyWithin(out.at, from, end)
    out.at += end - from
    return true
  }

  const amountAt = (at: number): Amount => {
    const amount = emptyAmount()
    amount.records = sums[at + records]!
    amount.n = sums[at + fields]!
    amount.missing = sums[at + lacking]!
    amount.sum = sums[at + sum]!
    amount.squares = squaresIn(sums, at + squares)
    return amount
  }
  const read: Matrix['read'] = (see) => {
    const size = Math.max(...heldTallies) + 1
    for (const [row, category] of met.entries()) {
      let amounts: Amounts | undefined
      for (const tally of heldTallies) {
        const place = places[row * count + tally]!
        if (isEmpty(place)) continue
        amounts ??= new Array(size)
        amounts[tally] = amountAt((place - 1) * width)
      }
      if (amounts) see(names[category]!, amounts)
    }
  }
  return { reset, numberOf, add, load, pack, read }
}

function enlarged<List extends Int32Array | Float64Array>(from: List, into: List): List {
  into.set(from)
  return into
}
