import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { figures } from '../measurement/index.ts'
import { dateToDay } from '../platform/time.ts'
import { type Importing, importedAt, openImporting } from './testing/importing.ts'

let t: Importing
before(async () => {
  t = await openImporting()
})
afterEach(async () => assert.deepEqual(await t.differences(), []))
after(() => t.end())

const figure = async (code: string, from = '2024-01-01', to = '2025-01-01') => {
  const [row] = await t.db.transaction(await t.whole(), (tx) =>
    figures(
      tx,
      code,
      { fromDay: dateToDay(from), toDay: dateToDay(to), grain: 'whole', where: {} },
      { now: importedAt },
    ),
  )
  return [row?.value ?? null, row?.n ?? 0]
}

const header =
  '质检单号,质检类型,质检日期,通话时间,质检员,坐席,礼仪-问候语(10),礼仪-结束语(20),用语-规范(10),用语-禁语(否决),抽查字段数,正确字段数'
const sheet = (...lines: string[]) => [header, ...lines].join('\n')

test('the items of a form are known by their headers and make the score; a blank one was not looked at', async () => {
  const done = await t.bring(
    'inspections',
    sheet(
      // (8 + 20 + 6) / 40 = 85
      'Q1,质检,2024-05-10,2024-05-02 10:00,老陈,小李,8,20,6,通过,10,9',
      // A failed veto: 0, and 0 for its group; etiquette (10 + 10) / 30.
      'Q2,质检,2024-05-11,,老陈,小李,10,10,10,未通过,10,10',
      // Only what was looked at: 9 / 10.
      'Q3,神秘顾客,2024-05-12,,暗访员,,9,,,,,',
    ),
  )
  assert.deepEqual([done.accepted, done.rejected], [3, 0])
  assert.ok(!done.warnings.some(({ code }) => code === 'unmapped_column'))
  assert.deepEqual(await figure('inspection_score'), [42.5, 2])
  // 28 / 30 = 93.333 and 20 / 30 = 66.667: mean 80.
  assert.deepEqual(await figure('etiquette_score'), [80, 2])
  // 60 and 0.
  assert.deepEqual(await figure('wording_score'), [30, 2])
  assert.deepEqual(await figure('mystery_shopper_score'), [90, 1])
  // 19 of 20 fields.
  assert.deepEqual(await figure('record_accuracy_rate'), [95, 20])
  // Q1 counts on the day of the call, the second of May, not on that of its inspection.
  assert.deepEqual(await figure('inspection_score', '2024-05-02', '2024-05-03'), [85, 1])
  assert.deepEqual(await figure('inspection_score', '2024-05-10', '2024-05-11'), [null, 0])
})

test('points over the full ones, and fields right over those inspected, reject their row', async () => {
  const done = await t.bring(
    'inspections',
    sheet(
      'Q8,质检,2024-05-10,,,,11,,,,,',
      'Q9,质检,2024-05-10,,,,10,,,,9,10',
      'Q10,质检,2024-05-10,,,,,,,,,',
      'Q11,质检,2024-05-10,,,,好,,,,,',
    ),
  )
  assert.equal(done.accepted, 0)
  assert.deepEqual(done.rejections.map(({ line, column, code }) => [line, column, code]).toSorted(), [
    [2, '礼仪-问候语(10)', 'out_of_range'],
    [3, null, 'fields_wrong'],
    [4, null, 'nothing_inspected'],
    [5, '礼仪-问候语(10)', 'not_a_number'],
  ])
})

test('again it is unchanged, a later file updates, and the undo brings back what was', async () => {
  const line = 'Q1,质检,2024-05-10,2024-05-02 10:00,老陈,小李,8,20,6,通过,10,9'
  const before = await t.contents()
  const again = await t.bring('inspections', sheet(line))
  assert.deepEqual([again.updated, again.unchanged], [0, 1])
  const later = await t.bring('inspections', sheet(line.replace('8,20,6', '10,20,10')))
  assert.equal(later.updated, 1)
  assert.deepEqual(await figure('inspection_score'), [50, 2])
  await t.undo(later.batch)
  assert.deepEqual(await t.contents(), before)
})

test('without item columns the score that the file gives stands', async () => {
  await t.bring('inspections', '编号,日期,总分\nG1,2024-06-01,88.125\n')
  assert.deepEqual(await figure('inspection_score', '2024-06-01', '2024-06-02'), [88.125, 1])
})
