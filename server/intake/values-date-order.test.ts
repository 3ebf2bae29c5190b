import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DateOrderDetector } from './values.ts'

const now = Date.UTC(2026, 10, 26)

function verdict(values: string[]) {
  const detector = new DateOrderDetector(now)
  for (const value of values) detector.see(value)
  return detector.verdict()
}

test('one value that allows a single order decides the column', () => {
  assert.equal(verdict(['04/08/2015', '05/09/2015', '25/09/2015']).order, 'dmy')
  assert.equal(verdict(['04/08/2015', '09/25/2015']).order, 'mdy')
  assert.equal(verdict(['15-08-04', '31-08-04']).order, 'dmy', 'there is no plausible year 2031')
  assert.equal(verdict(['99-08-04']).order, 'ymd')
  assert.equal(verdict(['12-31-15']).order, 'mdy')
})

test('while several orders fit, the count and a sample are reported', () => {
  assert.deepEqual(verdict(['04-08-2015 10:00', '05-05-2015', '05-09-2015', 'x', '']), {
    order: null,
    ambiguous: { code: 'ambiguous_date', count: 2, sample: '04-08-2015 10:00' },
    mixed: false,
  })
})

test('over many values a two-digit year is the number that hardly changes', () => {
  const days = Array.from({ length: 12 }, (_, i) => `${String(i + 1).padStart(2, '0')}-06-15`)
  assert.equal(verdict(days).ambiguous?.count, 12, 'day or month first stays open')
  assert.equal(verdict([...days, '25-06-15']).order, 'dmy')
  const years = days.map((text) => text.split('-').reverse().join('-'))
  assert.equal(verdict(years).order, 'ymd')
})

test('values that contradict each other are mixed', () => {
  assert.deepEqual(verdict(['25/12/2024', '12/25/2024']), { order: null, ambiguous: null, mixed: true })
})

test('a text that tells its own order decides nothing', () => {
  assert.deepEqual(verdict(['2024-10-01', '2024/10/1', '2024年10月1日', '5/5/2024']), {
    order: null,
    ambiguous: null,
    mixed: false,
  })
})
