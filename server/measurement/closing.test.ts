import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { exactCard } from '../../contract/measurement.ts'
import { type Importing, openImporting } from '../intake/testing/importing.ts'
import { Refusal } from '../platform/refusal.ts'
import { installPack, publishStandard, standardOn } from '../standards/index.ts'
import { closePeriod, readyToClose, restatePeriod } from './closing.ts'
import { measureCodes } from './measures.ts'
import { copyDifference, lateChanges, readTheCopy } from './periods.ts'
import { rebuild } from './rebuild.ts'
import { scorecard } from './scorecard.ts'

let t: Importing
before(async () => {
  t = await openImporting()
  await t.db.transaction(await t.whole(), (tx) =>
    installPack(tx, 'general', {
      effectiveOn: '2024-01-01',
      authorId: null,
      now: new Date('2023-12-20T02:00:00Z'),
    }),
  )
})
after(() => t.end())

const by = { id: null, name: '主管' }
const at = (text: string) => new Date(`${text}T02:00:00Z`)
const reading = async <T>(work: (tx: Parameters<typeof scorecard>[0]) => Promise<T>) =>
  t.db.transaction(await t.whole(), work, { readOnly: true })
const close = async (period: string, now: Date) => {
  await readyToClose(t.db, t.organizationId, now)
  return t.db.transaction(await t.whole(), (tx) => closePeriod(tx, period, { by, now, note: '核对无误' }))
}
const restate = async (period: string, now: Date) => {
  await readyToClose(t.db, t.organizationId, now)
  return t.db.transaction(await t.whole(), (tx) => restatePeriod(tx, period, { by, now, note: '补录' }))
}
const report = (period: string, now: Date, copy?: 'live' | number) =>
  reading(async (tx) => JSON.stringify(await scorecard(tx, { period, ...(copy && { copy }) }, { now })))
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code

const orders = (month: string, from: number, to: number, minutes: number, team = '客服一部') =>
  `工单编号,受理时间,首次响应时间,解决时间,联系次数,团队\n${Array.from(
    { length: to - from },
    (_, i) =>
      `${month}-${from + i},${month}-05 09:00,${month}-05 09:${String(minutes).padStart(2, '0')},${month}-05 12:00,1,${team}`,
  ).join('\n')}\n`
const answers = (month: string, scores: number[], from = 0) =>
  `问卷编号,提交时间,整体满意度\n${scores.map((score, i) => `${month}-Q${from + i},${month}-20 10:00,${score}`).join('\n')}\n`

test('weights effective 1 July: June’s report of August is June’s of July to the byte; July uses the new ones', async () => {
  await t.bring('work-orders', orders('2024-06', 0, 20, 40), { now: at('2024-06-30') })
  await t.bring('responses', answers('2024-06', Array(10).fill(5)), { now: at('2024-06-30') })
  await t.bring('work-orders', orders('2024-07', 0, 20, 40), { now: at('2024-07-31') })
  await t.bring('responses', answers('2024-07', Array(10).fill(5)), { now: at('2024-07-31') })
  await close('2024-06', at('2024-07-02'))
  const ofJuly = await report('2024-06', at('2024-07-03'))
  await publish('2024-07-01', at('2024-07-10'), ['55', '15', '20', '10'])
  assert.equal(await report('2024-06', at('2024-08-05')), ofJuly)
  // Answered after 40 minutes, 10 over the target: 10 − 2 = 8. All else is on target but for the completeness, whose
  // score stays as it is: 8 × 55 + 10 × 15 + 10 × 20 + s × 10 against 8 × 25 + 10 × 30 + 10 × 35 + s × 10.
  const [june, july] = [JSON.parse(ofJuly), JSON.parse(await report('2024-07', at('2024-08-05')))]
  assert.deepEqual([june.standard, july.standard], ['v1', 'v2'])
  assert.deepEqual(
    july.indicators.map((one: { weight: number }) => one.weight),
    [55, 15, 20, 10],
  )
  assert.equal((june.total - july.total).toFixed(6), ((850 - 790) / 100).toFixed(6))
  assert.deepEqual(july.totals.at(-2), { period: '2024-06', total: june.total })
})

