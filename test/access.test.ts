import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Role, roles } from '../contract/access.ts'
import { routes } from '../contract/index.ts'
import { drainChanges } from '../server/measurement/index.ts'
import { newId } from '../server/platform/ids.ts'
import { type Cast, canary, now, openCast } from './cast.ts'

let cast: Cast
before(async () => {
  cast = await openCast()
  await drainChanges(cast.db, cast.organizationId, now)
  // A closed period that was restated for team B's sake: its copies and their difference are asked for too.
  const period = '/api/periods/2024-05'
  const closed = await cast.call('administrator', 'POST', `${period}/close`, { note: '五月' })
  assert.equal(closed.status, 201, closed.body)
  await cast.call('administrator', 'POST', `/api/work-orders/${cast.orders.b}/exclusion`, {
    reason: canary.b,
  })
  const restated = await cast.call('administrator', 'POST', `${period}/restate`, { reason: '剔除一单' })
  assert.equal(restated.status, 201, restated.body)
  await cast.call('administrator', 'DELETE', `/api/work-orders/${cast.orders.b}/exclusion`)
  await drainChanges(cast.db, cast.organizationId, now)
})
after(() => cast.end())

const foreign = () => [
  canary.b,
  'BBBB',
  cast.personB,
  cast.orders.b,
  Buffer.from(canary.b).toString('base64'),
]
const teamRoles: Role[] = ['team_lead', 'specialist', 'department_owner']

/** Every address a route can be asked at: own ids, the other team's, ones that do not exist. */
function addresses(path: string): string[] {
  const ids = [cast.orders.a, cast.orders.b, newId(), 'nonsense']
  const fill = (id: string) =>
    path
      .replace(':code', 'first_response_minutes')
      .replace(':kind', 'work-orders')
      .replace(':line', '2')
      .replace(':period', '2024-05')
      .replace(':number', '2')
      .replaceAll(':id', id)
  return path.includes(':id') ? ids.map(fill) : [fill('')]
}

const span = 'from=2024-05-01&to=2024-05-31'
const queries = () => [
  '',
  span,
  `${span}&by=unit`,
  `${span}&by=agent`,
  `${span}&by=product`,
  `${span}&unit=${cast.teamB}`,
  `${span}&agent=${cast.personB}`,
  `${span}&product=${cast.product}&by=agent`,
  'period=2024-05',
  `period=2024-05&unit=${cast.teamB}`,
  `unit=${cast.teamB}`,
  `agent=${cast.personB}`,
  `fact=${cast.orders.b}`,
  'search=SR',
]

test('every read route × team role × own, other and unknown: no byte of the other team', async () => {
  let asked = 0
  for (const route of routes.filter((one) => one.method === 'GET' && one.sends !== 'events'))
    for (const who of teamRoles)
      for (const path of addresses(route.path))
        for (const query of queries()) {
          const answer = await cast.call(who, 'GET', query ? `${path}?${query}` : path)
          asked++
          assert.ok(answer.status < 500, `${route.name} as ${who} ${path}?${query}: ${answer.body}`)
          for (const secret of foreign())
            assert.ok(
              !answer.body.includes(secret) || query.includes(secret) || path.includes(secret),
              `${route.name} as ${who} at ${path}?${query} shows ${secret}: ${answer.body.slice(0, 300)}`,
            )
        }
  assert.ok(asked > 1000, `${asked} requests`)
})

test('the other team’s record and one that does not exist answer the same bytes', async () => {
  for (const who of ['team_lead', 'specialist'] as const) {
    const [other, none] = await Promise.all([
      cast.call(who, 'GET', `/api/work-orders/${cast.orders.b}`),
      cast.call(who, 'GET', `/api/work-orders/${newId()}`),
    ])
    assert.equal(other.status, 404)
    const plain = (body: string) => body.replace(/"request":"[^"]*"/, '')
    assert.equal(plain(other.body), plain(none.body))
  }
})

