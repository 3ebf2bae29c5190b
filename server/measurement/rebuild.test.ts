import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Episode, Pause } from '../../contract/cases.ts'
import { categoryAlone } from '../../contract/category-filter.ts'
import { type TestDatabase, testDatabase } from '../../test/database.ts'
import {
  costRecords,
  eventMeanings,
  messageRecords,
  openWorkOrders,
  reviewClocks,
  sweepClocks,
} from '../cases/index.ts'
import { createWorkOrder, editWorkOrder, excludeWorkOrder } from '../cases/work-orders.ts'
import { changeUnit } from '../directory/change-units.ts'
import { createUnit, handSource, organizationOf } from '../directory/index.ts'
import { importFile, type Kind, undoImport } from '../intake/index.ts'
import type { Scope, Tx } from '../platform/database.ts'
import { readRows } from '../platform/fact-table.ts'
import { Refusal } from '../platform/refusal.ts'
import { openSecrets } from '../platform/secrets.ts'
import { sql } from '../platform/sql.ts'
import { dayToDate, type Grain, zone } from '../platform/time.ts'
import { publishTheCalendar } from '../standards/calendars.ts'
import { installPack, publishStandard, standardOn } from '../standards/index.ts'
import type { Amounts } from './amounts.ts'
import { wholeCatalogue } from './catalogue.ts'
import { drainChanges } from './drain.ts'
import { figures } from './figures.ts'
import { fromFacts, gather } from './gather.ts'
import { kindsRead, needsPercentiles, talliesRead } from './measure.ts'
import { measures } from './measures.ts'
import { type Dimension, type Question, spansOf, type Where } from './question.ts'
import { rebuild } from './rebuild.ts'
import { records } from './records.ts'
import { renewCells } from './renew.ts'
import { responseRateBeside } from './response-rate.ts'
import { openSink } from './sink.ts'
import { tallies } from './tallies.ts'
import { changeOwnMeasures } from './testing/random-own.ts'
import { firstRecordOn } from './units.ts'
import { measuredValue } from './value.ts'

const day = 86_400_000
const minute = 60_000
const start = Date.parse('2024-02-20T00:00:00Z')
/** The firsts of February to May 2024, around which everything happens. */
const months = ['02', '03', '04', '05'].map((month) => Date.parse(`2024-${month}-01T00:00:00Z`) / day)
const categories = [
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
const channels = ['phone', 'onsite', '门店']
const products = ['打印机', '扫描仪', '']
const agents = ['甲', '乙', '丙', '']
const customers = ['张三', '李四', '王五']

/** Repeatable chance: the same seed plays the same sequences. */
function chance(seed: number) {
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
type Chance = ReturnType<typeof chance>

/** Something that stands still while a sequence runs, and what it has done so far. */
interface World {
  t: TestDatabase
  dir: string
  c: Chance
  now: number
  zoneName: string
  batches: { id: string; at: number }[]
  teams: string[]
}

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
    let played = 0
    for (let seed = first; seed < first + rounds; seed++) {
      context.diagnostic(`seed ${seed}`)
      played += await play(zoneName, sequences, seed)
    }
    context.diagnostic(`${played} sequences, 0 cells that differ`)
  })

/** So many sequences one after the other in one world. */
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
    assert.ok(met > (questions / 6) * sequences, `only ${met} questions met any record`)
    return sequences
  } finally {
    await t.end()
    rmSync(dir, { recursive: true })
  }
}

/** Orders that another unit would see, or would not, against what they say of who responded. */
const straySight = async (w: World) =>
  w.t.db.transaction(await w.t.whole(), (tx) =>
    tx.rows(sql`
      select w.id from cases.work_order w
      full join cases.responding_unit r on r.organization_id = w.organization_id and r.work_order_id = w.id
      where w.responder_unit_id is distinct from r.unit_id`),
  )

