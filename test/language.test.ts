import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pressure from '@fastify/under-pressure'
import Fastify from 'fastify'
import { sendProblem } from '../server/platform/http/problem.ts'
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

test('what the contract says of a field in two languages is told in the one that is asked for', async () => {
  const ask = async (language: string) => {
    const headers = { 'accept-language': language }
    const answer = await cast.call('administrator', 'GET', '/api/work-orders?filter=what', undefined, headers)
    return answer.json().errors as { path: string; message: string }[]
  }
  assert.deepEqual(await ask('zh'), [{ path: 'query.filter', message: '筛选条件无法识别' }])
  assert.deepEqual(await ask('en'), [{ path: 'query.filter', message: 'The filter is not understood' }])
})

test('somebody unknown is answered in Chinese', async () => {
  assert.match((await cast.call(null, 'GET', '/api/units', undefined, silent)).body, /请先登录/)
})

test('a server under pressure says that it is busy and when to come back, not that it failed', async () => {
  const app = Fastify()
  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, error))
  // Any process is over a heap of one byte.
  await app.register(pressure, { maxHeapUsedBytes: 1, retryAfter: 10, sampleInterval: 5 })
  app.get('/', async () => 'never')
  await app.ready()
  await new Promise((resolve) => setTimeout(resolve, 50))
  const answer = await app.inject({ url: '/', headers: { 'accept-language': 'zh' } })
  assert.equal(answer.statusCode, 503, answer.body)
  assert.equal(answer.headers['retry-after'], '10')
  assert.equal(answer.json().code, 'busy')
  assert.match(answer.json().detail, /服务器正忙/)
  await app.close()
})
