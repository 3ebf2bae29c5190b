import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { testDatabase } from '../../test/database.ts'
import { drainChanges } from './drain.ts'
import { rebuild } from './rebuild.ts'
import {
  changeLimits,
  composeOwn,
  create,
  edit,
  enterOrEditSmall,
  exclude,
  moveTeam,
  replyToOne,
  sweep,
  undoOne,
} from './testing/acts.ts'
import { ask } from './testing/asking.ts'
import {
  importAttendance,
  importCalls,
  importCosts,
  importEvents,
  importFeedback,
  importInspections,
  importInvitations,
  importMessages,
  importOrders,
  importPurchases,
  importResponses,
  importTrainings,
} from './testing/files.ts'
import { strayFindings, strayLimits, straySight } from './testing/stray.ts'
import { chance, day, settle, start, type World } from './testing/world.ts'

const steps: [weight: number, step: (w: World) => Promise<unknown>][] = [
  [5, importOrders],
  [2, importFeedback],
  [2, importInvitations],
  [2, importResponses],
  [2, importCalls],
  [1, importInspections],
  [1, importTrainings],
  [2, importPurchases],
  [2, importAttendance],
  [3, importMessages],
  [2, importCosts],
  [2, importEvents],
  [3, undoOne],
  [2, create],
  [4, edit],
  [1, exclude],
  [2, enterOrEditSmall],
  [3, replyToOne],
  [3, sweep],
  [1, changeLimits],
  [2, composeOwn],
  [2, moveTeam],
  [2, (w) => drainChanges(w.t.db, w.t.organizationId, new Date(w.now))],
]
// So many times the usual sequences, each time in another world: ROUNDS=160 plays more than five thousand.
const rounds = Number(process.env.ROUNDS ?? 1)
/** Questions after each sequence: where thousands are played, there are enough of them all the same. */
const questions = rounds > 10 ? 4 : 24
const weights = steps.flatMap(([weight, step]) => Array.from({ length: weight }, () => step))

for (const [zoneName, sequences] of [
  ['Asia/Shanghai', 20],
  ['America/New_York', 12],
] as const)
  test(`after any sequence of imports, undos, edits and clocks the cells are those of the facts (${zoneName})`, async (context) => {
    const first = Number(process.env.SEED ?? Date.now() % 1_000_000)
    let met = 0
    for (let seed = first; seed < first + rounds; seed++) {
      context.diagnostic(`seed ${seed}`)
      met += await play(zoneName, sequences, seed)
    }
    const played = rounds * sequences
    assert.ok(met > (questions / 6) * played, `only ${met} questions met any record`)
    context.diagnostic(`${played} sequences, 0 cells that differ, ${met} questions that met records`)
  })

/** So many sequences one after the other in one world; how many questions met any record. */
async function play(zoneName: string, sequences: number, seed: number): Promise<number> {
  const t = await testDatabase({ zone: zoneName })
  const dir = mkdtempSync(join(tmpdir(), 'zhihuan-test-'))
  const c = chance(seed)
  const w: World = { t, dir, c, now: start + 10 * day, zoneName, batches: [], teams: [] }
  let met = 0
  try {
    await settle(w)
    for (let i = 0; i < sequences; i++) {
      const played: string[] = []
      for (let left = 4 + c.below(16); left > 0; left--) {
        const step = c.pick(weights)
        played.push(step.name || 'drain')
        await step(w)
      }
      const told = `seed ${seed}, sequence ${i}: ${played.join(' ')}`
      const now = new Date(w.now)
      const done = await rebuild(t.db, t.organizationId, { check: true, now })
      assert.deepEqual([done.differing, done.differences], [0, []], told)
      assert.deepEqual(await strayLimits(w), [], told)
      assert.deepEqual(await straySight(w), [], told)
      assert.deepEqual(await strayFindings(w), [], told)
      for (let n = 0; n < questions; n++) met += await ask(w, told)
    }
    return met
  } finally {
    await t.end()
    rmSync(dir, { recursive: true })
  }
}
