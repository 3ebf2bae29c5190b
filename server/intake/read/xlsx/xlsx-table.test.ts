import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { type BookOptions, bookOf, readBytes, textRow } from '../made-by-hand.ts'
import type { Cell, OpenOptions } from '../table.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'xlsx-table-'))
after(() => rm(folder, { recursive: true }))

const read = (book: BookOptions, options: Partial<OpenOptions> = {}) =>
  readBytes(folder, bookOf(book), { name: 'a.xlsx', ...options })

const header = textRow(1, ['编号', '内容'])

/** What one cell of the second column is read as. */
async function cellOf(
  cell: string,
  book: BookOptions = {},
  options: Partial<OpenOptions> = {},
): Promise<Cell | undefined> {
  const rows = `${header}<row r="2"><c r="A2"><v>1</v></c>${cell}</row>`
  return (await read({ ...book, rows }, options)).rows[0]?.cells[1]
}

test('shared, inline and rich texts, without their readings', async () => {
  const texts =
    '<si><t>一</t></si><si><r><t>红</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 蓝</t></r><rPh sb="0" eb="1"><t>hong</t></rPh></si>'
  assert.equal(await cellOf('<c r="B2" t="s"><v>1</v></c>', { texts }), '红 蓝')
  assert.equal(
    await cellOf(
      '<c r="B2" t="inlineStr"><is><r><t>a</t></r><r><t>&lt;b&gt;</t></r><rPh><t>x</t></rPh></is></c>',
    ),
    'a<b>',
  )
  assert.equal(
    await cellOf('<c r="B2" t="inlineStr"><is><t>a_x000D_b_x005F_x0041_</t></is></c>'),
    'a\rb_x0041_',
  )
  assert.equal(await cellOf('<c r="B2" t="inlineStr"><is><t>&#30041;&#x8A00;</t></is></c>'), '留言')
  assert.equal(
    await cellOf('<c r="B2" t="inlineStr"><is><t><![CDATA[<p>&amp;</p>]]></t></is></c>'),
    '<p>&amp;</p>',
  )
  assert.equal(await cellOf("<c t = 'inlineStr' r='B2' ><is><t a='>'>x\r\ny</t ></is></c>"), 'x\ny')
  assert.equal(await cellOf('<c t="str"><v>无公式</v></c>'), '无公式')
})

test('numbers as their format means them', async () => {
  const formats = [0, 9, '00000', '0.0%', '0&quot;分&quot;', '#,##0.00;[Red]-#,##0.00', '[h]:mm', 'h:mm']
  const styled = (style: number, value: string) =>
    cellOf(`<c r="B2" s="${style}"><v>${value}</v></c>`, { formats })
  assert.equal(await styled(0, '13800000000'), 13800000000)
  assert.equal(await styled(0, '1.38E+10'), 13800000000)
  assert.equal(await styled(0, '0.30000000000000004'), 0.3)
  assert.equal(await styled(1, '0.92'), '92%')
  assert.equal(await styled(3, '0.923'), '92.3%')
  assert.equal(await styled(1, '0.07'), '7%')
  assert.equal(await styled(2, '123'), '00123')
  assert.equal(await styled(4, '4'), 4)
  assert.equal(await styled(5, '-1234.5'), -1234.5)
  assert.equal(await styled(6, '1.0625'), '25:30:00')
  assert.equal(await styled(7, '0.604166666666667'), '14:30:00')
  assert.deepEqual(await styled(0, 'zehn'), { fault: 'error', text: 'zehn' })
  assert.equal(await cellOf('<c r="B2" t="b"><v>1</v></c>'), true)
  assert.deepEqual(await cellOf('<c r="B2" t="e"><v>#N/A</v></c>'), { fault: 'error', text: '#N/A' })
})

