import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import type { WorkOrderFact } from '../cases/work-order-fact.ts'
import { type Importing, importedAt, openImporting } from '../intake/testing/importing.ts'
import { dateToDay } from '../platform/time.ts'
import { installPack, publishStandard, standardOn } from '../standards/index.ts'
import { figures, isProvisional } from './figures.ts'
import { measureCodes } from './measures.ts'
import type { Where } from './question.ts'
import { records } from './records.ts'
import { at, hour, order, received, sharesOf } from './testing/facts.ts'

const day = 24 * hour
const due = received + 4 * hour
const onsite = (changed: Partial<WorkOrderFact>) =>
  sharesOf('work_order', { ...order, onsiteDueAt: due, ...changed }).onsite_in_time

test('on site in time to the millisecond, late past it, and late with the limit passed and nobody there', () => {
  assert.deepEqual(onsite({ arrivedAt: due }), [['05-10', 1, 1, 0]])
  assert.deepEqual(onsite({ arrivedAt: due + 1 }), [['05-10', 0, 1, 0]])
  assert.deepEqual(onsite({}), [['05-10', 0, 1, 0]])
  assert.equal(onsite({ clockAt: due - 1 }), undefined)
  assert.equal(onsite({ onsiteDueAt: null, arrivedAt: due }), undefined)
  // Arrived before the receipt is a fault in the data.
  assert.equal(onsite({ arrivedAt: received - 1 }), undefined)
  // Due on the next day and arrived the day after: on the day of the limit.
  assert.deepEqual(onsite({ onsiteDueAt: at('05-11T23:59:59'), arrivedAt: at('05-12T00:00:00') }), [
    ['05-11', 0, 1, 0],
  ])
})

test('solved from afar owes no visit; solved otherwise without an arrival lacks a field', () => {
  const resolvedAt = received + 5 * hour
  assert.equal(onsite({ resolvedAt, visits: 0 }), undefined)
  assert.equal(onsite({ resolvedAt, resolutionMode: '远程解决' }), undefined)
  assert.deepEqual(onsite({ resolvedAt, visits: 1, resolutionMode: '远程解决' }), [['05-10', 0, 0, 1]])
  assert.deepEqual(onsite({ resolvedAt }), [['05-10', 0, 0, 1]])
  assert.deepEqual(onsite({ resolvedAt, visits: 0, arrivedAt: due }), [['05-10', 1, 1, 0]])
  // Not solved yet, somebody is still expected.
  assert.deepEqual(onsite({ visits: 0 }), [['05-10', 0, 1, 0]])
})

const repair = {
  ...order,
  category: 'repair',
  resolvedAt: at('05-12T09:00:00'),
  visits: 1,
  faultAfter: false,
}
const fix = (changed: Partial<WorkOrderFact>) =>
  sharesOf('work_order', { ...repair, ...changed }).first_time_fix

test('repaired at once: one visit or none, not re-opened, the fault not back; on the day solved', () => {
  const on = (value: number) => [['05-12', value, 1, 0]]
  assert.deepEqual(fix({}), on(1))
  assert.deepEqual(fix({ visits: 0 }), on(1))
  assert.deepEqual(fix({ visits: 2 }), on(0))
  assert.deepEqual(fix({ faultAfter: true }), on(0))
  assert.deepEqual(fix({ reopenCount: 1 }), on(0))
  assert.deepEqual(fix({ reopenedAt: repair.resolvedAt + 8 * day, reopenCount: 1 }), on(1))
})

test('without visits or a serial number a repair lacks a field; others and open ones are no repairs solved', () => {
  assert.deepEqual(fix({ visits: null }), [['05-12', 0, 0, 1]])
  assert.deepEqual(fix({ faultAfter: null }), [['05-12', 0, 0, 1]])
  assert.equal(fix({ category: 'consultation' }), undefined)
  assert.equal(fix({ resolvedAt: null }), undefined)
  assert.equal(fix({ excludedReason: '测试' }), undefined)
})

