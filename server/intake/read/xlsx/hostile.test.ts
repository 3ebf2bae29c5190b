import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import {
  type BookOptions,
  bookEntries,
  bookOf,
  readBytes,
  textRow,
  type ZipEntry,
  zipOf,
} from '../made-by-hand.ts'
import { FileRefusal } from '../refusal.ts'
import type { Limits } from '../table.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'hostile-'))
after(() => rm(folder, { recursive: true }))

const header = textRow(1, ['编号', '内容'])
const good = header + textRow(2, ['1', 'x'])
const SHEET = 'xl/worksheets/sheet1.xml'

async function refusalOf(
  bytes: Buffer | string,
  name = 'a.xlsx',
  limits: Partial<Limits> = {},
): Promise<FileRefusal> {
  const start = performance.now()
  const error = await readBytes(folder, bytes, { name, limits }).then(
    () => assert.fail('the file was taken'),
    (caught: unknown) => caught,
  )
  if (!(error instanceof FileRefusal)) throw error
  assert.ok(
    error.zh !== '' && error.en !== '' && !error.en.includes('{}') && !error.zh.includes('{}'),
    error.en,
  )
  assert.ok(performance.now() - start < 5000, 'a refusal comes soon')
  return error
}

const codeOf = async (bytes: Buffer | string, name?: string, limits?: Partial<Limits>) =>
  (await refusalOf(bytes, name, limits)).code
const bookCode = (book: BookOptions, limits?: Partial<Limits>) => codeOf(bookOf(book), 'a.xlsx', limits)
const zipCode = (change: (entries: ZipEntry[]) => ZipEntry[], book: BookOptions = { rows: good }) =>
  codeOf(zipOf(change(bookEntries(book))))

/** Texts that do not pack as tightly as a bomb. */
function varied(length: number): string {
  return Array.from({ length }, (_, i) => String.fromCharCode(0x4e00 + ((i * i * 31) % 3001))).join('')
}

test('the hand-made workbook itself is read', async () => {
  const { rows } = await readBytes(folder, bookOf({ rows: good }), { name: 'a.xlsx' })
  assert.deepEqual(rows, [{ line: 2, cells: ['1', 'x'] }])
})

test('bombs are refused by what their headers say, before anything is inflated', async () => {
  const spaces = (size: number) => ({ name: 'xl/media/a.bin', data: Buffer.alloc(size, 32) })
  assert.equal(await zipCode((entries) => [...entries, spaces(1_000_000)]), 'packed_too_tight')
  assert.equal(
    await zipCode((entries) => [...entries, { ...spaces(10), size: 300 * 1024 ** 2 }]),
    'packed_too_tight',
  )
  const noise = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * i * 31) >> 7))
  const many = Array.from({ length: 4 }, (_, i) => ({ name: `n${i}`, data: noise, stored: true }))
  assert.equal(
    await codeOf(zipOf([...bookEntries({ rows: good }), ...many]), 'a.xlsx', { inflatedBytes: 1_000_000 }),
    'inflates_too_far',
  )
  const nested = zipOf([spaces(900_000)])
  const { rows } = await readBytes(
    folder,
    zipOf([...bookEntries({ rows: good }), { name: 'inner.zip', data: nested, stored: true }]),
    { name: 'a.xlsx' },
  )
  assert.equal(rows.length, 1, 'an archive within is never opened')
})

test('headers that lie are found out while inflating', async () => {
  const lie = (change: Partial<ZipEntry>) =>
    zipCode((entries) => entries.map((entry) => (entry.name === SHEET ? { ...entry, ...change } : entry)))
  assert.equal(await lie({ size: 10 }), 'damaged_archive')
  assert.equal(await lie({ size: 90_000 }), 'damaged_archive')
  assert.equal(await lie({ checksum: 1 }), 'damaged_archive')
  assert.equal(await lie({ localName: 'xl/worksheets/sheet9.xml' }), 'damaged_archive')
})

test('too many entries, overlapping, doubled and badly named entries', async () => {
  const fillers = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ name: `f${i}`, data: '', stored: true }))
  assert.equal(await zipCode((entries) => [...entries, ...fillers(2000)]), 'too_many_entries')
  assert.equal(await codeOf(zipOf(bookEntries({ rows: good }), { entryCount: 65_534 })), 'too_many_entries')
  assert.equal(
    await zipCode((entries) =>
      entries.map((entry) => (entry.name === SHEET ? { ...entry, offset: 0 } : entry)),
    ),
    'overlapping_entries',
  )
  assert.equal(
    await zipCode((entries) => [...entries, { name: SHEET.toUpperCase(), data: 'x' }]),
    'overlapping_entries',
  )
  for (const name of ['../evil.xml', '/etc/passwd', 'C:/a.xml', 'xl/../../a']) {
    assert.equal(await zipCode((entries) => [...entries, { name, data: 'x' }]), 'unsafe_entry', name)
  }
  assert.equal(
    await zipCode((entries) => [...entries, { name: 'link', data: '/etc/passwd', attributes: 0xa1ff0000 }]),
    'unsafe_entry',
  )
})