async function settle(w: World): Promise<void> {
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
function instant(w: World): number {
  const { c } = w
  const local = start + c.below(50) * day
  const offset = c.often(0.3) ? c.pick([0, 1000, day - 1000, 2 * 3_600_000]) : c.below(day / 1000) * 1000
  return zone(w.zoneName).toInstantMs(local + offset)
}

const iso = (ms: number | null): string => (ms === null ? '' : new Date(ms).toISOString())

/** The times of an order, usually one after the other, sometimes not. */
function times(w: World) {
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

const csv = (rows: Record<string, string>[]): string =>
  [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))]
    .map((cells) => cells.join(','))
    .join('\n')

async function bring(w: World, kind: Kind, rows: Record<string, string>[]): Promise<void> {
  const path = join(w.dir, 'rows.csv')
  writeFileSync(path, csv(rows))
  const now = new Date(w.now)
  const scope = w.c.often(0.8) ? await w.t.whole() : teamScope(w)
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
    openSink: (tx) => openSink(tx, now),
  })
  if (done.batch) w.batches.push({ id: done.batch, at: w.now })
}

const teamScope = (w: World): Scope => ({
  organizationId: w.t.organizationId,
  unitIds: [w.teams[0] ?? '', w.teams[2] ?? ''],
})

/** Few numbers, so that a later file meets the rows of an earlier one. */
function importOrders(w: World): Promise<void> {
  const { c } = w
  const rows = Array.from({ length: 1 + c.below(12) }, () => ({
    external_id: `W${c.below(60)}`,
    ...Object.fromEntries(Object.entries(times(w)).map(([name, at]) => [name, iso(at)])),
    category: c.pick([...categories, '']),
    channel: c.pick([...channels, '']),
    priority: c.pick(['urgent', 'important', 'normal', '']),
    product: c.pick(products),
    agent: c.pick(agents),
    responder: c.pick(['', '', ...agents]),
    unit: c.pick(['一组', '二组', '三组', '']),
    customer: c.pick(customers),
    serial: c.pick(['', 'A1', 'A1', 'B2']),
    fault_level: c.pick(['', '一级', '二级']),
    resolution_mode: c.pick(['', '远程', '自助', '上门']),
    cost: c.pick(['', '0', '12.5', '-3.01']),
    contact_count: c.pick(['', '1', '1', '2']),
    visits: c.pick(['', '0', '1', '1', '2']),
    first_diagnosis: c.pick(['', '电源板', '电 源板', '主板']),
    final_cause: c.pick(['', '电源板', '主板']),
    redone: c.pick(['', '是', '否']),
    plan_replaced: c.pick(['', '是', '否']),
    ...c.pick([
      { parts_requested: '', parts_filled: '' },
      { parts_requested: '0', parts_filled: '0' },
      { parts_requested: '3', parts_filled: '2' },
      { parts_requested: '2', parts_filled: '' },
    ]),
    article: c.pick(['', 'KB-1']),
    reopen_count: c.pick(['', '', '0', '1', '2']),
    response_in_time: c.pick(['', '', '', '是', '否']),
    score: c.pick(['', '4', '3.9', '5']),
    excluded_reason: c.often(0.05) ? '测试单' : '',
  }))
  // A file with fewer columns leaves the others of a known row as they are.
  const dropped = c.often(0.3) ? c.pick(['agent', 'category', 'resolved_at', 'score', 'unit', 'article']) : ''
  return bring(
    w,
    'work-orders',
    rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== dropped))),
  )
}

function importFeedback(w: World): Promise<void> {
  const { c } = w
  return bring(
    w,
    'feedback',
    Array.from({ length: 1 + c.below(6) }, () => ({
      external_id: `F${c.below(20)}`,
      received_at: iso(instant(w)),
      score: c.pick(['5', '4', '3.9', '2', '']),
      agent: c.pick(agents),
      product: c.pick(products),
      channel: c.pick(channels),
    })),
  )
}

