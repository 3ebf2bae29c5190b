import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '../../test/database.ts'
import { handSource } from '../directory/index.ts'
import { drainChanges, rebuild } from '../measurement/index.ts'
import type { Tx } from '../platform/database.ts'
import { openSecrets, type Secrets } from '../platform/secrets.ts'
import { lockFile } from './beside-imports.ts'
import { openWorkOrders } from './context.ts'
import { costRecords } from './costs.ts'
import { messageRecords } from './messages.ts'
import { createWorkOrder } from './work-orders.ts'

const now = new Date('2024-06-15T02:00:00Z')
let t: TestDatabase
let dir: string
let secrets: Secrets
before(async () => {
  t = await testDatabase()
  dir = mkdtempSync(join(tmpdir(), 'zhihuan-test-'))
  secrets = openSecrets(dir, undefined)
})
after(async () => {
  await drainChanges(t.db, t.organizationId, now)
  assert.deepEqual((await rebuild(t.db, t.organizationId, { check: true, now })).differences, [])
  await t.end()
  rmSync(dir, { recursive: true })
})

const within = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => t.db.transaction(await t.whole(), work)
const context = async (tx: Tx) => ({
  now,
  sourceId: await handSource(tx, now),
  homeUnitId: t.rootUnitId,
})
const rows = async (statement: string) =>
  within(async (tx) => (await tx.client.query(statement)).rows as Record<string, unknown>[])

const write = (conversation: string, sender: 'customer' | 'agent', sentAt: string) =>
  within(async (tx) =>
    messageRecords.create(
      tx,
      secrets,
      // Of its own number: who takes the next free one waits for the others anyway.
      { externalId: `${conversation} ${sender}`, conversation, sender, sentAt, channel: 'chat' },
      await context(tx),
    ),
  )
const spend = (amount: string, workOrder: string | null) =>
  within(async (tx) =>
    costRecords.create(
      tx,
      secrets,
      { kind: 'parts', amount, incurredAt: '2024-05-10T02:00:00Z', workOrder },
      await context(tx),
    ),
  )
const order = (externalId: string) =>
  within(async (tx) =>
    createWorkOrder(
      tx,
      secrets,
      { externalId, receivedAt: '2024-05-10T02:00:00Z', resolvedAt: '2024-05-10T03:00:00Z', cost: '20' },
      await context(tx),
    ),
  )

test('question and answer entered at the same time find each other', async () => {
  for (let i = 0; i < 15; i++) {
    const both = [
      () => write(`S${i}`, 'customer', '2024-05-10T02:00:00Z'),
      () => write(`S${i}`, 'agent', '2024-05-10T02:01:00Z'),
    ]
    await Promise.all((i % 2 === 0 ? both : both.toReversed()).map((enter) => enter()))
  }
  const answers = await rows(`select extract(epoch from sent_at - awaited_at)::int as waited
    from cases.message where sender = 'agent'`)
  assert.deepEqual(
    answers.map(({ waited }) => waited),
    Array.from({ length: 15 }, () => 60),
  )
})

test('an order and a cost that names it, entered at the same time, never both count', async () => {
  for (let i = 0; i < 15; i++) {
    const both = [() => order(`W${i}`), () => spend('5', `W${i}`)]
    await Promise.all((i % 2 === 0 ? both : both.toReversed()).map((enter) => enter()))
  }
  assert.deepEqual(await rows('select costed, count(*)::int as n from cases.work_order group by 1'), [
    { costed: true, n: 15 },
  ])
})

test('an edit and an exclusion change what hangs on a record', async () => {
  const question = await write('E', 'customer', '2024-05-11T02:00:00Z')
  const answer = await write('E', 'agent', '2024-05-11T02:05:00Z')
  const waited = async () => (await within((tx) => messageRecords.read(tx, secrets, answer.id))).waitSeconds
  assert.equal(await waited(), 300)
  const edit = (given: Record<string, string | null>, version: number) =>
    within((tx) => messageRecords.edit(tx, secrets, question.id, given, { version, now, told: () => {} }))
  await edit({ sentAt: '2024-05-11T02:04:00Z' }, 1)
  assert.equal(await waited(), 60)
  // Sent after its answer, it waits for the next one.
  await edit({ sentAt: '2024-05-11T02:06:00Z' }, 2)
  assert.equal(await waited(), null)
  await edit({ sentAt: '2024-05-11T02:00:00Z', excludedReason: '测试' }, 3)
  assert.equal(await waited(), null)
  await edit({ excludedReason: null }, 4)
  assert.equal(await waited(), 300)
})

test('while records of the same sort are imported, one by hand is refused and what to do is said', async () => {
  const whileHeld = async (hold: (tx: Tx) => Promise<unknown>, enter: () => Promise<unknown>) => {
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    let held = () => {}
    const isHeld = new Promise<void>((resolve) => {
      held = resolve
    })
    const importing = within(async (tx) => {
      await hold(tx)
      held()
      await released
    })
    await isHeld
    try {
      await assert.rejects(enter(), { code: 'import_running', status: 409 })
    } finally {
      release()
      await importing
    }
  }
  await Promise.all([
    whileHeld(
      (tx) => lockFile(tx, 'messages'),
      () => write('F', 'customer', '2024-05-12T02:00:00Z'),
    ),
    whileHeld(
      (tx) => lockFile(tx, 'costs'),
      () => spend('1', null),
    ),
  ])
  // Orders that are being imported may be those a cost names; messages are none of theirs.
  await whileHeld(
    (tx) => openWorkOrders(tx, now),
    () => spend('1', 'W0'),
  )
  await write('F', 'customer', '2024-05-12T02:00:00Z')
  await spend('1', null)
})