test('a first-time fix is provisional for thirty days, a re-opening for seven, a visit not at all', () => {
  const end = dateToDay('2024-06-01')
  assert.deepEqual(
    [
      isProvisional('first_time_fix_rate', end, end + 29),
      isProvisional('first_time_fix_rate', end, end + 30),
    ],
    [true, false],
  )
  assert.deepEqual(
    [isProvisional('reopen_rate', end, end + 6), isProvisional('reopen_rate', end, end + 7)],
    [true, false],
  )
  assert.equal(isProvisional('onsite_in_time_rate', end, end - 1), false)
})

let t: Importing
before(async () => {
  t = await openImporting()
  await t.db.transaction(await t.whole(), async (tx) => {
    const by = { authorId: null, now: importedAt }
    await installPack(tx, 'general', { effectiveOn: '2000-01-01', ...by })
    const { indicators } = (await standardOn(tx, '2024-01-01'))!
    const limit = { clock: 'onsite', priority: '', complexity: '', channel: '', runs: 'always' } as const
    const timeLimits = [
      { ...limit, faultLevel: '一级', seconds: 4 * 3600 },
      { ...limit, faultLevel: '', seconds: 24 * 3600 },
    ]
    await publishStandard(
      tx,
      { effectiveOn: '2000-01-01', reason: '上门', indicators, timeLimits },
      { ...by, knownMeasures: measureCodes },
    )
  })
})
afterEach(async () => assert.deepEqual(await t.differences(), []))
after(() => t.end())

async function rate(
  code: string,
  where: Where = {},
): Promise<[numerator: number | null, n: number, state: string]> {
  const question = {
    fromDay: dateToDay('2024-01-01'),
    toDay: dateToDay('2025-01-01'),
    grain: 'whole',
    where,
  } as const
  return t.db.transaction(await t.whole(), async (tx) => {
    const [row] = await figures(tx, code, question, { now: importedAt, minimumN: () => 1 })
    assert.equal((await records(tx, code, question, { limit: 10 })).total, row?.records ?? 0)
    return [row?.numerator ?? null, row?.n ?? 0, row?.state ?? '']
  })
}

const head = '工单编号,问题分类,序列号,产品,受理时间,解决时间,上门次数\n'

test('a repair is no first-time fix once the same fault is back within thirty days, whichever file comes first', async () => {
  const later = await t.bring(
    'work-orders',
    // Thirty days after the solution to the minute; a minute past; another fault.
    `${head}V2,故障维修-硬件,SN1,打印机,2024-03-31 10:00,,\nV3,故障维修-硬件,SN1,打印机,2024-04-30 10:01,2024-04-30 11:00,1\nV4,故障维修-软件,SN1,打印机,2024-03-02 09:00,,\n`,
  )
  assert.deepEqual(await rate('first_time_fix_rate'), [1, 1, 'ok'])
  const first = await t.bring(
    'work-orders',
    `${head}V1,故障维修-硬件,SN1,打印机,2024-03-01 09:00,2024-03-01 10:00,1\n`,
  )
  assert.deepEqual(await rate('first_time_fix_rate'), [1, 2, 'ok'])
  await t.undo(later.batch)
  assert.deepEqual(await rate('first_time_fix_rate'), [1, 1, 'ok'])
  await t.undo(first.batch)
})

test('without the column of visits nobody can say: incomputable, not 0', async () => {
  const done = await t.bring(
    'work-orders',
    '工单编号,问题分类,序列号,受理时间,解决时间\nU1,故障维修,SN9,2024-03-01 09:00,2024-03-01 10:00\n',
  )
  assert.deepEqual(await rate('first_time_fix_rate'), [null, 0, 'incomputable'])
  await t.undo(done.batch)
})

test('the limit of a visit follows the fault level, by a file', async () => {
  await t.bring(
    'work-orders',
    // 4 hours at level 1, 24 at others: in time, late, in time; nobody came at all.
    '工单编号,故障等级,受理时间,到达时间\nO1,一级,2024-05-10 09:00,2024-05-10 13:00\nO2,一级,2024-05-10 09:00,2024-05-10 13:01\nO3,二级,2024-05-10 09:00,2024-05-11 09:00\nO4,,2024-05-10 09:00,\n',
  )
  assert.deepEqual(await rate('onsite_in_time_rate'), [2, 4, 'ok'])
  assert.deepEqual(await rate('onsite_in_time_rate', { faultLevel: '一级' }), [1, 2, 'ok'])
})
