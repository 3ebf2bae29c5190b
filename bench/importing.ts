import { execFile } from 'node:child_process'
import { createReadStream, createWriteStream, statSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { type Apart, runApart } from './apart.ts'
import { megabytes, seconds } from './load.ts'
import { agentName, createMembers, productName, teamName } from './organization.ts'
import { atLeast, atMost, type Goal, say } from './report.ts'
import type { BenchDatabase } from './server.ts'
import { categories, channels, type Ticket, tickets } from './tickets.ts'
import { elapsedMs, median } from './timing.ts'

const columns: Record<string, string> = {
  工单编号: 'external_id',
  客户信息: 'customer',
  产品名称: 'product',
  问题描述: 'problem',
  问题分类: 'category',
  优先级: 'priority',
  复杂度: 'complexity',
  渠道: 'channel',
  团队: 'unit',
  处理人: 'agent',
  受理时间: 'received_at',
  首次响应时间: 'responded_at',
  启动处理时间: 'started_at',
  解决时间: 'resolved_at',
  联系次数: 'contact_count',
  重开次数: 'reopen_count',
  处理方案: 'plan',
  处理结果: 'result',
}

/**
 * Goal 1: our import of a CSV file (parsing, validation, provenance, cells) against `psql \copy` of the very rows
 * it made into a clone of the table with the same indexes.
 */
export async function measureImport(
  database: BenchDatabase,
  folder: string,
  rows: number,
  runs: number,
): Promise<Goal[]> {
  const { organizationId } = await createMembers(database.db)
  const path = join(folder, 'orders.csv')
  await pipeline(Readable.from(csvPieces(rows)), createWriteStream(path))
  say(`goal 1: a CSV file of ${rows} rows, ${megabytes(statSync(path).size)}`)
  const importOnce = () =>
    runApart('import-job', { app: database.app, organizationId, folder, path, columns, rows })
  const first = await importOnce()
  const text = await keepMapped(database, folder)
  const ours: Apart[] = []
  const copies: number[] = []
  for (let run = 0; run < runs; run++) {
    await emptied(database)
    ours.push(await importOnce())
    await emptied(database)
    copies.push(await elapsedMs(() => copyIn(database, text)))
    say(`goal 1, run ${run + 1}: import ${seconds(ours[run]!.wallMs)}, copy ${seconds(copies[run]!)}`)
  }
  await emptied(database)
  const peak = Math.max(first.peakBytes, ...ours.map(({ peakBytes }) => peakBytes))
  const wall = median(ours.map(({ wallMs }) => wallMs))
  say(`goal 1: ${Math.round(rows / (wall / 1000))} rows a second, ${megabytes(peak)} at most`)
  return [
    atLeast(1, `import of ${rows} rows: its speed as a share of \\copy`, 0.8, median(copies) / wall),
    atMost(1, 'import: peak memory, MB', 400, peak / 1_048_576),
  ]
}

function* csvPieces(rows: number): Generator<string> {
  let piece = `${Object.keys(columns).join(',')}\n`
  for (const ticket of tickets(rows)) {
    piece += csvRow(ticket)
    if (piece.length < 300_000) continue
    yield piece
    piece = ''
  }
  yield piece
}

const words = {
  repair: '故障维修',
  consultation: '使用咨询',
  complaint: '服务投诉',
  suggestion: '建议反馈',
} as Record<string, string>

function csvRow(t: Ticket): string {
  const { category, subcategory } = categories[t.category]!
  const cells = [
    `SR${t.number}`,
    `客户${t.customer}公司`,
    productName(t.product),
    '设备运行中停机，重启后仍然如此',
    `${words[category]}-${subcategory}`,
    ['紧急', '重要', '一般'][t.priority],
    t.complex ? '复杂' : '普通',
    channels[t.channel],
    teamName(t.team),
    agentName(t.agent),
    wall(t.receivedAt),
    wall(t.respondedAt),
    wall(t.startedAt),
    wall(t.resolvedAt),
    t.contacts,
    t.reopened,
    '更换部件并调试',
    t.filled % 2 ? '已恢复正常' : '',
  ]
  return `${cells.join(',')}\n`
}

const wall = (ms: number | null): string =>
  ms === null ? '' : new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

/** Keeps the rows the import made as COPY text, and makes the clone they are copied into. */
async function keepMapped(database: BenchDatabase, folder: string): Promise<string> {
  const text = join(folder, 'mapped.txt')
  const client = await database.raw.connect()
  try {
    await client.query('create table public.clone (like cases.work_order including all)')
    await pipeline(client.query(copyTo('copy cases.work_order to stdout')), createWriteStream(text))
  } finally {
    client.release()
  }
  return text
}

/** Both begin with empty tables and a quiet log. */
async function emptied({ raw }: BenchDatabase): Promise<void> {
  await raw.query(`
    truncate cases.work_order, cases.responding_unit, surveys.response, intake.batch, intake.raw_chunk, intake.rejection, intake.superseded, intake.correction,
      measurement.cell, platform.change, directory.customer, directory.customer_identity, public.clone`)
  await raw.query('checkpoint')
}

const run = promisify(execFile)

/** `psql \copy` where there is one; else the same bytes by the same command over our own connection. */
async function copyIn(database: BenchDatabase, text: string): Promise<void> {
  const { host, port, user, database: name } = database.super
  try {
    await run('psql', [
      '-X',
      '-q',
      '-h',
      String(host),
      '-p',
      String(port),
      '-U',
      String(user),
      '-d',
      String(name),
      '-c',
      `\\copy public.clone from '${text}'`,
    ])
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    const client = await database.raw.connect()
    await pipeline(createReadStream(text), client.query(copyFrom('copy public.clone from stdin')))
    client.release()
  }
}
