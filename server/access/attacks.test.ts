import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type Cast, now, openCast } from '../../test/cast.ts'
import { createUnit } from '../directory/index.ts'
import { sql } from '../platform/sql.ts'
import { createUser, openSession, purgeAccess } from './index.ts'

const password = 'a long password'
let cast: Cast
before(async () => {
  cast = await openCast()
})
after(() => cast.end())

const loginOf = (who: string) => `${who}-${cast.organizationId}`
const signIn = async (login: string, given: string, from: string, headers: Record<string, string> = {}) => {
  const answer = await cast.app.inject({
    method: 'POST',
    url: '/api/session',
    remoteAddress: from,
    headers: { 'content-type': 'application/json', ...headers },
    payload: JSON.stringify({ login, password: given }),
  })
  const device = answer.cookies.find(({ name }) => name.endsWith('zhihuan_device'))
  return { status: answer.statusCode, ...(device && { device: `${device.name}=${device.value}` }) }
}
const count = (answers: { status: number }[], status: number) =>
  answers.filter((one) => one.status === status).length

test('of many guesses at once at one account ten take effect, from however many addresses', async () => {
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, i) => signIn(loginOf('auditor'), `guess ${i} guess`, `10.0.0.${i}`)),
  )
  assert.deepEqual([count(answers, 401), count(answers, 429)], [10, 30])
})

test('of many guesses at once from one address fifty take effect, at however many accounts', async () => {
  const answers = await Promise.all(
    Array.from({ length: 80 }, (_, i) => signIn(`nobody-${i}`, 'guess guess', '10.0.1.1')),
  )
  assert.deepEqual([count(answers, 401), count(answers, 429)], [50, 30])
})

test('a browser that signed in before gets in while others guess, also from their address; its cookie gives no more than ten guesses', async () => {
  const login = loginOf('specialist')
  const { device } = await signIn(login, password, '10.0.2.1')
  assert.ok(device)
  const cookie = { cookie: device }
  for (let i = 0; i < 12; i++) await signIn(login, 'guess guess', '10.0.2.1')
  assert.equal((await signIn(login, password, '10.0.2.2')).status, 429, 'somebody unknown waits')
  assert.equal((await signIn(login, password, '10.0.1.1', cookie)).status, 200, 'the known browser does not')
  assert.equal(
    (await signIn(loginOf('auditor'), password, '10.0.2.3', cookie)).status,
    429,
    'for its account alone',
  )
  const guesses = await Promise.all(
    Array.from({ length: 20 }, () => signIn(login, 'guess guess', '10.0.2.4', cookie)),
  )
  assert.deepEqual([count(guesses, 401), count(guesses, 429)], [10, 10])
})

test('signing in over a key’s header leaves the key alive; a key makes no further keys', async () => {
  const login = loginOf('inspector')
  const authorization = `Bearer ${cast.tokens.inspector}`
  assert.equal((await signIn(login, password, '10.0.3.1', { authorization })).status, 200)
  assert.equal((await cast.call('inspector', 'GET', '/api/me')).status, 200)
  const made = await cast.call('inspector', 'POST', '/api/keys', { name: 'again', days: 365 })
  assert.deepEqual([made.status, made.json().code], [403, 'key_makes_key'])
})

test('an administrator of one team neither sees nor disables people above or beside it', async () => {
  const tx = await cast.whole()
  const id = await cast.db.transaction(tx, (within) =>
    createUser(
      within,
      { login: 'team-admin', name: '组管理员', password, role: 'administrator', unitId: cast.teamA },
      now,
    ),
  )
  const key = { name: 'test', days: 30 }
  const { token } = await openSession(cast.db, { organizationId: cast.organizationId, userId: id }, now, key)
  const headers = { authorization: `Bearer ${token}` }
  const list = await cast.call(null, 'GET', '/api/users', undefined, headers)
  const names = (list.json().items as { name: string }[]).map(({ name }) => name).toSorted()
  assert.deepEqual(names, ['department_owner', 'specialist', 'team_lead', '组管理员'].toSorted())
  for (const other of [cast.users.administrator, cast.users.outsider])
    assert.equal((await cast.call(null, 'POST', `/api/users/${other}/disabling`, {}, headers)).status, 404)
  assert.equal((await cast.call('administrator', 'GET', '/api/me')).status, 200)
})