async function publish(effectiveOn: string, now: Date, weights: string[]) {
  await t.db.transaction(await t.whole(), async (tx) => {
    const { indicators } = (await standardOn(tx, '2024-01-01'))!
    const draft = {
      effectiveOn,
      reason: '调整权重',
      indicators: indicators.map((one, i) => ({ ...one, weight: weights[i] ?? one.weight })),
    }
    await publishStandard(tx, draft, { authorId: null, now, knownMeasures: measureCodes })
  })
}

test('a late survey after the close: the copy stays, the restatement lists exactly what moved, from which file and line', async () => {
  const before = await report('2024-06', at('2024-08-06'))
  const late = await t.bring('responses', answers('2024-06', [1], 10), {
    fileName: '补录问卷.csv',
    now: at('2024-08-07'),
  })
  assert.equal(await report('2024-06', at('2024-08-08')), before)
  const done = await restate('2024-06', at('2024-08-08'))
  assert.deepEqual([done.number, done.moved], [2, 1])
  const { units, causes } = await reading((tx) => copyDifference(tx, '2024-06', 2, undefined))
  const rows = units.flatMap((one) => one.rows.map((row) => ({ of: one.unit.name, ...row })))
  assert.deepEqual(
    rows.map(({ of, code, before: was, after: is }) => [
      of,
      code,
      was?.value?.fraction,
      was?.n,
      was?.score?.decimal,
      is?.value?.fraction,
      is?.n,
      is?.score?.decimal,
    ]),
    // Ten fives; with a one 51 over 11 = 4.636…, still above 4.5.
    [['测试企业', 'experience_score', '5', 10, '10', '51/11', 11, '10']],
  )
  assert.deepEqual(
    causes.map(({ kind, what, n, lines, batch }) => [kind, what, n, lines, batch]),
    [['import', '补录问卷.csv', 1, [2], late.batch]],
  )
})

test('an undone import and rows that a later file moved out of the period are named as causes', async () => {
  const first = await t.bring('work-orders', orders('2024-03', 0, 12, 10), { now: at('2024-06-02') })
  const second = await t.bring('work-orders', orders('2024-03', 50, 53, 50, '客服二部'), {
    now: at('2024-06-03'),
  })
  await close('2024-03', at('2024-06-05'))
  await t.undo(second.batch)
  const moved = orders('2024-03', 0, 2, 10).replaceAll(',2024-03-05', ',2024-04-05')
  const later = await t.bring('work-orders', moved, { now: at('2024-06-16'), fileName: '改期.csv' })
  assert.equal(later.updated, 2)
  const { units, causes } = await reading((tx) => lateChanges(tx, '2024-03', at('2024-06-17')))
  const whole = units.find((one) => one.whole)!
  // 12 orders after 10 minutes and 3 after 50 were closed: 270 over 15. Two moved to April, three were undone: 100 over 10.
  const [response] = whole.rows
  assert.deepEqual(
    [
      response?.before?.value?.fraction,
      response?.before?.n,
      response?.after?.value?.fraction,
      response?.after?.n,
    ],
    ['18', 15, '10', 10],
  )
  assert.deepEqual(
    causes.map(({ kind, what, n, batch }) => [kind, what, n, batch]),
    [
      ['undo', 'rows.csv', null, second.batch],
      ['import', '改期.csv', 2, later.batch],
    ],
  )
  assert.notEqual(first.batch, later.batch)
  assert.equal((await restate('2024-03', at('2024-06-18'))).number, 2)
  await assert.rejects(restate('2024-03', at('2024-06-19')), refused('nothing_moved'))
})

test('closing while an import runs: the copy is that of before or of after it, never of a part', async () => {
  const months = ['2022-01', '2022-02', '2022-03', '2022-04']
  for (const month of months) {
    const [done] = await Promise.all([
      t.bring('work-orders', orders(month, 0, 400, 20), { now: at(`2024-06-20`) }),
      close(month, at('2024-06-20')),
    ])
    const frozen = JSON.parse(await report(month, at('2024-06-21'))).indicators[0].n
    const live = JSON.parse(await report(month, at('2024-06-21'), 'live')).indicators[0].n
    assert.equal(live, 400)
    assert.ok(frozen === 0 || frozen === 400, `${frozen} of 400`)
    if (frozen === 400) {
      await assert.rejects(restate(month, at('2024-06-22')), refused('nothing_moved'))
      continue
    }
    await restate(month, at('2024-06-22'))
    const { causes } = await reading((tx) => copyDifference(tx, month, 2, undefined))
    assert.deepEqual(
      causes.map(({ kind, n, batch }) => [kind, n, batch]),
      [['import', 400, done.batch]],
    )
  }
})