/** Of orders that are there or come later, twice about one, and answered or not. */
function importInvitations(w: World): Promise<void> {
  const { c } = w
  return bring(
    w,
    'invitations',
    Array.from({ length: 1 + c.below(10) }, () => {
      const sent = instant(w)
      return {
        external_id: `Y${c.below(40)}`,
        work_order: c.pick(['', `W${c.below(60)}`, `W${c.below(60)}`, `E${c.below(8)}`]),
        round: c.pick(['', '1', '1', '2']),
        sent_at: iso(sent),
        submitted_at: c.often(0.2) ? iso(sent + (c.below(9000) - 500) * minute) : '',
        channel: c.pick(['短信', 'email', '']),
        excluded_reason: c.often(0.05) ? '测试' : '',
      }
    }),
  )
}

function importResponses(w: World): Promise<void> {
  const { c } = w
  return bring(
    w,
    'responses',
    Array.from({ length: 1 + c.below(10) }, () => ({
      external_id: `R${c.below(40)}`,
      work_order: c.pick(['', `W${c.below(60)}`, `W${c.below(60)}`]),
      invitation: c.pick(['', `Y${c.below(40)}`]),
      submitted_at: iso(instant(w)),
      overall: c.pick(['', '5', '4', '3.1', '3']),
      attitude: c.pick(['', '5', '2']),
      channel_ease: c.pick(['', '4']),
      handling_quality: c.pick(['', '4.7', '1']),
    })),
  )
}

function importCalls(w: World): Promise<void> {
  const { c } = w
  return bring(
    w,
    'calls',
    Array.from({ length: 1 + c.below(8) }, () => {
      const started = instant(w)
      return {
        external_id: `T${c.below(25)}`,
        channel: c.pick(['phone', 'chat', '门店', '']),
        started_at: iso(started),
        answered_at: c.often(0.7) ? iso(started + c.pick([0, 9, 10, 11]) * 1000) : '',
        rings: c.pick(['', '0', '3', '4']),
        agent: c.pick(agents),
        product: c.pick(products),
        work_order: c.pick(['', 'W1', 'W2', 'nobody']),
        excluded_reason: c.often(0.05) ? '骚扰' : '',
      }
    }),
  )
}

function importInspections(w: World): Promise<void> {
  const { c } = w
  return bring(
    w,
    'inspections',
    Array.from({ length: 1 + c.below(5) }, () => ({
      external_id: `Q${c.below(15)}`,
      kind: c.pick(['质检', '神秘顾客', '']),
      inspected_at: iso(instant(w)),
      contact_at: c.often(0.7) ? iso(instant(w)) : '',
      agent: c.pick(agents),
      work_order: c.pick(['', 'W1', 'W2']),
      score: c.pick(['', '88.125', '100']),
      fields_inspected: '10',
      fields_right: c.pick(['10', '7', '0']),
      nodes_inspected: '5',
      nodes_right: c.pick(['5', '3']),
      '礼仪-问候语(10)': c.pick(['', '7', '10']),
      '用语-禁语(否决)': c.pick(['', '通过', '未通过']),
      '流程-核实(3)': c.pick(['', '1', '2.5']),
    })),
  )
}

function importTrainings(w: World): Promise<void> {
  const { c } = w
  return bring(
    w,
    'trainings',
    Array.from({ length: 1 + c.below(5) }, () => ({
      external_id: `P${c.below(15)}`,
      kind: c.pick(['培训', '考试', '']),
      held_at: iso(instant(w)),
      agent: c.pick(agents),
      hours: c.pick(['7.5', '0', '']),
      score: c.pick(['', '59.5', '100']),
      passed: c.pick(['', '是', '否']),
    })),
  )
}

