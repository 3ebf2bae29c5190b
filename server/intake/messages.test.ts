import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { createUnit } from '../directory/index.ts'
import { type Dimension, figures, records } from '../measurement/index.ts'
import { dateToDay } from '../platform/time.ts'
import { readRaw } from './raw.ts'
import { type Importing, importedAt, openImporting } from './testing/importing.ts'

let t: Importing
before(async () => {
  t = await openImporting()
})
afterEach(async () => assert.deepEqual(await t.differences(), []))
after(() => t.end())

const question = (from: string, to: string, by?: Dimension) => ({
  fromDay: dateToDay(from),
  toDay: dateToDay(to),
  grain: 'whole' as const,
  where: {},
  ...(by && { by }),
})
const rowsOf = async (from: string, to: string, by?: Dimension) =>
  t.db.transaction(await t.whole(), (tx) =>
    figures(tx, 'response_minutes', question(from, to, by), { now: importedAt }),
  )
const brief = async (
  from: string,
  to = from.replace(/\d\d$/, (day) => String(Number(day) + 1).padStart(2, '0')),
) => {
  const [row] = await rowsOf(from, to)
  return [row!.value, row!.n, row!.state]
}
/** Seconds each message was waited for, by its number; null where it answers nobody. */
const waits = async (conversation: string, sourceName = '') =>
  Object.fromEntries(
    (
      await t.rows<{ number: string; seconds: number | null }>(
        `select m.external_id as number, extract(epoch from m.sent_at - m.awaited_at)::float8 as seconds
         from cases.message m join directory.source s on s.organization_id = m.organization_id and s.id = m.source_id
         where conversation = $1 and (s.name = $2 or $2 = '') order by 1`,
        [conversation, sourceName],
      )
    ).map(({ number, seconds }) => [number, seconds]),
  )

const header = '消息编号,会话编号,发送方,发送时间,客服,团队'
const sheet = (...lines: string[]) => [header, ...lines].join('\n')

test('without any message there is no response to speak of', async () => {
  assert.deepEqual(await brief('2024-05-10'), [null, 0, 'none'])
})

test('a wait runs from the first message nobody has answered to the first an agent sends; worked by hand', async () => {
  const done = await t.bring(
    'messages',
    sheet(
      'M1,S1,客户,2024-05-10 09:00:00,,',
      'M2,S1,机器人,2024-05-10 09:00:01,,',
      'M3,S1,客户,2024-05-10 09:01:00,,',
      'M4,S1,客服,2024-05-10 09:04:00,小李,一组',
      // Goes on writing: nobody waits for it.
      'M5,S1,客服,2024-05-10 09:05:00,小李,一组',
      'M6,S1,客户,2024-05-10 09:10:00,,',
      'M7,S1,客服,2024-05-10 09:12:00,小王,二组',
      // Nobody has answered yet: no response and no wait.
      'M8,S1,客户,2024-05-10 09:20:00,,',
      // The agent opens, and the customer asks across midnight.
      'N1,S2,客服,2024-05-10 23:58:00,小李,一组',
      'N2,S2,客户,2024-05-10 23:59:59,,',
      'N3,S2,客服,2024-05-11 00:00:59,小李,一组',
      // Of one instant the customer's stands first.
      'N4,S2,客服,2024-05-11 00:02:00,小李,一组',
      'N5,S2,客户,2024-05-11 00:02:00,,',
    ),
  )
  assert.deepEqual([done.accepted, done.rejected], [13, 0])
  assert.deepEqual(await waits('S1'), {
    M1: null,
    M2: null,
    M3: null,
    M4: 240,
    M5: null,
    M6: null,
    M7: 120,
    M8: null,
  })
  assert.deepEqual(await waits('S2'), { N1: null, N2: null, N3: 60, N4: 0, N5: null })
  // (4 + 2 + 1) ÷ 3 on the tenth, where the waits began; 0 on the eleventh.
  assert.deepEqual(await brief('2024-05-10'), [2.333333, 3, 'few'])
  assert.deepEqual(await brief('2024-05-11'), [0, 1, 'few'])
})

