import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Importing, openImporting } from './testing/importing.ts'

let t: Importing

before(async () => {
  t = await openImporting()
})
after(() => t.end())

const orders = `工单编号,受理时间,客户\n${Array.from(
  { length: 200 },
  (_, i) => `E${i},2024-05-01 08:00,客户${i}`,
).join('\n')}\n`

const tables = ['cases.work_order', 'directory.customer', 'directory.customer_identity']
const counted = async () => {
  const { rows } = await t.owner.query<{ reltuples: number }>(
    'select reltuples from pg_class where oid = any($1::regclass[])',
    [tables],
  )
  return rows.map(({ reltuples }) => reltuples)
}

test('tables that were counted while they were empty are counted anew by the import that fills them', async () => {
  // The database counts by itself now and then: here it is the import alone that does.
  for (const table of tables) await t.owner.query(`alter table ${table} set (autovacuum_enabled = false)`)
  const { batch } = await t.bring('work-orders', orders)
  await t.undo(batch)
  await t.owner.query(`analyze ${tables.join(', ')}`)
  assert.deepEqual(await counted(), [0, 0, 0])
  await t.bring('work-orders', orders)
  assert.deepEqual(await counted(), [200, 200, 200])
})
