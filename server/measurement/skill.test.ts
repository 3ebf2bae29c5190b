import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { openWorkOrders } from '../cases/index.ts'
import type { WorkOrderFact } from '../cases/work-order-fact.ts'
import { type Importing, importedAt, openImporting } from '../intake/testing/importing.ts'
import { dateToDay } from '../platform/time.ts'
import { installPack, publishStandard, standardOn } from '../standards/index.ts'
import { figures } from './figures.ts'
import { measureCodes } from './measures.ts'
import { records } from './records.ts'
import { at, day, hour, order, received, sharesOf } from './testing/facts.ts'

const resolvedAt = at('05-12T23:59:59')
const shares = (changed: Partial<WorkOrderFact>) => sharesOf('work_order', { ...order, ...changed })
const solved = (changed: Partial<WorkOrderFact>) => shares({ resolvedAt, ...changed })
const on = (value: number, n = 1) => [['05-12', value, n, 0]]
const lacking = [['05-12', 0, 0, 1]]

test('a diagnosis counts on the day solved, else closed; a repair without one lacks a field, another order does not', () => {
  assert.deepEqual(solved({ diagnosisRight: true }).diagnosis, on(1))
  assert.deepEqual(solved({ diagnosisRight: false }).diagnosis, on(0))
  assert.deepEqual(shares({ closedAt: resolvedAt + 1000, diagnosisRight: false }).diagnosis, [
    ['05-13', 0, 1, 0],
  ])
  assert.equal(shares({ diagnosisRight: true }).diagnosis, undefined)
  assert.deepEqual(solved({ category: 'repair' }).diagnosis, lacking)
  assert.equal(solved({ category: 'consultation' }).diagnosis, undefined)
  assert.equal(solved({ diagnosisRight: true, excludedReason: '测试' }).diagnosis, undefined)
})

test('a repair redone or not; not known is missing; no repair, or none solved, is nothing', () => {
  const repair = { category: 'repair' }
  assert.deepEqual(solved({ ...repair, redone: false }).repair_accuracy, on(1))
  assert.deepEqual(solved({ ...repair, redone: true }).repair_accuracy, on(0))
  assert.deepEqual(solved(repair).repair_accuracy, lacking)
  assert.equal(solved({ redone: false }).repair_accuracy, undefined)
  assert.equal(shares({ ...repair, redone: true, closedAt: resolvedAt }).repair_accuracy, undefined)
})

test('a confirmed plan was right where it was kept and solved the order for good', () => {
  const plan = { planConfirmedAt: received + hour, planReplaced: false }
  assert.deepEqual(solved(plan).plan_accuracy, on(1))
  assert.deepEqual(solved({ ...plan, planReplaced: true }).plan_accuracy, on(0))
  // Re-opened on the seventh day to the millisecond, and one after it.
  assert.deepEqual(solved({ ...plan, reopenedAt: resolvedAt + 7 * day }).plan_accuracy, on(0))
  assert.deepEqual(solved({ ...plan, reopenedAt: resolvedAt + 7 * day + 1 }).plan_accuracy, on(1))
  assert.deepEqual(shares({ ...plan, closedAt: resolvedAt }).plan_accuracy, on(0))
  assert.deepEqual(solved({ ...plan, planReplaced: null }).plan_accuracy, lacking)
  assert.equal(solved({ planReplaced: false }).plan_accuracy, undefined)
  assert.equal(shares(plan).plan_accuracy, undefined)
})

test('parts are summed on the day of the order; none requested is nothing, unknown is missing of a repair alone', () => {
  assert.deepEqual(shares({ partsRequested: 5, partsFilled: 4 }).parts_fill, [['05-10', 4, 5, 0]])
  assert.deepEqual(shares({ partsRequested: 5, partsFilled: 0 }).parts_fill, [['05-10', 0, 5, 0]])
  assert.deepEqual(shares({ partsRequested: 5 }).parts_fill, [['05-10', 0, 0, 1]])
  assert.equal(shares({ partsRequested: 0, partsFilled: 0 }).parts_fill, undefined)
  assert.deepEqual(shares({ category: 'repair' }).parts_fill, [['05-10', 0, 0, 1]])
  assert.equal(shares({}).parts_fill, undefined)
})