function importPurchases(w: World): Promise<void> {
  const { c } = w
  return bring(
    w,
    'purchases',
    Array.from({ length: 1 + c.below(8) }, () => ({
      external_id: `G${c.below(30)}`,
      customer: c.pick(['甲', '乙', '丙', '']),
      product: c.pick(products),
      amount: c.pick(['', '0', '19.90', '1280.5']),
      ordered_at: iso(instant(w)),
      channel: c.pick(channels),
      agent: c.pick(agents),
      excluded_reason: c.often(0.05) ? '退货' : '',
    })),
  )
}

function importAttendance(w: World): Promise<void> {
  const { c } = w
  return bring(
    w,
    'attendance',
    Array.from({ length: 1 + c.below(5) }, () => ({
      external_id: `K${c.below(15)}`,
      worked_at: iso(instant(w)),
      agent: c.pick(agents),
      scheduled_hours: c.pick(['8', '0', '7.5', '0.3333']),
      worked_hours: c.pick(['8', '0', '']),
      on_duty: c.pick(['', '是', '否']),
      qualified: c.pick(['', '是', '否']),
    })),
  )
}

function importMessages(w: World): Promise<void> {
  const { c } = w
  return bring(
    w,
    'messages',
    Array.from({ length: 1 + c.below(12) }, () => ({
      external_id: `M${c.below(40)}`,
      conversation: `S${c.below(5)}`,
      sender: c.pick(['customer', 'agent', 'automatic', 'agent', 'customer']),
      sent_at: iso(instant(w)),
      channel: c.pick(['chat', '门店', '']),
      agent: c.pick(agents),
      unit: c.pick(['一组', '二组', '三组', '']),
      work_order: c.pick(['', 'W1', 'W2', 'nobody']),
      excluded_reason: c.often(0.1) ? '测试' : '',
    })),
  )
}

function importCosts(w: World): Promise<void> {
  const { c } = w
  return bring(
    w,
    'costs',
    Array.from({ length: 1 + c.below(8) }, () => ({
      external_id: `Y${c.below(25)}`,
      incurred_at: iso(instant(w)),
      kind: c.pick(['labour', 'parts', 'travel', 'compensation']),
      amount: c.pick(['0', '12.5', '0.01', '999']),
      work_order: c.pick(['', ...Array.from({ length: 12 }, (_, i) => `W${i}`), 'E1']),
      agent: c.pick(agents),
      excluded_reason: c.often(0.1) ? '记错' : '',
    })),
  )
}

function importEvents(w: World): Promise<void> {
  const { c } = w
  return bring(
    w,
    'events',
    Array.from({ length: 1 + c.below(15) }, () => ({
      case: `E${c.below(8)}`,
      activity: c.pick([...eventMeanings]),
      at: iso(instant(w)),
      actor: c.pick(agents),
    })),
  )
}

async function undoOne(w: World): Promise<void> {
  // After thirty days an import stays.
  w.batches = w.batches.filter(({ at }) => w.now - at < 30 * day)
  if (w.batches.length === 0) return
  const [batch] = w.batches.splice(w.c.below(w.batches.length), 1)
  const now = new Date(w.now)
  await undoImport(w.t.db, await w.t.whole(), batch?.id ?? '', { now, openSink: (tx) => openSink(tx, now) })
}

async function entered(w: World, tx: Tx) {
  const { c } = w
  const people = await tx.rows<{ id: string }>(sql`select id from directory.person order by name`)
  const [category, subcategory] = c.pick(categories).split('-')
  const named = Object.entries(times(w)).map(([name, at]) => [
    name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
    at === null ? null : iso(at),
  ])
  const all = {
    ...Object.fromEntries(named),
    responseDueAt: undefined,
    resolutionDueAt: undefined,
    category,
    subcategory: subcategory ?? null,
    channel: c.pick(channels),
    priority: c.pick(['urgent', 'normal', null]),
    unitId: c.pick(w.teams),
    agentId: people.length > 0 ? c.pick(people).id : null,
    responderId: people.length > 0 && c.often(0.5) ? c.pick(people).id : null,
    customer: c.pick(customers),
    contactCount: c.pick([1, 2, null]),
    reopenCount: c.pick([0, 1, null]),
    visits: c.pick([0, 1, 2, null]),
    ...(c.often(0.3) && { pauses: pausedTimes(w) }),
  }
  const resolved = all.resolvedAt
  if (typeof resolved === 'string' && c.often(0.4)) return { ...all, episodes: openAgain(w, resolved) }
  return all
}