test('a response is whose it was that answered, and is listed with its wait', async () => {
  const byAgent = (await rowsOf('2024-05-10', '2024-05-12', 'agent')).map(({ memberName, value, n }) => [
    memberName,
    value,
    n,
  ])
  // 小李 (4 + 1 + 0) ÷ 3, 小王 2.
  assert.deepEqual(byAgent.toSorted(), [
    ['小李', 1.666667, 3],
    ['小王', 2, 1],
  ])
  const listed = await t.db.transaction(await t.whole(), (tx) =>
    records(tx, 'response_minutes', question('2024-05-10', '2024-05-11'), { limit: 10 }),
  )
  assert.deepEqual(listed.items.map(({ kind, externalId, value }) => [kind, externalId, value]).toSorted(), [
    ['message', 'M4', 4],
    ['message', 'M7', 2],
    ['message', 'N3', 1],
  ])
  assert.equal(listed.total, 3)
})

test('messages come in any order, late and twice; each file finds the waits of its conversations anew', async () => {
  const all = [
    'A1,S3,客户,2024-05-13 10:00:00,,',
    'A2,S3,客服,2024-05-13 10:03:00,小李,一组',
    'A3,S3,客户,2024-05-13 10:05:00,,',
    'A4,S3,客服,2024-05-13 10:06:00,小李,一组',
  ]
  // The answers first: they answer nobody yet.
  await t.bring('messages', sheet(all[3]!, all[1]!))
  assert.deepEqual(await waits('S3'), { A2: null, A4: null })
  // The second question alone: the last answer is one now.
  await t.bring('messages', sheet(all[2]!))
  assert.deepEqual(await waits('S3'), { A2: null, A3: null, A4: 60 })
  const late = await t.bring('messages', sheet(all[0]!, all[2]!))
  assert.deepEqual([late.accepted, late.unchanged], [1, 1])
  assert.deepEqual(await waits('S3'), { A1: null, A2: 180, A3: null, A4: 60 })
  assert.deepEqual(await brief('2024-05-13'), [2, 2, 'few'])
  // What an automatic reply was taken for an answer: the wait goes on to the next.
  const mended = await t.bring('messages', sheet(all[1]!.replace('客服', '自动回复')))
  assert.equal(mended.updated, 1)
  assert.deepEqual(await waits('S3'), { A1: null, A2: null, A3: null, A4: 360 })
  assert.deepEqual(await brief('2024-05-13'), [6, 1, 'few'])
  await t.undo(mended.batch)
  assert.deepEqual(await waits('S3'), { A1: null, A2: 180, A3: null, A4: 60 })
  // Without its question the first answer answers nobody again.
  await t.undo(late.batch)
  assert.deepEqual(await waits('S3'), { A2: null, A3: null, A4: 60 })
})

test('a message moved to another conversation, or left out, changes the waits of both', async () => {
  const other = { sourceName: '会话系统' }
  const file = (first: string, excluded = '') =>
    `${header},剔除原因\nB1,${first},客户,2024-05-14 10:00,,,${excluded}\nB2,S4,客户,2024-05-14 10:02,,,\nB3,S4,客服,2024-05-14 10:03,小李,一组,\nB4,S5,客服,2024-05-14 10:04,小李,一组,\n`
  await t.bring('messages', file('S4'), other)
  assert.deepEqual([await waits('S4'), await waits('S5')], [{ B1: null, B2: null, B3: 180 }, { B4: null }])
  await t.bring('messages', file('S5'), other)
  assert.deepEqual(
    [await waits('S4'), await waits('S5')],
    [
      { B2: null, B3: 60 },
      { B1: null, B4: 240 },
    ],
  )
  await t.bring('messages', file('S4', '测试'), other)
  assert.deepEqual([await waits('S4'), await waits('S5')], [{ B1: null, B2: null, B3: 60 }, { B4: null }])
})

test('messages without numbers are told apart by chat, time and sender, and come again unchanged', async () => {
  // As a public set of chats has it: session, whether the waiter wrote, the text; with a time beside.
  const text =
    'session_id,waiter_send,content,time\nC1,0,我的手机号是13800138000,2024-05-15 10:00:00\nC1,1,您好，很高兴为您服务,2024-05-15 10:00:20\nC1,0,在吗,2024-05-15 10:00:00\n'
  const done = await t.bring('messages', text, { sourceName: '客服系统' })
  // Two of one sender in one second are one: no wait is another by it.
  assert.deepEqual([done.accepted, done.unchanged, done.rejected], [2, 1, 0])
  assert.deepEqual(Object.values(await waits('C1')).toSorted(), [20, null])
  const again = await t.bring('messages', text, { sourceName: '客服系统' })
  assert.deepEqual([again.accepted, again.unchanged], [0, 3])
  // Without any time there is nothing to measure, and the file is refused.
  await assert.rejects(t.bring('messages', 'session_id,waiter_send,content\nC2,0,你好\n'))
})

