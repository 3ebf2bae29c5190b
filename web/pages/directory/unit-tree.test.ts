import assert from 'node:assert/strict'
import { test } from 'node:test'
import { treeOf, withBelow } from './unit-tree.ts'

const units = [
  { id: 'c', parentId: 'b', name: '三' },
  { id: 'a', parentId: null, name: '企业' },
  { id: 'b', parentId: 'a', name: '服务部' },
  { id: 'd', parentId: 'gone', name: '外部' },
]

test('units stand below the unit they belong to, whatever their order; one out of reach of its own stands on top', () => {
  assert.deepEqual(
    treeOf(units, 'zh')
      .map(({ unit, depth }) => `${unit.id}${depth}`)
      .sort(),
    ['a0', 'b1', 'c2', 'd0'],
  )
  const order = treeOf(units, 'zh').map(({ unit }) => unit.id)
  assert.ok(order.indexOf('a') < order.indexOf('b') && order.indexOf('b') < order.indexOf('c'))
})

test('a unit reaches all below it', () => {
  assert.deepEqual([...withBelow(units, 'a')].sort(), ['a', 'b', 'c'])
  assert.deepEqual([...withBelow(units, 'c')], ['c'])
})
