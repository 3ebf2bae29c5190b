import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { workbookParts } from '../../test/workbook-parts.ts'
import { csvLine, displayWidth, plainText, safeText, type WorkbookToWrite, writeXlsx } from './spreadsheet.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'spreadsheet-'))
after(() => rm(folder, { recursive: true }))

async function partsOf(workbook: WorkbookToWrite): Promise<Map<string, string>> {
  const file = path.join(folder, 'a.xlsx')
  await writeXlsx(file, workbook)
  return workbookParts(await readFile(file))
}

test('a text that a spreadsheet might take for a formula gets one apostrophe', () => {
  for (const text of [
    '=1+1',
    '+1',
    '-1',
    '@a',
    '＝1',
    '＋1',
    '－1',
    '＠a',
    ' =1',
    '\u200b=1',
    '\ufeff@a',
    '\u0001=1',
    '\u00a0+1',
    '\ta',
    '\rb',
    '\nc',
    '\0d',
    '\t',
    "'=1",
    "''+1",
  ]) {
    assert.equal(safeText(text), `'${text}`, JSON.stringify(text))
    assert.equal(plainText(safeText(text)), text, JSON.stringify(text))
  }
  for (const text of ['', 'a=1', '1-1', '客户', "'tis", "O'Neil", '“=1”', ' a', '2024-10-01']) {
    assert.equal(safeText(text), text)
    assert.equal(plainText(text), text)
  }
})

test('every text comes back from its safe form, which never begins with a sign', () => {
  const unit = fc.oneof(
    fc.constantFrom(..."=+-@＝＋－＠'\t\r\n\0 \u200b\ufeffa长".split('')),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  )
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 6 }), (chars) => {
      const text = chars.join('')
      const safe = safeText(text)
      assert.equal(plainText(safe), text)
      assert.doesNotMatch(safe, /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u)
      assert.doesNotMatch(safe, /^[\t\r\n\0]/)
    }),
    { numRuns: 10_000 },
  )
})

test('a line of CSV quotes what it must and keeps numbers bare', () => {
  assert.equal(
    csvLine(['a', 'b,c', 'd"e', 'f\ng', ' h', null, undefined, -1.5, true, '=x', '-1']),
    `a,"b,c","d""e","f\ng"," h",,,-1.5,TRUE,'=x,'-1\r\n`,
  )
})

test('a workbook has a bold header, a frozen row, a filter, widths and print titles', async () => {
  const parts = await partsOf({
    sheets: [
      {
        name: '反馈/记录',
        columns: [{ header: '编号' }, { header: '评分', format: '0"分"', width: 8 }, { header: '时间' }],
        rows: [
          ['FX1', 4, { date: '2024-10-01T14:30:00.000' }],
          ['=1', null, true],
        ],
      },
      { name: '说明', columns: [{ header: 'a<b' }], rows: [] },
    ],
  })
  const sheet = parts.get('xl/worksheets/sheet1.xml') ?? ''
  assert.match(sheet, /<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"\/>/)
  assert.match(sheet, /<autoFilter ref="A1:C3"\/>/)
  assert.match(sheet, /<col min="2" max="2" width="8" customWidth="1"\/>/)
  assert.match(sheet, /<c r="B2" s="\d"><v>4<\/v><\/c><c r="C2" s="\d"><v>45566\.60416666666\d*<\/v><\/c>/)
  assert.match(
    sheet,
    /<c r="A3" t="inlineStr"><is><t>&#39;=1|<c r="A3" t="inlineStr"><is><t>'=1<\/t><\/is><\/c>/,
  )
  assert.doesNotMatch(sheet, /<f>/)
  assert.match(sheet, /<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"\/>/)
  const header = /<c r="A1" s="(\d+)"/.exec(sheet)?.[1]
  const formats = [
    ...(parts.get('xl/styles.xml') ?? '').matchAll(/<xf numFmtId="(\d+)" fontId="(\d)"[^>]*xfId/g),
  ]
  assert.equal(formats[Number(header)]?.[2], '1', 'the header has the bold font')
  assert.match(parts.get('xl/styles.xml') ?? '', /formatCode="0&quot;分&quot;"/)
  const workbook = parts.get('xl/workbook.xml') ?? ''
  assert.match(workbook, /<sheet name="反馈 记录" sheetId="1"/)
  assert.match(workbook, /Print_Titles" localSheetId="1">'说明'!\$1:\$1</)
  assert.match(parts.get('xl/worksheets/sheet2.xml') ?? '', /a&lt;b/)
})

test('sheets of one name are told apart, and a file appears only when whole', async () => {
  const sheet = (name: string) => ({ name, columns: [{ header: 'a' }], rows: [['1']] })
  const parts = await partsOf({ sheets: [sheet('同'.repeat(40)), sheet('同'.repeat(40)), sheet('')] })
  const names = [...(parts.get('xl/workbook.xml') ?? '').matchAll(/<sheet name="([^"]*)"/g)].map(
    ([, name]) => name,
  )
  assert.deepEqual(names, ['同'.repeat(31), `${'同'.repeat(27)} (2)`, 'Sheet'])
  const file = path.join(folder, 'broken.xlsx')
  function* rows() {
    yield ['1']
    throw new Error('source gone')
  }
  await assert.rejects(
    writeXlsx(file, { sheets: [{ name: 'a', columns: [{ header: 'a' }], rows: rows() }] }),
    /source gone/,
  )
  assert.deepEqual(await readdir(folder), ['a.xlsx'])
})

test('a Chinese character is two columns wide', () => {
  assert.equal(displayWidth('工单ID（新）'), 12)
  assert.equal(displayWidth(''), 0)
})
