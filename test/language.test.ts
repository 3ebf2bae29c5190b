import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Cast, openCast } from './cast.ts'

let cast: Cast
before(async () => {
  cast = await openCast()
})
after(() => cast.end())

const silent = { 'accept-language': '' }

test('a problem is told in the language of the user who asks, where the request names none', async () => {
  const ask = (headers: object) => cast.call('administrator', 'POST', '/api/units', { name: 5 }, headers)
  assert.match((await ask(silent)).body, /请求内容有误/)
  await cast.db.transaction(await cast.whole(), (tx) =>
    tx.client.query('update access.user set language = $2 where id = $1', [cast.users.administrator, 'en']),
  )
  assert.match((await ask(silent)).body, /does not fit/)
  assert.match((await ask({ 'accept-language': 'fr' })).body, /does not fit/)
  assert.match((await ask({ 'accept-language': 'zh' })).body, /请求内容有误/)
  const refused = await cast.call(
    'administrator',
    'GET',
    `/api/work-orders/${cast.product}`,
    undefined,
    silent,
  )
  assert.match(refused.body, /[Nn]ot found/)
})

test('somebody unknown is answered in Chinese', async () => {
  assert.match((await cast.call(null, 'GET', '/api/units', undefined, silent)).body, /请先登录/)
})
