import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { guessMapping } from './mapping.ts'
import { bookOf } from './read/made-by-hand.ts'
import { openTable } from './read/open-table.ts'
import type { TableRow } from './read/table.ts'
import { compileRow } from './rows.ts'
import { templateColumns } from './template.ts'

const folder = mkdtempSync(join(tmpdir(), 'zhihuan-tables-'))
after(() => rmSync(folder, { recursive: true }))

const header = templateColumns('work-orders').slice(0, 11)
const row = [
  'SR001',
  '*女士',
  '智能手机型号',
  '屏幕触控不灵敏',
  '故障维修-硬件',
  '紧急',
  '*技术工程师',
  '更换触控总成',
  '已更换',
  '确认满意',
  '2024-10-0114:30',
]

/** The characters of this file in GBK, by asking its decoder for every two bytes there are. */
function gbk(text: string): Buffer {
  const decoder = new TextDecoder('gbk')
  const bytesOf = new Map<string, [number, number]>()
  for (let high = 0x81; high <= 0xfe; high++)
    for (let low = 0x40; low <= 0xfe; low++)
      bytesOf.set(decoder.decode(Uint8Array.of(high, low)), [high, low])
  return Buffer.from(
    [...text].flatMap((one) => (one < '\x80' ? [one.charCodeAt(0)] : (bytesOf.get(one) ?? []))),
  )
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const texts = (line: number, cells: readonly string[], from = 0) =>
  cells
    .map(
      (cell, i) =>
        `<c r="${String.fromCharCode(65 + from + i)}${line}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`,
    )
    .join('')

/** A title merged over the table, the last row's customer merged with the one above, the time as a serial number. */
const workbook = bookOf({
  formats: [0, 22],
  rows: `<row r="1">${texts(1, ['售后服务流程记录表'])}</row><row r="2">${texts(2, header)}</row><row r="3">${texts(
    3,
    row.slice(0, 10),
  )}<c r="K3" s="1"><v>45566.604166666664</v></c></row><row r="4">${texts(4, ['SR002'])}${texts(
    4,
    row.slice(2, 10),
    2,
  )}<c r="K4" s="1"><v>45566.604166666664</v></c></row>`,
  behind: '<mergeCells count="2"><mergeCell ref="A1:K1"/><mergeCell ref="B3:B4"/></mergeCells>',
})

const csv = `${header.join(',')}\r\n${row.join(',')}\r\n`
const files: [name: string, bytes: Buffer][] = [
  ['gbk.csv', gbk(csv)],
  ['utf-8.csv', Buffer.from(csv)],
  ['utf-8 with mark.csv', Buffer.from(`\ufeff${csv}`)],
  ['merged.xlsx', workbook],
]

async function recordsOf(name: string, bytes: Buffer, zone = 'Asia/Shanghai') {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  const table = await openTable(path, { name })
  const rows: TableRow[] = []
  for await (const chunk of table.rows()) rows.push(...chunk)
  const { mapping } = guessMapping('work-orders', table.header, rows)
  const read = compileRow('work-orders', mapping, table.header, { zone, now: Date.UTC(2026, 10, 26) })
  return { header: table.header, records: rows.map((one) => ({ ...read(one).record })), mapping }
}

const confirmedAt = Date.UTC(2024, 9, 1, 6, 30)

test('GBK, UTF-8, UTF-8 with its mark, a workbook with merged cells and serial dates: the same 11 columns, no letter amiss', async () => {
  for (const [name, bytes] of files) {
    const found = await recordsOf(name, bytes)
    assert.deepEqual(found.header, header, name)
    assert.equal(Object.keys(found.mapping.columns).length, 11, name)
    const expected = {
      external_id: 'SR001',
      customer: '*女士',
      product: '智能手机型号',
      problem: '屏幕触控不灵敏',
      category: 'repair',
      subcategory: '硬件',
      priority: 'urgent',
      agent: '*技术工程师',
      plan: '更换触控总成',
      result: '已更换',
      confirmation: '确认满意',
      confirmed_at: confirmedAt,
    }
    assert.deepEqual(found.records[0], expected, name)
    if (name.endsWith('.xlsx')) assert.deepEqual(found.records[1], { ...expected, external_id: 'SR002' })
  }
})

const samples = `
const { parserOf } = await import(process.argv[1] + '/values-field.ts')
const { zone } = await import(process.argv[1] + '/../platform/time.ts')
const options = { zone: 'Asia/Shanghai', now: Date.UTC(2026, 10, 26) }
const parse = (type, cell) => parserOf({ name: 'x', type, aliases: [] }, options)(cell).value
console.log(JSON.stringify([
  parse('instant', '2024-10-0114:30'), parse('instant', '2024/10/1 14:30'), parse('instant', '2024年10月1日 14:30'),
  parse('instant', { date: '2024-10-01T14:30:00.000' }), parse('date', '2024年10月1日'),
  parse('rating', '4分'), parse('decimal', '92%(未达标)'), new Date().getTimezoneOffset(),
]))`

test('the samples of the source tables come out alike in processes of three zones', () => {
  const here = fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '')
  const offsets = new Set<number>()
  for (const zone of ['UTC', 'Asia/Shanghai', 'America/New_York']) {
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', samples, here], {
      env: { ...process.env, TZ: zone },
      encoding: 'utf8',
    })
    const [...values] = JSON.parse(said) as unknown[]
    offsets.add(Number(values.pop()))
    assert.deepEqual(
      values,
      [confirmedAt, confirmedAt, confirmedAt, confirmedAt, '2024-10-01', 4, '92'],
      zone,
    )
  }
  assert.equal(offsets.size, 3, 'the processes did stand in three zones')
})
