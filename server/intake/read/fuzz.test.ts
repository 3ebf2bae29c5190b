import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { bookEntries, readBytes, textRow, zipOf } from './made-by-hand.ts'
import { FileRefusal } from './refusal.ts'
import type { Table } from './table.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'fuzz-'))
after(() => rm(folder, { recursive: true }))

/** A file is read or refused in words, soon; anything else is a fault of ours. */
async function readOrRefuse(bytes: Buffer, name: string): Promise<Table | null> {
  const start = performance.now()
  try {
    const { table, rows } = await readBytes(folder, bytes, { name })
    let line = table.headerRow
    for (const row of rows) {
      assert.ok(row.line > line, 'lines rise')
      line = row.line
    }
    return table
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error
    assert.ok(error.zh.length > 4 && error.en.length > 4)
    return null
  } finally {
    assert.ok(performance.now() - start < 3000, 'neither hangs')
  }
}

/** A place in a file, evenly spread: doubles lie near zero. */
const part = fc.nat({ max: 9999 }).map((n) => n / 10_000)

/** Places and what to do there: put other bytes, cut out, or repeat. */
const changes = (most: number) =>
  fc.array(
    fc.record({
      at: part,
      length: fc.nat({ max: 12 }),
      bytes: fc.oneof(
        fc.uint8Array({ maxLength: 6 }),
        fc
          .constantFrom(
            '"',
            '""',
            ',',
            '\r\n',
            '\r',
            '\0',
            '\ufeff',
            '长',
            '<',
            '>',
            '&',
            '&#x0;',
            ']]>',
            '<!DOCTYPE',
            '/',
            "'",
            '="',
            '99999999',
            '-1',
            '\x00\x00\x00\x00',
          )
          .map((text) => Buffer.from(text)),
      ),
      repeat: fc.constantFrom(0, 1, 1, 1, 2, 50),
    }),
    { minLength: 1, maxLength: most },
  )

function mutate(
  bytes: Buffer,
  list: { at: number; length: number; bytes: Uint8Array; repeat: number }[],
): Buffer {
  let changed = bytes
  for (const { at, length, bytes: put, repeat } of list) {
    const from = Math.floor(at * changed.length)
    const inserted = Array.from({ length: repeat }, () => Buffer.from(put))
    changed = Buffer.concat([changed.subarray(0, from), ...inserted, changed.subarray(from + length)])
  }
  return changed
}

test('no change to a text table makes the reader fail', async () => {
  const text =
    '工单编号,问题描述,优先级\r\nSR001,"屏幕触控, ""不灵敏""",紧急\r\nSR002,"两\n行",重要\r\nSR003,café,一般\r\n'
  const seeds = [
    Buffer.from(text),
    Buffer.from(`\ufeff${text}`),
    Buffer.from(`\ufeff${text}`, 'utf16le'),
    Buffer.from(`sep=,\n${text}`),
  ]
  let read = 0
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...seeds), changes(4), async (seed, list) => {
      if (await readOrRefuse(mutate(seed, list), 'a.csv')) read++
    }),
    { numRuns: 1000 },
  )
  assert.ok(read > 50, 'many of the changed files are still tables')
})

const entries = bookEntries({
  rows: `${textRow(1, ['编号', '内容', '时间'])}${textRow(2, ['1', 'a&amp;b', 'x'])}<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" s="1"><v>45566.5</v></c><c r="C3"><f>A1</f><v>1</v></c></row>`,
  texts: '<si><t>共享</t></si><si><r><t>红</t></r></si>',
  formats: [0, 14, '0%'],
  before: '<cols><col min="1" max="2" width="9"/></cols>',
  behind: '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>',
})

/** Odd values in the places of attributes and texts, so that the XML stays whole. */
const oddValues = fc.constantFrom(
  ...[
    '',
    '0',
    '1',
    '-1',
    '2',
    '7',
    '1e400',
    '1e-9',
    'NaN',
    '60',
    '2958466',
    '1048577',
    '9'.repeat(30),
    'A1',
    'B3',
    'A2',
    'XFD2',
    'AAAA1',
    's',
    'b',
    'e',
    'd',
    'str',
    'inlineStr',
    'hidden',
    '_x0000_',
    '&#10;',
    '&amp;',
    '长'.repeat(90),
    'xl/workbook.xml',
    '../a',
    'rId1',
    'yyyy',
    '[h]:mm',
    '0%',
    '000',
    '@',
  ],
)

function putOdd(xml: string, list: { at: number; value: string }[]): string {
  let changed = xml
  for (const { at, value } of list) {
    const places = [...changed.matchAll(/"([^"<>]*)"|>([^<>]+)</g)]
    const place = places[Math.floor(at * places.length)]
    if (!place) continue
    const from = place.index + 1
    changed = changed.slice(0, from) + value + changed.slice(from + (place[1] ?? place[2] ?? '').length)
  }
  return changed
}

test('no change to a part of a workbook makes the reader fail', async () => {
  const odd = fc.array(fc.record({ at: part, value: oddValues }), {
    minLength: 1,
    maxLength: 3,
  })
  let read = 0
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: entries.length - 1 }),
      changes(2),
      odd,
      fc.boolean(),
      async (index, list, values, whole) => {
        const changed = entries.map((entry, i) => {
          if (i !== index) return entry
          return {
            ...entry,
            data: whole ? putOdd(String(entry.data), values) : mutate(Buffer.from(entry.data), list),
          }
        })
        if (await readOrRefuse(zipOf(changed), 'a.xlsx')) read++
      },
    ),
    { numRuns: 1200 },
  )
  assert.ok(read > 50, 'many of the changed files are still tables')
})

test('no change to the bytes of an archive makes the reader fail', async () => {
  const whole = zipOf(entries)
  await fc.assert(
    fc.asyncProperty(changes(4), async (list) => {
      await readOrRefuse(mutate(whole, list), 'a.xlsx')
    }),
    { numRuns: 500 },
  )
})
