import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Importing, openImporting } from '../intake/testing/importing.ts'
import { installPack, publishStandard, standardOn } from '../standards/index.ts'
import { closePeriod, readyToClose, restatePeriod } from './closing.ts'
import { keptAtState } from './kept-at-state.ts'
import { measureCodes } from './measures.ts'
import { lateChanges } from './periods.ts'
import { scorecard } from './scorecard.ts'

const at = (text: string) => new Date(`${text}T02:00:00Z`)
let t: Importing

/** 经验值 with target 10, alone. */
before(async () => {
  t = await openImporting()
  const now = at('2023-12-20')
  await t.db.transaction(await t.whole(), (tx) =>
    installPack(tx, 'general', { effectiveOn: '2024-01-01', authorId: null, now }),
  )
  await t.db.transaction(await t.whole(), async (tx) => {
    const { indicators } = (await standardOn(tx, '2024-01-01'))!
    const one = {
      ...indicators[0]!,
      code: 'experience',
      measure: 'experience_points',
      weight: '100',
      minimumN: 1,
      rule: { kind: 'pass_fail' as const },
      target: { operator: '>=' as const, value: '10' },
    }
    await publishStandard(
      tx,
      { effectiveOn: '2024-02-01', reason: '按经验考核', indicators: [one] },
      { authorId: null, now, knownMeasures: measureCodes },
    )
  })
})
after(() => t.end())

const staff = (...lines: string[]) => `工号,姓名,团队,到岗日期\n${lines.join('\n')}\n`
const orders = (...lines: string[]) => `工单编号,受理时间,解决时间,处理人,团队\n${lines.join('\n')}\n`

const reading = async <T>(work: (tx: Parameters<typeof scorecard>[0]) => Promise<T>) =>
  t.db.transaction(await t.whole(), work, { readOnly: true })
const now = at('2024-06-14')
const value = async (copy?: 'live') => {
  const card = await reading((tx) =>
    keptAtState(tx, now, ['card', copy], () =>
      scorecard(tx, { period: '2024-05', ...(copy && { copy }) }, { now }),
    ),
  )
  return card.indicators.map((one) => [one.value, one.n, one.status, ...one.missing])
}
const late = async () => {
  const { causes } = await reading((tx) => lateChanges(tx, '2024-05', now))
  return causes.map(({ kind, what, n, lines }) => [kind, what, n, lines])
}
const restate = async (on: Date) => {
  await readyToClose(t.db, t.organizationId, on)
  return t.db.transaction(await t.whole(), (tx) =>
    restatePeriod(tx, '2024-05', { by: { id: null, name: '主管' }, now: on, note: '补录' }),
  )
}

test('a closed period keeps its points; a staff list that says when they joined, or older orders, move them and are named', async () => {
  await t.bring(
    'work-orders',
    orders('1,2024-05-05 09:00,2024-05-05 12:00,甲,一组', '2,2024-05-06 09:00,2024-05-06 12:00,乙,一组'),
    {
      now: at('2024-05-31'),
    },
  )
  await readyToClose(t.db, t.organizationId, at('2024-06-02'))
  await t.db.transaction(await t.whole(), (tx) =>
    closePeriod(tx, '2024-05', { by: { id: null, name: '主管' }, now: at('2024-06-02'), note: '核对无误' }),
  )
  // Nobody said when either of them joined.
  const closed = [[null, 0, 'no_data', 'from']]
  assert.deepEqual([await value(), await value('live')], [closed, closed])
  const list = await t.bring('people', staff('01,甲,一组,2023-06-01', '03,丙,一组,2020-01-01'), {
    now: at('2024-06-05'),
    fileName: '花名册.csv',
  })
  // 甲: June to May are 12 months, and one order. 丙 is new and has none.
  assert.deepEqual([await value(), await value('live')], [closed, [[12.01, 1, 'met']]])
  assert.deepEqual(await late(), [['import', '花名册.csv', null, []]])
  assert.equal((await restate(at('2024-06-06'))).number, 2)
  assert.deepEqual(await value(), [[12.01, 1, 'met']])

  const older = await t.bring('work-orders', orders('9,2022-01-05 09:00,2022-01-05 12:00,甲,一组'), {
    now: at('2024-06-08'),
    fileName: '历史工单.csv',
  })
  assert.deepEqual([await value(), await value('live')], [[[12.01, 1, 'met']], [[12.02, 1, 'met']]])
  assert.deepEqual(await late(), [['import', '历史工单.csv', 1, [2]]])
  assert.equal((await restate(at('2024-06-09'))).number, 3)
  // A list that moves 甲 to another team leaves the day of joining; one of somebody without orders in May is no cause.
  await t.bring('people', staff('01,甲,二组,2024-06-01', '03,丙,一组,2021-01-01'), { now: at('2024-06-10') })
  await assert.rejects(restate(at('2024-06-11')), { code: 'nothing_moved' })

  await t.undo(older.batch)
  assert.deepEqual(await value('live'), [[12.01, 1, 'met']])
  assert.deepEqual(
    (await late()).map(([kind, what]) => [kind, what]),
    [['undo', '历史工单.csv']],
  )
  // 甲 was moved since: the first list stays in force for them, and is told.
  const { kept } = await t.undo(list.batch)
  assert.deepEqual(kept.map(({ externalId }) => externalId).includes('甲'), true)
  assert.deepEqual(await value('live'), [[12.01, 1, 'met']])
})

test('a staff list places who came with a file that said no team: they joined that day; out of a team it moves them, and when they joined stays unknown', async () => {
  await t.bring(
    'work-orders',
    '工单编号,受理时间,解决时间,处理人,团队\n31,2024-03-05 09:00,2024-03-05 12:00,丁,\n32,2024-03-05 09:00,2024-03-05 12:00,戊,一组\n',
  )
  await t.bring('people', staff('04,丁,二组,2023-06-01', '05,戊,二组,2023-06-01'))
  assert.deepEqual(
    await t.rows(`select p.name, u.name as unit, g.from_on from directory.posting g
      join directory.person p on p.id = g.person_id join directory.unit u on u.id = g.unit_id
      where p.name in ('丁', '戊') order by p.name, g.from_on`),
    [
      { name: '丁', unit: '二组', from_on: '2023-06-01' },
      { name: '戊', unit: '一组', from_on: '1970-01-01' },
      { name: '戊', unit: '二组', from_on: '2023-06-01' },
    ],
  )
  // 1 June to 31 March are ten months; 戊 does not count.
  const card = await reading((tx) => scorecard(tx, { period: '2024-03' }, { now }))
  assert.deepEqual(
    card.indicators.map((one) => [one.value, one.n]),
    [[10.01, 1]],
  )
})
