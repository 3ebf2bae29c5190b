import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { sweepClocks } from '../cases/index.ts'
import { drainChanges, figures, records } from '../measurement/index.ts'
import { dateToDay } from '../platform/time.ts'
import { type Importing, importedAt, openImporting } from './testing/importing.ts'

let t: Importing
before(async () => {
  t = await openImporting()
})
afterEach(async () => assert.deepEqual(await t.differences(), []))
after(() => t.end())

const question = (from: string, to: string) => ({
  fromDay: dateToDay(from),
  toDay: dateToDay(to),
  grain: 'whole' as const,
  where: {},
})
const brief = async (code: string, from = '2024-05-01', to = '2024-06-01') => {
  await drainChanges(t.db, t.organizationId, importedAt)
  const [row] = await t.db.transaction(await t.whole(), (tx) =>
    figures(tx, code, question(from, to), { now: importedAt }),
  )
  const { numerator, n, state, missing } = row!
  return [numerator, n, state, ...missing]
}
const answered = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    (
      await t.rows<{ number: string; said: string }>(
        `select external_id as number, coalesce(to_char(submitted_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI'), '')
           || case when reminder then 'reminder' else '' end as said from surveys.invitation order by external_id`,
      )
    ).map(({ number, said }) => [number, said]),
  )
const askedAt = async (): Promise<Record<string, string | null>> =>
  Object.fromEntries(
    (
      await t.rows<{ number: string; at: string | null }>(
        `select external_id as number, to_char(survey_sent_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') as at
         from cases.work_order order by external_id`,
      )
    ).map(({ number, at }) => [number, at]),
  )

const orders = (...lines: string[]) =>
  ['工单编号,处理人,团队,受理时间,解决时间,客户确认时间', ...lines].join('\n')
const invitations = (...lines: string[]) =>
  ['发放编号,工单编号,发放渠道,调查轮次,发放时间,提交时间', ...lines].join('\n')
const responses = (...lines: string[]) =>
  ['问卷编号,工单编号,发放编号,提交时间,整体满意度', ...lines].join('\n')

test('without any record there is no figure; confirmed orders alone do not say that nobody was asked', async () => {
  for (const code of ['survey_response_rate', 'survey_sent_in_time_rate'])
    assert.deepEqual(await brief(code), [null, 0, 'none'], code)
  await t.bring(
    'work-orders',
    orders(
      'W1,小李,一组,2024-05-10 08:00,2024-05-10 12:00,2024-05-10 18:00',
      'W2,小李,一组,2024-05-10 08:00,2024-05-10 12:00,2024-05-10 18:00',
      'W3,小王,一组,2024-05-10 08:00,2024-05-10 12:00,2024-05-10 18:00',
      'W4,小王,一组,2024-05-10 08:00,2024-05-10 12:00,2024-05-10 18:00',
      'W5,小王,二组,2024-05-10 08:00,2024-05-10 12:00,',
    ),
  )
  assert.deepEqual(await brief('survey_response_rate'), [null, 0, 'none'])
  assert.deepEqual(await brief('survey_sent_in_time_rate'), [null, 0, 'incomputable', 'invitations'])
})

