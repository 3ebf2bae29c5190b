import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Cast, canary, openCast } from '../../test/cast.ts'

let cast: Cast
before(async () => {
  cast = await openCast()
})
after(() => cast.end())

const give = (who: 'specialist' | 'administrator' | 'team_lead', grants: object[], by = 'administrator') =>
  cast.call(by as 'administrator', 'PUT', `/api/users/${cast.users[who]}/roles`, { grants })
const seenBy = async (who: 'specialist') => (await cast.call(who, 'GET', '/api/work-orders')).body

test('other roles hold from the next request on, and the audit keeps both', async () => {
  assert.ok(!(await seenBy('specialist')).includes(canary.b))
  const moved = await give('specialist', [{ role: 'specialist', unitId: cast.teamB }])
  assert.equal(moved.status, 200, moved.body)
  const seen = await seenBy('specialist')
  assert.ok(seen.includes(canary.b) && !seen.includes(canary.a))
  const both = await give('specialist', [
    { role: 'specialist', unitId: cast.teamB },
    { role: 'team_lead', unitId: cast.teamA },
  ])
  assert.equal((both.json().grants as object[]).length, 2)
  const seenBoth = await seenBy('specialist')
  assert.ok(seenBoth.includes(canary.b) && seenBoth.includes(canary.a))
  const { rows } = await cast.db.transaction(await cast.whole(), (tx) =>
    tx.client.query(`select detail from platform.audit_event where action = 'changeRoles' order by at, id`),
  )
  assert.equal(rows.length, 2)
  const unitsOf = (grants: { unitId: string }[]) => grants.map(({ unitId }) => unitId)
  const kept = rows.map(({ detail }) => [unitsOf(detail.before), unitsOf(detail.after)])
  assert.ok(kept.some(([was, is]) => was?.[0] === cast.teamA && is?.join() === cast.teamB))
})

test('nobody without the right gives roles; none is left without one, twice in one, or out of reach', async () => {
  const mine = [{ role: 'administrator', unitId: cast.rootUnitId }]
  for (const who of ['team_lead', 'specialist', 'quality_supervisor', 'auditor'])
    assert.equal((await give('specialist', mine, who)).status, 403, who)
  assert.equal((await give('specialist', [])).status, 400)
  assert.equal((await give('specialist', [{ role: 'king', unitId: cast.teamA }])).status, 400)
  const twice = { role: 'specialist', unitId: cast.teamA }
  assert.equal((await give('specialist', [twice, twice])).json().code, 'role_twice')
  const nowhere = [{ role: 'specialist', unitId: '00000000-0000-7000-8000-000000000000' }]
  assert.equal((await give('specialist', nowhere)).status, 404)
})

test('the last administrator of the whole organization stays one; with a second one it may change', async () => {
  const lead = [{ role: 'team_lead', unitId: cast.teamA }]
  assert.equal((await give('administrator', lead)).json().code, 'last_administrator')
  const expired = [{ role: 'administrator', unitId: cast.rootUnitId, until: '2020-01-01T00:00:00Z' }]
  assert.equal((await give('administrator', expired)).json().code, 'last_administrator')
  const second = await give('team_lead', [{ role: 'administrator', unitId: cast.rootUnitId }])
  assert.equal(second.status, 200, second.body)
  // Two administrators who take the role from each other at once: one of them stays.
  const [one, other] = await Promise.all([
    cast.call('administrator', 'PUT', `/api/users/${cast.users.team_lead}/roles`, { grants: lead }),
    cast.call('team_lead', 'PUT', `/api/users/${cast.users.administrator}/roles`, { grants: lead }),
  ])
  assert.ok(
    [one.status, other.status].some((status) => status !== 200),
    `${one.status} ${other.status}`,
  )
  const { rows } = await cast.db.transaction(await cast.whole(), (tx) =>
    tx.client.query(`select 1 from access.grant where role = 'administrator' and unit_id = $1`, [
      cast.rootUnitId,
    ]),
  )
  assert.ok(rows.length >= 1)
})