test('what was written is kept nowhere', async () => {
  const done = await t.bring('messages', `${header},内容\nD1,S6,客户,2024-05-16 10:00,,,我住在幸福路1号\n`)
  assert.deepEqual(
    done.warnings.map(({ code, column, zh }) => [code, column, zh]),
    [['unmapped_column', '内容', '“内容”列没有对应的字段，不保留']],
  )
  const [raw] = await t.db.transaction(await t.whole(), (tx) =>
    readRaw(tx, t.secrets, done.batch!, { from: 2, to: 2 }),
  )
  assert.deepEqual(raw?.cells, ['D1', 'S6', '客户', '2024-05-16 10:00', '', '', null])
  const tables = await t.rows<{ name: string }>(
    `select table_schema || '.' || table_name as name from information_schema.tables
     where table_schema in ('cases', 'intake', 'platform', 'measurement') and table_type = 'BASE TABLE'`,
  )
  for (const { name } of tables)
    assert.deepEqual(await t.rows(`select 1 from ${name} f where f::text like '%幸福路%'`), [], name)
})

test('two sources may number their conversations alike', async () => {
  const one = sheet('E1,S7,客户,2024-05-17 10:00,,')
  await t.bring('messages', one)
  await t.bring('messages', sheet('E2,S7,客服,2024-05-17 10:05,小李,一组'), { sourceName: '另一系统' })
  assert.deepEqual(await waits('S7'), { E1: null, E2: null })
})

test('a team’s file changes the wait that another team’s message ends', async () => {
  const teams = await t.db.transaction(await t.whole(), async (tx) => [
    (await createUnit(tx, { name: '甲队', kind: 'team' }, importedAt)).id,
    (await createUnit(tx, { name: '乙队', kind: 'team' }, importedAt)).id,
  ])
  const scopeOf = (unit: string) => ({ organizationId: t.organizationId, unitIds: [unit] })
  await t.bring('messages', sheet('F2,S8,客服,2024-05-20 10:05,,甲队'), { scope: scopeOf(teams[0]!) })
  assert.deepEqual(await waits('S8'), { F2: null })
  await t.bring('messages', sheet('F1,S8,客户,2024-05-20 10:00,,乙队'), { scope: scopeOf(teams[1]!) })
  assert.deepEqual(await waits('S8'), { F1: null, F2: 300 })
  // Each sees its own alone.
  const seen = await t.db.transaction(
    scopeOf(teams[1]!),
    async (tx) => (await tx.client.query('select external_id from cases.message')).rows,
  )
  assert.deepEqual(seen, [{ external_id: 'F1' }])
})

test('what is wrong is refused with its place and what to do', async () => {
  const done = await t.bring(
    'messages',
    sheet(
      'X1,,客户,2024-05-10 10:00,,',
      'X2,S9,,2024-05-10 10:00,,',
      'X3,S9,客户,,,',
      'X4,S9,路人,2024-05-10 10:00,,',
    ),
  )
  assert.deepEqual(done.rejections.map(({ line, column, code }) => [line, column, code]).toSorted(), [
    [2, '会话编号', 'required'],
    [3, '发送方', 'required'],
    [4, '发送时间', 'required'],
    [5, '发送方', 'unknown_word'],
  ])
  assert.match(done.rejections.at(-1)!.zh, /客户、客服、自动回复/)
})

test('an undone import leaves every table as it was', async () => {
  const before = await t.contents()
  const done = await t.bring(
    'messages',
    sheet('G1,S1,客服,2024-05-10 09:21,新人,新组', 'M7,S1,客户,2024-05-10 09:12:00,,'),
  )
  assert.deepEqual([done.accepted, done.updated], [1, 1])
  assert.deepEqual((await waits('S1')).G1, 660)
  await t.undo(done.batch)
  assert.deepEqual(await t.contents(), before)
})