test('a unit that an import made while closing waited is in the copy', async () => {
  const scope = await t.whole()
  await t.bring('work-orders', orders('2022-06', 0, 3, 20, '刚建的组'), { now: at('2024-06-20') })
  const done = await t.db.transaction(scope, (tx) =>
    closePeriod(tx, '2022-06', { by, now: at('2024-06-20'), note: '六月' }),
  )
  assert.equal(done.cards, scope.unitIds.length + 1)
  const [made] = await t.rows<{ id: string }>("select id from directory.unit where name = '刚建的组'")
  const { card } = await reading((tx) => readTheCopy(tx, { period: '2022-06', number: 1, unit: made!.id }))
  assert.equal(card.indicators[0]?.n, 3)
})

test('every unit’s frozen card is what its own page said', async () => {
  await t.bring('work-orders', orders('2024-02', 0, 15, 25), { now: at('2024-03-01') })
  await t.bring('work-orders', orders('2024-02', 20, 33, 55, '客服二部'), { now: at('2024-03-01') })
  await close('2024-02', at('2024-03-05'))
  const units = await t.rows<{ id: string; name: string }>(
    'select id, name from directory.unit order by name',
  )
  assert.equal(units.length, 4)
  for (const { id, name } of units) {
    const of = (copy?: 'live') =>
      reading((tx) =>
        scorecard(tx, { period: '2024-02', unit: id, ...(copy && { copy }) }, { now: at('2024-03-05') }),
      )
    const [frozen, live] = [await of(), await of('live')]
    assert.deepEqual({ ...frozen, copy: null }, live, name)
  }
})

test('a period without any record is closed as one; the first late record is a restatement', async () => {
  await close('2021-06', at('2024-06-20'))
  const empty = JSON.parse(await report('2021-06', at('2024-06-20')))
  assert.deepEqual([empty.total, empty.baseWeight, empty.copy.number, empty.state], [null, 0, 1, 'closed'])
  await t.bring('work-orders', orders('2021-06', 0, 1, 20), { now: at('2024-06-21') })
  await restate('2021-06', at('2024-06-21'))
  const { units } = await reading((tx) => copyDifference(tx, '2021-06', 2, undefined))
  assert.deepEqual(
    units.map(({ unit, total }) => [unit.name, total.before, total.after?.decimal !== undefined]),
    [
      ['测试企业', null, true],
      ['客服一部', null, true],
    ],
  )
})

test('a change of time zone: not closed while the days are told anew; the copy keeps its zone, the cause is named', async () => {
  await t.bring('work-orders', orders('2024-01', 0, 10, 20), { now: at('2024-02-02') })
  const late = orders('2024-01', 10, 11, 20).replaceAll('2024-01-05', '2024-01-31').replaceAll(' 09:', ' 23:')
  await t.bring('work-orders', late.replace('2024-01-31 12:00', '2024-02-01 12:00'), {
    now: at('2024-02-02'),
  })
  await close('2024-01', at('2024-02-03'))
  const before = await report('2024-01', at('2024-02-04'))
  const zone = (name: string) =>
    t.rows('update directory.organization set zone = $1 where id = $2', [name, t.organizationId])
  await zone('Pacific/Auckland')
  await t.rows('update measurement.state set cell_format = 0')
  // The zone is another one and the figures are not yet: whoever closes now must not freeze the wrong days.
  await assert.rejects(
    t.db.transaction(await t.whole(), (tx) =>
      closePeriod(tx, '2023-12', { by, now: at('2024-02-05'), note: '十二月' }),
    ),
    refused('figures_incomplete'),
  )
  await rebuild(t.db, t.organizationId, { check: false, now: at('2024-02-05') })
  await close('2023-12', at('2024-02-05'))
  assert.equal(await report('2024-01', at('2024-02-06')), before)
  const { units, causes } = await reading((tx) => lateChanges(tx, '2024-01', at('2024-02-06')))
  const response = units.find((one) => one.whole)?.rows[0]
  assert.deepEqual(
    [response?.before?.n, response?.after?.n],
    [11, 10],
    '23:00 in Shanghai is 1 February in Auckland',
  )
  assert.deepEqual(
    causes.map(({ kind, what }) => [kind, what]),
    [['zone', 'Asia/Shanghai → Pacific/Auckland']],
  )
  const copy = await reading((tx) => readTheCopy(tx, { period: '2024-01', number: 1, unit: undefined }))
  assert.equal(copy.zone, 'Asia/Shanghai')
  await zone('Asia/Shanghai')
  await rebuild(t.db, t.organizationId, { check: false, now: at('2024-02-07') })
})

