import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { moved, spanOf, statsOf, tsvField, tsvOf } from './grid-block.ts'
import { parseShape, pinnedTo, printShape, shown, stepped } from './grid-shape.ts'

test('a copied block is safe against formulas, keeps numbers and quotes what would break it', () => {
  assert.equal(
    tsvOf([
      ['=1+1', -3, null],
      ['a\tb', 'say "x"', '客户'],
    ]),
    `'=1+1\t-3\t\r\n"a\tb"\t"say ""x"""\t客户`,
  )
  for (const text of ['+1', '-1', '@a', '＝1', ' =1', '\u200b=1', "'=1"])
    assert.match(tsvField(text), /^'/, text)
})

test('the status bar counts what is filled, and adds decimals exactly', () => {
  assert.deepEqual(statsOf([0.1, 0.2, null, '', 'x']), { filled: 3, numbers: 2, sum: 0.3 })
})

test('keys stay within the table; Ctrl goes to its edge; above the first row is the head', () => {
  const size = { rows: 100, columns: 5, page: 20 }
  const from = { row: 50, column: 2 }
  assert.deepEqual(moved(from, 'ArrowDown', true, size), { row: 99, column: 2 })
  assert.deepEqual(moved({ row: 0, column: 0 }, 'ArrowUp', false, size), { row: -1, column: 0 })
  assert.deepEqual(moved(from, 'End', true, size), { row: 99, column: 4 })
  assert.equal(moved(from, 'a', false, size), undefined)
  assert.deepEqual(spanOf({ anchor: { row: 5, column: 3 }, head: { row: 2, column: 4 } }), {
    top: 2,
    bottom: 5,
    left: 3,
    right: 4,
  })
})

test('whatever is done to columns, each stands once, pinned ones first, and the address gives the same back', () => {
  const known = ['a', 'b', 'c', 'd', 'e']
  const usual = { columns: ['a', 'b', 'c'], pinned: 1 }
  const step = fc.tuple(
    fc.constantFrom('show', 'hide', 'left', 'right', 'pin', 'unpin'),
    fc.constantFrom(...known),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      let shape = usual
      for (const [what, key] of steps) {
        if (what === 'show' || what === 'hide') shape = shown(shape, key, what === 'show')
        else if (what === 'left' || what === 'right') shape = stepped(shape, key, what === 'left' ? -1 : 1)
        else if (shape.columns.includes(key)) shape = pinnedTo(shape, key, what === 'pin')
        assert.equal(new Set(shape.columns).size, shape.columns.length)
        assert.ok(shape.columns.length > 0 && shape.pinned >= 0 && shape.pinned <= shape.columns.length)
      }
      assert.deepEqual(parseShape(printShape(shape, usual), known, usual), shape)
    }),
  )
})
