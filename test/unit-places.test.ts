import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { indicatorFields } from '../contract/standards.ts'
import { reviewClocks } from '../server/cases/index.ts'
import { drainChanges } from '../server/measurement/index.ts'
import { reviewReplies } from '../server/surveys/index.ts'
import { type Cast, canary, now, openCast } from './cast.ts'

let cast: Cast
let east: string
let west: string

/** 甲组 stands below 东部 from ever; the cast's records are of 10 May, and the lead of 甲组 leads 东部 as well here. */
before(async () => {
  cast = await openCast()
  const make = async (name: string) => {
    const answer = await cast.call('administrator', 'POST', '/api/units', { name, kind: 'department' })
    assert.equal(answer.status, 201, answer.body)
    return String(answer.json().id)
  }
  ;[east, west] = [await make('东部'), await make('西部')]
  await drainChanges(cast.db, cast.organizationId, now)
  await move(cast.teamA, { parentId: east })
  await put(`update access.grant set unit_id = $1 where user_id = $2`, [east, cast.users.team_lead])
  await put(`update access.grant set unit_id = $1 where user_id = $2`, [west, cast.users.outsider])
})
after(() => cast.end())

/** Done by hand in the database, as the organization. */
const put = async (text: string, values: unknown[]): Promise<unknown[]> =>
  cast.db.transaction(await cast.whole(), async (tx) => (await tx.client.query(text, values)).rows)

async function move(id: string, body: object, who: 'administrator' | 'team_lead' = 'administrator') {
  const answer = await cast.call(who, 'PATCH', `/api/units/${id}`, body)
  return answer.status === 200 ? undefined : answer.json().code
}

const counted = async (who: 'administrator' | 'team_lead' | 'outsider', unit: string) => {
  const query = `from=2024-05-01&to=2024-05-31&unit=${unit}`
  const answer = await cast.call(who, 'GET', `/api/measures/first_response_minutes/figures?${query}`)
  return answer.status === 200 ? (answer.json().rows as { n: number }[])[0]?.n : answer.status
}

test('a unit put into its place on the day it was made has its past there; the places and days are told', async () => {
  assert.equal(await counted('administrator', east), 1)
  const told = (await cast.call('administrator', 'GET', `/api/units/${cast.teamA}/places`)).json()
  assert.deepEqual(told, {
    madeOn: '2024-06-15',
    firstOn: '2024-05-01',
    today: '2024-06-15',
    items: [
      {
        parent: { id: east, name: '东部' },
        fromOn: null,
        recordedAt: now.toISOString(),
        by: 'administrator',
      },
      { parent: { id: cast.rootUnitId, name: '测试企业' }, fromOn: null, recordedAt: null, by: '' },
    ],
  })
  assert.equal((await cast.call('specialist', 'GET', `/api/units/${cast.teamA}/places`)).status, 403)
})

test('the former parent keeps the figures of its days and loses sight of the team; nobody gains a door', async () => {
  const records = '/api/measures/first_response_minutes/records?from=2024-05-01&to=2024-05-31'
  assert.equal(await counted('team_lead', east), 1)
  assert.equal(await move(cast.teamA, { parentId: west, fromOn: '2024-06-01' }), undefined)
  // Who sees the whole finds May where it was.
  assert.deepEqual([await counted('administrator', east), await counted('administrator', west)], [1, 0])
  // The lead of the east no longer reaches the team, nor its records behind the figure of May, nor any page of theirs.
  assert.equal(await counted('team_lead', cast.teamA), 404)
  assert.equal(await counted('team_lead', east), 0)
  for (const url of [
    records,
    `${records}&unit=${east}`,
    '/api/work-orders',
    `/api/records/work-orders/${cast.orders.a}/history`,
  ]) {
    const answer = await cast.call('team_lead', 'GET', url)
    assert.doesNotMatch(answer.body, new RegExp(canary.a), url)
  }
  assert.equal((await cast.call('team_lead', 'GET', `/api/work-orders/${cast.orders.a}`)).status, 404)
  assert.equal((await cast.call('team_lead', 'GET', `${records}&unit=${west}`)).status, 404)
  assert.equal((await cast.call('team_lead', 'GET', `${records}&unit=${east}&within=${west}`)).status, 404)
  // The new lead sees the team with its past, as before, but May is no figure of the west.
  assert.equal(await counted('outsider', cast.teamA), 1)
  assert.equal(await counted('outsider', west), 0)
  assert.equal((await cast.call('outsider', 'GET', `/api/work-orders/${cast.orders.a}`)).status, 200)
})

