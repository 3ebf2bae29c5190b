import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestDatabase } from '../../../test/database.ts'
import { createUnit } from '../../directory/index.ts'
import { importFile, type Kind } from '../../intake/index.ts'
import type { Scope } from '../../platform/database.ts'
import { openSecrets } from '../../platform/secrets.ts'
import { zone } from '../../platform/time.ts'
import { publishTheCalendar } from '../../standards/calendars.ts'
import { installPack } from '../../standards/index.ts'
import { openSink } from '../sink.ts'

export const day = 86_400_000
export const minute = 60_000
export const start = Date.parse('2024-02-20T00:00:00Z')
/** The firsts of February to May 2024, around which everything happens. */
export const months = ['02', '03', '04', '05'].map((month) => Date.parse(`2024-${month}-01T00:00:00Z`) / day)
export const categories = [
  'repair',
  'repair-硬件',
  'repair-软件',
  'complaint',
  '安装',
  '安装-上门',
  'Wi-Fi',
  'Wi',
  'Wi-信号',
]
export const channels = ['phone', 'onsite', '门店']
export const products = ['打印机', '扫描仪', '']
export const agents = ['甲', '乙', '丙', '']
export const customers = ['张三', '李四', '王五']

/** Repeatable chance: the same seed plays the same sequences. */
export function chance(seed: number) {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (n: number) => Math.floor(next() * n)
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!
  return { below, pick, often: (share: number) => next() < share }
}
export type Chance = ReturnType<typeof chance>

/** Something that stands still while a sequence runs, and what it has done so far. */
export interface World {
  t: TestDatabase
  dir: string
  c: Chance
  now: number
  zoneName: string
  batches: { id: string; at: number }[]
  teams: string[]
}

export async function settle(w: World): Promise<void> {
  const now = new Date(start)
  await w.t.db.transaction(await w.t.whole(), async (tx) => {
    await installPack(tx, 'general', { effectiveOn: '2000-01-01', authorId: null, now })
    for (const name of ['一组', '二组']) w.teams.push((await createUnit(tx, { name, kind: 'team' }, now)).id)
  })
  await w.t.db.transaction(await w.t.whole(), async (tx) => {
    w.teams.push((await createUnit(tx, { name: '三组', kind: 'team', parentId: w.teams[0] ?? '' }, now)).id)
    // Two of them keep hours of their own, which the third has from whichever it stands below.
    for (const [i, opens] of [540, 720].entries()) {
      const hours = { effectiveOn: '2024-01-01', reason: '', holidays: '' as const, days: [] }
      const week = Array.from({ length: 7 }, (): [number, number][] => [[opens, 1200]])
      await publishTheCalendar(tx, { ...hours, unitId: w.teams[i] ?? '', week }, { authorId: null, now })
    }
  })
}

/** A wall-clock time, often hard by midnight, within 50 days around two month ends and a change of clocks. */
export function instant(w: World): number {
  const { c } = w
  const local = start + c.below(50) * day
  const offset = c.often(0.3) ? c.pick([0, 1000, day - 1000, 2 * 3_600_000]) : c.below(day / 1000) * 1000
  return zone(w.zoneName).toInstantMs(local + offset)
}

export const iso = (ms: number | null): string => (ms === null ? '' : new Date(ms).toISOString())

/** The times of an order, usually one after the other, sometimes not. */
export function times(w: World) {
  const { c } = w
  const received = c.often(0.95) ? instant(w) : null
  const later = (share: number, most: number) =>
    c.often(share) ? (received ?? instant(w)) + (c.below(most) - (c.often(0.05) ? most : 0)) * minute : null
  const resolved = later(0.6, 8000)
  return {
    received_at: received,
    responded_at: later(0.7, 60),
    started_at: later(0.5, 4000),
    fault_identified_at: later(0.3, 500),
    arrived_at: later(0.4, 3000),
    plan_confirmed_at: later(0.3, 3000),
    confirmed_at: later(0.4, 9000),
    resolved_at: resolved,
    reopened_at: resolved !== null && c.often(0.15) ? resolved + c.below(12) * day : null,
    response_due_at: c.often(0.1) ? instant(w) : null,
    resolution_due_at: c.often(0.1) ? instant(w) : null,
    followed_up_at: c.often(0.3) ? instant(w) : null,
    follow_up_due_at: c.often(0.1) ? instant(w) : null,
  }
}

export const csv = (rows: Record<string, string>[]): string =>
  [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))]
    .map((cells) => cells.join(','))
    .join('\n')

export async function bring(w: World, kind: Kind, rows: Record<string, string>[]): Promise<void> {
  const path = join(w.dir, 'rows.csv')
  writeFileSync(path, csv(rows))
  const now = new Date(w.now)
  const scope = w.c.often(0.8) ? await w.t.whole() : teamScope(w)
  // So few shares that a file's amounts are put aside before its end.
  const most = w.c.often(0.5) ? 20 : undefined
  const done = await importFile(w.t.db, scope, {
    kind,
    path,
    fileName: 'rows.csv',
    // A column with brackets is an item of an inspection form, known by its header.
    mapping: {
      columns: Object.fromEntries(
        Object.keys(rows[0] ?? {})
          .filter((name) => !name.endsWith(')'))
          .map((name) => [name, name]),
      ),
    },
    userId: null,
    now,
    secrets: openSecrets(w.dir),
    openSink: (tx) => openSink(tx, now, most),
  })
  if (done.batch) w.batches.push({ id: done.batch, at: w.now })
}

export const teamScope = (w: World): Scope => ({
  organizationId: w.t.organizationId,
  unitIds: [w.teams[0] ?? '', w.teams[2] ?? ''],
})
