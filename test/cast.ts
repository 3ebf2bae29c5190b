import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Role } from '../contract/access.ts'
import { createUser, openSession } from '../server/access/index.ts'
import { buildApp } from '../server/app.ts'
import { createPerson, createProduct, createUnit } from '../server/directory/index.ts'
import { openImports } from '../server/imports.ts'
import { openSecrets, type Secrets } from '../server/platform/secrets.ts'
import { installPack } from '../server/standards/index.ts'
import { type TestDatabase, testDatabase } from './database.ts'

/** The cast: two teams, someone of each role, one order and one answer in each team marked by a canary. */
export interface Cast extends TestDatabase {
  app: FastifyInstance
  dataDir: string
  secrets: Secrets
  teamA: string
  teamB: string
  personA: string
  personB: string
  product: string
  tokens: Record<Role | 'outsider', string>
  users: Record<Role | 'outsider', string>
  orders: { a: string; b: string }
  call(
    who: Role | 'outsider' | null,
    method: string,
    url: string,
    body?: unknown,
    headers?: object,
  ): Promise<Answer>
}

export interface Answer {
  status: number
  body: string
  json: () => Record<string, unknown>
  headers: Record<string, unknown>
}

export const now = new Date('2024-06-15T04:00:00Z')
export const canary = { a: '甲组暗号AAAA', b: '乙组暗号BBBB' }
const password = 'a long password'

export async function openCast(): Promise<Cast> {
  const t = await testDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'zhihuan-cast-'))
  const secrets = openSecrets(dataDir)
  const tokens = {} as Cast['tokens']
  const users = {} as Cast['users']
  const place = await t.db.transaction(await t.whole(), async (tx) => {
    await installPack(tx, 'general', { effectiveOn: '2000-01-01', authorId: null, now })
    const teamA = (await createUnit(tx, { name: '甲组', kind: 'team' }, now)).id
    const teamB = (await createUnit(tx, { name: '乙组', kind: 'team' }, now)).id
    return { teamA, teamB }
  })
  const more = await t.db.transaction(await t.whole(), async (tx) => {
    const personA = await createPerson(tx, { name: '王甲', unitId: place.teamA, fromOn: '2024-01-01' }, now)
    const personB = await createPerson(
      tx,
      { name: '李乙BBBB', unitId: place.teamB, fromOn: '2024-01-01' },
      now,
    )
    const product = (await createProduct(tx, { code: 'A300', name: 'A300打印机' }, now)).id
    const at: [Role | 'outsider', Role, string][] = [
      ['administrator', 'administrator', t.rootUnitId],
      ['quality_supervisor', 'quality_supervisor', t.rootUnitId],
      ['inspector', 'inspector', t.rootUnitId],
      ['auditor', 'auditor', t.rootUnitId],
      ['team_lead', 'team_lead', place.teamA],
      ['specialist', 'specialist', place.teamA],
      ['department_owner', 'department_owner', place.teamA],
      ['outsider', 'specialist', place.teamB],
    ]
    for (const [who, role, unitId] of at)
      users[who] = await createUser(
        tx,
        { login: `${who}-${t.organizationId}`, name: who, password, role, unitId },
        now,
      )
    return { personA, personB, product }
  })
  for (const [who, userId] of Object.entries(users))
    tokens[who as Role] = (
      await openSession(t.db, { organizationId: t.organizationId, userId }, now, { name: 'test', days: 30 })
    ).token
  const imports = openImports({ app: t.connections.app, dataDir, log: () => {} })
  const app = await buildApp(
    {
      db: t.db,
      dataDir,
      secrets,
      imports,
      hub: { subscribe: () => () => {}, stop: async () => {} },
      now: () => now,
      importedRows: imports.importedRows,
      requestsPerMinute: 1_000_000,
    },
    { log: true },
  )
  const call: Cast['call'] = async (who, method, url, body, headers = {}) => {
    const answer = await app.inject({
      method: method as 'GET',
      url,
      headers: {
        'accept-language': 'zh',
        ...(who ? { authorization: `Bearer ${tokens[who]}` } : {}),
        ...(body === undefined || 'content-type' in headers ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      payload: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    })
    return {
      status: answer.statusCode,
      body: answer.body,
      json: () => JSON.parse(answer.body) as Record<string, unknown>,
      headers: answer.headers,
    }
  }
  const enter = async (unitId: string, agentId: string, text: string) => {
    const order = await call('administrator', 'POST', '/api/work-orders', {
      unitId,
      agentId,
      productId: more.product,
      problem: `${text} 卡纸`,
      customer: `${text}公司`,
      category: 'repair',
      priority: 'normal',
      contactCount: 1,
      receivedAt: '2024-05-10T02:00:00Z',
      respondedAt: '2024-05-10T02:20:00Z',
      resolvedAt: '2024-05-10T08:00:00Z',
    })
    if (order.status !== 201) throw new Error(order.body)
    const answer = await call('administrator', 'POST', '/api/responses', {
      unitId,
      agentId,
      overall: 4,
      suggestion: text,
      submittedAt: '2024-05-11T02:00:00Z',
    })
    if (answer.status !== 201) throw new Error(answer.body)
    return String(order.json().id)
  }
  const orders = {
    a: await enter(place.teamA, more.personA, canary.a),
    b: await enter(place.teamB, more.personB, canary.b),
  }
  return {
    ...t,
    ...place,
    ...more,
    app,
    dataDir,
    secrets,
    tokens,
    users,
    orders,
    call,
    end: async () => {
      await app.close()
      await imports.stop()
      await t.end()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
