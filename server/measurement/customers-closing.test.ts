import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Importing, openImporting } from '../intake/testing/importing.ts'
import { installPack, publishStandard, standardOn } from '../standards/index.ts'
import { closePeriod, readyToClose } from './closing.ts'
import { measureCodes } from './measures.ts'
import { lateChanges } from './periods.ts'
import { scorecard } from './scorecard.ts'

const at = (text: string) => new Date(`${text}T02:00:00Z`)
let t: Importing

/** 客户保持率 with target 80 %, and 复购率 of what was bought in stores alone with target 50 %, half and half. */
before(async () => {
  t = await openImporting()
  const now = at('2023-12-20')
  await t.db.transaction(await t.whole(), (tx) =>
    installPack(tx, 'general', { effectiveOn: '2024-01-01', authorId: null, now }),
  )
  await t.db.transaction(await t.whole(), async (tx) => {
    const { indicators } = (await standardOn(tx, '2024-01-01'))!
    const one = indicators.find(({ measure }) => measure === 'csat_rate') ?? indicators[0]!
    const like = { ...one, weight: '50', minimumN: 1, rule: { kind: 'pass_fail' as const } }
    await publishStandard(
      tx,
      {
        effectiveOn: '2024-02-01',
        reason: '按客户考核',
        indicators: [
          { ...like, code: 'kept', measure: 'retention_rate', target: { operator: '>=', value: '80' } },
          {
            ...like,
            code: 'again',
            measure: 'repeat_purchase_rate',
            scope: { channel: 'store' },
            target: { operator: '>=', value: '50' },
          },
        ],
      },
      { authorId: null, now, knownMeasures: measureCodes },
    )
  })
})
after(() => t.end())

const reading = async <T>(work: (tx: Parameters<typeof scorecard>[0]) => Promise<T>) =>
  t.db.transaction(await t.whole(), work, { readOnly: true })

test('a closed period keeps its customers; a late purchase of the month before moves who stayed, and is named', async () => {
  const header = '订单编号,客户,下单时间,渠道\n'
  await t.bring(
    'purchases',
    `${header}1,甲,2024-04-10,门店\n2,乙,2024-04-11,电话\n3,甲,2024-05-01,门店\n4,甲,2024-05-02,门店\n5,乙,2024-05-03,门店\n`,
    { now: at('2024-05-31') },
  )
  await readyToClose(t.db, t.organizationId, at('2024-06-02'))
  await t.db.transaction(await t.whole(), (tx) =>
    closePeriod(tx, '2024-05', { by: { id: null, name: '主管' }, now: at('2024-06-02'), note: '核对无误' }),
  )
  const values = async (copy?: 'live') =>
    reading(async (tx) => {
      const card = await scorecard(
        tx,
        { period: '2024-05', ...(copy && { copy }) },
        { now: at('2024-06-10') },
      )
      return [...card.indicators.map(({ value, n, status }) => [value, n, status]), card.total]
    })
  // 甲 and 乙 both came back; in stores 甲 bought twice and 乙 once.
  const closed = [[100, 2, 'met'], [50, 2, 'met'], 10]
  assert.deepEqual(await values(), closed)
  const late = await t.bring('purchases', `${header}6,丙,2024-04-30,门店\n`, {
    now: at('2024-06-05'),
    fileName: '四月补录.csv',
  })
  assert.deepEqual(await values(), closed)
  // Of 甲, 乙 and 丙 two came back: 66.67 % of 80 is missed.
  assert.deepEqual(await values('live'), [[66.666667, 3, 'missed'], [50, 2, 'met'], 5])
  const { units, causes } = await reading((tx) => lateChanges(tx, '2024-05', at('2024-06-10')))
  assert.deepEqual(
    units.find((one) => one.whole)?.rows.map(({ code, after: is }) => [code, is?.value?.fraction, is?.n]),
    [['kept', '200/3', 3]],
  )
  assert.deepEqual(
    causes.map(({ kind, what, n, lines, batch }) => [kind, what, n, lines, batch]),
    [['import', '四月补录.csv', 1, [2], late.batch]],
  )
})
