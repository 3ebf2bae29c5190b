import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Amounts, addShare, isEmpty } from './amounts.ts'
import { type Matrix, openMatrix } from './matrix.ts'
import { sketched, tallies, tallyNumber } from './tallies.ts'

interface Share {
  category: string
  tally: number
  value: number
  n: number
  missing: number
  sign: 1 | -1
}

const share: fc.Arbitrary<Share> = fc.integer({ min: 0, max: tallies.length - 1 }).chain((tally) => {
  const value = sketched[tally]
    ? fc.oneof(
        fc.integer({ min: 0, max: 2 ** 47 }),
        fc.constantFrom(0, 1, 4095, 4096, 94_906_264, 94_906_265),
      )
    : fc.integer({ min: -1, max: 50 })
  return fc.record({
    category: fc.constantFrom(
      'repair',
      'repair-硬件',
      'repair-软件',
      'Wi',
      'Wi-Fi',
      '',
      '安装',
      '𝄞',
      '\uffff',
    ),
    tally: fc.constant(tally),
    value,
    n: tally === tallyNumber.completeness ? fc.constantFrom(6, 9) : fc.constantFrom(1, 1, 1, 0),
    missing: fc.constantFrom(0, 1),
    sign: fc.constantFrom<1 | -1>(1, 1, 1, -1),
  })
})
const shares = fc.array(share, { maxLength: 60 })

const pour = (matrix: Matrix, list: Share[]) => {
  for (const { category, tally, value, n, missing, sign } of list)
    matrix.add(matrix.numberOf(category), tally, value, n, missing, sign)
}
const packed = (matrix: Matrix, list: Share[]) => {
  matrix.reset()
  pour(matrix, list)
  return matrix.pack()
}
const content = (matrix: Matrix) => {
  const found: Record<string, unknown> = {}
  matrix.read((category, amounts) => {
    found[category] = Object.entries(amounts)
  })
  return found
}
/** The same with an object per amount: plain to read, and slow. */
function plainly(list: Share[]): Record<string, unknown> {
  const all = new Map<string, Amounts>()
  for (const { category, tally, value, n, missing, sign } of list) {
    const amounts = all.get(category) ?? []
    all.set(category, amounts)
    addShare(amounts, tally, value, n, missing, sign)
  }
  const held = [...all].map(([category, amounts]) => {
    const bare = amounts.map((amount) => amount && { ...amount, sketch: null })
    return [category, Object.entries(bare).filter(([, amount]) => amount && !isEmpty(amount))] as const
  })
  return Object.fromEntries(held.filter(([, amounts]) => amounts.length > 0))
}

test('a matrix packed and loaded again holds for each category what its shares add up to, signed ones too', () => {
  const [one, other] = [openMatrix(), openMatrix()]
  fc.assert(
    fc.property(shares, (list) => {
      const bytes = packed(one, list)
      assert.deepEqual(content(one), plainly(list))
      other.reset()
      other.load(bytes.days)
      assert.deepEqual(content(other), plainly(list))
      assert.deepEqual(other.pack(), bytes)
    }),
    { numRuns: 500 },
  )
})

test('the same shares in any order, at once or added to what was stored, give the same bytes', () => {
  const [one, other] = [openMatrix(), openMatrix()]
  fc.assert(
    fc.property(shares, shares, (stored, later) => {
      const bytes = packed(one, [...later, ...stored].reverse())
      const first = packed(other, stored)
      other.reset()
      other.load(first.days)
      pour(other, later)
      assert.deepEqual(other.pack(), bytes)
      // All taken away again, nothing is left and nothing is stored.
      other.reset()
      other.load(first.days)
      pour(
        other,
        stored.map((some) => ({ ...some, sign: some.sign === 1 ? -1 : 1 })),
      )
      assert.deepEqual(
        [other.pack(), content(other)],
        [{ total: Buffer.from([0]), days: Buffer.alloc(0) }, {}],
      )
    }),
    { numRuns: 500 },
  )
})

/** The names and the tallies wanted, by what the total says of their places. */
function cut(total: Buffer, days: Buffer, wanted: boolean[]): Buffer {
  const held = [...total.subarray(1, 1 + total[0]!)]
  const end = (i: number) => total.readUInt32BE(1 + held.length + 4 * i)
  assert.deepEqual(total.subarray(1 + held.length + 4 * (held.length + 1)), days.subarray(0, end(0)))
  const tallies = held.map((tally, i) => days.subarray(end(i), wanted[tally] ? end(i + 1) : end(i)))
  return Buffer.concat([days.subarray(0, end(0)), ...tallies])
}

test('only the tallies wanted are read, and months add up', () => {
  const matrix = openMatrix()
  const wanted = tallies.map((name) => name === 'resolution' || name === 'completeness')
  fc.assert(
    fc.property(fc.array(shares, { maxLength: 4 }), (months) => {
      const all = months.map((list) => packed(matrix, list))
      matrix.reset()
      for (const { total, days } of all) if (days.length > 0) matrix.load(cut(total, days, wanted))
      assert.deepEqual(content(matrix), plainly(months.flat().filter(({ tally }) => wanted[tally])))
    }),
    { numRuns: 300 },
  )
})

test('many categories and large sums take their place, and a large cell leaves nothing behind for a small one', () => {
  const matrix = openMatrix()
  const many = Array.from({ length: 3000 }, (_, i) => ({
    ...{ category: `类别${i}`, tally: i % tallies.length, value: 1, n: 1, missing: 0 },
    sign: 1 as const,
  }))
  const bytes = packed(matrix, many)
  matrix.reset()
  matrix.load(bytes.days)
  assert.deepEqual(content(matrix), plainly(many))
  // A row has a page at most: the places of the tallies, five bytes each; long names stand in the days alone.
  assert.ok(
    bytes.total.length <= 6 + 5 * tallies.length && bytes.days.length > 10_000,
    `${bytes.total.length} bytes`,
  )
  const small = [{ category: 'repair', tally: 0, value: 7, n: 1, missing: 0, sign: 1 as const }]
  // One name: sharing nothing, six bytes; one tally: number, length, first category, 1 record and other squares, 7, 49.
  const first = [1, 0, 6, ...Buffer.from('repair'), 0, 5, 1, 2 * 8 + 4, 14, 2, 49]
  assert.deepEqual([...packed(matrix, small).days], first)
  // One tally, number 0, from the tenth byte to the seventeenth, and the names.
  assert.deepEqual([...packed(matrix, small).total], [1, 0, 0, 0, 0, 9, 0, 0, 0, 16, ...first.slice(0, 9)])
  // A rate of two, one of them met: squares as the sum, and no byte for them.
  const rate = [1, 0].map((value) => ({
    category: 'repair',
    tally: 1,
    value,
    n: 1,
    missing: 0,
    sign: 1 as const,
  }))
  assert.deepEqual([...packed(matrix, rate).days], [1, 0, 6, ...Buffer.from('repair'), 1, 3, 1, 4 * 8, 2])
})
