import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { failInterrupted } from '../server/intake/index.ts'
import { rebuild } from '../server/measurement/index.ts'
import { readConfig } from '../server/platform/config.ts'
import { runningEmbedded } from '../server/platform/embedded/index.ts'
import { sql } from '../server/platform/sql.ts'
import { openStore } from '../server/store.ts'
import { goldenMapping, goldenRows } from './golden.ts'

const main = fileURLToPath(new URL('../cli/main.ts', import.meta.url))
const rounds = 20
const rowsPerFile = 4000
let dir: string

before(() => {
  dir = mkdtempSync(join(tmpdir(), 'zhihuan-crash-'))
})
after(async () => {
  const left = runningEmbedded(join(dir, 'data'))
  if (left) {
    process.kill(left.pid, 'SIGINT')
    await wait(1500)
  }
  rmSync(dir, { recursive: true, force: true })
})

function start(...args: string[]) {
  const env: Record<string, string | undefined> = { ...process.env, ZHIHUAN_DATA: join(dir, 'data') }
  delete env.NODE_TEST_CONTEXT
  delete env.DATABASE_URL
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let err = ''
  child.stderr.on('data', (piece) => {
    err += piece
  })
  const ended = new Promise<{ code: number | null; err: string }>((done) =>
    child.on('close', (code) => done({ code, err })),
  )
  return { child, ended }
}

/** A file of its own numbers, so that half of it would be seen. */
function fileOf(round: number): string {
  const { header, rows } = goldenRows()
  const lines = Array.from({ length: rowsPerFile }, (_, i) =>
    [`R${round}-${i}`, ...(rows[i % rows.length] ?? []).slice(1)].join(','),
  )
  const path = join(dir, `round-${round}.csv`)
  writeFileSync(path, `${[header.join(','), ...lines].join('\n')}\n`)
  return path
}

test(`${rounds} kills of the product or of PostgreSQL during an import: acknowledged is kept, nothing is half there`, {
  timeout: 500_000,
}, async (t) => {
  const seed = Number(process.env.SIM_SEED ?? Date.now() % 100_000)
  t.diagnostic(`SIM_SEED=${seed}`)
  let state = seed
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
  writeFileSync(join(dir, 'map.json'), JSON.stringify(goldenMapping))
  writeFileSync(join(dir, 'password'), 'a long password')
  const init = await start(
    'init',
    '--organization',
    '崩溃',
    '--admin',
    'crash',
    '--password-file',
    join(dir, 'password'),
  ).ended
  assert.equal(init.code, 0, init.err)

  const bring = (round: number) =>
    start('import', 'work-orders', fileOf(round), '--mapping', join(dir, 'map.json'), '--source', 'crash')
  // One is left in peace: how long it takes says when the others are under way.
  const begun = Date.now()
  const whole = await bring(rounds).ended
  assert.equal(whole.code, 0, whole.err)
  const took = Date.now() - begun
  const acknowledged = new Set([rounds])
  let killed = 0
  for (let round = 0; round < rounds; round++) {
    const { child, ended } = bring(round)
    // Where the last one left its database running, this one is quicker than the first.
    await wait(took * (0.15 + 0.5 * random()))
    if (round % 2 === 0) {
      if (child.exitCode === null) killed++
      child.kill('SIGKILL')
    } else {
      const server = runningEmbedded(join(dir, 'data'))
      if (server && child.exitCode === null) {
        killed++
        process.kill(server.pid, 'SIGKILL')
      }
    }
    const { code } = await ended
    if (code === 0) acknowledged.add(round)
  }
  t.diagnostic(`${killed} kills hit a running import, ${acknowledged.size} imports were acknowledged`)
  assert.ok(killed >= rounds / 2, `only ${killed} of ${rounds} kills hit a running import`)

  const store = await openStore(readConfig({ ZHIHUAN_DATA: join(dir, 'data') }), () => {})
  try {
    const [login] = await store.db.global<{ id: string }>(sql`select organization_id as id from access.login`)
    const organizationId = login?.id ?? ''
    await failInterrupted(store.db, organizationId, new Date())
    const { rows } = await store.db.transaction(await store.db.wholeScope(organizationId), (tx) =>
      tx.client.query(
        `select split_part(substr(external_id, 2), '-', 1)::int as round, count(*) as n from cases.work_order group by 1`,
      ),
    )
    const found = new Map((rows as { round: number; n: number }[]).map((row) => [row.round, row.n]))
    for (const round of acknowledged)
      assert.equal(found.get(round), rowsPerFile, `round ${round} was acknowledged`)
    for (const [round, n] of found) assert.equal(n, rowsPerFile, `round ${round} is half there`)
    const checked = await rebuild(store.db, organizationId, { check: true, now: new Date() })
    assert.equal(checked.differing, 0, checked.differences.join('\n'))
    assert.equal(checked.facts >= acknowledged.size * rowsPerFile, true)
  } finally {
    await store.close()
  }
})