test('a lead takes no days from a department out of reach, and learns no name of it', async () => {
  await put(`update access.grant set role = 'administrator' where user_id = $1`, [cast.users.outsider])
  const asWest = (method: string, path: string, body?: object) =>
    cast.call('outsider', method, `/api/units/${cast.teamA}${path}`, body)
  const code = async (body: object) => (await asWest('PATCH', '', body)).json().code
  assert.equal(await code({ fromOn: 'always' }), 'move_beyond_reach')
  assert.equal(await code({ fromOn: '2024-05-20' }), 'move_beyond_reach')
  assert.equal(await code({ parentId: east }), 'not_found')
  const { body } = await asWest('GET', '/places')
  assert.doesNotMatch(body, /东部/)
  assert.match(body, /西部/)
  assert.equal(await counted('administrator', east), 1)
  await put(`update access.grant set role = 'specialist' where user_id = $1`, [cast.users.outsider])
})

test('a closed period keeps its copies whatever moves; a move of its own days is told as a late change, a later one is none', async () => {
  const closed = await cast.call('administrator', 'POST', '/api/periods/2024-05/close', { note: '五月' })
  assert.equal(closed.status, 201, closed.body)
  const frozen = async (unit: string) =>
    (await cast.call('administrator', 'GET', `/api/scorecard?period=2024-05&unit=${unit}`)).json()
  const before = [await frozen(east), await frozen(west)]
  const late = async () => {
    const answer = await cast.call('administrator', 'GET', '/api/periods/2024-05/late-changes')
    const { units, causes } = answer.json() as {
      units: { unit: { id: string } }[]
      causes: { kind: string; what: string }[]
    }
    return { units: units.map(({ unit }) => unit.id).sort(), causes }
  }
  // Closing reads as what it froze: the live card of the east is the frozen one.
  assert.deepEqual(await late(), { units: [], causes: [] })
  assert.equal(await move(cast.teamA, { parentId: cast.rootUnitId, fromOn: '2024-06-10' }), undefined)
  assert.equal(await move(cast.teamA, { parentId: west, fromOn: '2024-06-10' }), undefined)
  assert.deepEqual(await late(), { units: [], causes: [] })
  assert.equal(await move(cast.teamA, { fromOn: '2024-05-05' }), undefined)
  const moved = await late()
  assert.deepEqual(moved.units, [east, west].sort())
  assert.deepEqual(
    moved.causes.map(({ kind, what }) => [kind, what]),
    [['unit', '甲组']],
  )
  assert.deepEqual([await frozen(east), await frozen(west)], before)
  // As it was, for the tests below.
  assert.equal(await move(cast.teamA, { parentId: east, fromOn: 'always' }), undefined)
  assert.equal(await move(cast.teamA, { parentId: west, fromOn: '2024-06-01' }), undefined)
  assert.deepEqual((await late()).units, [])
})

test('days that cannot be are refused in both languages, with the day that can', async () => {
  const ask = async (fromOn: string, language: string) =>
    cast.call(
      'administrator',
      'PATCH',
      `/api/units/${cast.teamA}`,
      { fromOn },
      { 'accept-language': language },
    )
  const future = await ask('2024-06-16', 'zh')
  assert.equal(future.status, 400)
  assert.match(future.body, /move_in_future.*2024-06-16 还没有到（今天是 2024-06-15）/s)
  assert.match(
    (await ask('2024-04-30', 'en')).body,
    /move_before_unit.*nothing before 2024-05-01.*\(always\)/s,
  )
  assert.equal((await ask('2024-02-30', 'zh')).json().code, 'invalid')
  assert.equal((await ask('sometimes', 'zh')).json().code, 'invalid')
})

