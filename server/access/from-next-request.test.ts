import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Role } from '../../contract/access.ts'
import type { Figure, Scorecard } from '../../contract/measurement.ts'
import { type Cast, canary, now, openCast } from '../../test/cast.ts'
import { drainChanges } from '../measurement/index.ts'
import { type Database, openDatabase } from '../platform/database.ts'

// What the command line or a second server does: it knows nothing of the server that is asked.
let cast: Cast
let other: Database
let busy = true
let crowd: Promise<unknown>

before(async () => {
  cast = await openCast()
  other = openDatabase(cast.connections.app)
  await drainChanges(cast.db, cast.organizationId, now)
  // Each asks without pause, so that no request of a test comes while nobody else's is under way.
  const asking = async (who: Role, url: string) => {
    while (busy) await cast.call(who, 'GET', url)
  }
  crowd = Promise.all(
    (['team_lead', 'specialist', 'auditor', 'inspector', 'administrator'] as const).flatMap((who) =>
      [card, orders, card, figure].map((url) => asking(who, url)),
    ),
  )
})
after(async () => {
  busy = false
  await crowd
  await other.end()
  await cast.end()
})

const card = '/api/scorecard?period=2024-05'
const figure = '/api/measures/first_response_minutes/figures?from=2024-05-01&to=2024-05-31'
const orders = '/api/work-orders'

const elsewhere = async (text: string, values: unknown[] = []) =>
  other.transaction(await cast.whole(), (tx) => tx.client.query(text, values))

/** Several at once, as a page asks: none of them may still be answered by what stood before. */
const atOnce = async (who: Role, url: string) =>
  Promise.all(Array.from({ length: 6 }, () => cast.call(who, 'GET', url)))
const statuses = async (who: Role, url = card) => (await atOnce(who, url)).map(({ status }) => status)
const all = (status: number) => Array.from({ length: 6 }, () => status)

test('a session that another process ended, let expire, or whose user it disabled is refused', async () => {
  for (const who of ['inspector', 'auditor', 'specialist'] as const)
    assert.deepEqual(await statuses(who), all(200), who)
  const of = (who: Role) => cast.users[who]
  await other.global({ text: 'delete from access.session where user_id = $1', values: [of('inspector')] })
  assert.deepEqual(await statuses('inspector'), all(401))
  await other.global({
    text: 'update access.session set expires_at = $2 where user_id = $1',
    values: [of('auditor'), now],
  })
  assert.deepEqual(await statuses('auditor'), all(401))
  await elsewhere('update access.user set disabled_at = $2 where id = $1', [of('specialist'), now])
  assert.deepEqual(await statuses('specialist'), all(401))
})

test('a role that another process gave elsewhere or took holds there, and here no more', async () => {
  const lead = cast.users.team_lead
  const texts = async () => (await atOnce('team_lead', orders)).map(({ body }) => body)
  for (const text of await texts()) assert.ok(text.includes(canary.a) && !text.includes(canary.b))
  for (const [unitId, seen, hidden] of [
    [cast.teamB, canary.b, canary.a],
    [cast.teamA, canary.a, canary.b],
  ] as const) {
    await elsewhere('update access.grant set unit_id = $2 where user_id = $1', [lead, unitId])
    for (const text of await texts()) assert.ok(text.includes(seen) && !text.includes(hidden))
  }
  await elsewhere('update access.grant set until = $2 where user_id = $1', [lead, now])
  assert.deepEqual(await statuses('team_lead'), all(403))
  await elsewhere('update access.grant set until = null where user_id = $1', [lead])
  assert.deepEqual(await statuses('team_lead'), all(200))
  await elsewhere('delete from access.grant where user_id = $1', [lead])
  assert.deepEqual(await statuses('team_lead'), all(403))
  await elsewhere(
    `insert into access.grant (organization_id, id, user_id, role, unit_id, created_at)
      values ($1, gen_random_uuid(), $2, 'team_lead', $3, $4)`,
    [cast.organizationId, lead, cast.teamA, now],
  )
})

test('a unit that another process puts below another one is in reach there from the next request on', async () => {
  const move = (to: string) =>
    elsewhere('update directory.unit set parent_id = $2 where id = $1', [cast.teamB, to])
  const sees = async () => (await atOnce('team_lead', orders)).map(({ body }) => body.includes(canary.b))
  const six = (value: boolean) => Array.from({ length: 6 }, () => value)
  assert.deepEqual(await sees(), six(false))
  await move(cast.teamA)
  assert.deepEqual(await sees(), six(true))
  await move(cast.rootUnitId)
  assert.deepEqual(await sees(), six(false))
})

/** How many orders a scorecard or a figure rests on. */
const n = ({ body }: { body: string }): number | undefined => {
  const { indicators, rows } = JSON.parse(body) as Partial<Scorecard & { rows: Figure[] }>
  return (rows?.[0] ?? indicators?.find(({ measure }) => measure === 'first_response_minutes'))?.n
}

test('scorecard and figure of all who ask at once are those of what stands, whoever changed it', async () => {
  const both = async () => {
    const [cards, figures] = await Promise.all([
      atOnce('administrator', card),
      atOnce('administrator', figure),
    ])
    return [cards.map(n), figures.map(n)]
  }
  // One order of each team.
  assert.deepEqual(await both(), [all(2), all(2)])
  const exclude = (reason: string | null) =>
    cast.call('administrator', reason ? 'POST' : 'DELETE', `${orders}/${cast.orders.b}/exclusion`, {
      ...(reason && { reason }),
    })
  await exclude('不在此例')
  await drainChanges(other, cast.organizationId, now)
  assert.deepEqual(await both(), [all(1), all(1)])
  const states = async () =>
    (await atOnce('administrator', card)).map(({ body }) => (JSON.parse(body) as Scorecard).state)
  assert.deepEqual([...new Set(await states())], ['complete'])
  const closed = await cast.call('administrator', 'POST', '/api/periods/2024-05/close', { note: '五月' })
  assert.equal(closed.status, 201, closed.body)
  assert.deepEqual([...new Set(await states())], ['closed'])
})

test('the same words from those who see other units are other questions', async () => {
  for (const url of [card, figure]) {
    const answers = await Promise.all(
      (['team_lead', 'outsider', 'administrator'] as const).map((who) => cast.call(who, 'GET', url)),
    )
    // Team A has its own order, team B had one that was taken out, and the whole has what is left of both.
    assert.deepEqual(answers.map(n), [1, 0, 1], url)
  }
})
