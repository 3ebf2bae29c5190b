import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newId } from '../server/platform/ids.ts'
import { packs } from '../server/standards/index.ts'
import { type Cast, openCast } from './cast.ts'
import { testDatabase } from './database.ts'

let cast: Cast
before(async () => {
  cast = await openCast()
})
after(() => cast.end())

const { indicators } = packs[0]!
/** As the page keeps it: one weight half typed, one indicator of chats alone, one cell not understood. */
const content = (reason: string, weight = '25') => ({
  basedOn: 1,
  rows: indicators.map((draft, i) => ({
    key: `k${i}`,
    draft: i === 0 ? { ...draft, weight, scope: { channel: 'chat' } } : draft,
    unread:
      i === 1 ? [{ column: 'rule', text: '看情况扣分', why: { zh: '读不懂', en: 'not understood' } }] : [],
  })),
  limits: [],
  effectiveOn: '2024-07-01',
  reason,
})

interface Draft {
  id: string
  name: string
  version: number
  createdBy: string | null
  changedBy: string | null
  content: unknown
}
const ask = async (who: Parameters<Cast['call']>[0], method: string, path = '', body?: unknown) => {
  const answer = await cast.call(who, method, `/api/standards/drafts${path}`, body)
  return {
    status: answer.status,
    body: answer.body,
    json: () => answer.json() as unknown as Draft & { code: string },
  }
}
const create = async (name: string) => {
  const made = await ask('quality_supervisor', 'POST', '', { name, content: content('第一稿', '3.') })
  assert.equal(made.status, 201, made.body)
  return made.json()
}
const list = async () => JSON.parse((await ask('administrator', 'GET')).body).items as Draft[]

test('a draft is taken up by another editor as it was left, half typed numbers and all', async () => {
  const made = await create('三季度')
  assert.deepEqual(
    [made.version, made.createdBy, made.changedBy],
    [1, 'quality_supervisor', 'quality_supervisor'],
  )
  const other = await ask('administrator', 'GET', `/${made.id}`)
  assert.deepEqual(other.json().content, content('第一稿', '3.'))
  const saved = await ask('administrator', 'PUT', `/${made.id}`, {
    version: 1,
    name: '三季度（二稿）',
    content: content('第二稿'),
  })
  assert.equal(saved.status, 200, saved.body)
  const { name, version, createdBy, changedBy } = saved.json()
  assert.deepEqual(
    [name, version, createdBy, changedBy],
    ['三季度（二稿）', 2, 'quality_supervisor', 'administrator'],
  )
  const heads = await list()
  assert.deepEqual(
    heads.map(({ id, version }) => ({ id, version })),
    [{ id: made.id, version: 2 }],
  )
  assert.equal('content' in heads[0]!, false)
})

test('of two who save what both opened, the second is told and nothing is overwritten', async () => {
  const made = await create('两人')
  const save = (who: 'administrator' | 'quality_supervisor', reason: string) =>
    ask(who, 'PUT', `/${made.id}`, { version: 1, name: '两人', content: content(reason) })
  const both = await Promise.all([save('administrator', '甲'), save('quality_supervisor', '乙')])
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409])
  const lost = both.find(({ status }) => status === 409)!
  const won = both.find(({ status }) => status === 200)!.json()
  assert.equal(lost.json().code, 'changed_meanwhile')
  assert.match(lost.body, new RegExp(`${won.changedBy}在您打开之后保存了这份草稿（第 2 次）`))
  assert.deepEqual((await ask('administrator', 'GET', `/${made.id}`)).json().content, won.content)
})

test('publishing ends its draft; a draft changed or published meanwhile publishes nothing', async () => {
  const made = await create('发布')
  const publish = (version: number) =>
    cast.call('quality_supervisor', 'POST', '/api/standards', {
      effectiveOn: '2024-07-01',
      reason: '三季度',
      indicators,
      draft: { id: made.id, version },
    })
  await ask('administrator', 'PUT', `/${made.id}`, { version: 1, name: '发布', content: content('改') })
  const versions = async () => (await cast.call('auditor', 'GET', '/api/standards')).json().items as unknown[]
  const before = (await versions()).length
  const late = await publish(1)
  assert.deepEqual(
    [late.status, late.json().code, (await versions()).length],
    [409, 'changed_meanwhile', before],
  )
  const done = await publish(2)
  assert.equal(done.status, 201, done.body)
  assert.equal((await ask('administrator', 'GET', `/${made.id}`)).status, 404)
  assert.equal((await publish(2)).status, 409)
  assert.equal((await versions()).length, before + 1)
})