test('dates are calendar times, to the millisecond, of either epoch', async () => {
  const formats = [
    0,
    14,
    22,
    'yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;',
    31,
    58,
    '[$-804]aaaa',
    'General',
    '[Red]0.0',
    'yyyy\\-mm\\-dd\\ hh:mm:ss',
  ]
  const dated = (style: number, value: string, from1904 = false) =>
    cellOf(`<c r="B2" s="${style}"><v>${value}</v></c>`, {
      formats,
      workbookProperties: from1904 ? '<workbookPr date1904="1"/>' : '',
    })
  const noon = { date: '2024-10-01T12:00:00.000' }
  for (const style of [1, 2, 3, 4, 5, 9])
    assert.deepEqual(await dated(style, '45566.5'), noon, formats[style]?.toString())
  for (const style of [7, 8]) assert.equal(await dated(style, '45566.5'), 45566.5)
  assert.deepEqual(await dated(2, '45566.6041666667'), { date: '2024-10-01T14:30:00.000' })
  assert.deepEqual(await dated(2, '45566.60420140046'), { date: '2024-10-01T14:30:03.001' })
  assert.deepEqual(await dated(1, '44104.5', true), noon)
  assert.deepEqual(await dated(1, '0', true), { date: '1904-01-01T00:00:00.000' })
  assert.deepEqual(await dated(1, '1'), { date: '1900-01-01T00:00:00.000' })
  assert.deepEqual(await dated(1, '59'), { date: '1900-02-28T00:00:00.000' })
  assert.deepEqual(await dated(1, '60'), { fault: 'no_such_date', text: '60' })
  assert.deepEqual(await dated(1, '61'), { date: '1900-03-01T00:00:00.000' })
  assert.deepEqual(await dated(1, '2958465'), { date: '9999-12-31T00:00:00.000' })
  assert.deepEqual(await dated(1, '2958466'), { fault: 'no_such_date', text: '2958466' })
  assert.deepEqual(await dated(1, '-1'), { fault: 'no_such_date', text: '-1' })
  assert.deepEqual(await cellOf('<c r="B2" t="d"><v>2024-10-01T14:30:00</v></c>'), {
    date: '2024-10-01T14:30:00.000',
  })
})

test('a formula cell is a fault, or its last value when that is asked for', async () => {
  const formula = '<c r="B2"><f>SUM(A:A)</f><v>7</v></c>'
  assert.deepEqual(await cellOf(formula), { fault: 'formula', text: '7' })
  assert.deepEqual(await cellOf('<c r="B2" t="str"><f t="shared" si="0"/><v>ok</v></c>'), {
    fault: 'formula',
    text: 'ok',
  })
  assert.deepEqual(await cellOf('<c r="B2"><f>NOW()</f></c>'), { fault: 'formula', text: '' })
  assert.equal(await cellOf(formula, {}, { takeCachedValues: true }), 7)
  const rows = `${header}<row r="2"><c r="A2"><v>1</v></c>${formula}</row>`
  const { notes } = await read({ rows }, { takeCachedValues: true })
  assert.equal(notes.find(({ code }) => code === 'cached_values')?.count, 1)
})

test('rows and cells keep their places, told or not', async () => {
  const rows = `${header}<row r="3"><c r="B3"><v>5</v></c></row><row><c><v>6</v></c><c><v>7</v></c></row><row r="9"/><row r="10"><c r="A10" s="0"/></row>`
  assert.deepEqual((await read({ rows })).rows, [
    { line: 3, cells: [null, 5] },
    { line: 4, cells: [6, 7] },
  ])
})

test('merged cells are filled down and across, but make no row of their own', async () => {
  const rows = [
    textRow(1, ['报告月份', '达成', '问题', '措施']),
    '<row r="2"><c r="A2" t="inlineStr"><is><t>2024年5月</t></is></c><c r="B2"><v>92</v></c><c r="C2" t="inlineStr"><is><t>人手</t></is></c></row>',
    '<row r="3"><c r="B3"><v>4.3</v></c></row>',
    '<row r="4"><c r="A4"/></row>',
    '<row r="5"><c r="A5"><v>1</v></c></row>',
  ].join('')
  const behind = '<mergeCells count="2"><mergeCell ref="A2:A4"/><mergeCell ref="C2:D2"/></mergeCells>'
  const { rows: read3, notes } = await read({ rows, behind })
  assert.deepEqual(read3, [
    { line: 2, cells: ['2024年5月', 92, '人手', '人手'] },
    { line: 3, cells: ['2024年5月', 4.3] },
    { line: 5, cells: [1] },
  ])
  assert.equal(notes.find(({ code }) => code === 'merged_cells')?.count, 2)
})

