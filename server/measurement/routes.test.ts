import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import Fastify, { type FastifyInstance } from 'fastify'
import { type TestDatabase, testDatabase } from '../../test/database.ts'
import { workOrderTable } from '../cases/work-order-table.ts'
import { readSheet } from '../intake/index.ts'
import type { Actor } from '../platform/actor.ts'
import { writeFacts } from '../platform/fact-table.ts'
import { sendProblem } from '../platform/http/problem.ts'
import { addRoutes } from '../platform/http/serve.ts'
import { newId } from '../platform/ids.ts'
import { sql } from '../platform/sql.ts'
import { installPack, standardsRoutes } from '../standards/index.ts'
import { drainChanges, measureCodes, measurementRoutes, measuresKnown, measureWords } from './index.ts'

const noHours = () => {
  throw new Error('no limit asks for hours here')
}

const now = new Date('2024-06-02T04:00:00Z')
const minute = 60_000
const listeners = new Set<() => void>()
const teamId = newId()

let place: TestDatabase
let app: FastifyInstance

before(async () => {
  place = await testDatabase()
  await place.db.transaction(
    { organizationId: place.organizationId, unitIds: [place.rootUnitId, teamId] },
    async (tx) => {
      await tx.run(sql`
        insert into directory.unit (organization_id, id, parent_id, kind, name, created_at)
        values (${tx.organizationId}, ${teamId}, ${place.rootUnitId}, 'team', '=一线', ${now})`)
      await installPack(tx, 'general', { effectiveOn: '2000-01-01', authorId: null, now })
      await writeOrders()
      async function writeOrders() {
        const table = workOrderTable({ limitsOn: () => [], hoursOf: noHours, now })
        const sourceId = newId()
        const batchId = newId()
        await tx.run(sql`insert into directory.source (organization_id, id, name, created_at)
          values (${tx.organizationId}, ${sourceId}, 'test', ${now})`)
        await tx.run(sql`insert into intake.batch (organization_id, id, unit_id, source_id, kind, file_name, file_hash,
            file_bytes, state, created_at)
          values (${tx.organizationId}, ${batchId}, ${place.rootUnitId}, ${sourceId}, 'work-orders', '五月.csv', ''::bytea,
            1, 'running', ${now})`)
        const received = (day: number) => Date.parse(`2024-05-${String(day).padStart(2, '0')}T23:30:00+08:00`)
        const incoming = Array.from({ length: 31 }, (_, i) => ({
          externalId: `SR${i + 1}`,
          line: i + 2,
          values: {
            unit_id: i % 2 === 0 ? place.rootUnitId : teamId,
            received_at: received(i + 1),
            responded_at: received(i + 1) + (i + 1) * minute,
            excluded_reason: i === 30 ? '测试单' : null,
          },
        }))
        await writeFacts(tx, table, incoming, { sourceId, batchId, now, demo: false, sink: null })
      }
    },
  )
  await drainChanges(place.db, place.organizationId, now)
  app = Fastify()
  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, error))
  const hub = {
    subscribe: (organizationId: string, listener: () => void) => {
      assert.equal(organizationId, place.organizationId)
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  addRoutes(app, [...measurementRoutes(hub), ...standardsRoutes(measureWords, measuresKnown, readSheet)], {
    db: place.db,
    now: () => now,
    tokenOf: (request) => String(request.headers['x-role'] ?? 'auditor'),
    askerOf: async (role) => {
      const actor = actorOf(role)
      return actor && { actor, beside: [] }
    },
    fingerprint: (text) => Buffer.from(text),
  })
})
after(async () => {
  await app.close()
  await place.end()
})

/** The role `team` is the lead of the team alone. */
function actorOf(role: string): Actor | undefined {
  if (role === 'nobody') return undefined
  const team = role === 'team'
  return {
    userId: newId(),
    login: role,
    name: role,
    organizationId: place.organizationId,
    language: 'zh',
    personId: null,
    grants: [
      {
        role: team ? 'team_lead' : role,
        unitId: team ? teamId : place.rootUnitId,
        unitIds: team ? [teamId] : [place.rootUnitId, teamId],
      },
    ],
    rootUnitId: place.rootUnitId,
  }
}

