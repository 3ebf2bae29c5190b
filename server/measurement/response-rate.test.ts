import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Importing, openImporting } from '../intake/testing/importing.ts'
import { dateToDay } from '../platform/time.ts'
import { installPack } from '../standards/index.ts'
import { closePeriod, readyToClose } from './closing.ts'
import { drainChanges } from './drain.ts'
import { explain } from './explain.ts'
import { figures } from './figures.ts'
import { measures } from './measures.ts'
import { createOwn } from './own/store.ts'
import type { Question } from './question.ts'
import { renewCells } from './renew.ts'
import { scorecard } from './scorecard.ts'
import { invitation, sharesOf } from './testing/facts.ts'

const now = new Date('2024-07-10T02:00:00Z')
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
  await t.bring(
    'work-orders',
    [
      '工单编号,处理人,团队,分类,受理时间,解决时间',
      'W1,小李,一组,投诉,2024-05-10 08:00,2024-05-10 12:00',
      'W2,小李,一组,报修,2024-05-10 08:00,2024-05-10 12:00',
      'W3,小王,二组,报修,2024-05-10 08:00,2024-05-10 12:00',
      'W4,小赵,三组,报修,2024-05-10 08:00,2024-05-10 12:00',
    ].join('\n'),
    { now },
  )
  await t.bring(
    'invitations',
    [
      '发放编号,工单编号,发放渠道,调查轮次,发放时间',
      'Y1,W1,短信,1,2024-05-10 13:00',
      'Y2,W2,短信,1,2024-05-31 23:59:59',
      // Sent again: no further one.
      'Y3,W2,短信,1,2024-06-02 09:00',
      'Y4,W3,邮件,1,2024-06-01 00:00:00',
      'Y5,W3,邮件,2,2024-06-03 09:00',
    ].join('\n'),
    { now },
  )
  await t.bring(
    'responses',
    [
      '问卷编号,工单编号,提交时间,整体满意度,处理质量,处理人,团队',
      // To Y2 in the month after: of those sent in May it is answered all the same.
      'Q1,W2,2024-06-02 10:00,5,,小李,一组',
      'Q2,W1,2024-05-11 10:00,2,3,小李,一组',
      // Asked by nobody.
      'Q3,W4,2024-05-12 10:00,4,,小赵,三组',
    ].join('\n'),
    { now },
  )
  await drainChanges(t.db, t.organizationId, now)
})
after(() => t.end())

const reading = async <T>(work: (tx: Parameters<typeof scorecard>[0]) => Promise<T>) =>
  t.db.transaction(await t.whole(), work, { readOnly: true })
const asked = (from: string, to: string, more: Partial<Question> = {}): Question => ({
  fromDay: dateToDay(from),
  toDay: dateToDay(to),
  grain: 'whole',
  where: {},
  ...more,
})
/** By member: submitted, sent and the rate; null where it is not known, nothing where there is none to know. */
const beside = async (code: string, question: Question) =>
  Object.fromEntries(
    (await reading((tx) => figures(tx, code, question, { now }))).map((row) => [
      row.across ? `${row.memberName} ${row.across}` : (row.memberName ?? row.period),
      row.responseRate ? Object.values(row.responseRate).join(' ') : row.responseRate,
    ]),
  )
const may = asked('2024-05-01', '2024-06-01')
const june = asked('2024-06-01', '2024-07-01')

test('those sent on the days of the figure and how many of them were answered, whenever; exactly at midnight', async () => {
  // May: Y1 and Y2, both answered. June: Y4 and Y5, none; Y3 reminds of Y2.
  assert.deepEqual(await beside('experience_score', may), { whole: '2 2 100' })
  assert.deepEqual(await beside('experience_score', june), { whole: '2 0 0' })
  assert.deepEqual(await beside('csat_rate', asked('2024-05-10', '2024-06-04')), { whole: '4 2 50' })
  const daily = { ...asked('2024-05-30', '2024-06-02'), grain: 'day' as const }
  assert.deepEqual(await reading(async (tx) => rates(await figures(tx, 'nps', daily, { now }))), [
    null,
    { sent: 1, submitted: 1, value: 100 },
    { sent: 1, submitted: 0, value: 0 },
  ])
})

const rates = (rows: { responseRate?: unknown }[]) => rows.map(({ responseRate }) => responseRate)

test('of each member its own; where nobody was asked it is unknown, neither 0 % nor 100 %', async () => {
  const units = await beside('experience_score', { ...may, by: 'unit' })
  for (const [name, rate] of [
    ['一组', '2 2 100'],
    ['三组', null],
  ])
    assert.equal(units[String(name)], rate, String(name))
  // 小李 was asked for twice in May, 小赵 never; 小王 was asked for in June alone.
  const people = await beside('experience_score', { ...may, by: 'agent' })
  assert.deepEqual([people.小李, people.小赵, people.小王], ['2 2 100', null, null])
  assert.equal((await beside('experience_score', { ...june, by: 'agent' })).小王, '2 0 0')
  // Two filters at once are read from the records.
  assert.deepEqual(
    await beside('item_score:attitude', { ...may, where: { category: 'repair', channel: '短信' } }),
    {
      whole: '1 1 100',
    },
  )
  assert.deepEqual(await beside('experience_score', { ...may, where: { category: 'nothing' } }), {
    whole: null,
  })
  assert.deepEqual(await beside('experience_score', asked('2024-01-01', '2024-02-01')), { whole: null })
})

