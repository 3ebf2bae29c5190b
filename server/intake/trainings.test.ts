import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { figures, records } from '../measurement/index.ts'
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
const figure = async (code: string, from = '2024-01-01', to = '2025-01-01') => {
  const [row] = await t.db.transaction(await t.whole(), (tx) =>
    figures(tx, code, question(from, to), { now: importedAt }),
  )
  return [row?.value ?? null, row?.n ?? 0, row?.state]
}

const header = '编号,类别,姓名,部门,课程,培训日期,培训时长(小时),考试成绩,是否合格'
const sheet = (...lines: string[]) => [header, ...lines].join('\n')

test('without records there is no figure', async () => {
  assert.deepEqual(await figure('training_hours'), [null, 0, 'none'])
  assert.deepEqual(await figure('exam_pass_rate'), [null, 0, 'none'])
})

test('hours are added up for trainings alone, passes counted by person and exam', async () => {
  const done = await t.bring(
    'trainings',
    sheet(
      'P1,培训,小李,一组,沟通技巧,2024-05-10,7.5,,',
      // A result at the end of a training: examined too.
      'P2,培训,小王,一组,沟通技巧,2024-05-10,2小时,80分,合格',
      'P3,内训,小王,一组,焊接,2024-05-12,1.25,,',
      // An exam's hours are no training; a resit is one more.
      'P4,考试,小李,一组,焊接,2024-05-13,2,55,不合格',
      'P5,考试,小李,一组,焊接,2024-05-20,,90,通过',
      // Not judged.
      'P6,考核,小张,二组,焊接,2024-05-20,,60,',
    ),
  )
  assert.deepEqual([done.accepted, done.rejected], [6, 0])
  // 7.5 + 2 + 1.25; passed P2, P5 of P2, P4, P5.
  assert.deepEqual(await figure('training_hours'), [10.75, 3, 'ok'])
  assert.deepEqual(await figure('exam_pass_rate'), [66.666667, 3, 'few'])
  assert.deepEqual(await figure('exam_pass_rate', '2024-05-20', '2024-05-21'), [100, 1, 'few'])
  const byAgent = await t.db.transaction(await t.whole(), (tx) =>
    figures(
      tx,
      'training_hours',
      { ...question('2024-05-01', '2024-06-01'), by: 'agent' },
      { now: importedAt },
    ),
  )
  assert.deepEqual(
    byAgent
      .filter(({ n }) => n > 0)
      .map(({ memberName, value }) => [memberName, value])
      .toSorted(),
    [
      ['小李', 7.5],
      ['小王', 3.25],
    ],
  )
  const listed = await t.db.transaction(await t.whole(), (tx) =>
    records(tx, 'training_hours', question('2024-05-01', '2024-06-01'), { limit: 10 }),
  )
  assert.deepEqual(listed.items.map(({ externalId, value }) => [externalId, value]).toSorted(), [
    ['P1', 7.5],
    ['P2', 2],
    ['P3', 1.25],
  ])
})

test('exams nobody judged have no pass rate: the field is named', async () => {
  await t.bring('trainings', sheet('N1,考试,小张,二组,焊接,2024-07-01,,60,'))
  const [row] = await t.db.transaction(await t.whole(), (tx) =>
    figures(tx, 'exam_pass_rate', question('2024-07-01', '2024-07-02'), { now: importedAt }),
  )
  assert.deepEqual([row?.state, row?.missing, row?.value], ['incomputable', ['passed'], null])
})

test('a training counts on its day in the organization’s zone', async () => {
  await t.bring(
    'trainings',
    sheet('M1,培训,小李,一组,夜课,2024-08-31 23:59,1,,', 'M2,培训,小李,一组,夜课,2024-09-01 00:00,2,,'),
  )
  assert.deepEqual((await figure('training_hours', '2024-08-31', '2024-09-01')).slice(0, 2), [1, 1])
  assert.deepEqual((await figure('training_hours', '2024-09-01', '2024-09-02')).slice(0, 2), [2, 1])
})

test('an excluded one counts nowhere', async () => {
  await t.bring(
    'trainings',
    `${header},剔除原因\nX1,培训,小李,一组,重复,2024-10-01,3,,合格,重复登记\nX2,培训,小李,一组,重复,2024-10-01,4,,,\n`,
    { sourceName: '人事系统' },
  )
  assert.deepEqual((await figure('training_hours', '2024-10-01', '2024-10-02')).slice(0, 2), [4, 1])
  assert.deepEqual(await figure('exam_pass_rate', '2024-10-01', '2024-10-02'), [null, 0, 'none'])
})

test('what is wrong is refused with its place and what to do', async () => {
  const done = await t.bring(
    'trainings',
    sheet(
      'W1,培训,,一组,焊接,2024-05-10,1,,',
      'W2,培训,小李,一组,焊接,,1,,',
      'W3,培训,小李,一组,焊接,2024-05-10,,,',
      'W4,培训,小李,一组,焊接,2024-05-10,90分钟,,',
      'W5,培训,小李,一组,焊接,2024-05-10,-1,,',
      'W6,考试,小李,一组,焊接,2024-05-10,,9999,',
      'W7,考试,小李,一组,焊接,2024-05-10,,60,也许',
      'W8,团建,小李,一组,焊接,2024-05-10,1,,',
    ),
  )
  assert.equal(done.accepted, 0)
  assert.deepEqual(done.rejections.map(({ line, column, code }) => [line, column, code]).toSorted(), [
    [2, '姓名', 'required'],
    [3, '培训日期', 'required'],
    [4, null, 'no_hours'],
    [5, '培训时长(小时)', 'not_hours'],
    [6, '培训时长(小时)', 'out_of_range'],
    [7, '考试成绩', 'out_of_range'],
    [8, '是否合格', 'not_a_boolean'],
    [9, '类别', 'unknown_word'],
  ])
})

test('results without hours are exams where nothing else is said', async () => {
  await t.bring('trainings', '编号,姓名,考试日期,成绩,结果\nK1,小李,2024-11-01,80,合格\n')
  assert.deepEqual(await t.rows("select kind, hours, passed from staff.training where external_id = 'K1'"), [
    { kind: 'exam', hours: null, passed: true },
  ])
})

test('again it is unchanged, a later file updates, and the undo brings back what was', async () => {
  const line = 'P2,培训,小王,一组,沟通技巧,2024-05-10,2小时,80分,合格'
  const before = await t.contents()
  const again = await t.bring('trainings', sheet(line))
  assert.deepEqual([again.updated, again.unchanged], [0, 1])
  const later = await t.bring(
    'trainings',
    sheet(line.replace('2小时', '2.5'), 'P9,培训,新人,新组,入职,2024-05-11,8,,'),
  )
  assert.deepEqual([later.updated, later.accepted], [1, 1])
  // 10.75 + 0.5 + 8
  assert.deepEqual((await figure('training_hours', '2024-05-01', '2024-06-01')).slice(0, 2), [19.25, 4])
  await t.undo(later.batch)
  assert.deepEqual(await t.contents(), before)
})
