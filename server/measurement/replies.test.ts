import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { type Importing, importedAt, openImporting } from '../intake/testing/importing.ts'
import { dateToDay } from '../platform/time.ts'
import { publishTheCalendar } from '../standards/calendars.ts'
import { installPack, publishStandard, standardOn } from '../standards/index.ts'
import { reviewReplies, sweepReplies } from '../surveys/index.ts'
import type { RatingFact } from '../surveys/rating-fact.ts'
import { drainChanges } from './drain.ts'
import { figures } from './figures.ts'
import { measureCodes } from './measures.ts'
import { records } from './records.ts'
import { at, rating, sharesOf } from './testing/facts.ts'

const low = 'low_score_closed_in_time_rate'

const due = at('05-14T18:00:00')
const owed: RatingFact = { ...rating, at: at('05-10T09:00:00'), replyFor: 'score', replyDueAt: due }
const of = (changed: Partial<RatingFact>, kind: 'response' | 'feedback' = 'response') =>
  sharesOf(kind, { ...owed, ...changed })

test('replied to in time to the millisecond, late past it, due without; on the day of the earlier of the two', () => {
  const inTime = (changed: Partial<RatingFact>) => of(changed).replied_in_time
  assert.deepEqual(inTime({ repliedAt: due }), [['05-14', 1, 1, 0]])
  assert.deepEqual(inTime({ repliedAt: due + 1 }), [['05-14', 0, 1, 0]])
  assert.deepEqual(inTime({ repliedAt: at('05-12T23:59:59.999') }), [['05-12', 1, 1, 0]])
  assert.deepEqual(inTime({ repliedAt: at('05-13T00:00:00') }), [['05-13', 1, 1, 0]])
  assert.deepEqual(inTime({ repliedAt: owed.at }), [['05-10', 1, 1, 0]])
  assert.deepEqual(inTime({}), [['05-14', 0, 1, 0]])
  assert.deepEqual(inTime({ clockAt: due }), [['05-14', 0, 1, 0]])
  assert.equal(inTime({ clockAt: due - 1 }), undefined)
  // Before what it answers: a fault of the data. Nobody knows the day: belongs here, and cannot be told.
  assert.equal(inTime({ repliedAt: owed.at - 1 }), undefined)
  assert.deepEqual(inTime({ replyUnknown: true, replyDueAt: null }), [['05-10', 0, 0, 1]])
  assert.deepEqual(inTime({ replyUnknown: true }), [['05-10', 0, 0, 1]])
  assert.equal(inTime({ replyFor: null, repliedAt: due }), undefined)
  assert.equal(inTime({ excludedReason: '恶意评价' }), undefined)
  assert.deepEqual(of({ repliedAt: due }, 'feedback').replied_in_time, [['05-14', 1, 1, 0]])
})

test('scores and suggestions are told apart; what is both counts once in all', () => {
  const shares = [['05-14', 1, 1, 0]]
  const all = (replyFor: RatingFact['replyFor']) => of({ replyFor, repliedAt: due })
  assert.deepEqual(all('score'), { replied_in_time: shares, score_replied_in_time: shares })
  assert.deepEqual(all('suggestion'), { replied_in_time: shares, suggestion_replied_in_time: shares })
  assert.deepEqual(all('both'), {
    replied_in_time: shares,
    score_replied_in_time: shares,
    suggestion_replied_in_time: shares,
  })
})

let t: Importing
before(async () => {
  t = await openImporting()
  await t.db.transaction(await t.whole(), (tx) =>
    installPack(tx, 'general', { effectiveOn: '2000-01-01', authorId: null, now: importedAt }),
  )
})
afterEach(async () => assert.deepEqual(await t.differences(), []))
after(() => t.end())

async function rate(code = low, from = '2024-01-01', to = '2025-01-01', where: { channel?: string } = {}) {
  await drainChanges(t.db, t.organizationId, importedAt)
  const question = { fromDay: dateToDay(from), toDay: dateToDay(to), grain: 'whole', where } as const
  return t.db.transaction(await t.whole(), async (tx) => {
    const [row] = await figures(tx, code, question, { now: importedAt, minimumN: () => 1 })
    assert.equal((await records(tx, code, question, { limit: 20 })).total, row?.records ?? 0)
    return [row?.numerator ?? null, row?.n ?? 0, row?.state ?? '', ...(row?.missing ?? [])]
  })
}
const dueOf = async (kind: 'response' | 'feedback') =>
  Object.fromEntries(
    (
      await t.rows<{ number: string; due: string | null }>(
        `select external_id as number, reply_for || ' ' || coalesce(to_char(reply_due_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI'), '')
           || case when reply_unknown then '?' else '' end as due from surveys.${kind} order by external_id`,
      )
    ).map((row) => [row.number, row.due]),
  )

