import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openTable } from '../server/intake/index.ts'
import { type TestDatabase, testDatabase } from './database.ts'
import { goldenCsv, goldenMapping } from './golden.ts'

const main = fileURLToPath(new URL('../cli/main.ts', import.meta.url))
let dir: string
let outside: TestDatabase | undefined

before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'zhihuan-cli-'))
  // With DATABASE_URL the command line is tried on that server too, in a database of its own.
  if (process.env.DATABASE_URL) outside = await testDatabase()
})
after(async () => {
  await outside?.end()
  rmSync(dir, { recursive: true, force: true })
})

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env: Record<string, string | undefined> = {
    ...process.env,
    ZHIHUAN_DATA: join(dir, 'data'),
    NO_COLOR: '1',
  }
  delete env.NODE_TEST_CONTEXT
  if (outside) env.DATABASE_URL = String(outside.connections.owner.connectionString)
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.on('data', (piece) => {
    out += piece
  })
  child.stderr.on('data', (piece) => {
    err += piece
  })
  const code = await new Promise<number>((done) => child.on('close', (status) => done(status ?? -1)))
  return { code, out, err }
}
const json = async (...args: string[]) => {
  const done = await run(...args, '--json')
  assert.notEqual(done.out, '', `${args.join(' ')}: ${done.err}`)
  return { ...done, data: JSON.parse(done.out) as Record<string, unknown> }
}

test('from nothing to an explained score on the command line', { timeout: 300_000 }, async () => {
  const file = join(dir, '五月.csv')
  writeFileSync(file, goldenCsv())
  writeFileSync(join(dir, 'map.json'), JSON.stringify(goldenMapping))
  writeFileSync(join(dir, 'password'), 'a long password\n')

  assert.equal((await run('score', '--period', '2024-05')).code, 3, 'no organization yet')
  const init = await json(
    'init',
    '--organization',
    '黄金企业',
    '--admin',
    'golden',
    '--password-file',
    join(dir, 'password'),
  )
  assert.equal(init.code, 0, init.err)

  const org = ['--organization', '黄金企业']
  const dry = await json(
    'import',
    'work-orders',
    file,
    '--mapping',
    join(dir, 'map.json'),
    '--dry-run',
    ...org,
  )
  assert.deepEqual([dry.code, dry.data.accepted, dry.data.batch], [0, 200, null])
  const none = await json(
    'measure',
    'resolution_hours',
    '--from',
    '2024-05-01',
    '--to',
    '2024-05-31',
    '--grain',
    'whole',
    ...org,
  )
  const noneRows = none.data.rows as { state: string; value: number | null; n: number }[]
  assert.deepEqual([noneRows[0]?.state, noneRows[0]?.value, noneRows[0]?.n], ['none', null, 0])

  const first = await json('import', 'work-orders', file, '--mapping', join(dir, 'map.json'), ...org)
  assert.deepEqual(
    [
      first.code,
      first.data.rows,
      first.data.accepted,
      first.data.updated,
      first.data.unchanged,
      first.data.rejected,
    ],
    [0, 200, 200, 0, 0, 0],
  )
  const again = await json('import', 'work-orders', file, ...org)
  assert.deepEqual(
    [again.data.accepted, again.data.unchanged],
    [0, 200],
    'the mapping is remembered, nothing changes',
  )

  const score = await json('score', '--period', '2024-05', ...org)
  assert.equal(score.code, 0, score.err)
  assert.equal(score.data.total, 8.46)
  const indicators = score.data.indicators as { code: string; value: number; score: number; n: number }[]
  assert.deepEqual(
    indicators.map(({ code, value, score: points }) => [code, value, points]),
    [
      ['first_response_minutes', 42, 8],
      ['first_contact_resolution', 87.5, 9],
      ['experience_score', 4.3, 8],
      ['record_completeness', 93, 9.6],
    ],
  )

  const byUnit = await json(
    'measure',
    'first_response_minutes',
    '--from',
    '2024-05-01',
    '--to',
    '2024-05-31',
    '--grain',
    'whole',
    '--by',
    'unit',
    ...org,
  )
  const members = byUnit.data.rows as { member: string; n: number }[]
  assert.equal(members.length >= 2, true)
  const asked = ['measure', 'first_response_minutes', '--from', '2024-05-01', '--to', '2024-05-31', ...org]
  const pairs = await json(...asked, '--by', 'product', '--across', 'category')
  const met = pairs.data.rows as { member: string; across: string; across_id: string; n: number }[]
  // Of the 200 orders every second one is of either product, and each has a category of its own.
  assert.deepEqual(met.map(({ member, n }) => [member, n]).toSorted(), [
    ['A300打印机', 100],
    ['B100软件', 100],
  ])
  assert.ok(met.every(({ across, across_id }) => across !== '' && across === across_id))
  assert.equal((await run(...asked, '--across', 'channel')).code, 1)

  const explain = await json('explain', 'first_response_minutes', '--period', '2024-05', ...org)
  const text = JSON.stringify(explain.data)
  assert.match(text, /五月\.csv/)
  assert.match(text, /"line":2\b/)

  const out = join(dir, 'out.xlsx')
  const exported = await run(
    'export',
    'work-orders',
    '--period',
    '2024-05',
    '--columns',
    'template',
    '--out',
    out,
    ...org,
  )
  assert.equal(exported.code, 0, exported.err)
  const table = await openTable(out, { name: 'out.xlsx' })
  assert.deepEqual(table.header, [
    '工单编号',
    '客户信息',
    '产品/服务名称',
    '问题描述',
    '问题分类',
    '优先级',
    '处理人',
    '处理方案',
    '处理结果',
    '客户确认',
    '反馈时间',
  ])
  let rows = 0
  for await (const chunk of table.rows()) rows += chunk.length
  assert.equal(rows, 200)

  const check = await json('rebuild', '--check', ...org)
  assert.equal(check.code, 0)
  const close = await json('period', 'close', '--period', '2024-05', '--note', '五月已核对', ...org)
  assert.deepEqual([close.code, close.data.copy, close.data.moved], [0, 1, null], close.err)
  const twice = await run('period', 'close', '--period', '2024-05', '--note', '再来', ...org)
  assert.deepEqual([twice.code, twice.out], [1, ''])
  assert.match(twice.err, /已经关账/)
  assert.equal((await run('period', 'close', '--period', '2024-05', ...org)).code, 2, 'without a note')
  assert.equal((await run('period', 'restate', '--period', '2024-05', '--reason', '无', ...org)).code, 1)
  const undone = await json('import', 'undo', String(first.data.batch), ...org)
  assert.equal(undone.code, 0, undone.err)
  const frozen = await json('score', '--period', '2024-05', ...org)
  const { number } = frozen.data.copy as { number: number }
  assert.deepEqual([frozen.data.total, frozen.data.state, number], [8.46, 'closed', 1])
  const empty = await json('score', '--period', '2024-05', '--copy', 'live', ...org)
  assert.deepEqual([empty.data.total, empty.data.state, empty.data.copy], [null, 'closed', null])
  const restated = await json('period', 'restate', '--period', '2024-05', '--reason', '导入撤销', ...org)
  assert.deepEqual([restated.code, restated.data.copy], [0, 2], restated.err)
  const copied = await json('score', '--period', '2024-05', '--copy', '1', ...org)
  assert.equal(copied.data.total, 8.46)
  assert.equal((await run('score', '--period', '2024-05', '--copy', '3', ...org)).code, 3)
  assert.equal((await run('score', '--period', '2024-05', '--copy', 'x', ...org)).code, 2)
  const periods = await json('period', 'list', ...org)
  assert.equal((periods.data.periods as unknown[]).length, 12)
})