test('encrypted, truncated and trailing archives', async () => {
  assert.equal(await zipCode((entries) => entries.map((entry) => ({ ...entry, flags: 0x801 }))), 'encrypted')
  const whole = bookOf({ rows: good })
  for (const size of [10, 100, whole.length - 30, whole.length - 5]) {
    assert.equal(await codeOf(whole.subarray(0, size)), 'damaged_archive', String(size))
  }
  assert.equal(await codeOf(zipOf(bookEntries({ rows: good }), { tail: 'trailing' })), 'damaged_archive')
})

test('other formats are called by their name', async () => {
  const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1000)])
  assert.equal(await codeOf(ole, 'a.xls'), 'old_workbook')
  assert.equal(await codeOf(Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')])), 'encrypted')
  assert.equal(await codeOf(Buffer.from([9, 8, 8, 0, 0, 5, 16, 0, 1, 2]), 'a.xls'), 'old_workbook')
  assert.equal(await codeOf('<html><table><tr><td>1</td></tr></table></html>', 'a.xls'), 'web_page')
  assert.equal(await codeOf('\ufeff\n <!DOCTYPE html><p>', 'a.xlsx'), 'web_page')
  assert.equal(await codeOf('<?xml version="1.0"?><Workbook/>', 'a.xls'), 'xml_file')
  assert.equal(await codeOf('%PDF-1.7 …', 'a.xlsx'), 'pdf')
  assert.equal(await codeOf('a,b\n1,2\n', 'a.xlsx'), 'text_named_workbook')
  assert.equal(await codeOf(bookOf({ rows: good }), 'a.csv'), 'workbook_named_text')
  assert.equal(await codeOf(zipOf([{ name: 'a.txt', data: 'x' }])), 'not_a_workbook')
  assert.equal(
    await codeOf(zipOf([{ name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet' }])),
    'open_document',
  )
  const type = (main: string) => bookCode({ rows: good, mainType: `application/vnd.${main}` })
  assert.equal(await type('ms-excel.sheet.macroEnabled.main+xml'), 'has_macros')
  assert.equal(await type('ms-excel.sheet.binary.macroEnabled.main'), 'binary_workbook')
  assert.equal(await bookCode({ rows: good, parts: { 'xl/vbaProject.bin': 'x' } }), 'has_macros')
  const document = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'
  const types = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="${document}"/></Types>`
  assert.equal(await bookCode({ parts: { '[Content_Types].xml': types } }), 'not_a_workbook')
})

test('entities and document types are refused in every part that is read', async () => {
  const bomb = '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>'
  const external = '<!DOCTYPE x SYSTEM "http://localhost/x.dtd">'
  for (const name of [
    SHEET,
    'xl/workbook.xml',
    'xl/sharedStrings.xml',
    'xl/styles.xml',
    '_rels/.rels',
    '[Content_Types].xml',
  ]) {
    for (const start of [bomb, external]) {
      assert.equal(
        await zipCode((entries) =>
          entries.map((entry) => (entry.name === name ? { ...entry, data: `${start}${entry.data}` } : entry)),
        ),
        'doctype',
        name,
      )
    }
  }
  const wide = Buffer.from(`\ufeff${external}<worksheet/>`, 'utf16le')
  assert.equal(await bookCode({ parts: { [SHEET]: wide } }), 'doctype')
  assert.equal(await bookCode({ rows: header + textRow(2, ['1', '&xxe;']) }), 'doctype')
  assert.equal(await bookCode({ rows: header + textRow(2, ['1', 'a & b']) }), 'doctype')
  assert.equal(await bookCode({ rows: header + textRow(2, ['1', '&#xD800;']) }), 'doctype')
})

test('damaged parts are refused, never half read', async () => {
  for (const rows of [
    '<row r="1"><c r="A1"><v>1</v></row>',
    '<row r="1"><c r="A1"><v>1</c></v></row>',
    `${good}<row r="2"></row>`,
    `${good}<row r="1"></row>`,
    `${header}<row r="2"><c r="A3"><v>1</v></c></row>`,
    `${header}<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>`,
    `${header}<row r="2"><c r="AAAA2"><v>1</v></c></row>`,
    `${header}<row r="2"><c r="A2" s=4><v>1</v></c></row>`,
    `${header}<row r="two"></row>`,
  ]) {
    assert.equal(await bookCode({ rows }), 'damaged_part', rows)
  }
  assert.equal(
    await bookCode({ parts: { [SHEET]: '<worksheet xmlns="urn:other"><sheetData/></worksheet>' } }),
    'foreign_part',
  )
  assert.equal(await bookCode({ parts: { [SHEET]: '<worksheet' } }), 'damaged_part')
  assert.equal(await bookCode({ parts: { [SHEET]: Buffer.from([0x3c, 0xff, 0xfe]) } }), 'damaged_part')
  assert.equal(await bookCode({ rows: good, parts: { [SHEET]: null } }), 'missing_part')
  assert.equal(await bookCode({ rows: good, parts: { '_rels/.rels': null } }), 'missing_part')
  assert.equal(await bookCode({ rows: '' }), 'empty_file')
})

test('a shared text that is not there is named', async () => {
  const rows = `${header}<row r="2"><c r="A2" t="s"><v>7</v></c></row>`
  const error = await refusalOf(bookOf({ rows, texts: '<si><t>a</t></si>' }))
  assert.deepEqual([error.code, error.place], ['no_such_text', { sheet: 'Sheet1', line: 2 }])
  assert.equal(await bookCode({ rows, parts: { 'xl/sharedStrings.xml': null } }), 'no_such_text')
  assert.equal(await bookCode({ rows: rows.replace('>7<', '>-1<') }), 'no_such_text')
})

test('too many rows, columns and characters', async () => {
  assert.equal(
    await bookCode({ rows: `${header}<row r="1048577"><c r="A1048577"><v>1</v></c></row>` }),
    'too_many_rows',
  )
  const error = await refusalOf(bookOf({ rows: `${header}<row r="2"><c r="XFD2"><v>1</v></c></row>` }))
  assert.deepEqual([error.code, error.status, error.place?.line], ['too_many_columns', 413, 2])
  const styled = await readBytes(
    folder,
    bookOf({ rows: `${good}<row r="3"><c r="A3"><v>1</v></c><c r="XFD3" s="0"/></row>` }),
    { name: 'a.xlsx' },
  )
  assert.equal(styled.rows.length, 2, 'a blank cell far right is no column')
  const long = `${header}<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="inlineStr"><is><t>${varied(40_000)}</t></is></c></row>`
  const { rows } = await readBytes(folder, bookOf({ rows: long }), { name: 'a.xlsx' })
  assert.deepEqual(rows[0]?.cells[1], { fault: 'too_long', text: varied(200) })
  assert.equal(await codeOf(bookOf({ rows: good }), 'a.xlsx', { xlsxBytes: 100 }), 'too_large')
})

test('lists longer than any workbook has are refused', async () => {
  const many = (item: (i: number) => string, count: number) =>
    Array.from({ length: count }, (_, i) => item(i)).join('')
  const merged = many((i) => `<mergeCell ref="A${2 + (i % 9999)}:B${3 + ((i * 7919) % 99_999)}"/>`, 200_001)
  assert.equal(await bookCode({ rows: good, behind: `<mergeCells>${merged}</mergeCells>` }), 'damaged_part')
  const sheets = Array.from({ length: 10_001 }, (_, i) => ({ name: `s${i * 7919}`, rows: good }))
  const [, , workbook, relations] = bookEntries({ sheets })
  const parts = {
    'xl/workbook.xml': String(workbook?.data),
    'xl/_rels/workbook.xml.rels': String(relations?.data),
  }
  assert.equal(await bookCode({ rows: good, parts }), 'damaged_part')
})

test('merged areas that cross are no sound workbook', async () => {
  const behind = '<mergeCells><mergeCell ref="A2:B3"/><mergeCell ref="B3:C4"/></mergeCells>'
  assert.equal(await bookCode({ rows: good + textRow(3, ['2', 'y']), behind }), 'damaged_part')
})

test('a link to another workbook is noted and not followed', async () => {
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const [entry] = bookEntries({ rows: good }).filter(({ name }) => name === 'xl/_rels/workbook.xml.rels')
  const relations = String(entry?.data).replace(
    '</Relationships>',
    `<Relationship Id="x" Type="${office}/externalLink" Target="externalLinks/a.xml"/><Relationship Id="y" Type="${office}/worksheet" Target="http://localhost/" TargetMode="External"/></Relationships>`,
  )
  const { notes } = await readBytes(
    folder,
    bookOf({ rows: good, parts: { 'xl/_rels/workbook.xml.rels': relations } }),
    { name: 'a.xlsx' },
  )
  assert.deepEqual(
    notes.map(({ code }) => code),
    ['external_links'],
  )
})