/** Once or twice, solved in between. */
function openAgain(w: World, resolved: string): Episode[] {
  const { c } = w
  const first = Date.parse(resolved) + c.below(12) * day
  const solved = first + c.below(4 * day)
  const again = { reopenedAt: iso(solved + c.below(day)), resolvedAt: null }
  return [
    { reopenedAt: iso(first), resolvedAt: c.often(0.7) ? iso(solved) : null },
    ...(c.often(0.3) ? [again] : []),
  ].filter((_, i, all) => i === 0 || all[0]?.resolvedAt !== null)
}

function pausedTimes(w: World): Pause[] {
  const ends = [instant(w), instant(w), instant(w)].sort((a, b) => a - b)
  const [first, second, third] = [...new Set(ends)].map((at) => iso(at))
  if (!first || !second || !third) return []
  return [
    { from: first, to: second, reason: '' },
    { from: third, to: null, reason: '等配件' },
  ]
}

/** Other limits, or other hours of a team: the orders there are follow when they are gone through. */
async function changeLimits(w: World): Promise<void> {
  const { c } = w
  const now = new Date(w.now)
  const by = { authorId: null, now }
  await w.t.db.transaction(await w.t.whole(), async (tx) => {
    const standard = await standardOn(tx, '2100-01-01')
    const timeLimits = (['response', 'start', 'onsite', 'resolution', 'follow_up'] as const).map((clock) => ({
      clock,
      priority: c.pick(['', 'urgent'] as const),
      complexity: '' as const,
      channel: '',
      faultLevel: clock === 'onsite' ? c.pick(['', '一级']) : '',
      ...c.pick([
        { seconds: 3600 * (1 + c.below(30)), runs: 'always' as const },
        { seconds: 3600 * (1 + c.below(30)), runs: 'working' as const },
        { seconds: 86_400 * (1 + c.below(4)), runs: 'workdays' as const },
      ]),
    }))
    const draft = { effectiveOn: '2024-01-01', reason: '时限', indicators: standard!.indicators, timeLimits }
    await publishStandard(tx, draft, { ...by, knownMeasures: measures.map(({ code }) => code) })
  })
  await reviewClocks(w.t.db, w.t.organizationId, now)
}

/** Orders whose limits are not those that the standards and hours of now give them. */
const strayLimits = async (w: World): Promise<string[]> =>
  w.t.db.transaction(await w.t.whole(), async (tx) => {
    const table = await openWorkOrders(tx, new Date(w.now))
    const rows = await readRows(tx, table, 'true', [])
    return rows.flatMap((row) => {
      const fresh = { ...row }
      table.derive(fresh)
      const due = Object.keys(row).filter((name) => /_due(_at|s)$/.test(name) && name !== 'next_due_at')
      return due.filter((name) => row[name] !== fresh[name]).map((name) => `${row.external_id} ${name}`)
    })
  })

/** A team put below another or the organization, from today, from a day before, or as it always was. */
async function moveTeam(w: World): Promise<void> {
  const { c } = w
  const now = new Date(w.now + c.below(30) * day)
  const today = zone(w.zoneName).localDay(now.getTime())
  const changed = {
    parentId: c.pick([...w.teams, w.t.rootUnitId]),
    fromOn: c.pick([undefined, 'always', ...[0, 1, 3, 9].map((back) => dayToDate(today - back))]),
  }
  const mover = { id: null, name: '', now, firstRecordOn }
  const work = async (tx: Tx) => changeUnit(tx, c.pick(w.teams), changed, mover)
  await w.t.db.transaction(await w.t.whole(), work).catch((error: unknown) => {
    // A ring, or a day before the unit existed.
    if (!(error instanceof Refusal)) throw error
  })
  await reviewClocks(w.t.db, w.t.organizationId, new Date(w.now))
}

