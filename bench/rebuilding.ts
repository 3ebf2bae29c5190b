import { runApart } from './apart.ts'
import { megabytes, seconds } from './load.ts'
import { serverCpuSeconds } from './processes.ts'
import type { Loaded } from './reading.ts'
import { atLeast, atMost, type Goal, say } from './report.ts'
import type { BenchServer } from './server.ts'
import { setBasedSql } from './set-based.ts'

export interface RebuildCost {
  rows: number
  /** Of the measuring process and the database server together. */
  cpuSeconds: number
  peakBytes: number
}

/** Builds all cells from the facts: the first measuring of a loaded size, and goal 11. */
export async function rebuildCells(server: BenchServer, loaded: Omit<Loaded, 'duck'>): Promise<RebuildCost> {
  const { database, scope, rows } = loaded
  const before = serverCpuSeconds(server.pid)
  const { wallMs, cpuSeconds, peakBytes } = await runApart('rebuild-job', {
    app: database.app,
    organizationId: scope.organizationId,
  })
  const serverSeconds = serverCpuSeconds(server.pid) - before
  say(
    `rebuilt ${rows} tickets in ${seconds(wallMs)}: ${cpuSeconds.toFixed(1)} CPU s of ours, ` +
      `${serverSeconds.toFixed(1)} of the database, ${megabytes(peakBytes)}`,
  )
  return { rows, cpuSeconds: cpuSeconds + serverSeconds, peakBytes }
}

/** Goal 11. CPU is counted per ticket, so that the statement may run over a smaller size than the rebuild. */
export async function measureRebuild(
  server: BenchServer,
  cost: RebuildCost,
  sample: Loaded,
): Promise<Goal[]> {
  const before = serverCpuSeconds(server.pid)
  const client = await sample.database.raw.connect()
  await client.query(setBasedSql(sample.scope.organizationId))
  await client.query('drop table aggregates')
  client.release()
  const setBased = ((serverCpuSeconds(server.pid) - before) / sample.rows) * 1e6
  const ours = (cost.cpuSeconds / cost.rows) * 1e6
  say(`goal 11: ${ours.toFixed(1)} CPU µs a ticket, set-based SQL ${setBased.toFixed(1)}`)
  return [
    atMost(11, `full rebuild of ${cost.rows} tickets: CPU µs per ticket`, 10, ours),
    atLeast(11, `full rebuild: CPU of set-based SQL × times ours`, 5, setBased / ours),
    atMost(11, 'full rebuild: peak memory, MB', 512, cost.peakBytes / 1_048_576),
  ]
}