test('no role writes across teams, in the path or in the body, and nothing is partly done', async () => {
  const stored = async () =>
    cast.db.transaction(
      await cast.whole(),
      async (tx) =>
        (await tx.client.query('select * from cases.work_order where id = $1', [cast.orders.b])).rows,
    )
  const before = await stored()
  assert.equal(before.length, 1)
  for (const who of teamRoles) {
    const tries = await Promise.all([
      cast.call(who, 'PATCH', `/api/work-orders/${cast.orders.b}`, { version: 1, problem: 'x' }),
      cast.call(who, 'POST', `/api/work-orders/${cast.orders.b}/exclusion`, { reason: 'x' }),
      cast.call(who, 'POST', '/api/work-orders', { unitId: cast.teamB, receivedAt: '2024-05-10T02:00:00Z' }),
      cast.call(who, 'POST', '/api/work-orders', {
        agentId: cast.personB,
        receivedAt: '2024-05-10T02:00:00Z',
      }),
      cast.call(who, 'POST', '/api/responses', {
        unitId: cast.teamB,
        overall: 1,
        submittedAt: '2024-05-10T02:00:00Z',
      }),
    ])
    for (const answer of tries)
      assert.ok([403, 404].includes(answer.status), `${who}: ${answer.status} ${answer.body}`)
  }
  const after = await stored()
  assert.deepEqual(after, before)
})

test('an auditor writes nowhere; nobody without a session reads anything', async () => {
  for (const route of routes) {
    const path = addresses(route.path)[0] ?? route.path
    const isPublic = ['setUpState', 'setUp', 'signIn', 'listPacks'].includes(route.name)
    if (
      route.method !== 'GET' &&
      !isPublic &&
      !['signOut', 'createKey', 'revokeKey', 'changePassword'].includes(route.name)
    ) {
      const answer = await cast.call('auditor', route.method, path, {})
      assert.ok([400, 403, 404].includes(answer.status), `${route.name}: ${answer.status}`)
      assert.equal(answer.status, 403, `${route.name}: ${answer.body}`)
    }
    if (!isPublic) assert.equal((await cast.call(null, route.method, path)).status, 401, route.name)
  }
})

test('the second wall: with the application’s checks off the database still shows no other team', async () => {
  const scope = { organizationId: cast.organizationId, unitIds: [cast.teamA] }
  const { rows: tables } = await cast.owner.query(`
    select n.nspname || '.' || quote_ident(c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'unit_id'
    where c.relkind = 'r' and n.nspname in ('directory','cases','surveys','inspections','staff','purchases','intake','measurement')
      and (n.nspname, c.relname) not in (('directory', 'posting'))`)
  assert.ok(tables.length >= 7)
  for (const { name } of tables as { name: string }[]) {
    const { rows } = await cast.db.transaction(scope, (tx) =>
      tx.client.query(`select count(*) filter (where unit_id <> $1) as other, count(*) as all from ${name}`, [
        cast.teamA,
      ]),
    )
    assert.equal(rows[0].other, 0, name)
  }
  const seen = await cast.db.transaction(scope, (tx) =>
    tx.client.query('select count(*) as n from cases.work_order'),
  )
  assert.equal(seen.rows[0].n, 1)
})

test('an unknown key in any body is refused, never stripped; nothing changes', async () => {
  for (const route of routes.filter((one) => one.method !== 'GET' && one.takes === 'json')) {
    const path = addresses(route.path)[0] ?? route.path
    for (const key of ['organization_id', 'unit_ids', 'role_name', 'created_at', '__proto__x', 'isAdmin']) {
      const answer = await cast.call('administrator', route.method, path, { [key]: 1 })
      assert.ok(
        [400, 404].includes(answer.status),
        `${route.name} with ${key}: ${answer.status} ${answer.body.slice(0, 200)}`,
      )
    }
  }
})

