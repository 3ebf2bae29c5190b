import { rmSync } from 'node:fs'
import { readArgs, rowsOf, type Size, sizes, smallerThan } from './args.ts'
import { measureBoard } from './board.ts'
import { type Curve, drawCurves } from './curve.ts'
import { findDuck, openDuck } from './duck.ts'
import { measureHeatMap } from './heat.ts'
import { measureHttp } from './http.ts'
import { measureImport } from './importing.ts'
import { measureLive } from './live.ts'
import { loadOrders, writeCopyText } from './load.ts'
import { createMembers } from './organization.ts'
import { measureRange, measureSketches } from './ranges.ts'
import { cases, type Loaded, measureGrowth, measureReading, timeReading } from './reading.ts'
import { measureRebuild, type RebuildCost, rebuildCells } from './rebuilding.ts'
import { measureRecords } from './records.ts'
import { type Goal, printGoals, say } from './report.ts'
import { type BenchServer, startServer } from './server.ts'
import { measureThroughput } from './throughput.ts'
import { measureWalls } from './walls.ts'

/**
 * The speed goals, measured side by side with their peers: see bench/args.ts for the options. Disk while it runs, at
 * 10 M tickets: about 16 GB in the temporary directory (PostgreSQL 9, DuckDB 2, texts 4), all removed at the end.
 */
const args = readArgs(process.argv.slice(2))
const server = await startServer()
const goals: Goal[] = []
const ended = () => server.stop().finally(() => process.exit(130))
process.once('SIGINT', ended)
process.once('SIGTERM', ended)
try {
  if (args.board || args.records) {
    const { loaded } = await load(server, '100k')
    if (args.board) goals.push(...(await measureBoard(loaded, server.folder)))
    if (args.records) goals.push(...(await measureRecords(loaded, server.folder)))
    args.goals.clear()
  }
  if (args.curve) {
    await plotGrowth(server, args.curve)
    args.goals.clear()
  }
  if (args.goals.has(1)) {
    const rows = Math.min(rowsOf[args.size], rowsOf['1m'])
    goals.push(
      ...(await measureImport(await server.database('bench_import'), server.folder, rows, args.runs)),
    )
  }
  args.goals.delete(1)
  if (args.goals.size > 0) await measureLoaded(server)
} finally {
  await server.stop()
}
printGoals(goals, args.json)
process.exitCode = goals.every(({ met }) => met) ? 0 : 1

async function measureLoaded(within: BenchServer): Promise<void> {
  // Growth is over one decade of tickets, and the figures of goals 2, 3, 9 and 11 are those of the larger size.
  // The set-based statement of goal 11 sorts more than a disk holds at 10 M, so it runs on the smaller size there.
  const needsSmall = args.goals.has(7) || (args.goals.has(11) && args.size === '10m')
  const small = needsSmall ? await load(within, smallerThan[args.size]) : undefined
  const large = await load(within, args.size)
  for (const one of cases)
    if (args.goals.has(one.id)) goals.push(...(await measureReading(large.loaded, one, args.runs)))
  if (small && args.goals.has(7))
    for (const one of cases) goals.push(await measureGrowth(small.loaded, large.loaded, one, args.runs * 3))
  if (args.goals.has(4)) goals.push(...(await measureHeatMap(large.loaded, args.runs)))
  if (args.goals.has(6)) goals.push(...(await measureRange(large.loaded, args.runs)))
  if (args.goals.has(8)) goals.push(...(await measureThroughput(large.loaded, args.runs)))
  if (args.goals.has(12)) goals.push(...(await measureSketches(large.loaded)))
  if (args.goals.has(13)) goals.push(...(await measureHttp(large.loaded, within.folder, args.runs)))
  if (args.goals.has(14)) goals.push(await measureWalls(large.loaded, args.runs))
  if (args.goals.has(11))
    goals.push(
      ...(await measureRebuild(within, large.cost, (args.size === '10m' && small ? small : large).loaded)),
    )
  if (args.goals.has(9)) goals.push(...(await measureLive(large.loaded)))
  for (const one of [small, large]) one?.loaded.duck?.close()
}

/** The same questions at each size up to the one asked for, one size after the other. */
async function plotGrowth(within: BenchServer, file: string): Promise<void> {
  const curves: Curve[] = cases.map(({ name }) => ({ name, points: [] }))
  for (const size of sizes) {
    if (rowsOf[size] > rowsOf[args.size]) break
    const { loaded } = await load(within, size)
    for (const [i, one] of cases.entries()) {
      const times = await timeReading(loaded, one, args.runs)
      curves[i]!.points.push({ rows: loaded.rows, ...times })
      say(`${one.name}, ${loaded.rows} tickets: ${JSON.stringify(times)}`)
    }
    loaded.duck?.close()
  }
  drawCurves(curves, file)
}

/** Generates, loads and measures a size. */
async function load(within: BenchServer, size: Size): Promise<{ loaded: Loaded; cost: RebuildCost }> {
  const rows = rowsOf[size]
  const database = await within.database(`bench_${size}`)
  const members = await createMembers(database.db)
  const text = await writeCopyText(within.folder, members, rows)
  await loadOrders(database, text)
  const reads = args.curve !== undefined || [2, 3, 4, 5, 6, 8].some((goal) => args.goals.has(goal))
  const needsDuck = !(args.board || args.records) && reads
  const duckModule = needsDuck ? await findDuck() : undefined
  const duck = duckModule && (await openDuck(duckModule, within.folder, text))
  rmSync(text)
  const scope = await database.db.wholeScope(members.organizationId)
  const cost = await rebuildCells(within, { rows, database, scope })
  return { loaded: { rows, database, scope, duck }, cost }
}