test('an order keeps the hours of the place it came to; orders after the move have those of the new place', async () => {
  const { items } = (await cast.call('administrator', 'GET', '/api/standards')).json() as {
    items: { indicators: object[] }[]
  }
  const fields = Object.keys(indicatorFields)
  const indicators = items[0]!.indicators.map((one) =>
    Object.fromEntries(Object.entries(one).filter(([name]) => fields.includes(name))),
  )
  const timeLimits = [{ clock: 'response', seconds: 7200, runs: 'working' }]
  const standard = { effectiveOn: '2024-06-01', reason: '时限', indicators, timeLimits }
  assert.equal((await cast.call('administrator', 'POST', '/api/standards', standard)).status, 201)
  const opens = async (unitId: string, hour: number) => {
    const week = [0, 1, 2, 3, 4, 5, 6].map(() => [[hour * 60, 1320]])
    const hours = { unitId, week, effectiveOn: '2024-06-01', reason: '门店', holidays: '', days: [] }
    assert.equal((await cast.call('administrator', 'POST', '/api/calendars', hours)).status, 201)
  }
  await opens(east, 8)
  await opens(west, 12)
  const shop = String(
    (
      await cast.call('administrator', 'POST', '/api/units', { name: '门店', kind: 'outlet', parentId: east })
    ).json().id,
  )
  // It was made yesterday and had orders since.
  await put(`update directory.unit set created_at = '2024-06-14T00:00:00Z' where id = $1`, [shop])
  const receive = async (receivedAt: string) =>
    String(
      (await cast.call('administrator', 'POST', '/api/work-orders', { receivedAt, unitId: shop })).json().id,
    )
  const due = async (id: string) =>
    (await cast.call('administrator', 'GET', `/api/work-orders/${id}`)).json().responseDueAt
  // 09:00 on Friday by the hours of the east: due at 11:00. At 11:59, a minute before the move: at 13:59.
  const [passed, open] = [await receive('2024-06-14T01:00:00Z'), await receive('2024-06-15T03:59:00Z')]
  const early = { passed: '2024-06-14T03:00:00.000Z', open: '2024-06-15T05:59:00.000Z' }
  assert.deepEqual({ passed: await due(passed), open: await due(open) }, early)
  await reviewClocks(cast.db, cast.organizationId, now)
  // Noon of Saturday: moved, and told to hold from the day before.
  assert.equal(await move(shop, { parentId: west, fromOn: '2024-06-14' }), undefined)
  const waiting = await cast.owner.query('select cases.organizations_to_review()')
  assert.equal(waiting.rows.length, 1)
  assert.equal(await reviewClocks(cast.db, cast.organizationId, now), 0)
  assert.deepEqual({ passed: await due(passed), open: await due(open) }, early)
  await reviewReplies(cast.db, cast.organizationId, now)
  assert.deepEqual((await cast.owner.query('select cases.organizations_to_review()')).rows, [])
  // The next morning at 09:00 the west is still closed: noon and two hours. The clock explains itself by the same hours.
  const after = await receive('2024-06-16T01:00:00Z')
  assert.equal(await due(after), '2024-06-16T06:00:00.000Z')
  for (const [id, opened] of [
    [after, 120],
    [open, 120],
  ] as const) {
    const { items: clocks } = (
      await cast.call('administrator', 'GET', `/api/work-orders/${id}/clocks`)
    ).json() as {
      items: { dueAt: string; steps: { minutes: number }[] }[]
    }
    assert.equal(clocks[0]?.dueAt, await due(id))
    assert.equal(
      clocks[0]?.steps.reduce((sum, { minutes }) => sum + minutes, 0),
      opened,
    )
  }
  // A correction moves figures, and no limit of what was there.
  assert.equal(await move(shop, { fromOn: 'always' }), undefined)
  assert.equal(await reviewClocks(cast.db, cast.organizationId, now), 0)
  assert.deepEqual({ passed: await due(passed), open: await due(open) }, early)
})

test('two moves at once are told one after the other, and a move leaves its trace', async () => {
  const both = await Promise.all([
    cast.call('administrator', 'PATCH', `/api/units/${east}`, { parentId: west }),
    cast.call('administrator', 'PATCH', `/api/units/${west}`, { parentId: east }),
  ])
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 400])
  const rows = await put(
    `select detail from platform.audit_event where action = 'changeUnit' and object_id = $1 and result = 'ok'`,
    [cast.teamA],
  )
  const traces = (rows as { detail: object }[]).map(({ detail }) => detail)
  assert.equal(traces.length, 7)
  for (const trace of [
    { parentId: east, fromOn: 'always' },
    { parentId: west, fromOn: '2024-06-01' },
  ])
    assert.ok(traces.some((one) => isDeepStrictEqual(one, trace)))
  await assert.rejects(
    cast.db.transaction(await cast.whole(), (tx) =>
      tx.client.query(`update directory.unit_place set number = 9`),
    ),
    /permission denied/,
  )
})
