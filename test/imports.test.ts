import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { type Cast, openCast } from './cast.ts'
import { goldenCsv, goldenMapping } from './golden.ts'

let cast: Cast
before(async () => {
  cast = await openCast()
})
after(() => cast.end())

const file = { 'content-type': 'application/octet-stream' }
const query = (more: Record<string, string> = {}) =>
  new URLSearchParams({
    kind: 'work-orders',
    fileName: '五月.csv',
    mapping: JSON.stringify(goldenMapping),
    ...more,
  })

test('a preview shows columns and counts and writes nothing', async () => {
  const answer = await cast.call(
    'administrator',
    'POST',
    `/api/imports/preview?${query()}`,
    goldenCsv(),
    file,
  )
  assert.equal(answer.status, 200, answer.body)
  const shown = answer.json() as { header: string[]; result: { accepted: number; rejected: number } }
  assert.equal(shown.header[0], '工单编号')
  assert.deepEqual([shown.result.accepted, shown.result.rejected], [200, 0])
  assert.deepEqual((await cast.call('administrator', 'GET', '/api/imports')).json().items, [])
})

test('an upload runs behind and comes to its counts; undone, it is undone', async () => {
  const started = await cast.call('administrator', 'POST', `/api/imports?${query()}`, goldenCsv(), file)
  assert.equal(started.status, 202, started.body)
  const id = String(started.json().id)
  let batch = started.json()
  for (let i = 0; i < 200 && batch.state === 'running'; i++) {
    await wait(100)
    batch = (await cast.call('administrator', 'GET', `/api/imports/${id}`)).json()
  }
  assert.deepEqual([batch.state, batch.rows, batch.accepted, batch.rejected], ['done', 200, 200, 0])
  const undone = await cast.call('administrator', 'POST', `/api/imports/${id}/undo`, {})
  assert.equal(undone.json().state, 'undone', undone.body)
})

test('a file that is no table is refused with the reason', async () => {
  const answer = await cast.call(
    'administrator',
    'POST',
    `/api/imports/preview?${query({ fileName: 'x.xlsx' })}`,
    '<html>no workbook</html>',
    file,
  )
  assert.deepEqual(
    [answer.json().code, [413, 422].includes(answer.status)],
    ['file_refused', true],
    answer.body,
  )
})
