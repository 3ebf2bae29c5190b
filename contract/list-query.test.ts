import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { listColumns } from './list-columns.ts'
import { type ListFilter, parseFilters, parseSort, printFilters, printSort } from './list-query.ts'

const columns = listColumns['work-orders']

test('every filter comes back from its address', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((t) => t.trim() === t)
  const filters = fc.tuple(
    fc.option(text.map((t): ListFilter => ({ column: 'problem', op: 'has', text: t }))),
    fc.option(
      fc
        .uniqueArray(fc.constantFrom('repair', '', '安装;,~', 'a..b'), { minLength: 1 })
        .map((values): ListFilter => ({ column: 'category', op: 'in', values })),
    ),
    fc.option(
      fc
        .constantFrom('2024-02-29', '')
        .map((to): ListFilter => ({ column: 'receivedAt', op: 'range', from: '2024-01-01', to })),
    ),
  )
  fc.assert(
    fc.property(filters, (given) => {
      const wanted = given.filter((one) => one !== null)
      assert.deepEqual(parseFilters(columns, printFilters(wanted)), wanted)
    }),
  )
})

test('what does not fit a column is refused, never dropped', () => {
  for (const text of [
    'nothing~x',
    'problem~',
    'problem:repair',
    'receivedAt=2024-02-30..',
    'receivedAt=..',
    'receivedAt~5',
    'reopenCount=a..3',
    'agent:nobody',
    'externalId~a;externalId~b',
    'externalId~%',
  ])
    assert.equal(parseFilters(columns, text), undefined, text)
})

test('a sort comes back from its address; free text cannot be sorted by', () => {
  const sort = [
    { column: 'priority', descending: true },
    { column: 'receivedAt', descending: false },
  ]
  assert.deepEqual(parseSort(columns, printSort(sort)), sort)
  assert.equal(printSort(sort), '-priority,receivedAt')
  for (const text of ['problem', 'x', 'priority,-priority']) assert.equal(parseSort(columns, text), undefined)
})