test('each write leaves exactly one audit row: done, denied or invalid', async () => {
  const count = async () =>
    Number((await cast.owner.query('select count(*) as n from platform.audit_event')).rows[0].n)
  // The owner is under the same walls: read through a scope.
  const audited = async () =>
    cast.db.transaction(await cast.whole(), async (tx) =>
      Number((await tx.client.query('select count(*) as n from platform.audit_event')).rows[0].n),
    )
  assert.equal(await count(), 0, 'the owner itself sees no tenant rows')
  const cases: [Role, string, string, unknown, number][] = [
    ['administrator', 'POST', '/api/units', { name: `新组${newId()}`, kind: 'team' }, 201],
    ['specialist', 'POST', '/api/units', { name: '偷组', kind: 'team' }, 403],
    ['administrator', 'POST', '/api/units', { name: '', kind: 'team' }, 400],
    ['specialist', 'PATCH', `/api/work-orders/${cast.orders.b}`, { version: 1 }, 404],
  ]
  for (const [who, method, path, body, status] of cases) {
    const before = await audited()
    assert.equal((await cast.call(who, method, path, body)).status, status)
    assert.equal(await audited(), before + 1, `${method} ${path} as ${who}`)
  }
})

test('the same Idempotency-Key answers the same and does it once; another body is refused', async () => {
  const key = { 'idempotency-key': newId() }
  const body = { name: `幂等组${newId()}`, kind: 'team' }
  const first = await cast.call('administrator', 'POST', '/api/units', body, key)
  const again = await cast.call('administrator', 'POST', '/api/units', body, key)
  assert.deepEqual([again.status, again.json().id], [201, first.json().id])
  const other = await cast.call('administrator', 'POST', '/api/units', { ...body, name: 'x' }, key)
  assert.equal(other.status, 422)
})

test('a wrong body is told in the reader’s language, with each place', async () => {
  const zh = await cast.call('administrator', 'POST', '/api/units', { name: 5, kind: 'moon' })
  const en = await cast.call(
    'administrator',
    'POST',
    '/api/units',
    { name: 5, kind: 'moon' },
    { 'accept-language': 'en' },
  )
  assert.match(String(zh.headers['content-type']), /^application\/problem\+json/)
  const paths = (answer: typeof zh) => (answer.json().errors as { path: string }[]).map((one) => one.path)
  assert.deepEqual(paths(zh), ['body.name', 'body.kind'])
  assert.match(zh.body, /请求内容有误/)
  assert.match(en.body, /does not fit/)
})

test('a write that rides on a cookie from another site is refused', async () => {
  const who = `specialist-${cast.organizationId}`
  const signIn = await cast.call(null, 'POST', '/api/session', { login: who, password: 'a long password' })
  assert.equal(signIn.status, 200, signIn.body)
  const cookie = String(signIn.headers['set-cookie']).split(';')[0] ?? ''
  const write = (headers: object) =>
    cast.call(
      null,
      'POST',
      '/api/work-orders',
      { receivedAt: '2024-05-10T02:00:00Z' },
      { cookie, 'content-type': 'application/json', ...headers },
    )
  assert.equal((await write({ 'sec-fetch-site': 'cross-site' })).status, 403)
  assert.equal((await write({ origin: 'https://evil.example' })).status, 403)
  const own = await write({ 'sec-fetch-site': 'same-origin' })
  assert.equal(own.status, 201, own.body)
})

test('guessing is slowed, and an unknown user is answered as a wrong password is', async () => {
  const login = `team_lead-${cast.organizationId}`
  const enter = (password: string, name = login) =>
    cast.call(null, 'POST', '/api/session', { login: name, password })
  const unknown = await enter('wrong password', 'nobody-here')
  const wrong = await enter('wrong password')
  const plain = (body: string) => body.replace(/"request":"[^"]*"/, '')
  assert.equal(plain(unknown.body), plain(wrong.body))
  const statuses: number[] = []
  for (let i = 0; i < 12; i++) statuses.push((await enter('wrong password')).status)
  assert.equal(statuses.filter((status) => status === 401).length, 9)
  assert.equal(statuses.at(-1), 429)
})

test('every role of the product is in the cast', () => {
  for (const role of roles) assert.ok(cast.tokens[role])
})
