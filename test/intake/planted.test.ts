import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Batch, Preview } from '../../contract/intake.ts'
import { openTable } from '../../server/intake/index.ts'
import { writeXlsx } from '../../server/platform/spreadsheet.ts'
import { type Cast, openCast } from '../cast.ts'
import { csvOf, header, type Meaning, type PlantedRow, plantedFaults, plantedRows } from './planted.ts'

let cast: Cast
let folder: string
before(async () => {
  cast = await openCast()
  folder = mkdtempSync(join(tmpdir(), 'zhihuan-planted-'))
})
after(async () => {
  rmSync(folder, { recursive: true })
  await cast.end()
})

const who = 'administrator'
const each = 6
const reading = { kind: 'work-orders', source: '种植' }

async function upload(name: string, bytes: Buffer): Promise<string> {
  const answer = await cast.app.inject({
    method: 'POST',
    url: `/api/imports/files?fileName=${encodeURIComponent(name)}`,
    headers: { authorization: `Bearer ${cast.tokens[who]}`, 'content-type': 'application/octet-stream' },
    payload: bytes,
  })
  assert.equal(answer.statusCode, 201, answer.body)
  return (answer.json() as { id: string }).id
}
async function preview(file: string, body: object = {}): Promise<Preview> {
  const answer = await cast.call(who, 'POST', `/api/imports/files/${file}/preview`, { ...reading, ...body })
  assert.equal(answer.status, 200, answer.body)
  return answer.json() as unknown as Preview
}
async function bring(file: string): Promise<Batch> {
  const answer = await cast.call(who, 'POST', `/api/imports/files/${file}/import`, reading)
  assert.equal(answer.status, 202, answer.body)
  for (;;) {
    const batch = (await cast.call(who, 'GET', `/api/imports/${answer.json().id}`)).json() as unknown as Batch
    if (batch.state !== 'running') return batch
    await wait(100)
  }
}

/** What stands in the database, read past the product, in the words of `Meaning`; customers by who shares one. */
async function stored(): Promise<(Meaning & { customer_id: string })[]> {
  return cast.db.transaction(await cast.whole(), async (tx) => {
    // Joined here: of tables filled just now the planner knows nothing.
    const read = async <Row>(statement: string) => (await tx.client.query(statement)).rows as Row[]
    const source = "(select id from directory.source where name = '种植')"
    const names = new Map(
      (
        await read<{ id: string; name: string }>(
          'select id, name from directory.person union all select id, name from directory.product',
        )
      ).map(({ id, name }) => [id, name]),
    )
    const scores = new Map(
      (
        await read<{ external_id: string; score: string }>(
          `select external_id, trim_scale(overall)::text as score from surveys.response where source_id = ${source}`,
        )
      ).map(({ external_id, score }) => [external_id, score]),
    )
    const rows = (
      await read<Record<string, unknown>>(`
        select external_id, product_id, problem, category, subcategory, priority, complexity, agent_id, received_at,
          responded_at, resolved_at, reopen_count, contact_count, trim_scale(cost)::text as cost, response_in_time,
          customer_id
        from cases.work_order where source_id = ${source} order by external_id`)
    ).map(({ product_id, agent_id, ...row }) => ({
      ...row,
      product: names.get(String(product_id)),
      agent: names.get(String(agent_id)),
      score: scores.get(`order:${row.external_id}`) ?? null,
    }))
    // The shape is the one selected above; the comparison checks each value.
    return (rows as unknown as (Meaning & { customer_id: string })[]).map((row) => ({
      ...row,
      received_at: at(row.received_at) ?? '',
      responded_at: at(row.responded_at),
      resolved_at: at(row.resolved_at),
    }))
  })
}
const at = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null)

async function holdsExactly(rows: PlantedRow[]): Promise<void> {
  const found = await stored()
  const customers = new Map<string, string>()
  assert.equal(found.length, rows.length)
  rows.forEach(({ meaning }, i) => {
    const { customer_id, ...row } = found[i]!
    const { customer, ...meant } = meaning
    assert.deepEqual(row, meant, meaning.external_id)
    const known = customers.get(customer)
    if (known === undefined) customers.set(customer, customer_id)
    else assert.equal(customer_id, known, `${meaning.external_id}: ${customer}`)
  })
  assert.equal(new Set(customers.values()).size, customers.size, 'one customer each')
}

