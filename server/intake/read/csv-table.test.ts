import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { readBytes } from './made-by-hand.ts'
import { FileRefusal } from './refusal.ts'
import type { OpenOptions } from './table.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'csv-table-'))
after(() => rm(folder, { recursive: true }))

const read = (bytes: Buffer | string, options: Partial<OpenOptions> = {}) =>
  readBytes(folder, bytes, { name: 'a.csv', ...options })

async function refusal(bytes: Buffer | string, options: Partial<OpenOptions> = {}): Promise<FileRefusal> {
  const error = await read(bytes, options).then(
    () => assert.fail('the file was taken'),
    (caught: unknown) => caught,
  )
  assert.ok(error instanceof FileRefusal, String(error))
  return error
}

test('header, rows and the lines they start on', async () => {
  const { table, rows } = await read('编号,问题\n1,a\n2,"b\nb"\n3,c\n')
  assert.deepEqual(table.header, ['编号', '问题'])
  assert.deepEqual(rows, [
    { line: 2, cells: ['1', 'a'] },
    { line: 3, cells: ['2', 'b\nb'] },
    { line: 5, cells: ['3', 'c'] },
  ])
  assert.equal(table.bytesRead(), table.bytesTotal)
})

test('rows may be read twice, and the notes count each reading anew', async () => {
  const { table, notes } = await read('a,b\n1,2\n\n3,4\n,\n5\n')
  assert.equal(notes.find(({ code }) => code === 'blank_rows')?.count, 2)
  assert.equal(notes.find(({ code }) => code === 'short_rows')?.count, 1)
  let again = 0
  for await (const chunk of table.rows()) again += chunk.length
  assert.equal(again, 3)
  assert.equal(table.notes.find(({ code }) => code === 'blank_rows')?.count, 2)
})

test('the delimiter is the one that gives even rows', async () => {
  const delimiterOf = async (text: string) => (await read(text)).table.delimiter
  assert.equal(await delimiterOf('a,b\n1,2\n'), ',')
  assert.equal(await delimiterOf('a;b\n1,5;2\n3,7;4\n'), ';')
  assert.equal(await delimiterOf('a\tb\n1, 2\t3\n'), '\t')
  assert.equal(await delimiterOf('a|b|c\n1|2|3\n'), '|')
  assert.equal(await delimiterOf('only\n1\n2\n'), ',')
  assert.equal(await delimiterOf('编号,内容\n1,"x;y;z"\n2,"p;q;r"\n'), ',')
})

test('a sep= line names the delimiter and is no header', async () => {
  const { table, rows } = await read('sep=;\r\na;b,c\r\n1;2\r\n')
  assert.deepEqual([table.delimiter, table.header, table.headerRow], [';', ['a', 'b,c'], 2])
  assert.deepEqual(rows, [{ line: 3, cells: ['1', '2'] }])
})

test('line ends of all kinds may alternate; inside quotes they are text', async () => {
  const { rows } = await read('a,b\r\n1,x\n2,"y\r\nz"\r3,w\n\r\n4,"v"\r\n5,"u\ru"\n')
  assert.deepEqual(
    rows.map(({ cells }) => cells),
    [
      ['1', 'x'],
      ['2', 'y\r\nz'],
      ['3', 'w'],
      ['4', 'v'],
      ['5', 'u\ru'],
    ],
  )
  const old = await read('a,b\r1,2\r3,4')
  assert.deepEqual(
    old.rows.map(({ line, cells }) => [line, ...cells]),
    [
      [2, '1', '2'],
      [3, '3', '4'],
    ],
  )
})

test('quotes inside a field, doubled or not, are text', async () => {
  const { rows } = await read('a,b\n1,"say ""hi"""\n2,5" disk\n3,"" \n')
  assert.deepEqual(
    rows.map(({ cells }) => cells[1]),
    ['say "hi"', '5" disk', ''],
  )
})