test('a period is over at midnight of its own zone, not before', async () => {
  await assert.rejects(close('2024-08', new Date('2024-08-31T15:59:59Z')), refused('period_not_over'))
  assert.equal((await close('2024-08', new Date('2024-08-31T16:00:00Z'))).number, 1)
})

test('an indicator of some records alone is frozen for every unit as its page says', async () => {
  await t.db.transaction(await t.whole(), async (tx) => {
    const { indicators } = (await standardOn(tx, '2024-01-01'))!
    const [first, ...rest] = indicators
    const scoped = [{ ...first!, scope: { priority: 'urgent' as const } }, ...rest]
    const draft = { effectiveOn: '2023-10-01', reason: '只看紧急', indicators: scoped }
    await publishStandard(tx, draft, {
      authorId: null,
      now: at('2024-06-20'),
      knownMeasures: measureCodes,
    })
  })
  const rows = Array.from(
    { length: 24 },
    (_, i) =>
      `S${i},2023-10-0${1 + (i % 9)} 09:00,2023-10-0${1 + (i % 9)} 09:${10 + i},客服${i % 2 ? '一' : '二'}部,${i % 3 ? '一般' : '紧急'}`,
  )
  await t.bring('work-orders', `工单编号,受理时间,首次响应时间,团队,优先级\n${rows.join('\n')}\n`, {
    now: at('2024-06-20'),
  })
  await close('2023-10', at('2024-06-20'))
  for (const { id } of await t.rows<{ id: string }>('select id from directory.unit')) {
    const of = (copy?: 'live') =>
      reading((tx) =>
        scorecard(tx, { period: '2023-10', unit: id, ...(copy && { copy }) }, { now: at('2024-06-20') }),
      )
    const [frozen, live] = [await of(), await of('live')]
    assert.deepEqual({ ...frozen, copy: null }, live)
  }
  // Every third of 24 is urgent: those of 10, 13, … 31 minutes, 20.5 in the mean.
  const { indicators } = JSON.parse(await report('2023-10', at('2024-06-20')))
  assert.deepEqual(
    [indicators[0].n, indicators[0].value, indicators[0].scope],
    [8, 20.5, { priority: 'urgent' }],
  )
})

test('a card written by the first version of the product reads to the same bytes', async () => {
  const written =
    '{"period":"2020-02-29","from":"2020-02-29","to":"2020-02-29","standard":"v1","total":{"decimal":"8.4571428571","fraction":"296/35"},"baseWeight":"35","leftOut":[{"code":"b","state":"none"}],"measuredAt":"2020-03-01T00:00:00.000Z","totals":[{"period":"2020-02-29","total":{"decimal":"8.4571428571","fraction":"296/35"}}],"indicators":[{"code":"a","measure":"first_response_minutes","measureVersion":1,"name":{"zh":"甲","en":"A"},"dimension":"timeliness","unit":"min","scope":{"priority":"urgent"},"value":{"decimal":"42","fraction":"42"},"n":3,"records":3,"numerator":null,"denominator":null,"sum":{"decimal":"126","fraction":"126"},"interval":["38.1","45.9"],"p50":"41","target":{"op":"<=","value":"30","text":{"zh":"≤30分钟","en":"≤ 30 min"}},"rule":{"kind":"deduct","points":"1","per":"5","step":"whole"},"sentence":{"zh":"每超5分钟扣1分","en":"1 off per 5 min"},"score":{"decimal":"8","fraction":"8"},"weight":"25","status":"missed","state":"few","missing":[],"provisional":false,"trend":[{"period":"2020-02-29","value":{"decimal":"42","fraction":"42"},"score":null}]}]}'
  assert.equal(JSON.stringify(exactCard.parse(JSON.parse(written))), written)
})
