import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { openSession } from '../server/access/index.ts'
import { initOrganization } from '../server/init.ts'
import { rebuild } from '../server/measurement/index.ts'
import { readConfig } from '../server/platform/config.ts'
import { runningEmbedded } from '../server/platform/embedded/index.ts'
import { openStore, type Store } from '../server/store.ts'
import { goldenMapping, goldenRows } from './golden.ts'
import { type Product, startProduct } from './product.ts'

const rounds = 20
const rowsPerFile = 6000
let dir: string
let dataDir: string
let product: Product | undefined
let token: string
let organizationId: string

const withStore = async <T>(work: (store: Store) => Promise<T>): Promise<T> => {
  const store = await openStore(readConfig({ ZHIHUAN_DATA: dataDir }), () => {})
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'zhihuan-crash-serving-'))
  dataDir = join(dir, 'data')
  await withStore(async ({ db }) => {
    const now = new Date()
    const made = await initOrganization(
      db,
      {
        organization: '崩溃',
        login: 'crash',
        password: 'a long password',
        zone: 'Asia/Shanghai',
        language: 'zh',
        pack: 'general',
      },
      now,
      { onlyFirst: true },
    )
    organizationId = made.organizationId
    token = (await openSession(db, made, now, { name: 'test', days: 1 })).token
  })
})
after(async () => {
  await product?.end()
  const left = runningEmbedded(dataDir)
  if (left) process.kill(left.pid, 'SIGINT')
  for (let i = 0; i < 100 && runningEmbedded(dataDir); i++) await wait(100)
  rmSync(dir, { recursive: true, force: true })
})

interface Batch {
  id: string
  state: string
  accepted: number
  failure: { code: string } | null
}

async function call(method: string, path: string, body?: string): Promise<{ status: number; json: unknown }> {
  const answer = await fetch(`${product?.base}${path}`, {
    method,
    body,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/octet-stream' }),
    },
  })
  return { status: answer.status, json: await answer.json() }
}

/** A file of its own numbers, so that half of it would be seen. */
function fileOf(round: number): string {
  const { header, rows } = goldenRows()
  const lines = Array.from({ length: rowsPerFile }, (_, i) =>
    [`R${round}-${i}`, ...(rows[i % rows.length] ?? []).slice(1)].join(','),
  )
  return `${[header.join(','), ...lines].join('\n')}\n`
}

const upload = (round: number) =>
  call(
    'POST',
    `/api/imports?${new URLSearchParams({
      kind: 'work-orders',
      fileName: `round-${round}.csv`,
      source: 'crash',
      mapping: JSON.stringify(goldenMapping),
    })}`,
    fileOf(round),
  )

test(`${rounds} kills of the serving process or of its PostgreSQL while it imports`, {
  timeout: 500_000,
}, async (t) => {
  const seed = Number(process.env.SIM_SEED ?? Date.now() % 100_000)
  t.diagnostic(`SIM_SEED=${seed}`)
  let state = seed
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
  const taken = new Map<number, string>()
  let hit = 0
  for (let round = 0; round < rounds; round++) {
    product ??= await startProduct(dataDir)
    const killServer = round % 2 === 0
    // The upload itself may be cut off: then nothing was promised.
    const sent = upload(round).catch(() => undefined)
    // Most kills hit an import under way, the others whatever there is by then; how fast the machine is says nothing.
    const soFar = await Promise.race([sent, ...(round % 5 === 4 ? [wait(random() * 1000)] : [])])
    await wait(random() * 300)
    const id = soFar && (soFar.json as Batch).id
    const before = id ? await stateOf(id) : 'unsent'
    if (before === 'running' || before === 'waiting') hit++
    if (killServer) {
      await product.end('SIGKILL')
      product = undefined
    } else {
      const server = runningEmbedded(dataDir)
      if (server) process.kill(server.pid, 'SIGKILL')
    }
    const answer = await sent
    if (answer?.status === 202) taken.set(round, (answer.json as Batch).id)
    if (product) await settled()
  }
  t.diagnostic(`${hit} kills hit a running import, ${taken.size} uploads were acknowledged`)
  assert.ok(hit >= 5, `only ${hit} of ${rounds} kills hit a running import`)

  product ??= await startProduct(dataDir)
  // What was cut off can be sent again, and then it is all there.
  for (const [round, id] of taken) {
    // The last database killed is back, and its import is still being told.
    await ended(id)
    const batch = (await call('GET', `/api/imports/${id}`)).json as Batch
    assert.ok(['done', 'failed'].includes(batch.state), `round ${round} is still ${batch.state}`)
    if (batch.state === 'failed') assert.ok(batch.failure, `round ${round} failed and does not say why`)
    if (batch.state === 'done') assert.equal(batch.accepted, rowsPerFile, `round ${round}`)
  }
  const done = await finished()
  const failedRound = [...taken.keys()].find((round) => !done.has(round))
  if (failedRound !== undefined) {
    const again = await upload(failedRound)
    assert.equal(again.status, 202, JSON.stringify(again.json))
    await ended((again.json as Batch).id)
    done.add(failedRound)
  }
  await assert.rejects(
    startProduct(dataDir),
    /ended with 5: .*(正被另一个质环进程使用|is in use by another)/s,
  )
  await product.end()
  product = undefined

  await withStore(async ({ db }) => {
    const found = await db.transaction(await db.wholeScope(organizationId), (tx) =>
      tx.client.query<{ round: number; n: number }>(
        `select split_part(substr(external_id, 2), '-', 1)::int as round, count(*)::int as n
           from cases.work_order group by 1`,
      ),
    )
    const rowsOf = new Map(found.rows.map(({ round, n }) => [round, n]))
    for (const round of done) assert.equal(rowsOf.get(round), rowsPerFile, `round ${round} was done`)
    for (const [round, n] of rowsOf) assert.equal(n, rowsPerFile, `round ${round} is half there`)
    const checked = await rebuild(db, organizationId, { check: true, now: new Date() })
    assert.equal(checked.differing, 0, checked.differences.join('\n'))
  })

  async function finished(): Promise<Set<number>> {
    const rounds = new Set<number>()
    for (const [round, id] of taken)
      if (((await call('GET', `/api/imports/${id}`)).json as Batch).state === 'done') rounds.add(round)
    return rounds
  }
})

/** `unanswered` where the product says that its database is away: it is mending it. */
async function stateOf(id: string): Promise<string> {
  const answer = await call('GET', `/api/imports/${id}`)
  return answer.status === 200 ? (answer.json as Batch).state : 'unanswered'
}

async function ended(id: string): Promise<void> {
  for (let i = 0; i < 300; i++) {
    const state = await stateOf(id).catch(() => 'unanswered')
    if (!['running', 'waiting', 'unanswered'].includes(state)) return
    await wait(100)
  }
  assert.fail('the import did not end')
}

/** The product mends its database by itself, without a new start. */
async function settled(): Promise<void> {
  for (let i = 0; i < 300; i++) {
    const ready = await fetch(`${product?.base}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (ready) return
    await wait(100)
  }
  assert.fail(`the product did not come back after its database was killed: ${product?.said()}`)
}