/** A measure composed, changed or deleted, and perhaps not yet counted. */
async function composeOwn(w: World): Promise<void> {
  const now = new Date(w.now)
  await w.t.db.transaction(await w.t.whole(), (tx) => changeOwnMeasures(tx, w.c, now))
  if (w.c.often(0.6)) await renewCells(w.t.db, w.t.organizationId, now)
}

async function create(w: World): Promise<void> {
  const now = new Date(w.now)
  await w.t.db.transaction(await w.t.whole(), async (tx) => {
    const order = { ...(await entered(w, tx)), receivedAt: iso(instant(w)) }
    const sourceId = await handSource(tx, now)
    await createWorkOrder(tx, openSecrets(w.dir), order, { now, sourceId, homeUnitId: w.t.rootUnitId })
  })
}

async function onOne(w: World, work: (tx: Tx, order: { id: string; version: number }) => Promise<unknown>) {
  await w.t.db.transaction(await w.t.whole(), async (tx) => {
    const orders = await tx.rows<{ id: string; version: number }>(
      sql`select id, version from cases.work_order order by external_id, id`,
    )
    if (orders.length > 0) await work(tx, w.c.pick(orders))
  })
}

function edit(w: World): Promise<void> {
  return onOne(w, async (tx, { id, version }) => {
    const all = await entered(w, tx)
    const kept = Object.fromEntries(Object.entries(all).filter(() => w.c.often(0.4)))
    // Opened again only after a solution.
    const solved = 'episodes' in kept ? { resolvedAt: all.resolvedAt } : {}
    const some = { ...kept, ...solved, receivedAt: iso(instant(w)) }
    await editWorkOrder(tx, openSecrets(w.dir), id, version, some, new Date(w.now))
  })
}

function exclude(w: World): Promise<void> {
  return onOne(w, (tx, { id }) => excludeWorkOrder(tx, openSecrets(w.dir), id, '重复', new Date(w.now)))
}

/** A message or a cost, new or changed, by hand. */
async function enterOrEditSmall(w: World): Promise<void> {
  const { c } = w
  const now = new Date(w.now)
  const secrets = openSecrets(w.dir)
  await w.t.db.transaction(await w.t.whole(), async (tx) => {
    const context = { now, sourceId: await handSource(tx, now), homeUnitId: w.t.rootUnitId }
    const told = () => {}
    const excludedReason = c.pick([null, null, '重复'])
    const inConversations = c.often(0.5)
    const sent = { sender: c.pick(['customer', 'agent']), sentAt: iso(instant(w)) }
    const spent = {
      amount: c.pick(['1', '2.5']),
      incurredAt: iso(instant(w)),
      workOrder: c.pick(['W1', 'W3', null]),
    }
    if (c.often(0.4)) {
      if (inConversations)
        await messageRecords.create(tx, secrets, { ...sent, conversation: `S${c.below(2)}` }, context)
      else await costRecords.create(tx, secrets, { ...spent, kind: 'parts' }, context)
      return
    }
    const table = inConversations ? sql`cases.message` : sql`cases.cost`
    const rows = await tx.rows<{ id: string; version: number }>(
      sql`select id, version from ${table} order by external_id, id`,
    )
    if (rows.length === 0) return
    const { id, version } = c.pick(rows)
    if (inConversations)
      await messageRecords.edit(tx, secrets, id, { ...sent, excludedReason }, { version, now, told })
    else await costRecords.edit(tx, secrets, id, { ...spent, excludedReason }, { version, now, told })
  })
}