async function get(url: string, role = 'auditor') {
  const reply = await app.inject({ url, headers: { 'x-role': role } })
  return { status: reply.statusCode, reply, body: () => reply.json() }
}

const code = 'first_response_minutes'
const may = 'from=2024-05-01&to=2024-05-31'

test('figures hold both days, and each actor sees the own units alone', async () => {
  const all = (await get(`/api/measures/${code}/figures?${may}`)).body()
  assert.deepEqual(
    [all.measuredIn, all.zone, all.measuredAt, all.rows.length],
    ['min', 'Asia/Shanghai', now.toISOString(), 1],
  )
  assert.deepEqual([all.rows[0].n, all.rows[0].value, all.rows[0].period], [30, 15.5, 'whole'])
  const oneDay = (await get(`/api/measures/${code}/figures?from=2024-05-30&to=2024-05-30`)).body()
  assert.deepEqual([oneDay.rows[0].n, oneDay.rows[0].value, oneDay.rows[0].state], [1, 30, 'few'])
  const team = (await get(`/api/measures/${code}/figures?${may}`, 'team')).body()
  assert.deepEqual([team.rows[0].n, team.rows[0].value], [15, 16])
  const strange = await get(`/api/measures/${code}/figures?${may}&unit=${place.rootUnitId}`, 'team')
  assert.equal(strange.status, 404)
  assert.equal((await get('/api/measures/nothing/figures?from=2024-05-01&to=2024-05-01')).status, 404)
  assert.equal((await get(`/api/measures/${code}/figures?from=2024-05-32&to=2024-05-01`)).status, 400)
  assert.equal((await get(`/api/measures/${code}/figures?${may}`, 'nobody')).status, 401)
})

test('the pages of records are together exactly what the figure counted', async () => {
  const seen: { externalId: string; value: number }[] = []
  let next: string | null = ''
  let pages = 0
  while (next !== null) {
    const cursor: string = next === '' ? '' : `&cursor=${next}`
    const page = (await get(`/api/measures/${code}/records?${may}&limit=7${cursor}`)).body()
    assert.deepEqual([page.total, page.excluded], [30, [{ reason: '测试单', n: 1 }]])
    seen.push(...page.items)
    next = page.next
    pages++
  }
  assert.equal(pages, 5)
  assert.deepEqual(
    seen.map(({ externalId }) => externalId),
    Array.from({ length: 30 }, (_, i) => `SR${i + 1}`),
  )
  assert.equal(
    seen.reduce((sum, { value }) => sum + value, 0),
    465,
  )
  assert.equal(
    (await get(`/api/measures/${code}/records?${may}&cursor=nonsense`)).body().code,
    'cursor_unusable',
  )
  assert.equal((await get(`/api/measures/${code}/records?${may}`, 'department_owner')).status, 403)
})

test('files carry a BOM, the actor’s rows alone, and no formula', async () => {
  const { reply } = await get(`/api/measures/${code}/records.csv?${may}`, 'team')
  assert.match(String(reply.headers['content-type']), /^text\/csv/)
  assert.equal(reply.headers['cache-control'], 'no-store')
  const lines = reply.payload.split('\r\n')
  assert.equal(lines[0], '\ufeff种类,编号,时间,团队,人员,产品,数值,计入分子,文件,行号,数值单位')
  assert.equal(lines.length, 17)
  assert.equal(lines[1], "work_order,SR2,2024-05-02T15:30:00.000Z,'=一线,,,2,,,3,min")
  const figures = (await get(`/api/measures/${code}/figures.csv?${may}&by=unit`)).reply.payload.split('\r\n')
  assert.equal(figures.length, 4)
  const pairs = (await get(`/api/measures/${code}/figures.csv?${may}&by=unit&across=channel`)).reply.payload
  assert.equal(
    pairs,
    '\ufeff周期,成员,交叉成员,样本数,合计,分子,分母,数值,P50,P90,区间下限,区间上限,状态,缺少字段,发放问卷数,提交问卷数,问卷回收率\r\n',
  )
  const alone = await get(`/api/measures/${code}/figures?${may}&across=channel`)
  assert.deepEqual([alone.status, alone.body().code], [400, 'split_twice'])
  const missing = await get(`/api/measures/nothing/figures.csv?${may}`)
  assert.deepEqual([missing.status, missing.body().code], [404, 'unknown_measure'])
})