test('sent within 24 hours of the confirmation, exactly on it included; worked by hand', async () => {
  const done = await t.bring(
    'invitations',
    invitations(
      // On the limit to the second; past it by one; not at all (W3); W4 before the confirmation.
      'Y1,W1,短信,,2024-05-11 18:00:00,',
      'Y2,W2,短信,1,2024-05-11 18:00:01,',
      'Y4,W4,邮件,1,2024-05-10 12:30,2024-05-10 13:00',
      // Of an order that is not confirmed: asked all the same, owed nothing.
      'Y5,W5,邮件,1,2024-05-12 09:00,2024-05-11 09:00',
      'Y6,,邮件,1,2024-05-31 23:59:59,',
      'Y7,nobody,邮件,1,2024-06-01 00:00:00,',
      'Y8,W1,邮件,100,2024-06-01 00:00:00,',
      'Y9,W1,邮件,1,,',
    ),
  )
  assert.deepEqual([done.accepted, done.rejected], [6, 2])
  assert.deepEqual(done.rejections.map(({ line, code }) => `${line} ${code}`).sort(), [
    '8 no_round',
    '9 required',
  ])
  // Y5 says it was answered before it was sent.
  assert.deepEqual(
    done.warnings.filter(({ code }) => code === 'negative_duration').map(({ count }) => count),
    [1],
  )
  assert.deepEqual(await askedAt(), {
    W1: '05-11 18:00',
    W2: '05-11 18:00',
    W3: null,
    W4: '05-10 12:30',
    W5: '05-12 09:00',
  })
  // W1 and W4 of W1, W2, W3 and W4.
  assert.deepEqual(await brief('survey_sent_in_time_rate'), [2, 4, 'few'])
  // W4 was asked on the tenth, the others fell due on the eleventh.
  assert.deepEqual(await brief('survey_sent_in_time_rate', '2024-05-10', '2024-05-11'), [1, 1, 'few'])
  assert.deepEqual(await brief('survey_sent_in_time_rate', '2024-05-11', '2024-05-12'), [1, 3, 'few'])
  // Y1, Y2, Y4, Y5, Y6 were sent in May, by the clock of the organization; Y4 was answered.
  assert.deepEqual(await brief('survey_response_rate'), [1, 5, 'few'])
  assert.deepEqual(await brief('survey_response_rate', '2024-06-01', '2024-06-02'), [0, 1, 'few'])
  const listed = await t.db.transaction(await t.whole(), (tx) =>
    records(tx, 'survey_response_rate', question('2024-05-01', '2024-06-01'), { limit: 10 }),
  )
  assert.deepEqual(
    listed.items.map(({ kind, externalId, inNumerator }) => [kind, externalId, inNumerator]),
    [
      ['invitation', 'Y4', true],
      ['invitation', 'Y1', false],
      ['invitation', 'Y2', false],
      ['invitation', 'Y5', false],
      ['invitation', 'Y6', false],
    ],
  )
})

test('a response marks what it answers, by the number of the invitation or of the order; the first stands', async () => {
  const first = await t.bring(
    'responses',
    responses(
      'R1,W1,,2024-05-13 10:00,5',
      'R2,,Y2,2024-05-14 10:00,4',
      'R6,,Y6,2024-06-02 10:00,4',
      // Before anything was sent; and of a number nobody has.
      'R5,W5,,2024-05-11 10:00,4',
      'R7,,Y77,2024-05-11 10:00,4',
    ),
  )
  assert.equal(first.accepted, 5)
  assert.deepEqual(await answered(), {
    Y1: '05-13 10:00',
    Y2: '05-14 10:00',
    Y4: '05-10 13:00',
    Y5: '',
    Y6: '06-02 10:00',
    Y7: '',
  })
  assert.deepEqual(await brief('survey_response_rate'), [4, 5, 'few'])
  // A later file brings a second answer and an earlier one.
  const second = await t.bring(
    'responses',
    responses('R8,W1,,2024-05-15 10:00,1', 'R9,,Y2,2024-05-12 10:00,2'),
  )
  assert.deepEqual([(await answered()).Y1, (await answered()).Y2], ['05-13 10:00', '05-12 10:00'])
  await t.undo(second.batch)
  assert.equal((await answered()).Y2, '05-14 10:00')
  await t.undo(first.batch)
  assert.deepEqual(await answered(), { Y1: '', Y2: '', Y4: '05-10 13:00', Y5: '', Y6: '', Y7: '' })
})

test('in whatever order the files come, the same stands: responses, then invitations, then their orders', async () => {
  await t.bring('responses', responses('R20,,Y20,2024-05-22 10:00,5', 'R21,W21,,2024-05-22 10:00,4'))
  const sent = await t.bring(
    'invitations',
    invitations('Y20,W20,短信,,2024-05-21 09:00,', 'Y21,W21,短信,,2024-05-21 09:00,'),
  )
  assert.deepEqual(
    [(await answered()).Y20, (await answered()).Y21],
    ['05-22 10:00', '05-22 10:00'],
    'by number alone',
  )
  const made = await t.bring(
    'work-orders',
    orders(
      'W20,小李,一组,2024-05-20 08:00,2024-05-20 12:00,2024-05-20 18:00',
      'W21,小王,二组,2024-05-20 08:00,2024-05-20 12:00,2024-05-19 18:00',
    ),
  )
  assert.deepEqual([(await askedAt()).W20, (await askedAt()).W21], ['05-21 09:00', '05-21 09:00'])
  assert.deepEqual(await brief('survey_sent_in_time_rate', '2024-05-20', '2024-05-22'), [1, 2, 'few'])
  // They are their orders' units' now, and people's.
  assert.deepEqual(
    await t.rows(`select i.external_id as number, u.name as unit, a.name as agent from surveys.invitation i
      join directory.unit u on u.id = i.unit_id left join directory.person a on a.id = i.agent_id
      where i.external_id in ('Y20', 'Y21') order by 1`),
    [
      { number: 'Y20', unit: '一组', agent: '小李' },
      { number: 'Y21', unit: '二组', agent: '小王' },
    ],
  )
  await t.undo(made.batch)
  const again = await t.bring(
    'work-orders',
    orders('W20,小李,一组,2024-05-20 08:00,2024-05-20 12:00,2024-05-20 18:00'),
  )
  assert.equal((await askedAt()).W20, '05-21 09:00')
  await t.undo(sent.batch)
  assert.equal((await askedAt()).W20, null)
  await t.undo(again.batch)
})

