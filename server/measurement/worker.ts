import type { Database } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'
import { drainChanges } from './drain.ts'
import { renewCells } from './renew.ts'

export interface Measuring {
  stop(): Promise<void>
}

type OfClocks = (db: Database, organizationId: string, now: Date) => Promise<number>

/**
 * The measuring worker: wakes on a notification and once a second, works out limits anew where standards or calendars
 * changed, judges limits that fell due, drains each waiting organization in turn, and counts own measures that are new.
 */
export async function startMeasuring(
  db: Database,
  options: {
    now: () => Date
    log: (line: string) => void
    /** What works out limits anew, and what judges those that fell due. */
    reviews: readonly OfClocks[]
    sweeps: readonly OfClocks[]
  },
): Promise<Measuring> {
  let stopped = false
  let wake: () => void = () => {}
  const quiet = await db.listen('change', () => wake())
  const loop = async () => {
    while (!stopped) {
      const sleep = new Promise<void>((go) => {
        const timer = setTimeout(go, 1000)
        wake = () => {
          clearTimeout(timer)
          go()
        }
      })
      try {
        await round(db, options)
      } catch (error) {
        // The database may be restarting: nothing is lost, the rows wait.
        if (!stopped) options.log(`measuring: ${error instanceof Error ? error.message : String(error)}`)
      }
      if (!stopped) await sleep
    }
  }
  const running = loop()
  return {
    stop: async () => {
      stopped = true
      wake()
      await running
      await quiet()
    },
  }
}

async function round(db: Database, options: Parameters<typeof startMeasuring>[1]): Promise<void> {
  const now = options.now()
  const changed = await db.global<{ id: string }>(sql`select cases.organizations_to_review() as id`)
  for (const review of options.reviews) await eachAlone(changed, (id) => review(db, id, now), options.log)
  const due = await db.global<{ id: string }>(sql`
    select cases.organizations_due(${now}) as id union select surveys.organizations_due(${now})`)
  for (const sweep of options.sweeps) await eachAlone(due, (id) => sweep(db, id, now), options.log)
  const waiting = await db.global<{ id: string }>(sql`select platform.organizations_waiting() as id`)
  await eachAlone(waiting, (id) => drainChanges(db, id, now), options.log)
  const stale = await db.global<{ id: string }>(sql`select measurement.organizations_to_renew() as id`)
  await eachAlone(stale, (id) => renewCells(db, id, now), options.log)
}

/** One organization whose rows cannot be measured must not keep the others waiting. */
async function eachAlone(
  organizations: { id: string }[],
  work: (id: string) => Promise<unknown>,
  log: (line: string) => void,
): Promise<void> {
  for (const { id } of organizations)
    try {
      await work(id)
    } catch (error) {
      log(`measuring ${id}: ${error instanceof Error ? error.message : String(error)}`)
    }
}
