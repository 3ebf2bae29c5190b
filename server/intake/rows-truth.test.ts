import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { csvLine, type SheetCell, writeXlsx } from '../platform/spreadsheet.ts'
import { guessMapping } from './mapping.ts'
import { readBytes } from './read/made-by-hand.ts'
import { openTable } from './read/open-table.ts'
import type { TableRow } from './read/table.ts'
import { compileRow } from './rows.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'rows-truth-'))
after(() => rm(folder, { recursive: true }))
const now = Date.UTC(2026, 10, 26)
const header = [
  '工单编号',
  '客户信息',
  '问题描述',
  '优先级',
  '受理时间',
  '解决时间',
  '满意度评分',
  '重开次数',
  '费用',
  '响应是否及时',
]

/** What is planted in a column, and the code it must be rejected with. */
const faults: [column: number, text: string, code: string][] = [
  [0, '', 'required'],
  [0, '1.38E+10', 'excel_scientific'],
  [1, '1.38E+10', 'excel_scientific'],
  [3, 'P99', 'unknown_word'],
  [3, '紧 急!', 'unknown_word'],
  [4, 'gestern', 'not_a_date'],
  [4, '2024-02-30', 'not_a_date'],
  [4, '2024-13-01 10:00', 'not_a_date'],
  [4, '2024-05-01 25:00', 'not_a_date'],
  [4, '1970-01-01', 'implausible_time'],
  [4, '2099-01-01', 'implausible_time'],
  [4, '2.02E+13', 'excel_scientific'],
  [5, '2024年', 'not_a_date'],
  [5, '#N/A!', 'not_a_date'],
  [6, '6', 'out_of_range'],
  [6, '0分', 'out_of_range'],
  [6, '很好', 'not_a_number'],
  [6, '95%', 'out_of_range'],
  [7, '两次', 'not_a_number'],
  [7, '1.5', 'not_an_integer'],
  [8, '12,5', 'decimal_comma'],
  [8, '1.2.3', 'not_a_number'],
  [8, '约100', 'not_a_number'],
  [9, '大概', 'not_a_boolean'],
  [9, '2', 'not_a_boolean'],
]

interface Truth {
  cells: string[]
  code: string | null
  column: string
}

/** Rows of which one in five holds a planted fault; the same for the same seed. */
function truthOf(count: number, seed: number): Truth[] {
  let state = seed
  const random = (below: number) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
  return Array.from({ length: count }, (_, i) => {
    const cells = [
      `SR${String(i).padStart(6, '0')}`,
      `客户${random(500)}`,
      ['屏幕"触控"不灵敏', '卡纸,未解决', '两行\n描述', '＝不是公式'][random(4)] ?? '',
      ['紧急', '重要', '一般', 'P1', ''][random(5)] ?? '',
      [
        `2024-05-${String(1 + random(28)).padStart(2, '0')} 10:00`,
        `2024/5/${1 + random(28)}`,
        '2024年5月3日 9时5分',
        '2024-05-0114:30',
      ][random(4)] ?? '',
      ['', '2024-06-01 10:00:30'][random(2)] ?? '',
      ['4分', '5', '４', ''][random(4)] ?? '',
      ['0', '1次', ''][random(3)] ?? '',
      ['¥1,280.50', '99', ''][random(3)] ?? '',
      ['是', 'N', ''][random(3)] ?? '',
    ]
    const fault = random(5) === 0 ? faults[random(faults.length)] : undefined
    if (!fault) return { cells, code: null, column: '' }
    cells[fault[0]] = fault[1]
    return { cells, code: fault[2], column: header[fault[0]] ?? '' }
  })
}

function check(rows: TableRow[], truth: Truth[], name: string): void {
  assert.equal(rows.length, truth.length, `${name}: no row is lost`)
  const { mapping } = guessMapping('work-orders', header, rows.slice(0, 100))
  assert.equal(Object.keys(mapping.columns).length, header.length)
  const read = compileRow('work-orders', mapping, header, { zone: 'Asia/Shanghai', now })
  for (const [i, row] of rows.entries()) {
    const { record, rejections } = read(row)
    const expected = truth[i]!
    if (expected.code === null) assert.ok(record, `${name} line ${row.line}: ${rejections?.[0]?.en}`)
    else
      assert.deepEqual(
        rejections?.map(({ line, column, code }) => [line, column, code]),
        [[row.line, expected.column, expected.code]],
        `${name}: ${expected.cells}`,
      )
    if (record) assert.equal(record.external_id, expected.cells[0])
  }
}

test('every planted fault is told at its line and column, and nothing else is', async () => {
  const seed = 1 + Math.floor(Math.random() * 2_000_000_000)
  console.log(`seed ${seed}`)
  const truth = truthOf(4000, seed)
  const text = [header, ...truth.map(({ cells }) => cells)].map((cells) => csvLine(cells)).join('')
  const files: Record<string, Buffer> = {
    'utf-8': Buffer.from(text),
    'utf-8 with mark': Buffer.from(`\ufeff${text}`),
    'utf-16': Buffer.from(`\ufeff${text}`, 'utf16le'),
    'LF only': Buffer.from(text.replaceAll('\r\n', '\n')),
    semicolons: Buffer.from(text.replace(/"[^"]*"|,/g, (part) => (part === ',' ? ';' : part))),
  }
  for (const [name, bytes] of Object.entries(files)) {
    const { table, rows } = await readBytes(folder, bytes, { name: 'a.csv' })
    assert.deepEqual(table.header, header, name)
    let line = 2
    for (const [i, row] of rows.entries()) {
      assert.equal(row.line, line, name)
      line += 1 + (truth[i]?.cells[2]?.split('\n').length ?? 1) - 1
    }
    check(rows, truth, name)
  }
  const file = path.join(folder, 'a.xlsx')
  const cells = truth.map((row): SheetCell[] => row.cells)
  await writeXlsx(file, {
    sheets: [{ name: 'a', columns: header.map((name) => ({ header: name })), rows: cells }],
  })
  const table = await openTable(file, { name: 'a.xlsx' })
  const rows: TableRow[] = []
  for await (const chunk of table.rows()) rows.push(...chunk)
  assert.deepEqual(
    rows.map(({ line }) => line),
    truth.map((_, i) => i + 2),
  )
  check(rows, truth, 'workbook')
})
