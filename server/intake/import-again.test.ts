import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { newId } from '../platform/ids.ts'
import { type Importing, openImporting } from './testing/importing.ts'

let t: Importing
let source = ''

before(async () => {
  t = await openImporting()
})
after(() => t.end())
beforeEach(() => {
  source = newId()
})

const bring: Importing['bring'] = (kind, text, options) =>
  t.bring(kind, text, { sourceName: source, ...options })
const orders = (columns: string) =>
  t.rows(
    `select ${columns} from cases.work_order w join directory.source s on s.id = w.source_id
     where s.name = $1 order by w.external_id`,
    [source],
  )
const ratings = () =>
  t.rows(
    `select r.external_id, r.overall::float8 as overall from surveys.response r join directory.source s on s.id = r.source_id
     where s.name = $1 order by 1`,
    [source],
  )
/** As an edit on the page leaves it. */
const editByHand = (number: string, problem: string) =>
  t.rows(
    `update cases.work_order w set problem = $3, version = version + 1, edited_at = now(), changed_at = now()
     from directory.source s where s.id = w.source_id and s.name = $1 and w.external_id = $2`,
    [source, number, problem],
  )

const head = '工单编号,受理时间,问题描述,优先级,处理方案\n'
const file = `${head}E1,2024-05-01 08:00,卡纸,紧急,换件\nE2,2024-05-02 08:00,黑屏,一般,\n`

test('the file again leaves what people edited since; a row that its source changed replaces it', async () => {
  await bring('work-orders', file)
  await editByHand('E1', '手改一')
  await editByHand('E2', '手改二')
  const same = await bring('work-orders', file)
  assert.deepEqual([same.updated, same.unchanged], [0, 2])
  assert.deepEqual(await orders('external_id, problem'), [
    { external_id: 'E1', problem: '手改一' },
    { external_id: 'E2', problem: '手改二' },
  ])
  // Its columns in another order, and times written another way, are still the same row.
  const turned =
    '问题描述,工单编号,优先级,处理方案,受理时间\n卡纸,E1,紧急,换件,2024/5/1 8:00\n黑屏,E2,一般,,2024年5月2日 8时0分\n'
  assert.equal((await bring('work-orders', turned)).unchanged, 2)
  const changed = await bring('work-orders', file.replace('黑屏', '花屏'))
  assert.deepEqual([changed.updated, changed.unchanged], [1, 1])
  assert.deepEqual(await orders('external_id, problem'), [
    { external_id: 'E1', problem: '手改一' },
    { external_id: 'E2', problem: '花屏' },
  ])
  assert.deepEqual(await t.differences(), [])
})

test('an edit stands too where the last import of the row changed nothing', async () => {
  await bring('work-orders', '工单编号,受理时间,问题描述\nE3,2024-05-01 08:00,卡纸\n')
  const wider = '工单编号,受理时间,问题描述,优先级\nE3,2024-05-01 08:00,卡纸,\n'
  assert.equal((await bring('work-orders', wider)).unchanged, 1)
  await editByHand('E3', '手改三')
  assert.equal((await bring('work-orders', wider)).unchanged, 1)
  assert.deepEqual(await orders('problem'), [{ problem: '手改三' }])
})

test('numbers there already: skipped they stay, overwritten they hold what the file says and no more', async () => {
  await bring('work-orders', file)
  await editByHand('E1', '手改一')
  const narrow = '工单编号,受理时间,问题描述\nE1,2024-05-01 09:00,新描述\nE9,2024-05-03 09:00,新单\n'
  const skipped = await bring('work-orders', narrow, { duplicates: 'skip' })
  assert.deepEqual([skipped.accepted, skipped.updated, skipped.unchanged], [1, 0, 1])
  assert.deepEqual(await orders('external_id, problem, priority'), [
    { external_id: 'E1', problem: '手改一', priority: 'urgent' },
    { external_id: 'E2', problem: '黑屏', priority: 'normal' },
    { external_id: 'E9', problem: '新单', priority: null },
  ])
  const over = await bring('work-orders', `${head}E1,2024-05-01 08:00,卡纸,紧急,换件\n`, {
    duplicates: 'overwrite',
    // The mapping remembered from the narrow file has no plan.
    mapping: {
      columns: {
        工单编号: 'external_id',
        受理时间: 'received_at',
        问题描述: 'problem',
        优先级: 'priority',
        处理方案: 'plan',
      },
    },
  })
  assert.equal(over.updated, 1)
  assert.deepEqual((await orders('problem, plan'))[0], { problem: '卡纸', plan: '换件' })
  await bring('work-orders', narrow, { duplicates: 'overwrite' })
  assert.deepEqual((await orders('problem, plan, priority'))[0], {
    problem: '新描述',
    plan: null,
    priority: null,
  })
  assert.deepEqual(await t.differences(), [])
})

test('a score blanked in the file takes the rating away, and the undo brings it back', async () => {
  const scored = (a: string, b: string) =>
    `工单编号,受理时间,满意度评分\nS1,2024-05-01 08:00,${a}\nS2,2024-05-01 08:00,${b}\n`
  await bring('work-orders', scored('4', ''))
  assert.deepEqual(await ratings(), [{ external_id: 'order:S1', overall: 4 }])
  const blanked = await bring('work-orders', scored('', ''))
  assert.deepEqual([blanked.updated, blanked.unchanged], [1, 1])
  assert.deepEqual(await ratings(), [{ external_id: 'order:S1', overall: null }])
  assert.deepEqual(await t.differences(), [])
  await t.undo(blanked.batch)
  assert.deepEqual(await ratings(), [{ external_id: 'order:S1', overall: 4 }])
  assert.deepEqual(await t.differences(), [])
})

test('day and month: a column that decides nothing goes by the others of its file, where these agree', async () => {
  await bring(
    'work-orders',
    '工单编号,受理时间,解决时间\nD1,03/04/2024 08:00,05/04/2024 09:00\nD2,04/04/2024 08:00,25/04/2024 09:00\n',
  )
  assert.deepEqual(await orders("to_char(received_at at time zone 'Asia/Shanghai', 'MM-DD') as day"), [
    { day: '04-03' },
    { day: '04-04' },
  ])
})