test('a file with rejected rows: exit 4, the user’s own columns come back with the reason', {
  timeout: 120_000,
}, async () => {
  const file = join(dir, '坏行.csv')
  writeFileSync(
    file,
    '工单编号,受理时间,评分\nB1,2024-06-01 09:00,4分\nB2,昨天,5分\nB3,2024-06-02 10:00,9分\n',
  )
  const errors = join(dir, '错误行.xlsx')
  const done = await json('import', 'work-orders', file, '--errors', errors, '--organization', '黄金企业')
  assert.deepEqual([done.code, done.data.rows, done.data.accepted, done.data.rejected], [4, 3, 1, 2])
  const rejections = done.data.rejections as { line: number; column: string; code: string }[]
  assert.deepEqual(
    rejections.map(({ line, column }) => [line, column]),
    [
      [3, '受理时间'],
      [4, '评分'],
    ],
  )
  const table = await openTable(errors, { name: '错误行.xlsx' })
  assert.deepEqual(table.header, ['工单编号', '受理时间', '评分', '错误原因'])
})

test('usage: unknown command 2, missing file 3, unusable configuration 5; stdout stays clean', async () => {
  const unknown = await run('nonsense')
  assert.deepEqual([unknown.code, unknown.out], [2, ''])
  assert.equal((await run('import', 'work-orders', join(dir, 'absent.csv'))).code, 3)
  assert.equal((await run('import', 'moon', 'x')).code, 2)
  assert.equal((await run('start', '--port', '99999999')).code, 5)
  const help = await run('help')
  assert.equal(help.code, 0)
  const document = JSON.parse((await run('openapi')).out) as { openapi: string }
  assert.equal(document.openapi, '3.1.0')
  assert.ok(readFileSync(main, 'utf8').length > 0)
})