/** What records say of each other that is not so: waits, and orders whose own costs stand in for their field. */
const strayFindings = async (w: World): Promise<string[]> =>
  w.t.db.transaction(await w.t.whole(), async (tx) => {
    const messages = await tx.rows<Sent>(sql`
      select external_id as number, source_id || conversation as conversation, sender, excluded_reason as excluded,
        round(extract(epoch from sent_at) * 1000)::float8 as at, round(extract(epoch from awaited_at) * 1000)::float8 as awaited
      from cases.message`)
    const orders = await tx.rows<{ number: string; costed: boolean; named: boolean }>(sql`
      select external_id as number, costed, cost is not null and external_id in (
        select work_order_external_id from cases.cost where excluded_reason is null and work_order_external_id is not null
      ) as named from cases.work_order`)
    return [
      ...strayWaits(messages),
      ...orders.filter(({ costed, named }) => costed !== named).map(({ number }) => `${number} costed`),
    ]
  })

interface Sent extends Record<string, unknown> {
  number: string
  conversation: string
  sender: string
  excluded: string | null
  at: number
  awaited: number | null
}

function strayWaits(messages: Sent[]): string[] {
  const stray: string[] = []
  for (const chat of Map.groupBy(messages, (one) => one.conversation).values()) {
    let asked: number | null = null
    const rank = ({ sender }: Sent) => (sender === 'customer' ? 0 : 1)
    chat.sort((a, b) => a.at - b.at || rank(a) - rank(b) || (a.number < b.number ? -1 : 1))
    for (const one of chat) {
      const awaited = one.sender === 'agent' ? asked : null
      if (one.awaited !== awaited) stray.push(`${one.number} waited since ${one.awaited}, not ${awaited}`)
      if (one.excluded !== null) continue
      if (one.sender === 'customer') asked ??= one.at
      if (one.sender === 'agent') asked = null
    }
  }
  return stray
}

async function sweep(w: World): Promise<void> {
  w.now += w.c.below(20) * 600_000
  await sweepClocks(w.t.db, w.t.organizationId, new Date(w.now))
}

/** Asks one question three ways; returns 1 where the answer was about any record at all. */
async function ask(w: World, told: string): Promise<number> {
  const { c } = w
  const scope = c.often(0.7) ? await w.t.whole() : teamScope(w)
  return w.t.db.transaction(
    scope,
    async (tx) => {
      const catalogue = await wholeCatalogue(tx)
      const known = catalogue.measures.filter((one) => one.tally !== null)
      const own = known.filter(({ code }) => code.startsWith('own:'))
      const measure = c.pick(own.length > 0 && c.often(0.3) ? own : known)
      const question = await randomQuestion(w, tx)
      const context = await organizationOf(tx)
      const spans = spansOf(question)
      const why = `${told}\n${measure.code} ${JSON.stringify(question)} seen by ${scope.unitIds.length} units`
      const one = await gather(tx, question, spans, context, {
        kinds: kindsRead(measure),
        wanted: tallies.map((name) => talliesRead(measure).includes(name)),
        percentiles: needsPercentiles(measure, question),
        own: catalogue.own,
        inCells: catalogue.isCounted(measure.code),
      })
      const other = await fromFacts(tx, question, spans, context, {
        kinds: kindsRead(measure),
        own: catalogue.own,
      })
      // A figure of a pair has no percentiles beside its mean.
      const valued = (amounts: Amounts) => ({
        ...measuredValue(measure, amounts, 10),
        ...responseRateBeside(measure, amounts),
        ...(question.across && { p50: null, p90: null }),
      })
      for (const [i, span] of spans.entries())
        for (const [member, others] of [...(one[i] ?? []), ...(other[i] ?? [])])
          for (const across of others.keys())
            assert.deepEqual(
              valued(one[i]?.get(member)?.get(across) ?? []),
              valued(other[i]?.get(member)?.get(across) ?? []),
              `${why}\n${span.label} ${member} ${across}`,
            )
      const rows = await figures(tx, measure.code, question, { now: new Date(w.now) })
      if (rows.length === 0) return 0
      const { member, across } = c.pick(rows)
      const counted = rows
        .filter((row) => row.member === member && row.across === across)
        .reduce((sum, row) => sum + row.records, 0)
      const opened = { ...question.where, ...rowOf(question.by, member), ...rowOf(question.across, across) }
      // A unit in a split within another has the days on which it stood below that one.
      const { unit } = question.where
      const byUnit = question.by === 'unit' || question.across === 'unit'
      const where = byUnit && unit ? { ...opened, within: unit } : opened
      const { by: _, across: __, ...whole } = question
      const list = await records(tx, measure.code, { ...whole, where }, { limit: 1000 })
      assert.equal(list.total, counted, `${why}\n${member} ${across}`)
      assert.equal(list.items.length, Math.min(list.total ?? 0, 1000))
      return counted > 0 ? 1 : 0
    },
    { readOnly: true },
  )
}

