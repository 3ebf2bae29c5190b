import { createReadStream, createWriteStream, statSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import type { Members } from './organization.ts'
import { say } from './report.ts'
import type { BenchDatabase } from './server.ts'
import { categories, channels, now, requiredFields, type Ticket, tickets } from './tickets.ts'
import { elapsedMs } from './timing.ts'

/** The columns of `cases.work_order` the file holds, in order, with their type for the DuckDB peer. */
export const loadedColumns = {
  organization_id: 'uuid',
  id: 'uuid',
  source_id: 'uuid',
  external_id: 'varchar',
  unit_id: 'uuid',
  agent_id: 'uuid',
  customer_id: 'uuid',
  product_id: 'uuid',
  category: 'varchar',
  subcategory: 'varchar',
  priority: 'varchar',
  complexity: 'varchar',
  channel: 'varchar',
  received_at: 'timestamp',
  responded_at: 'timestamp',
  started_at: 'timestamp',
  resolved_at: 'timestamp',
  closed_at: 'timestamp',
  occurred_at: 'timestamp',
  response_due_at: 'timestamp',
  start_due_at: 'timestamp',
  plan_due_at: 'timestamp',
  resolution_due_at: 'timestamp',
  reopen_count: 'integer',
  contact_count: 'integer',
  required_fields: 'smallint',
  filled_fields: 'smallint',
  clock_at: 'timestamp',
  changed_at: 'timestamp',
  line: 'integer',
}

/** Writes the tickets as COPY text: one file for PostgreSQL and DuckDB alike. Returns its path. */
export async function writeCopyText(folder: string, members: Members, count: number): Promise<string> {
  const path = join(folder, `orders-${count}.txt`)
  const took = await elapsedMs(() =>
    pipeline(Readable.from(copyPieces(members, count)), createWriteStream(path)),
  )
  say(`generated ${count} tickets in ${seconds(took)}, ${megabytes(statSync(path).size)} of text`)
  return path
}

function* copyPieces(members: Members, count: number): Generator<string> {
  let piece = ''
  for (const ticket of tickets(count)) {
    piece += orderLine(ticket, members)
    if (piece.length < 300_000) continue
    yield piece
    piece = ''
  }
  yield piece
}

const priorities = ['urgent', 'important', 'normal']
const startMinutes = [120, 1440, 2880]
const at = (ms: number | null): string => (ms === null ? '\\N' : stamp(ms))

/** `2024-05-01 08:00:00`, UTC. */
function stamp(ms: number): string {
  const day = Math.floor(ms / 86_400_000)
  const second = Math.floor((ms - day * 86_400_000) / 1000)
  let date = dates.get(day)
  if (!date) {
    date = new Date(ms).toISOString().slice(0, 10)
    dates.set(day, date)
  }
  return `${date} ${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`
}
const dates = new Map<number, string>()
const two = (n: number): string => (n < 10 ? `0${n}` : String(n))
const nowText = stamp(now.getTime())

/** Tickets are written as the import would have derived them under the general pack. */
function orderLine(t: Ticket, m: Members): string {
  const { category, subcategory } = categories[t.category]!
  const received = stamp(t.receivedAt)
  const resolved = at(t.resolvedAt)
  const hex = t.number.toString(16).padStart(12, '0')
  return (
    `${m.organizationId}\t01900000-0000-7000-8000-${hex}\t${m.sourceId}\tSR${t.number}\t${m.teams[t.team]}\t` +
    `${m.agents[t.agent]}\t01900000-0000-7000-9000-${t.customer.toString(16).padStart(12, '0')}\t` +
    `${m.products[t.product]}\t${category}\t${subcategory}\t${priorities[t.priority]}\t` +
    `${t.complex ? 'complex' : 'ordinary'}\t${channels[t.channel]}\t${received}\t${at(t.respondedAt)}\t` +
    `${at(t.startedAt)}\t${resolved}\t${resolved}\t${received}\t${at(t.receivedAt + 30 * 60_000)}\t` +
    `${at(t.receivedAt + startMinutes[t.priority]! * 60_000)}\t` +
    `${t.complex ? at(t.receivedAt + 86_400_000) : '\\N'}\t` +
    `${at(t.receivedAt + (t.complex ? 72 : 24) * 3_600_000)}\t${t.reopened}\t${t.contacts}\t${requiredFields}\t` +
    `${t.filled}\t${nowText}\t${nowText}\t${t.number + 2}\n`
  )
}

/** Loads the file with the indexes off and builds them after: only the way in is shorter, the table is the same. */
export async function loadOrders({ raw }: BenchDatabase, path: string): Promise<void> {
  const client = await raw.connect()
  try {
    const { rows } = await client.query<{ name: string; definition: string }>(`
      select c.relname as name, pg_get_indexdef(c.oid) as definition
      from pg_index i join pg_class c on c.oid = i.indexrelid
      where i.indrelid = 'cases.work_order'::regclass and not i.indisunique`)
    for (const { name } of rows) await client.query(`drop index cases.${name}`)
    const list = Object.keys(loadedColumns).join(', ')
    const copied = await elapsedMs(() =>
      pipeline(createReadStream(path), client.query(copyFrom(`copy cases.work_order (${list}) from stdin`))),
    )
    const indexed = await elapsedMs(async () => {
      for (const { definition } of rows) await client.query(definition)
      await client.query('vacuum analyze cases.work_order')
    })
    const { rows: size } = await client.query<{ bytes: number }>(
      `select pg_total_relation_size('cases.work_order') as bytes`,
    )
    say(`loaded in ${seconds(copied)}, indexed in ${seconds(indexed)}, ${megabytes(size[0]!.bytes)} on disk`)
  } finally {
    client.release()
  }
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
export const megabytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`