test('followed up in time to the millisecond, late past it, due without; once, whatever was opened again', () => {
  const due = at('05-14T00:00:00')
  const followUp = (changed: Partial<WorkOrderFact>) => solved({ followUpDueAt: due, ...changed }).follow_up
  assert.deepEqual(followUp({ followedUpAt: due }), [['05-14', 1, 1, 0]])
  assert.deepEqual(followUp({ followedUpAt: due + 1 }), [['05-14', 0, 1, 0]])
  assert.deepEqual(followUp({ followedUpAt: due - 1 }), [['05-13', 1, 1, 0]])
  assert.deepEqual(followUp({}), [['05-14', 0, 1, 0]])
  assert.equal(followUp({ clockAt: due - 1 }), undefined)
  assert.equal(followUp({ followUpDueAt: null, followedUpAt: due }), undefined)
  const episode = { at: resolvedAt + day, resolvedAt: resolvedAt + 2 * day, dueAt: null, agentId: null }
  assert.deepEqual(followUp({ followedUpAt: due, episodes: [episode] }), [['05-14', 1, 1, 0]])
})

let t: Importing
before(async () => {
  t = await openImporting()
  await t.db.transaction(await t.whole(), async (tx) => {
    const by = { authorId: null, now: importedAt }
    await installPack(tx, 'general', { effectiveOn: '2000-01-01', ...by })
    const { indicators } = (await standardOn(tx, '2024-01-01'))!
    const limit = { clock: 'follow_up', complexity: '', channel: '', faultLevel: '', runs: 'always' } as const
    const timeLimits = [
      { ...limit, priority: '', seconds: 72 * 3600 },
      { ...limit, priority: 'urgent', seconds: 24 * 3600 },
    ] as const
    await publishStandard(
      tx,
      { effectiveOn: '2000-01-01', reason: '回访', indicators, timeLimits: [...timeLimits] },
      { ...by, knownMeasures: measureCodes },
    )
  })
})
afterEach(async () => assert.deepEqual(await t.differences(), []))
after(() => t.end())

async function rate(code: string): Promise<[numerator: number | null, n: number, state: string]> {
  const question = {
    fromDay: dateToDay('2024-01-01'),
    toDay: dateToDay('2025-01-01'),
    grain: 'whole',
    where: {},
  } as const
  return t.db.transaction(await t.whole(), async (tx) => {
    const [row] = await figures(tx, code, question, { now: importedAt, minimumN: () => 1 })
    assert.equal((await records(tx, code, question, { limit: 10 })).total, row?.records ?? 0)
    return [row?.numerator ?? null, row?.n ?? 0, row?.state ?? '']
  })
}

const stored = (number: string, columns: string) =>
  t.rows(`select ${columns} from cases.work_order where external_id = $1`, [number])

const head =
  '工单编号,问题分类,受理时间,方案确认时间,解决时间,首次诊断,最终原因,维修失误,方案被替换,申请备件数,当场满足数,引用知识'

test('a file with the words of the trade tells all of them; texts are the same but for width, case and spaces', async () => {
  const done = await t.bring(
    'work-orders',
    [
      head,
      'S1,故障维修,2024-05-10 09:00,2024-05-10 10:00,2024-05-10 12:00,电源板,电 源板。,否,否,3,3,KB-12',
      'S2,故障维修,2024-05-10 09:00,2024-05-10 10:00,2024-05-10 12:00,Ｐｏｗｅｒ board,POWER-BOARD,是,是,5,4,',
      'S3,故障维修,2024-05-10 09:00,2024-05-10 10:00,2024-05-10 12:00,主板,电源板,否,否,,,',
      'S4,故障维修,2024-05-10 09:00,,,主板,,,,,,',
    ].join('\n'),
  )
  assert.deepEqual([done.accepted, done.rejected], [4, 0])
  assert.ok(!done.warnings.some(({ code }) => code === 'unmapped_column'))
  assert.deepEqual(await rate('diagnosis_accuracy_rate'), [2, 3, 'ok'])
  assert.deepEqual(await rate('repair_accuracy_rate'), [2, 3, 'ok'])
  assert.deepEqual(await rate('plan_accuracy_rate'), [2, 3, 'ok'])
  // 3 of 3 and 4 of 5.
  assert.deepEqual(await rate('parts_fill_rate'), [7, 8, 'ok'])
  // A column of articles says of each order whether one was used: a blank cell says no.
  assert.deepEqual(await rate('knowledge_use_rate'), [1, 3, 'ok'])
  await t.undo(done.batch)
  assert.deepEqual(await rate('parts_fill_rate'), [null, 0, 'none'])
})

test('without their columns nobody can say: incomputable, not 0', async () => {
  const done = await t.bring(
    'work-orders',
    '工单编号,问题分类,受理时间,方案确认时间,解决时间\nU1,故障维修,2024-05-10 09:00,2024-05-10 10:00,2024-05-10 12:00\n',
    { sourceName: '没有这些列' },
  )
  for (const code of ['diagnosis', 'repair', 'plan'])
    assert.deepEqual(await rate(`${code}_accuracy_rate`), [null, 0, 'incomputable'])
  for (const code of ['parts_fill_rate', 'knowledge_use_rate'])
    assert.deepEqual(await rate(code), [null, 0, 'incomputable'])
  await t.undo(done.batch)
})