test(`10,000 rows with ${plantedFaults.length} kinds of planted faults: each told in its place, nothing else changed, mended and undone`, async () => {
  const seed = 1 + Math.floor(Math.random() * 2_000_000_000)
  console.log(`seed ${seed}`)
  assert.ok(plantedFaults.length >= 40)
  const rows = plantedRows(10_000, each, seed)
  const wrong = rows.filter(({ fault }) => fault !== null)
  const right = rows.filter(({ fault }) => fault === null)
  assert.equal(wrong.length, plantedFaults.length * each)
  const file = await upload('一万行.csv', Buffer.from(csvOf(rows)))

  // The preview tells each fault at its line and column, page by page.
  const told: Preview['rows'] = []
  for (let after = 0; ; ) {
    const page = await preview(file, { show: 'errors', after })
    told.push(...page.rows)
    assert.deepEqual([page.result?.rows, page.result?.rejected], [10_000, wrong.length])
    if (page.next === null) break
    after = page.next
  }
  assert.deepEqual(
    told.map(({ line, faults }) => [line, faults.map(({ column, code }) => [column, code])]),
    wrong.map(({ line, fault }) => [line, [[fault?.[0] ? header.indexOf(fault[0]) : null, fault?.[2]]]]),
  )
  assert.deepEqual(await stored(), [], 'a preview writes nothing')

  const batch = await bring(file)
  assert.deepEqual(
    [batch.state, batch.rows, batch.accepted, batch.updated, batch.unchanged, batch.rejected],
    ['done', 10_000, right.length, 0, 0, wrong.length],
  )
  await holdsExactly(right)

  // The workbook of rejected rows: the user's own columns and the reason. Mended there, it goes in as it is.
  const answer = await cast.app.inject({
    url: `/api/imports/${batch.id}/errors.xlsx`,
    headers: { authorization: `Bearer ${cast.tokens[who]}` },
  })
  const path = join(folder, 'errors.xlsx')
  writeFileSync(path, answer.rawPayload)
  const table = await openTable(path, { name: 'errors.xlsx' })
  assert.deepEqual(table.header, [...header, '错误原因'])
  const lines: number[] = []
  for await (const chunk of table.rows())
    for (const { cells } of chunk)
      lines.push(Number(/^第 (\d+) 行：/.exec(String(cells[header.length]))?.[1]))
  assert.deepEqual(
    lines,
    wrong.map(({ line }) => line),
  )
  const mended = join(folder, 'mended.xlsx')
  await writeXlsx(mended, {
    sheets: [
      {
        name: '错误行',
        columns: [...header, '错误原因'].map((name) => ({ header: name })),
        rows: wrong.map((row) => [...row.right, 'x']),
      },
    ],
  })
  const second = await bring(await upload('错误行.xlsx', readFileSync(mended)))
  assert.deepEqual(
    [second.state, second.rows, second.accepted, second.updated, second.unchanged, second.rejected],
    ['done', wrong.length, wrong.length, 0, 0, 0],
  )
  await holdsExactly(rows)

  // Undone, all goes but what somebody edited since.
  await cast.db.transaction(await cast.whole(), (tx) =>
    tx.client.query(
      "update cases.work_order set problem = '手改', edited_at = now() where external_id = $1",
      [right[7]?.meaning.external_id],
    ),
  )
  const undo = async (id: string) =>
    (await cast.call(who, 'POST', `/api/imports/${id}/undo`, {})).json() as unknown as Batch
  assert.deepEqual((await undo(second.id)).kept, [])
  assert.equal((await stored()).length, right.length)
  assert.deepEqual((await undo(batch.id)).kept, [
    { kind: 'work_order', externalId: right[7]?.meaning.external_id },
  ])
  assert.deepEqual(
    (await stored()).map(({ external_id, problem }) => [external_id, problem]),
    [[right[7]?.meaning.external_id, '手改']],
  )
})
