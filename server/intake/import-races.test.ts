import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { openWorkOrders } from '../cases/index.ts'
import { editWorkOrder } from '../cases/work-orders.ts'
import { writeFacts } from '../platform/fact-table.ts'
import { Refusal } from '../platform/refusal.ts'
import { type Importing, importedAt, openImporting } from './testing/importing.ts'

let t: Importing

before(async () => {
  t = await openImporting()
})
after(() => t.end())

const many = 300
const file = (minute: number) =>
  `工单编号,受理时间,首次响应时间,客户\n${Array.from(
    { length: many },
    (_, i) => `E${i},2024-05-01 08:00,2024-05-01 08:${10 + ((i + minute) % 50)},客户${i % 40}`,
  ).join('\n')}\n`

/** One edit by hand; turned away where the import changed the order first, as a person would be told. */
async function edit(id: string): Promise<boolean> {
  try {
    await t.db.transaction(await t.whole(), async (tx) => {
      const { rows } = await tx.client.query('select version from cases.work_order where id = $1', [id])
      const [{ version }] = rows as [{ version: number }]
      await editWorkOrder(tx, t.secrets, id, version, { respondedAt: '2024-05-01T02:00:00Z' }, importedAt)
    })
    return true
  } catch (error) {
    if (error instanceof Refusal && error.code === 'changed_meanwhile') return false
    throw error
  }
}

test('edits by hand while a file changes the same orders: the figures still are those of the facts', async () => {
  await t.bring('work-orders', file(0))
  const orders = await t.rows<{ id: string }>('select id from cases.work_order order by external_id desc')
  for (let round = 1; round <= 2; round++) {
    const importing = t.bring('work-orders', file(round))
    const edited = await Promise.all(orders.slice(0, 40).map(({ id }) => edit(id)))
    const done = await importing
    assert.equal(done.rows, many)
    assert.equal(done.accepted + done.rejected, 0)
    assert.equal(edited.length, 40)
    assert.deepEqual(await t.differences(), [])
  }
})

test('an order entered while a file brings the same number is the one that the file changes', async () => {
  await t.bring('work-orders', file(0))
  const [known] = await t.rows<{ source_id: string; unit_id: string }>(
    'select source_id, unit_id from cases.work_order limit 1',
  )
  assert.ok(known)
  const importing = t.db.transaction(await t.whole(), async (tx) => {
    const values = { unit_id: known.unit_id, received_at: Date.UTC(2024, 4, 2) }
    await writeFacts(tx, await openWorkOrders(tx, importedAt), [{ externalId: 'N1', line: null, values }], {
      sourceId: known.source_id,
      batchId: null,
      now: importedAt,
      demo: false,
      sink: null,
    })
    const started = t.bring('work-orders', '工单编号,受理时间\nN1,2024-05-02 09:00\nN2,2024-05-02 09:00\n')
    // By now it waits for the order that is not committed yet.
    await setTimeout(1000)
    return { started }
  })
  const done = await (await importing).started
  assert.deepEqual([done.accepted, done.updated, done.rejected], [1, 1, 0])
  assert.deepEqual(await t.differences(), [])
})