test('more parts filled than requested, or filled of none, rejects its row and says why', async () => {
  const done = await t.bring(
    'work-orders',
    '工单编号,受理时间,申请备件数,当场满足数\nP1,2024-05-10 09:00,2,3\nP2,2024-05-10 09:00,,1\nP3,2024-05-10 09:00,2,2\n',
    { sourceName: '备件' },
  )
  assert.deepEqual(
    done.rejections.map(({ line, code }) => [line, code]),
    [
      [2, 'parts_wrong'],
      [3, 'parts_wrong'],
    ],
  )
  assert.equal(done.accepted, 1)
  await t.undo(done.batch)
})

test('a named article stands above a column that says none; without a column of articles that one decides', async () => {
  const done = await t.bring(
    'work-orders',
    '工单编号,受理时间,解决时间,引用知识,是否引用知识\nK1,2024-05-10 09:00,2024-05-10 10:00,KB-1,否\nK2,2024-05-10 09:00,2024-05-10 10:00,,是\nK3,2024-05-10 09:00,2024-05-10 10:00,,\n',
    { sourceName: '知识' },
  )
  assert.deepEqual(await stored('K1', 'article_used'), [{ article_used: true }])
  assert.deepEqual(await stored('K2', 'article_used'), [{ article_used: true }])
  assert.deepEqual(await stored('K3', 'article_used'), [{ article_used: null }])
  assert.deepEqual(await rate('knowledge_use_rate'), [2, 2, 'ok'])
  await t.undo(done.batch)
})

test('a follow-up is due by the standard from the solution on, unless the source says until when', async () => {
  const done = await t.bring(
    'work-orders',
    [
      '工单编号,优先级,受理时间,解决时间,回访时间,回访时限',
      // 72 hours from the solution to the minute; a minute past; urgent 24 hours, late; the source's own limit; not solved; not done.
      'F1,一般,2024-05-10 09:00,2024-05-10 12:00,2024-05-13 12:00,',
      'F2,一般,2024-05-10 09:00,2024-05-10 12:00,2024-05-13 12:01,',
      'F3,紧急,2024-05-10 09:00,2024-05-10 12:00,2024-05-12 12:00,',
      'F4,紧急,2024-05-10 09:00,2024-05-10 12:00,2024-05-12 12:00,2024-05-12 12:00',
      'F5,一般,2024-05-10 09:00,,,',
      'F6,一般,2024-05-10 09:00,2024-05-10 12:00,,',
    ].join('\n'),
    { sourceName: '回访' },
  )
  assert.deepEqual(await rate('follow_up_rate'), [2, 5, 'ok'])
  assert.deepEqual(await stored('F1', 'follow_up_due_at'), [
    { follow_up_due_at: new Date('2024-05-13T12:00:00+08:00') },
  ])
  assert.deepEqual(await stored('F5', 'follow_up_due_at'), [{ follow_up_due_at: null }])
  await t.undo(done.batch)
  assert.deepEqual(await rate('follow_up_rate'), [null, 0, 'none'])
})

test('what is due next of an order that is solved is its follow-up, until it is done', async () => {
  await t.db.transaction(await t.whole(), async (tx) => {
    const table = await openWorkOrders(tx, new Date('2024-05-11T00:00:00+08:00'))
    const row = Object.fromEntries(Object.keys(table.columns).map((name) => [name, null])) as Parameters<
      typeof table.derive
    >[0]
    row.received_at = Date.parse('2024-05-10T09:00:00+08:00')
    row.resolved_at = Date.parse('2024-05-10T12:00:00+08:00')
    assert.equal(table.derive(row), undefined)
    assert.equal(row.next_due_at, Date.parse('2024-05-13T12:00:00+08:00'))
    row.followed_up_at = Date.parse('2024-05-10T18:00:00+08:00')
    table.derive(row)
    assert.equal(row.next_due_at, null)
  })
})

test('nodes of the process are summed over inspections; a visit of a mystery shopper counts in none', async () => {
  const done = await t.bring(
    'inspections',
    [
      '质检编号,类别,质检时间,检查节点数,合规节点数',
      'Q1,质检,2024-05-10,6,6',
      'Q2,质检,2024-05-11,14,13',
      'Q3,神秘顾客,2024-05-11,4,0',
      'Q4,质检,2024-05-11,4,5',
      'Q5,质检,2024-05-11,4,',
    ].join('\n'),
  )
  assert.deepEqual(
    done.rejections.map(({ line, code }) => [line, code]),
    [
      [5, 'nodes_wrong'],
      [6, 'nodes_wrong'],
    ],
  )
  assert.deepEqual(await rate('process_compliance_rate'), [19, 20, 'ok'])
  await t.undo(done.batch)
})
