import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { workbookParts } from '../../test/workbook-parts.ts'
import { writeErrorWorkbook } from './error-workbook.ts'
import { guessMapping } from './mapping.ts'
import { readBytes } from './read/made-by-hand.ts'
import { openTable } from './read/open-table.ts'
import type { Cell, TableRow } from './read/table.ts'
import { compileRow } from './rows.ts'
import { cellText } from './values.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'error-workbook-'))
after(() => rm(folder, { recursive: true }))
const now = Date.UTC(2026, 10, 26)

async function rowsOf(file: string, headerRow?: number) {
  const table = await openTable(file, { name: 'errors.xlsx', ...(headerRow ? { headerRow } : {}) })
  const rows: TableRow[] = []
  for await (const chunk of table.rows()) rows.push(...chunk)
  return { table, rows }
}

test('the user’s own columns and, last, the reasons; mended, it imports as it is', async () => {
  const text =
    '工单编号,受理时间,优先级,备注\nSR1,2024-05-01 10:00,紧急,a\nSR2,soon,P9,=1+1\nSR3,2024-05-02,,\n,2024-05-03,重要,b\n'
  const { table, rows } = await readBytes(folder, text, { name: 'a.csv' })
  const { mapping } = guessMapping('work-orders', table.header, rows)
  const read = compileRow('work-orders', mapping, table.header, { zone: 'Asia/Shanghai', now })
  const rejected = rows.flatMap((row) => {
    const { rejections } = read(row)
    const reasons = rejections?.map(({ column, zh }) => ({ column, text: zh }))
    return reasons ? [{ ...row, reasons }] : []
  })
  assert.deepEqual(
    rejected.map(({ line }) => line),
    [3, 5],
  )
  const file = path.join(folder, 'errors.xlsx')
  await writeErrorWorkbook(file, { header: table.header, rows: rejected, lang: 'zh' })

  const again = await rowsOf(file)
  assert.deepEqual(again.table.header, ['工单编号', '受理时间', '优先级', '备注', '错误原因'])
  assert.deepEqual(
    again.rows.map(({ cells }) => cells.slice(0, 4).map((cell) => cellText(cell ?? null))),
    [
      ['SR2', 'soon', 'P9', '=1+1'],
      ['', '2024-05-03', '重要', 'b'],
    ],
  )
  assert.match(
    String(again.rows[0]?.cells[4]),
    /^第 3 行：受理时间：“soon”不是可识别的时间，.*；优先级：不认识“P9”。可用：紧急、重要、一般$/,
  )
  // Each cell at fault is filled and says why, an empty one too; the reader takes no notice of either.
  const parts = workbookParts(await readFile(file))
  const part = (name: string) => parts.get(name) ?? ''
  const notes = [...part('xl/comments1.xml').matchAll(/ref="([A-Z]+\d+)".*?<t [^>]*>([^<]*)</g)]
  assert.deepEqual(
    notes.map(([, cell, text]) => [cell, text?.slice(0, 4)]),
    [
      ['B2', '“soo'],
      ['C2', '不认识“'],
      ['A3', '必填，不'],
    ],
  )
  const sheet = part('xl/worksheets/sheet1.xml')
  const marked = Number(/<c r="B2" s="(\d+)"/.exec(sheet)?.[1])
  assert.match(sheet, new RegExp(`<c r="A3" s="${marked}"/>`))
  assert.match(sheet, /<legacyDrawing r:id="rId1"\/>/)
  const style = part('xl/styles.xml').split('<cellXfs')[1]?.split('<xf ')[marked + 1]
  assert.match(style ?? '', /fillId="2"/)
  const mended = again.rows.map(({ line, cells }) => ({
    line,
    cells: [`SR${line}`, '2024-05-03', '一般', ...cells.slice(3)],
  }))
  const reread = compileRow('work-orders', mapping, again.table.header, { zone: 'Asia/Shanghai', now })
  for (const row of mended) assert.equal(reread(row).rejections, undefined)
})

test('the header stands where it stood, so that a mapping with a header row still fits', async () => {
  const file = path.join(folder, 'below.xlsx')
  await writeErrorWorkbook(file, {
    header: ['a', 'b'],
    rows: [{ line: 9, cells: ['1', '2'], reasons: [{ column: null, text: 'no' }] }],
    lang: 'en',
    headerRow: 3,
  })
  const { table, rows } = await rowsOf(file, 3)
  assert.deepEqual(table.header, ['a', 'b', 'Error'])
  assert.deepEqual(rows, [{ line: 4, cells: ['1', '2', 'line 9: no'] }])
})

test('any cells come back as the same values', async () => {
  const cell: fc.Arbitrary<Cell> = fc.oneof(
    // A text with a NUL is a fault before it is a cell.
    fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => !text.includes('\0')),
    fc.constantFrom<Cell>(
      '=1+1',
      " '=x",
      '+86 138',
      '@a',
      '\t=a',
      '_x000D_',
      'a\r\nb',
      ' x ',
      ']]>',
      '<&">',
      "'",
      "''=1",
      '００１',
      null,
      true,
      false,
    ),
    fc
      .double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 })
      .map((n) => Number(n.toPrecision(15)) + 0),
    fc
      .integer({ min: Date.UTC(1901, 0, 1), max: Date.UTC(2100, 0, 1) })
      .map((ms) => ({ date: new Date(ms).toISOString().slice(0, -1) })),
  )
  const row = fc.tuple(cell, cell, cell)
  let count = 0
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (table) => {
      const file = path.join(folder, `round-${count++}.xlsx`)
      await writeErrorWorkbook(file, {
        header: ['x', 'y', 'z'],
        rows: table.map((cells, i) => ({
          line: i + 2,
          cells,
          reasons: [{ column: i % 2 ? 'x' : null, text: 'r' }],
        })),
        lang: 'en',
      })
      const { rows } = await rowsOf(file)
      await rm(file)
      const text = (cell: Cell | undefined) =>
        typeof cell === 'string' ? cellText(cell) : JSON.stringify(cell ?? '')
      const plain = (cells: Cell[]) => [0, 1, 2].map((i) => text(cells[i] === null ? '' : cells[i]))
      assert.deepEqual(
        rows.map(({ cells }) => plain(cells)),
        table.map(plain),
      )
    }),
    { numRuns: 150 },
  )
})