test('reminders count once, a second round is a new one and not late for the first', async () => {
  await t.bring('work-orders', orders('W30,小李,一组,2024-05-01 08:00,2024-05-02 12:00,2024-05-02 18:00'))
  await t.bring(
    'invitations',
    invitations(
      'Y31,W30,短信,1,2024-05-05 09:00,',
      'Y30,W30,短信,1,2024-05-03 09:00,',
      'Y32,W30,短信,2,2024-05-08 09:00,',
    ),
  )
  assert.equal((await askedAt()).W30, '05-03 09:00')
  assert.deepEqual(await brief('survey_sent_in_time_rate', '2024-05-01', '2024-05-09'), [1, 1, 'few'])
  assert.deepEqual(await brief('survey_response_rate', '2024-05-01', '2024-05-09'), [0, 2, 'few'])
  await t.bring('responses', responses('R30,W30,,2024-05-09 10:00,5', 'R31,,Y31,2024-05-06 10:00,2'))
  const said = await answered()
  assert.deepEqual([said.Y30, said.Y31, said.Y32], ['05-06 10:00', 'reminder', '05-09 10:00'])
  assert.deepEqual(await brief('survey_response_rate', '2024-05-01', '2024-05-09'), [2, 2, 'few'])
  // Confirmed anew after it was opened again: what was sent for the first round was in time and stays so.
  await t.bring('work-orders', orders('W30,小李,一组,2024-05-01 08:00,2024-05-02 12:00,2024-05-07 18:00'))
  assert.deepEqual(await brief('survey_sent_in_time_rate', '2024-05-01', '2024-05-09'), [1, 1, 'few'])
  // With the second round alone the first one was never sent.
  await t.bring('work-orders', orders('W31,小李,一组,2024-04-01 08:00,2024-04-02 12:00,2024-04-02 18:00'))
  await t.bring('invitations', invitations('Y40,W31,短信,2,2024-04-03 09:00,'))
  assert.equal((await askedAt()).W31, null)
})

test('the same file again changes nothing; what is due later falls due by itself', async () => {
  const text = invitations('Y50,W50,短信,1,2024-05-03 09:00,')
  await t.bring('work-orders', orders('W50,小李,一组,2024-06-14 08:00,2024-06-14 09:00,2024-06-14 10:00:01'))
  await t.bring('invitations', text)
  assert.equal((await t.bring('invitations', text)).unchanged, 1)
  assert.equal((await askedAt()).W50, '05-03 09:00')
  await t.bring('work-orders', orders('W51,小李,一组,2024-06-14 08:00,2024-06-14 09:00,2024-06-14 10:00:01'))
  await t.bring('invitations', invitations('Y51,W52,短信,1,2024-06-15 09:00,'))
  await t.bring('work-orders', orders('W52,小李,一组,2024-06-14 08:00,2024-06-14 09:00,2024-06-14 11:00'))
  // It is ten: W52 was asked, W51 is owed its survey until a second past.
  const of = () => brief('survey_sent_in_time_rate', '2024-06-14', '2024-06-16')
  assert.deepEqual(await of(), [1, 1, 'few'])
  await sweepClocks(t.db, t.organizationId, new Date(importedAt.getTime() + 1000))
  assert.deepEqual(await of(), [1, 2, 'few'])
})

test('a team brings in what is its own; an order of another stays untouched', async () => {
  const [team] = await t.rows<{ id: string }>(`select id from directory.unit where name = '一组'`)
  const scope = { organizationId: t.organizationId, unitIds: [team!.id] }
  await t.bring('work-orders', orders('W60,小王,二组,2024-06-01 08:00,2024-06-01 09:00,2024-06-01 10:00'))
  await t.bring('invitations', invitations('Y60,W60,短信,1,2024-06-01 11:00,'), { scope })
  assert.equal((await askedAt()).W60, null)
  assert.deepEqual(
    await t.rows(`select u.name, i.work_order_id from surveys.invitation i join directory.unit u on u.id = i.unit_id
      where i.external_id = 'Y60'`),
    [{ name: '一组', work_order_id: null }],
  )
})
