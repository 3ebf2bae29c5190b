import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Cast, openCast } from '../../test/cast.ts'

let cast: Cast
before(async () => {
  cast = await openCast()
})
after(() => cast.end())

const headers = { origin: 'http://localhost:80', 'content-type': 'application/json' }
const post = (url: string, payload: object, cookie = '', from = '10.1.0.1') =>
  cast.app.inject({
    method: 'POST',
    url,
    remoteAddress: from,
    headers: { ...headers, ...(cookie && { cookie }) },
    payload: JSON.stringify(payload),
  })
const login = (who: string) => `${who}-${cast.organizationId}`
async function enter(who: string, password: string, from?: string) {
  const answer = await post('/api/session', { login: login(who), password }, '', from)
  const cookie = answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  return { status: answer.statusCode, cookie }
}
const isIn = async (cookie: string) =>
  (await cast.app.inject({ method: 'GET', url: '/api/me', headers: { cookie } })).statusCode === 200

test('a new password by the present one: other browsers are out, this one and the keys stay', async () => {
  const here = await enter('auditor', 'a long password')
  const elsewhere = await enter('auditor', 'a long password')
  assert.ok((await isIn(here.cookie)) && (await isIn(elsewhere.cookie)))
  const body = { current: 'a long password', password: 'another long one' }
  const changed = await post('/api/me/password', body, here.cookie)
  assert.equal(changed.statusCode, 200, changed.body)
  assert.ok(await isIn(here.cookie))
  assert.ok(!(await isIn(elsewhere.cookie)))
  assert.equal((await cast.call('auditor', 'GET', '/api/me')).status, 200, 'the key')
  assert.equal((await enter('auditor', 'a long password')).status, 401)
  assert.equal((await enter('auditor', 'another long one')).status, 200)
})

test('a wrong present password, one too short, a stranger and a key change nothing', async () => {
  const here = await enter('inspector', 'a long password')
  const code = async (body: object, cookie = here.cookie) => {
    const answer = await post('/api/me/password', body, cookie, '10.1.0.2')
    return [answer.statusCode, answer.json().code]
  }
  const wanted = { current: 'a long password', password: 'another long one' }
  assert.deepEqual(await code({ ...wanted, current: 'a guess' }), [400, 'wrong_password'])
  assert.deepEqual(await code({ ...wanted, password: 'short' }), [400, 'invalid'])
  assert.equal((await code(wanted, ''))[0], 401)
  assert.equal(
    (await cast.call('inspector', 'POST', '/api/me/password', wanted)).json().code,
    'key_changes_password',
  )
  assert.ok(await isIn(here.cookie), 'a wrong guess signs nobody out')
  assert.equal((await enter('inspector', 'a long password', '10.1.0.3')).status, 200)
})

test('the present password is guessed no faster here than at the sign-in', async () => {
  const here = await enter('specialist', 'a long password', '10.1.0.4')
  const without = here.cookie
    .split('; ')
    .filter((one) => !/device/i.test(one))
    .join('; ')
  const guesses = await Promise.all(
    Array.from({ length: 14 }, (_, i) =>
      post('/api/me/password', { current: `guess ${i}`, password: 'another long one' }, without, '10.1.0.4'),
    ),
  )
  const statuses = guesses.map(({ statusCode }) => statusCode)
  assert.ok(statuses.filter((status) => status === 400).length <= 10, statuses.join())
  assert.ok(statuses.includes(429), statuses.join())
})