test('a merged title is passed over, and a header of two rows is joined', async () => {
  const rows =
    '<row r="1"><c r="A1" t="inlineStr"><is><t>售后服务流程记录表</t></is></c></row>' +
    textRow(2, ['工单编号', '时间', '', '优先级']).replace(
      '<c r="C2" t="inlineStr"><is><t></t></is></c>',
      '',
    ) +
    '<row r="3"><c r="B3" t="inlineStr"><is><t>受理</t></is></c><c r="C3" t="inlineStr"><is><t>解决</t></is></c></row>' +
    textRow(4, ['SR001', 'x', 'y', '紧急'])
  const behind =
    '<mergeCells><mergeCell ref="A1:D1"/><mergeCell ref="A2:A3"/><mergeCell ref="B2:C2"/><mergeCell ref="D2:D3"/></mergeCells>'
  const { table, rows: below } = await read({ rows, behind })
  assert.deepEqual(table.header, ['工单编号', '时间-受理', '时间-解决', '优先级'])
  assert.equal(table.headerRow, 3)
  assert.deepEqual(below, [{ line: 4, cells: ['SR001', 'x', 'y', '紧急'] }])
})

test('the first visible sheet with data is read, another when asked for', async () => {
  const sheets = [
    { name: '隐藏', state: 'hidden', rows: textRow(1, ['h', 'h2']) },
    { name: '空', rows: '<row r="1"><c r="A1" s="0"/></row>' },
    { name: '数据', rows: textRow(1, ['a', 'b']) + textRow(2, ['1', '2']) },
    { name: '其他', rows: textRow(1, ['c', 'd']) },
  ]
  const first = await read({ sheets })
  assert.deepEqual([first.table.sheet, first.table.header], [3, ['a', 'b']])
  assert.deepEqual(
    first.table.sheets.map(({ hidden }) => hidden),
    [true, false, false, false],
  )
  assert.deepEqual(
    first.notes.map(({ code, count }) => [code, count]),
    [
      ['hidden_sheets', 1],
      ['other_sheets', 2],
    ],
  )
  assert.deepEqual((await read({ sheets }, { sheet: '其他' })).table.header, ['c', 'd'])
  assert.deepEqual((await read({ sheets }, { sheet: 1 })).table.header, ['h', 'h2'])
  await assert.rejects(read({ sheets }, { sheet: '没有' }), { code: 'no_such_sheet' })
  await assert.rejects(read({ sheets }, { sheet: 9 }), { code: 'no_such_sheet' })
})

test('hidden rows and columns are read and noted', async () => {
  const rows = `${header}${textRow(2, ['1', 'x']).replace('<row', '<row hidden="1"')}${textRow(3, ['2', 'y'])}`
  const before = '<cols><col min="2" max="2" hidden="1"/><col min="9" max="16384" hidden="1"/></cols>'
  const read2 = await read({ rows, before })
  assert.equal(read2.rows.length, 2)
  assert.deepEqual(
    read2.notes.map(({ code, count }) => [code, count]),
    [
      ['hidden_columns', 1],
      ['hidden_rows', 1],
    ],
  )
})

test('other prefixes, the strict namespace and UTF-16 parts are read', async () => {
  const strict = (await import('../made-by-hand.ts'))
    .bookEntries({ rows: header + textRow(2, ['1', 'x']) })
    .map(({ name, data }) => ({
      name,
      data: String(data).replaceAll(
        'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
        'http://purl.oclc.org/ooxml/spreadsheetml/main',
      ),
    }))
  const parts = Object.fromEntries(strict.map(({ name, data }) => [name, data]))
  assert.equal((await read({ parts })).rows[0]?.cells[1], 'x')
  const sheet = parts['xl/worksheets/sheet1.xml'] ?? ''
  const prefixed = sheet.replace(/<(\/?)(?=[a-z])/gi, '<$1x:').replace('xmlns=', 'xmlns:x=')
  assert.equal(
    (await read({ parts: { 'xl/worksheets/sheet1.xml': `<?xml version="1.0"?><!-- c -->${prefixed}` } }))
      .rows[0]?.cells[1],
    'x',
  )
  const wide = Buffer.from(`\ufeff${sheet}`, 'utf16le')
  assert.equal((await read({ parts: { 'xl/worksheets/sheet1.xml': wide } })).rows[0]?.cells[1], 'x')
})