test('a complaint’s satisfaction stands beside how many of those who complained answered', async () => {
  assert.deepEqual(await beside('complaint_satisfaction', may), { whole: '1 1 100' })
  assert.deepEqual(await beside('complaint_satisfaction', june), { whole: null })
  const shares = (changed: object) => sharesOf('invitation', { ...invitation, ...changed })
  assert.deepEqual(shares({ category: 'complaint' }).complaint_survey_answered, [['05-10', 0, 1, 0]])
  assert.equal(shares({ category: 'complaint', reminder: true }).complaint_survey_answered, undefined)
  assert.equal(shares({ category: 'repair' }).complaint_survey_answered, undefined)
})

test('figures of answers have one, an organization’s own among them, and no other does', async () => {
  const with_ = []
  for (const { code } of measures) {
    const [row] = await reading((tx) => figures(tx, code, may, { now }))
    if (row && 'responseRate' in row) with_.push(code)
  }
  assert.deepEqual(with_, [
    'experience_score',
    'csat_rate',
    'item_score:response_speed',
    'item_score:resolution_efficiency',
    'item_score:attitude',
    'item_score:professionalism',
    'nps',
    'complaint_satisfaction',
  ])
})

test('an own measure of answers has one, before and after the cells hold it; one of feedback or orders has none', async () => {
  const own = (code: string, facts: 'response' | 'feedback' | 'work_order', day: string) => ({
    code,
    nameZh: code,
    nameEn: code,
    better: 'none' as const,
    definition: { facts, day, aggregate: { kind: 'count' as const }, where: [], timeUnit: 'h' as const },
  })
  await t.db.transaction(await t.whole(), async (tx) => {
    await createOwn(tx, own('of_response', 'response', 'submittedAt'), { userId: null, now })
    await createOwn(tx, own('of_feedback', 'feedback', 'receivedAt'), { userId: null, now })
    await createOwn(tx, own('of_work_order', 'work_order', 'receivedAt'), { userId: null, now })
  })
  for (let i = 0; i < 2; i++) {
    assert.deepEqual(await beside('own:of_response', may), { whole: '2 2 100' })
    assert.deepEqual(await beside('own:of_feedback', may), { whole: undefined })
    assert.deepEqual(await beside('own:of_work_order', may), { whole: undefined })
    await renewCells(t.db, t.organizationId, now)
  }
})

test('the explanation says it, too', async () => {
  const said = await reading((tx) => explain(tx, 'csat_rate', { period: '2024-05', where: {} }, { now }))
  assert.deepEqual(said.responseRate, { sent: 2, submitted: 2, value: 100 })
  assert.equal('responseRate' in said.definition, false)
  const other = await reading((tx) =>
    explain(tx, 'resolution_hours', { period: '2024-05', where: {} }, { now }),
  )
  assert.equal('responseRate' in other, false)
})

test('a closed period keeps the rate it had; of a copy from before rates were kept it is unknown', async () => {
  await readyToClose(t.db, t.organizationId, now)
  await t.db.transaction(await t.whole(), (tx) =>
    closePeriod(tx, '2024-05', { by: { id: null, name: '主管' }, now, note: '核对无误' }),
  )
  // Sent in May, told in July, and not answered: 2 of 3.
  await t.bring('invitations', '发放编号,发放渠道,发放时间\nY9,短信,2024-05-20 09:00\n', { now })
  await drainChanges(t.db, t.organizationId, now)
  const rateOn = async (copy?: 'live') =>
    (await reading((tx) => scorecard(tx, { period: '2024-05', ...(copy && { copy }) }, { now }))).indicators
      .filter((one) => 'responseRate' in one)
      .map(({ measure, responseRate }) => [measure, responseRate])
  assert.deepEqual(await rateOn(), [['experience_score', { sent: 2, submitted: 2, value: 100 }]])
  assert.deepEqual(await rateOn('live'), [['experience_score', { sent: 3, submitted: 2, value: 66.666667 }]])
  // A copy as one of before: the same without the rate.
  await t.rows(`insert into measurement.period_copy
    select organization_id, period, 2, zone, made_at, made_by, made_by_name, note, known from measurement.period_copy`)
  await t.rows(`insert into measurement.copy_card
    select organization_id, period, 2, unit_id, unit_name, parent_id,
      regexp_replace(card, '"responseRate":(\\{[^}]*\\}|null),', '', 'g') from measurement.copy_card`)
  const kept = await t.rows<{ n: number }>(
    `select count(*)::int as n from measurement.copy_card where number = 2 and card not like '%responseRate%'`,
  )
  assert.ok(Number(kept[0]?.n) > 0)
  assert.deepEqual(await rateOn(), [['experience_score', null]])
})