test('a draft that does not total 100 is kept when its publication is refused', async () => {
  const made = await create('合计不足')
  const refused = await cast.call('quality_supervisor', 'POST', '/api/standards', {
    effectiveOn: '2024-07-01',
    reason: 'x',
    indicators: indicators.slice(1),
    draft: { id: made.id, version: 1 },
  })
  assert.equal(refused.json().code, 'weights_not_100')
  assert.equal((await ask('administrator', 'GET', `/${made.id}`)).status, 200)
  assert.equal((await ask('administrator', 'DELETE', `/${made.id}`)).status, 200)
  assert.equal((await ask('administrator', 'DELETE', `/${made.id}`)).status, 404)
})

test('every save leaves a row in the audit, with who and which', async () => {
  const made = await create('审计')
  await ask('administrator', 'PUT', `/${made.id}`, { version: 1, name: '审计', content: content('x') })
  await ask('administrator', 'PUT', `/${made.id}`, { version: 1, name: '审计', content: content('y') })
  await ask('administrator', 'DELETE', `/${made.id}`)
  const rows = await cast.db.transaction(await cast.whole(), async (tx) =>
    (
      await tx.client.query(
        'select action, result, actor_name from platform.audit_event where object_id = $1 order by action, result',
        [made.id],
      )
    ).rows.map(({ action, result, actor_name }) => [action, result, actor_name.split('-')[0]]),
  )
  assert.deepEqual(rows, [
    ['createDraft', 'ok', 'quality_supervisor'],
    ['deleteDraft', 'ok', 'administrator'],
    ['saveDraft', 'invalid', 'administrator'],
    ['saveDraft', 'ok', 'administrator'],
  ])
})

test('nobody else reads or writes drafts; what is no draft is refused', async () => {
  const made = await create('旁人')
  for (const who of ['team_lead', 'specialist', 'auditor', 'inspector', 'outsider'] as const) {
    assert.equal((await ask(who, 'GET')).status, 403, who)
    assert.equal((await ask(who, 'GET', `/${made.id}`)).status, 403, who)
    assert.equal((await ask(who, 'DELETE', `/${made.id}`)).status, 403, who)
  }
  const put = (body: unknown) => ask('administrator', 'PUT', `/${made.id}`, body)
  const good = { version: 1, name: '旁人', content: content('x') }
  const row = good.content.rows[0]!
  const wrong: unknown[] = [
    { ...good, name: ' ' },
    { ...good, version: 0 },
    { ...good, content: { ...good.content, rows: Array.from({ length: 61 }, () => row) } },
    { ...good, content: { ...good.content, reason: 'x'.repeat(401) } },
    { ...good, content: { ...good.content, more: 1 } },
    {
      ...good,
      content: { ...good.content, rows: [{ ...row, draft: { ...row.draft, rule: { kind: 'magic' } } }] },
    },
  ]
  for (const body of wrong) assert.equal((await put(body)).status, 400, JSON.stringify(body).slice(0, 80))
  assert.equal((await ask('administrator', 'GET', `/${newId()}`)).status, 404)
  assert.equal((await ask('administrator', 'PUT', `/${newId()}`, good)).status, 404)
})

test('another organization does not see them, even by id', async () => {
  const made = await create('外人')
  const other = await testDatabase()
  try {
    const seen = await other.db.transaction(await other.whole(), (tx) =>
      tx.client.query('select 1 from standards.draft where id = $1', [made.id]),
    )
    assert.equal(seen.rows.length, 0)
    const own = await cast.db.transaction({ organizationId: other.organizationId, unitIds: [] }, (tx) =>
      tx.client.query('select 1 from standards.draft'),
    )
    assert.equal(own.rows.length, 0)
  } finally {
    await other.end()
  }
})

test('after a hundred drafts the next is refused', async () => {
  await cast.db.transaction(await cast.whole(), (tx) =>
    tx.client.query(
      `insert into standards.draft (organization_id, id, name, version, content, created_at, changed_at)
       select $1, gen_random_uuid(), 'x', 1, '{}', now(), now() from generate_series(1, 100)`,
      [cast.organizationId],
    ),
  )
  const refused = await ask('administrator', 'POST', '', { name: 'x', content: content('x') })
  assert.deepEqual([refused.status, refused.json().code], [409, 'too_many_drafts'])
})