test('what holds for the whole organization is not changed from one team', async () => {
  const tokens = await Promise.all(
    (['administrator', 'quality_supervisor'] as const).map(async (role) => {
      const id = await cast.db.transaction(await cast.whole(), (tx) =>
        createUser(tx, { login: `team-${role}`, name: role, password, role, unitId: cast.teamA }, now),
      )
      const key = { name: 'test', days: 30 }
      return (await openSession(cast.db, { organizationId: cast.organizationId, userId: id }, now, key)).token
    }),
  )
  const standards = (await cast.call('administrator', 'GET', '/api/standards')).json().items as unknown[]
  const attempts: [string, string, object][] = [
    ['POST', '/api/standards', { effectiveOn: '2024-01-01', reason: '试', indicators: [] }],
    ['PATCH', '/api/organization', { name: '改名' }],
    ['POST', '/api/demo', {}],
    ['DELETE', '/api/demo', {}],
  ]
  for (const token of tokens) {
    const headers = { authorization: `Bearer ${token}` }
    for (const [method, path, body] of attempts) {
      const answer = await cast.call(null, method, path, body, headers)
      assert.deepEqual(
        [answer.status, answer.json().code],
        [403, 'forbidden'],
        `${method} ${path}: ${answer.body}`,
      )
    }
    const { can } = (await cast.call(null, 'GET', '/api/me', undefined, headers)).json() as {
      can: { editStandards: boolean }
    }
    assert.equal(can.editStandards, false)
  }
  const after = (await cast.call('administrator', 'GET', '/api/standards')).json().items as unknown[]
  assert.equal(after.length, standards.length)
})

test('somebody whose appointment has run out, or is for one team alone, does not count as another administrator', async () => {
  await cast.db.transaction(await cast.whole(), (tx) =>
    createUser(
      tx,
      {
        login: 'former-admin',
        name: '前管理员',
        password,
        role: 'administrator',
        unitId: cast.rootUnitId,
        until: '2024-06-01T00:00:00Z',
      },
      now,
    ),
  )
  const own = await cast.call('administrator', 'POST', `/api/users/${cast.users.administrator}/disabling`, {})
  assert.deepEqual([own.status, own.json().code], [409, 'last_administrator'])
})

test('what was asked with an Idempotency-Key is kept as a keyed fingerprint, and for a day', async () => {
  const body = {
    login: 'kept-user',
    name: '某人',
    password: 'a password to guess',
    role: 'specialist',
    unitId: cast.teamA,
  }
  const headers = { 'idempotency-key': 'once' }
  assert.equal((await cast.call('administrator', 'POST', '/api/users', body, headers)).status, 201)
  const kept = async () =>
    cast.db.transaction(await cast.whole(), (tx) =>
      tx.rows<{ request_hash: Buffer }>(sql`
        select request_hash from platform.idempotency_key where organization_id = ${tx.organizationId}`),
    )
  const input = JSON.stringify({ params: {}, query: {}, body })
  const guess = createHash('sha256').update('createUser').update(input).digest()
  const before = await kept()
  assert.equal(before.length, 1)
  assert.ok(!before[0]!.request_hash.equals(guess), 'a guessed password could be tried against it')
  const hour = 3_600_000
  await purgeAccess(cast.db, new Date(now.getTime() + 23 * hour))
  assert.equal((await kept()).length, 1)
  await purgeAccess(cast.db, new Date(now.getTime() + 25 * hour))
  assert.equal((await kept()).length, 0)
})

test('what has run out is purged: sessions past their end, attempts past their window', async () => {
  const owner = { organizationId: cast.organizationId, userId: cast.users.auditor }
  const { token } = await openSession(cast.db, owner, now)
  await signIn('nobody-at-all', 'guess guess', '10.0.5.1')
  const later = new Date(now.getTime() + 13 * 3_600_000)
  await purgeAccess(cast.db, later)
  const hash = createHash('sha256').update(token).digest()
  assert.deepEqual(await cast.db.global(sql`select 1 from access.session where token_hash = ${hash}`), [])
  assert.deepEqual(
    await cast.db.global(sql`select subject from access.sign_in_attempt where subject not like 'known:%'`),
    [],
  )
})

test('a login or a name no database can hold is refused as input, not as a failure', async () => {
  for (const login of ['a\u0000b', '\ud800x'])
    assert.ok([400, 401].includes((await signIn(login, password, '10.0.6.1')).status), JSON.stringify(login))
  const made = await cast.call('administrator', 'POST', '/api/units', { name: 'a\u0000b', kind: 'team' })
  assert.equal(made.status, 400, made.body)
  const unit = await cast.db.transaction(await cast.whole(), (tx) =>
    createUnit(tx, { name: '丙组', kind: 'team' }, now),
  )
  assert.ok(unit.id)
})
