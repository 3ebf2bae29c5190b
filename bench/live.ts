import { setTimeout as wait } from 'node:timers/promises'
import { openWorkOrders, sweepClocks } from '../server/cases/index.ts'
import { figures, rebuild, startMeasuring } from '../server/measurement/index.ts'
import { lockRows, rewriteRows } from '../server/platform/fact-table.ts'
import { dateToDay } from '../server/platform/time.ts'
import type { Loaded } from './reading.ts'
import { atLeast, atMost, type Goal, say } from './report.ts'
import { now } from './tickets.ts'

const perSecond = 1000
const perTransaction = 20
const warmUp = 1000

/**
 * Goal 9: orders whose first response was not known get one, 1,000 a second, through the ordinary writers, twenty to
 * a transaction; an open page hears of each new version and reads the company's figure again. That figure's n grows
 * by one for each update it holds, so the k-th commit is seen at the first reading that counts k.
 */
export async function measureLive(loaded: Loaded): Promise<Goal[]> {
  const { database, scope } = loaded
  const { rows } = await database.raw.query<{ id: string }>(
    `select id from cases.work_order where organization_id = $1 and responded_at is null order by received_at desc limit $2`,
    [scope.organizationId, Math.min(11_000, Math.floor(loaded.rows / 12))],
  )
  const ids = rows.map(({ id }) => id)
  // The loaded orders came with their limits; no standard changes while this runs.
  const measuring = await startMeasuring(database.db, {
    now: () => now,
    log: say,
    reviews: [],
    sweeps: [sweepClocks],
  })
  const page = await openPage(loaded)
  try {
    const committed = await updateAll(loaded, ids)
    const until = performance.now() + 30_000
    while (page.seen() < ids.length && performance.now() < until) await wait(50)
    if (page.seen() < ids.length) throw new Error(`the page saw ${page.seen()} of ${ids.length} updates`)
    const lags = committed.slice(warmUp).map((at, k) => page.seenAt(warmUp + k + 1) - at)
    const p95 = lags.toSorted((a, b) => a - b)[Math.ceil(lags.length * 0.95) - 1] ?? Number.NaN
    const took = (committed.at(-1)! - committed[0]!) / 1000
    const rate = ids.length / took
    say(`goal 9: ${ids.length} updates, ${Math.round(rate)} a second, p95 ${p95.toFixed(0)} ms`)
    await measuring.stop()
    const { differing } = await rebuild(database.db, scope.organizationId, { check: true, now })
    return [
      atLeast(9, 'updates a second kept up', perSecond * 0.97, rate),
      atMost(9, `update to the open page, ${loaded.rows} tickets: p95 s`, 1, p95 / 1000),
      atMost(9, 'cells that differ from a rebuild', 0, differing),
    ]
  } finally {
    await measuring.stop()
    await page.close()
  }
}

/** Commits the updates at the given pace; the time of each one's commit, in order. */
async function updateAll({ database, scope }: Loaded, ids: string[]): Promise<number[]> {
  const committed: number[] = []
  const start = performance.now()
  const lanes = 3
  const work = async (lane: number) => {
    for (let i = lane * perTransaction; i < ids.length; i += lanes * perTransaction) {
      const dueIn = start + (i / perSecond) * 1000 - performance.now()
      if (dueIn > 0) await wait(dueIn)
      const some = ids.slice(i, i + perTransaction)
      await database.db.transaction(scope, async (tx) => {
        const table = await openWorkOrders(tx, now)
        const rows = await lockRows(tx, table, 'id = any($2::uuid[])', [some])
        const pairs = rows.map((before) => {
          const after = { ...before, responded_at: Number(before.received_at) + 20 * 60_000 }
          table.derive(after)
          return { before, after }
        })
        await rewriteRows(tx, table, pairs, { sink: null, now })
      })
      const at = performance.now()
      for (const _ of some) committed.push(at)
    }
  }
  await Promise.all(Array.from({ length: lanes }, (_, lane) => work(lane)))
  return committed.toSorted((a, b) => a - b)
}

/** A page that holds one figure of the whole company and reads it again when told, one reading at a time. */
async function openPage({ database, scope }: Loaded) {
  const read = async () => {
    const question = {
      fromDay: dateToDay('2024-01-01'),
      toDay: dateToDay('2026-01-01'),
      grain: 'whole' as const,
      where: {},
    }
    const [row] = await database.db.transaction(
      scope,
      (tx) => figures(tx, 'first_response_minutes', question, { now }),
      { readOnly: true },
    )
    return row?.n ?? 0
  }
  const first = await read()
  const readings: { at: number; seen: number }[] = []
  let told = false
  let reading: Promise<void> | undefined
  const readAgain = async () => {
    while (told) {
      told = false
      const seen = (await read()) - first
      readings.push({ at: performance.now(), seen })
    }
    reading = undefined
  }
  const quiet = await database.db.listen('figures', () => {
    told = true
    reading ??= readAgain()
  })
  return {
    seen: () => readings.at(-1)?.seen ?? 0,
    seenAt: (k: number) => readings.find(({ seen }) => seen >= k)?.at ?? Number.NaN,
    close: async () => {
      await quiet()
      await reading
    },
  }
}