test('the header stands below titles, or where it is said to stand', async () => {
  const text = '售后服务流程记录表,,\n制表:客服部,,\n工单编号,客户信息,优先级\nSR001,*女士,紧急\n'
  const { table, rows, notes } = await read(text)
  assert.equal(table.headerRow, 3)
  assert.deepEqual(table.header, ['工单编号', '客户信息', '优先级'])
  assert.deepEqual(rows, [{ line: 4, cells: ['SR001', '*女士', '紧急'] }])
  assert.equal(notes.find(({ code }) => code === 'title_rows')?.count, 2)
  assert.deepEqual((await read(text, { headerRow: 4 })).table.header, ['SR001', '*女士', '紧急'])
  assert.equal((await refusal(text, { headerRow: 9 })).code, 'no_such_row')
})

test('headers that are blank, doubled or called like a property are only names', async () => {
  const { table, rows } = await read('__proto__,constructor,,a,a\n1,2,3,4,5\n')
  assert.deepEqual(table.header, ['__proto__', 'constructor', '', 'a', 'a'])
  assert.deepEqual(rows[0]?.cells, ['1', '2', '3', '4', '5'])
})

test('an unclosed quote names the line and the column where it opens', async () => {
  const error = await refusal('编号,问题\n1,a\n2,"b\n3,c\n4,d\n')
  assert.deepEqual([error.code, error.place], ['unclosed_quote', { line: 3, column: '问题' }])
  assert.match(error.zh, /^第 3 行“问题”列：引号没有闭合/)
  assert.match(error.en, /^line 3, column "问题": a quote is never closed/)
  const swallowed = await refusal('a,b\n1,"x\n2,"y",z\n')
  assert.deepEqual([swallowed.code, swallowed.place?.line], ['stray_quote', 2])
})

test('a row with a delimiter too many is marked, as nobody knows where', async () => {
  const { rows } = await read('a,b\n1,2,3,4\n5,6,\n')
  assert.deepEqual(rows[0]?.cells[2], { fault: 'surplus', text: '3 4' })
  assert.deepEqual(rows[1]?.cells, ['5', '6', ''])
})

test('a NUL or an overlong text faults its cell alone', async () => {
  const { rows } = await read(`a,b\n1,x\0y\n2,${'长'.repeat(32_768)}\n3,${'长'.repeat(32_767)}\n`)
  assert.deepEqual(rows[0]?.cells[1], { fault: 'nul', text: 'x␀y' })
  assert.deepEqual(rows[1]?.cells[1], { fault: 'too_long', text: '长'.repeat(200) })
  assert.equal(rows[2]?.cells[1], '长'.repeat(32_767))
})

test('what is no table of rows is refused with its line', async () => {
  const wide = Array(501).fill('x').join(',')
  assert.deepEqual((await refusal(`a,b\n1,2\n${wide}\n`)).place, { line: 3 })
  assert.equal((await refusal(`a,b\n${'1,'.repeat(1_000_000)}`)).code, 'too_many_columns')
  assert.equal((await refusal(`a,b\n1,2\n${'x'.repeat(3_000_000)}`)).code, 'record_too_long')
  const open = await refusal(`a,b\n1,2\n3,"${'x\n'.repeat(1_500_000)}`)
  assert.deepEqual([open.code, open.place], ['unclosed_quote', { line: 3 }])
})

test('files without content are refused', async () => {
  assert.equal((await refusal('')).code, 'empty_file')
  assert.equal((await refusal('\ufeff')).code, 'empty_file')
  assert.equal((await refusal('\n\n\n')).code, 'empty_file')
  assert.equal((await refusal(',,\n,,\n')).code, 'no_rows')
})

test('a file larger than the limit is refused before it is read', async () => {
  const error = await refusal('a,b\n1,2\n', { limits: { csvBytes: 4 } })
  assert.deepEqual([error.code, error.status], ['too_large', 413])
})
