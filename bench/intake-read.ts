import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { guessMapping, resolveMapping } from '../server/intake/mapping.ts'
import { openTable } from '../server/intake/read/open-table.ts'
import type { Table, TableRow } from '../server/intake/read/table.ts'
import { compileRow, dateOrderLearner } from '../server/intake/rows.ts'
import { parseInstant } from '../server/intake/values.ts'
import { csvLine, writeXlsx } from '../server/platform/spreadsheet.ts'
import { peakBytes } from './processes.ts'

/** Rows per second of reading alone and of reading with the row parser, 15 mapped columns. Usage: node bench/intake-read.ts [rows] */
const rowCount = Number(process.argv[2] ?? 200_000)
const now = Date.UTC(2026, 0, 1)
const header = [
  '工单编号',
  '客户信息',
  '产品/服务名称',
  '问题描述',
  '问题分类',
  '优先级',
  '处理人',
  '处理结果',
  '渠道',
  '受理时间',
  '首次响应时间',
  '解决时间',
  '满意度评分',
  '重开次数',
  '费用',
]

const folder = await mkdtemp(path.join(tmpdir(), 'intake-read-'))
try {
  await writeFiles()
  for (const name of ['plain.csv', 'quoted.csv', 'gb18030.csv', 'book.xlsx']) await measure(name)
  measureInstants()
} finally {
  await rm(folder, { recursive: true })
}

async function writeFiles(): Promise<void> {
  await writeText('plain.csv', 'utf-8', (row) => `${row.join(',')}\n`)
  await writeText('quoted.csv', 'utf-8', (row) =>
    csvLine(row.map((cell, i) => (i === 3 ? `${cell}\n"${cell}"` : cell))),
  )
  await writeText('gb18030.csv', 'gb18030', (row) => `${row.join(',')}\r\n`)
  await writeXlsx(path.join(folder, 'book.xlsx'), {
    sheets: [{ name: 'book', columns: header.map((name) => ({ header: name })), rows: rows(rowCount / 2) }],
  })
}

async function writeText(name: string, encoding: string, line: (row: string[]) => string): Promise<void> {
  const file = await open(path.join(folder, name), 'w')
  const encode = encoding === 'utf-8' ? (text: string) => Buffer.from(text) : gbEncoder()
  let text = line(header)
  for (const row of rows()) {
    text += line(row)
    if (text.length < 100_000) continue
    await file.write(encode(text))
    text = ''
  }
  await file.write(encode(text))
  await file.close()
}

/** The platform decodes GB18030 but does not encode it: the pairs are turned round once. */
function gbEncoder(): (text: string) => Buffer {
  const decoder = new TextDecoder('gb18030')
  const bytesOf = new Map<string, [number, number]>()
  for (let lead = 0xa1; lead <= 0xf7; lead++) {
    for (let trail = 0xa1; trail <= 0xfe; trail++)
      bytesOf.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail])
  }
  return (text) => Buffer.from([...text].flatMap((char) => bytesOf.get(char) ?? char.charCodeAt(0)))
}

/** A workbook of 200,000 such rows would be larger than is taken: it gets half of them. */
function* rows(count = rowCount): Generator<string[]> {
  const at = (minutes: number) =>
    new Date(Date.UTC(2024, 0, 1) + minutes * 60_000).toISOString().slice(0, 19).replace('T', ' ')
  for (let i = 0; i < count; i++) {
    yield [
      `SR${1_000_000 + i}`,
      `客户${i % 5000}`,
      `智能手机型号${i % 300}`,
      '屏幕触控不灵敏，重启后仍然如此',
      '故障维修-硬件',
      ['紧急', '重要', '一般'][i % 3] ?? '',
      `工程师${i % 1200}`,
      '已更换并恢复正常使用',
      '电话',
      at(i),
      at(i + 12),
      at(i + 300),
      `${(i % 5) + 1}分`,
      String(i % 2),
      `${i % 900}.50`,
    ]
  }
}

async function measure(name: string): Promise<void> {
  const file = path.join(folder, name)
  const table = await openTable(file, { name })
  report(
    `${name} read`,
    await timed(async () => {
      let count = 0
      for await (const chunk of table.rows()) count += chunk.length
      return count
    }),
  )
  report(
    `${name} read and parsed`,
    await timed(async () => {
      const first = await firstChunk(table)
      const { mapping } = guessMapping('work-orders', table.header, first.slice(0, 100))
      const resolved = resolveMapping('work-orders', mapping, table.header)
      if (!('resolved' in resolved) || resolved.resolved.columns.length !== header.length)
        throw new Error('not all columns mapped')
      const learner = dateOrderLearner('work-orders', mapping, table.header, now)
      for (const row of first) learner.see(row)
      const read = compileRow('work-orders', mapping, table.header, {
        zone: 'Asia/Shanghai',
        now,
        dateOrders: learner.orders(),
      })
      let count = 0
      for await (const chunk of table.rows()) for (const row of chunk) if (read(row).record) count++
      if (count < rowCount / 2) throw new Error(`${count} rows accepted`)
      return count
    }),
  )
}

async function firstChunk(table: Table): Promise<TableRow[]> {
  for await (const chunk of table.rows()) return chunk
  return []
}

async function timed(work: () => Promise<number>): Promise<number> {
  const rates: number[] = []
  for (let run = 0; run < 3; run++) {
    const start = performance.now()
    const count = await work()
    rates.push((count / (performance.now() - start)) * 1000)
  }
  return rates.toSorted((a, b) => a - b)[1] ?? 0
}

function measureInstants(): void {
  const texts = [...Array(1000).keys()].map((i) =>
    new Date(now + i * 7_654_321).toISOString().slice(0, 19).replace('T', ' '),
  )
  const start = performance.now()
  for (let i = 0; i < 2_000_000; i++) parseInstant(texts[i % 1000] ?? '', { zone: 'Asia/Shanghai', now })
  report('instants', (2_000_000 / (performance.now() - start)) * 1000)
}

function report(what: string, perSecond: number): void {
  console.log(
    `${what}: ${Math.round(perSecond).toLocaleString('en')} per second (peak memory ${Math.round(peakBytes() / 1_048_576)} MB)`,
  )
}