const head = '问卷编号,提交时间,响应速度,专业性,整体满意度,开放性建议,答复客户时间,渠道'

test('whoever scores 3 or less on any item or suggests something is owed a reply at the end of the third working day', async () => {
  const done = await t.bring(
    'responses',
    [
      head,
      // Friday: Monday, Tuesday, Wednesday 12 June; Monday 10 June was the Dragon Boat Festival, so until Thursday.
      'A1,2024-06-07 10:00,5,3,4,,2024-06-13 18:00,',
      'A2,2024-06-07 10:00,5,3,4,,2024-06-13 18:01,',
      // Saturday before May Day: Sunday was worked, then Monday and Tuesday.
      'A3,2024-04-27 12:00,,,2,无,2024-04-28 09:00,',
      // Friday at midnight: Thursday's answer was to be replied to a day earlier.
      'A4,2024-05-16 23:59:59,,,5,希望周末也有人,,',
      'A5,2024-05-17 00:00:00,,,1,希望周末也有人,,',
      // Nothing is owed to whoever is content, or has nothing to say.
      'A6,2024-05-17 10:00,4,4,4,没有。,,',
      'A7,2024-05-17 10:00,3.1,4,4, N/A ,2024-05-18 10:00,',
      // Not due on 15 June.
      'A8,2024-06-13 10:00,,,3,,,',
    ].join('\n'),
  )
  assert.deepEqual([done.accepted, done.rejected], [8, 0])
  assert.deepEqual(await dueOf('response'), {
    A1: 'score 06-13 18:00',
    A2: 'score 06-13 18:00',
    A3: 'score 04-30 18:00',
    A4: 'suggestion 05-21 18:00',
    A5: 'both 05-22 18:00',
    A6: null,
    A7: null,
    A8: 'score 06-18 18:00',
  })
  assert.deepEqual(await rate(), [2, 5, 'ok'])
  assert.deepEqual(await rate(`${low}:score`), [2, 4, 'ok'])
  assert.deepEqual(await rate(`${low}:suggestion`), [0, 2, 'ok'])
  // The answer of June is of June; that of April was closed in April, of May are the two that fell due.
  assert.deepEqual(await rate(low, '2024-04-01', '2024-05-01'), [1, 1, 'ok'])
  assert.deepEqual(await rate(low, '2024-05-01', '2024-06-01'), [0, 2, 'ok'])
  assert.deepEqual(await rate(low, '2024-05-22', '2024-05-23'), [0, 1, 'ok'])
  await t.undo(done.batch)
  assert.deepEqual(await rate(), [null, 0, 'none'])
})

test('a limit that falls due is judged then, once; a reply that came meanwhile stands', async () => {
  const done = await t.bring(
    'responses',
    [head, 'B1,2024-06-13 10:00,,,3,,,', 'B2,2024-06-13 10:00,,,2,,,'].join('\n'),
    { sourceName: '到期' },
  )
  const end = new Date('2024-06-18T18:00:00+08:00')
  assert.equal(await sweepReplies(t.db, t.organizationId, new Date(end.getTime() - 1)), 0)
  assert.deepEqual(await rate(), [null, 0, 'none'])
  const again = await t.bring(
    'responses',
    '问卷编号,提交时间,答复客户时间\nB2,2024-06-13 10:00,2024-06-14 10:00\n',
    {
      sourceName: '到期',
    },
  )
  assert.equal(await sweepReplies(t.db, t.organizationId, end), 1)
  assert.equal(await sweepReplies(t.db, t.organizationId, end), 0)
  assert.deepEqual(await rate(), [1, 2, 'ok'])
  assert.deepEqual(await t.differences(), [])
  await t.undo(again.batch)
  await t.undo(done.batch)
})