test('an explanation names the definition, the file of each record and the versions', async () => {
  const told = (await get(`/api/measures/${code}/explanation?period=2024-05`)).body()
  assert.deepEqual(
    [told.value, told.state, told.included.n, told.included.records.length],
    [15.5, 'ok', 30, 20],
  )
  assert.deepEqual([told.included.records[0].fileName, told.included.records[0].line], ['五月.csv', 2])
  assert.deepEqual(told.versions, { standard: 'v1', measure: 1 })
  assert.deepEqual(told.excluded, [{ reason: '测试单', n: 1 }])
  assert.equal((await get(`/api/measures/${code}/explanation?period=2024-99`)).status, 400)
})

test('the scorecard, the catalogue and the days that have data', async () => {
  const card = (await get('/api/scorecard?period=2024-05')).body()
  assert.deepEqual([card.standard, card.indicators[0].value, card.indicators[0].score], ['v1', 15.5, 10])
  assert.equal((await get('/api/measures')).body().items.length, measureCodes.length)
  const { measuredAt, ...days } = (await get('/api/periods')).body()
  assert.equal(measuredAt, card.measuredAt)
  assert.deepEqual(days, { from: '2024-05-01', to: '2024-05-31', today: '2024-06-02' })
  assert.equal((await get('/api/periods', 'team')).body().from, '2024-05-02')
})

test('an open page hears of new figures, and leaves when it closes', async () => {
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const closing = new AbortController()
  const reply = await fetch(`${address}/api/figures/events`, { signal: closing.signal })
  assert.match(String(reply.headers.get('content-type')), /^text\/event-stream/)
  const reader = reply.body!.getReader()
  const heard = async () => Buffer.from((await reader.read()).value ?? []).toString()
  assert.match(await heard(), /retry/)
  assert.equal(listeners.size, 1)
  for (const listener of listeners) listener()
  assert.match(await heard(), /event: figures/)
  closing.abort()
  for (let i = 0; i < 100 && listeners.size > 0; i++) await new Promise((go) => setTimeout(go, 20))
  assert.equal(listeners.size, 0)
})

test('standards are read by those who may, published by fewer, and packs by anyone', async () => {
  const packs = (await get('/api/packs', 'nobody')).body().items
  assert.deepEqual(
    packs.slice(0, 5).map((pack: { name: string; basedOn: string | null }) => [pack.name, pack.basedOn]),
    [
      ['general', null],
      ['hardware', null],
      ['contact-center', null],
      ['performance', null],
      ['e-commerce', 'contact-center'],
    ],
  )
  assert.equal((await get('/api/standards', 'specialist')).status, 403)
  const [standard] = (await get('/api/standards')).body().items
  assert.equal(standard.indicators[0].sentence.zh, '每超5分钟扣1分,扣完为止')
  const publish = (role: string, weight: string) =>
    app.inject({
      method: 'POST',
      url: '/api/standards',
      headers: { 'x-role': role },
      payload: {
        effectiveOn: '2024-06-01',
        reason: '调整',
        indicators: standard.indicators.map(
          (
            { sentence: _, targetText: __, definition: ___, unit: ____, ...one }: Record<string, unknown>,
            i: number,
          ) => (i === 0 ? { ...one, weight } : one),
        ),
      },
    })
  assert.equal((await publish('team_lead', '25')).statusCode, 403)
  assert.equal((await publish('quality_supervisor', '26')).json().code, 'weights_not_100')
  const published = await publish('quality_supervisor', '25')
  assert.deepEqual([published.statusCode, published.json().version], [201, 2])
  const trail = await place.db.transaction(await place.whole(), (tx) =>
    tx.rows<{ result: string; object_id: string }>(
      sql`select result, object_id from platform.audit_event where action = 'publishStandard'`,
    ),
  )
  assert.deepEqual(trail.map(({ result }) => result).sort(), ['denied', 'invalid', 'ok'])
  assert.equal(trail.find(({ result }) => result === 'ok')?.object_id, 'v2')
})