/** A category asked for holds those below it; one row of a split is the category alone. */
const rowOf = (dimension: Dimension | undefined, member: string | null | undefined): Where =>
  dimension && typeof member === 'string'
    ? { [dimension]: dimension === 'category' ? categoryAlone(member) : member }
    : {}

async function randomQuestion(w: World, tx: Tx): Promise<Question> {
  const { c } = w
  const from = Math.floor(start / day) - 10 + c.below(50)
  const dimension = c.pick<Dimension | undefined>([
    undefined,
    'unit',
    'agent',
    'product',
    'category',
    'channel',
  ])
  const where: Where = {}
  const filter = c.often(0.5) ? dimension : undefined
  const anyOf = async (query: ReturnType<typeof sql>) => {
    const rows = await tx.rows<{ id: string }>(query)
    return rows.length > 0 ? c.pick(rows).id : undefined
  }
  if (filter === 'unit') where.unit = c.pick(w.teams.filter((id) => tx.unitIds.includes(id)))
  if (filter === 'category') where.category = c.pick(categories)
  if (filter === 'channel') where.channel = c.pick(channels)
  if (filter === 'agent' || filter === 'product') {
    const table = filter === 'agent' ? sql`directory.person` : sql`directory.product`
    const id = await anyOf(
      sql`select id from ${table} where organization_id = ${tx.organizationId} order by name`,
    )
    if (id) where[filter] = id
  }
  const by = filter === undefined || c.often(0.3) ? dimension : undefined
  const split: Pick<Question, 'by' | 'across'> =
    by && c.often(0.5) ? pairFor(c, by, filter) : { ...(by && { by }) }
  // Product and category together are held by whole months: half of such questions are about those.
  const span =
    split.by !== by && c.often(0.5)
      ? { fromDay: c.pick(months.slice(0, 2)), toDay: c.pick(months.slice(2)) }
      : { fromDay: from, toDay: from + 1 + c.below(60) }
  return {
    ...span,
    grain: c.pick<Grain | 'whole'>(['whole', 'day', 'week', 'month', 'quarter']),
    where,
    ...split,
  }
}

/** Mostly product and category, which the cells hold together; sometimes any two, or one within another. */
function pairFor(c: Chance, by: Dimension, filter: Dimension | undefined): Pick<Question, 'by' | 'across'> {
  if (filter === 'product' && c.often(0.3)) return { by: 'category' }
  if (filter === 'category' && c.often(0.3)) return { by: 'product' }
  if (c.often(0.7))
    return c.pick([
      { by: 'product', across: 'category' },
      { by: 'category', across: 'product' },
    ])
  const others = (['unit', 'agent', 'product', 'channel', 'priority'] as const).filter((one) => one !== by)
  return { by: c.pick(others), across: by }
}