test('the ledger: a line known by its month, or followed up at no known time, cannot be told; before its feedback is a fault', async () => {
  const ledger = '反馈编号,反馈时间,满意度评分(1-5分),改进建议,处理状态,答复时间'
  const month = await t.bring('feedback', '反馈编号,满意度评分(1-5分)\nFX202405001,1\nFX202405002,5\n', {
    sourceName: '只有月份',
  })
  assert.deepEqual(await dueOf('feedback'), { FX202405001: 'score ?', FX202405002: null })
  assert.deepEqual(await rate(), [null, 0, 'incomputable', 'replied_at'])
  const done = await t.bring(
    'feedback',
    [
      ledger,
      'C1,2024-05-20 10:00,2,,已关闭,2024-05-21 10:00',
      'C2,2024-05-20 10:00,2,,已关闭,',
      'C3,2024-05-20 10:00,,少排队,处理中,',
      'C4,2024-05-20 10:00,1,,处理中,2024-05-19 10:00',
    ].join('\n'),
    { sourceName: '台账' },
  )
  assert.deepEqual(
    [done.accepted, done.warnings.map(({ code, count }) => [code, count])],
    [4, [['negative_duration', 1]]],
  )
  // C1 in time, C3 not; FX202405001 and C2 unknown; C4 counts in neither.
  assert.deepEqual(await rate(), [1, 2, 'ok'])
  await t.undo(done.batch)
  await t.undo(month.batch)
})

test('the score column of an order owes a reply like any other answer', async () => {
  const done = await t.bring(
    'work-orders',
    '工单编号,受理时间,解决时间,评分\nW1,2024-05-10 09:00,2024-05-10 12:00,2\nW2,2024-05-10 09:00,2024-05-10 12:00,5\n',
    { sourceName: '工单' },
  )
  // Friday noon: Saturday 11 May was worked, then Monday and Tuesday.
  assert.deepEqual(await dueOf('response'), { 'order:W1': 'score 05-14 18:00', 'order:W2': null })
  assert.deepEqual(await rate(), [0, 1, 'ok'])
  await t.undo(done.batch)
})

test('other limits and other hours go over the answers there are, and an interrupted one ends; of a standard without one nothing is owed', async () => {
  const done = await t.bring(
    'responses',
    [
      head,
      'D1,2024-06-03 11:00,,,2,,2024-06-04 12:00,',
      'D2,2024-06-03 11:00,,,2,,2024-06-04 12:00,微信',
      'D3,2024-06-03 10:00,,,5,,,',
    ].join('\n'),
    { sourceName: '时限' },
  )
  await reviewReplies(t.db, t.organizationId, importedAt)
  assert.deepEqual(await rate(), [2, 2, 'ok'])
  const by = { authorId: null, now: importedAt }
  const publish = async (timeLimits: object[], effectiveOn: string) =>
    t.db.transaction(await t.whole(), async (tx) => {
      const { indicators } = (await standardOn(tx, effectiveOn))!
      const scope = { clock: 'reply', complexity: '', faultLevel: '', channel: '', priority: '' } as const
      const limits = timeLimits.map((one) => ({ ...scope, seconds: 3600, runs: 'always' as const, ...one }))
      const draft = { effectiveOn, reason: '答复', indicators, timeLimits: limits }
      await publishStandard(tx, draft, { ...by, knownMeasures: measureCodes })
    })
  // By chat within a day, else two working hours.
  await publish(
    [
      { seconds: 24 * 3600, channel: 'social' },
      { seconds: 2 * 3600, runs: 'working' },
    ],
    '2000-01-01',
  )
  assert.equal(await reviewReplies(t.db, t.organizationId, importedAt), 2)
  assert.deepEqual(await dueOf('response'), { D1: 'score 06-03 14:00', D2: 'score 06-04 11:00', D3: null })
  assert.deepEqual(await rate(), [0, 2, 'ok'])
  assert.equal(await reviewReplies(t.db, t.organizationId, importedAt), 0)
  // Nobody rests at noon.
  await t.db.transaction(await t.whole(), (tx) =>
    publishTheCalendar(
      tx,
      {
        unitId: t.rootUnitId,
        effectiveOn: '2024-01-01',
        reason: '夏令',
        holidays: 'cn',
        days: [],
        week: [1, 2, 3, 4, 5, 6, 7].map((day) => (day > 5 ? [] : [[600, 1200] as [number, number]])),
      },
      by,
    ),
  )
  assert.equal(await reviewReplies(t.db, t.organizationId, importedAt), 1)
  assert.deepEqual(await dueOf('response'), { D1: 'score 06-03 13:00', D2: 'score 06-04 11:00', D3: null })
  // From the fourth on there is no limit, which changes nothing for the third; then there never was one.
  await publish([], '2024-06-04')
  assert.equal(await reviewReplies(t.db, t.organizationId, importedAt), 0)
  await publish([], '2000-01-01')
  assert.equal(await reviewReplies(t.db, t.organizationId, importedAt), 2)
  assert.deepEqual(await dueOf('response'), { D1: null, D2: null, D3: null })
  assert.deepEqual(await rate(), [null, 0, 'none'])
  await t.undo(done.batch)
})
