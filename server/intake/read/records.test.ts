import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readRecords } from './records.ts'
import { defaultLimits, type TableRow } from './table.ts'

async function recordsOf(pieces: string[], delimiter = ','): Promise<TableRow[]> {
  const rows: TableRow[] = []
  const options = { delimiter, limits: defaultLimits, columnName: String, onBlankRows: () => {} }
  for await (const chunk of readRecords(pieces, options)) rows.push(...chunk)
  return rows
}

test('a cut may fall anywhere: between quotes, inside a line end, inside a doubled quote', async () => {
  const texts = [
    'a,b\r\n"1\r\n2","x""y"\r\n3,"\n\n"\r\n"4",5',
    'a,"b\n\nb"\nc,d\n"e,f","""g"""\n',
    '"a\rb",c\rd,"e\r\nf"\r\n"g",\n',
  ]
  for (const text of texts) {
    const whole = await recordsOf([text])
    for (let cut = 0; cut <= text.length; cut++) {
      assert.deepEqual(
        await recordsOf([text.slice(0, cut), text.slice(cut)]),
        whole,
        `cut at ${cut} of ${JSON.stringify(text)}`,
      )
    }
    assert.deepEqual(await recordsOf([...text]), whole, JSON.stringify(text))
  }
})

test('any cells, written and read back in pieces of any size, are the same', async () => {
  const cell = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', '长', ';', '\t', "'"), maxLength: 6 }),
    fc.constantFrom('', '故障维修-硬件', '"', '""', '\r\n', '=1+1'),
  )
  const row = fc.array(cell, { minLength: 1, maxLength: 4 })
  const table = fc.array(row, { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.integer({ min: 1, max: 9 }),
      async (cells, end, size) => {
        const quote = (text: string) =>
          /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
        const text = cells.map((row) => row.map(quote).join(',') + end).join('')
        const pieces = text.match(new RegExp(`.{1,${size}}`, 'gsu')) ?? []
        const read = await recordsOf(pieces)
        const kept = cells.filter((row) => row.some((cell) => cell !== ''))
        assert.deepEqual(
          read.map(({ cells }) => cells),
          kept,
        )
      },
    ),
    { numRuns: 3000 },
  )
})

test('the line of a record is where it starts', async () => {
  const rows = await recordsOf(['"a\nb",1\n', 'c,2\n\n"d\n\n', 'e",3\nf,4'])
  assert.deepEqual(
    rows.map(({ line }) => line),
    [1, 3, 5, 8],
  )
})
