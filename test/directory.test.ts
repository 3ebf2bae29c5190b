import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Cast, openCast } from './cast.ts'

let cast: Cast
before(async () => {
  cast = await openCast()
})
after(() => cast.end())

interface Person {
  id: string
  name: string
  employeeNo: string | null
  unitId: string
  unitName: string
  endedOn: string | null
  postings: { unitId: string; unitName: string; duty: string; fromOn: string; toOn: string | null }[]
}
interface Brought {
  columns: (string | null)[]
  header: boolean
  newUnits: string[]
  items: { line: number; outcome: string; why: { zh: string } | null }[]
}

const people = async (query = ''): Promise<Person[]> =>
  (await cast.call('administrator', 'GET', `/api/people${query}`)).json().items as Person[]
const named = async (name: string, query = '') => (await people(query)).find((one) => one.name === name)
const bring = async (rows: string[][], more: object = {}) => {
  const answer = await cast.call('administrator', 'POST', '/api/people/table', { rows, ...more })
  assert.equal(answer.status, 200, answer.body)
  return answer.json() as unknown as Brought
}

test('a staff list without a head is understood by what its cells look like, and previewed without a trace', async () => {
  const rows = [
    ['E001', '赵一', '甲组', '售后专员', '2024-03-01'],
    ['E002', '钱二', '乙组', '组长', '2024/3/1'],
    ['E003', '孙三', '新装机组', '售后专员', '2024年3月1日'],
  ]
  const preview = await bring(rows)
  assert.deepEqual(preview.columns, ['employeeNo', 'name', 'unit', 'duty', 'fromOn'])
  assert.deepEqual([preview.header, preview.newUnits], [false, ['新装机组']])
  assert.deepEqual(
    preview.items.map(({ outcome }) => outcome),
    ['accepted', 'accepted', 'accepted'],
  )
  assert.equal(await named('赵一'), undefined)
  await bring(rows, { apply: true })
  const zhao = await named('赵一')
  assert.deepEqual(
    [zhao?.employeeNo, zhao?.unitName, zhao?.postings.map(({ duty, fromOn }) => [duty, fromOn])],
    ['E001', '甲组', [['售后专员', '2024-03-01']]],
  )
  assert.equal((await named('孙三'))?.unitName, '新装机组')
})

test('the same list again changes nothing; a moved one is a transfer; a broken row says why and stops no other', async () => {
  const rows = [
    ['姓名', '工号', '团队', '到岗日期'],
    ['赵一', 'E001', '甲组', '2024-03-01'],
    ['钱二', 'E002', '甲组', '2024-06-01'],
    ['', 'E009', '甲组', ''],
    ['李四', 'E004', '甲组', '2024-13-01'],
    ['周五', 'E005', '甲组', '2024-04-01'],
  ]
  const done = await bring(rows, { apply: true })
  assert.equal(done.header, true)
  assert.deepEqual(
    done.items.map(({ line, outcome, why }) => [line, outcome, why?.zh ?? null]),
    [
      [2, 'unchanged', null],
      [3, 'updated', null],
      [4, 'rejected', '没有姓名。'],
      [5, 'rejected', '“2024-13-01”不是日期，请写 2024-05-01。'],
      [6, 'accepted', null],
    ],
  )
  assert.deepEqual(
    (await named('钱二'))?.postings.map(({ unitName, fromOn, toOn }) => [unitName, fromOn, toOn]),
    [
      ['乙组', '2024-03-01', '2024-06-01'],
      ['甲组', '2024-06-01', null],
    ],
  )
})

test('columns can be told where the guess is wrong; without names there is nothing to bring', async () => {
  const rows = [['Z9', '甲组', '吴六']]
  const told = await bring(rows, { columns: ['employeeNo', 'unit', 'name'] })
  assert.deepEqual(
    told.items.map(({ outcome }) => outcome),
    ['accepted'],
  )
  const none = await cast.call('administrator', 'POST', '/api/people/table', {
    rows,
    columns: ['employeeNo', null, null],
  })
  assert.deepEqual([none.status, none.json().code], [400, 'no_name_column'])
})

test('a person moves on a day, leaves on a day, and comes back when that was wrong', async () => {
  const id = (await named('周五'))!.id
  const ask = (path: string, body: object) =>
    cast.call('administrator', 'POST', `/api/people/${id}/${path}`, body)
  const early = await ask('move', { unitId: cast.teamB, fromOn: '2024-04-01' })
  assert.deepEqual([early.status, early.json().code], [400, 'move_before_posting'])
  assert.equal((await ask('move', { unitId: cast.teamB, fromOn: '2024-05-01', duty: '组长' })).status, 200)
  const moved = await named('周五')
  assert.deepEqual(
    moved?.postings.map(({ unitName, duty, toOn }) => [unitName, duty, toOn]),
    [
      ['甲组', 'specialist', '2024-05-01'],
      ['乙组', '组长', null],
    ],
  )
  // The cast's day is 2024-06-15: who leaves on 1 July is still here, who left on 1 June is not.
  await ask('leaving', { on: '2024-07-01' })
  assert.equal((await named('周五'))?.endedOn, '2024-07-01')
  await ask('leaving', { on: '2024-06-01' })
  assert.equal(await named('周五'), undefined)
  assert.equal((await named('周五', '?left=yes'))?.endedOn, '2024-06-01')
  assert.equal((await ask('leaving', { on: null })).status, 200)
  assert.equal((await named('周五'))?.postings.at(-1)?.toOn, null)
})

test('name and number are changed; a number somebody has is refused', async () => {
  const id = (await named('周五'))!.id
  const change = (body: object) => cast.call('administrator', 'PATCH', `/api/people/${id}`, body)
  assert.equal((await change({ name: '周伍', employeeNo: 'E105' })).json().employeeNo, 'E105')
  assert.equal((await change({ employeeNo: 'E001' })).status, 409)
})

test('the day of joining is corrected, also of who was moved since; it comes before the move', async () => {
  const { id, postings } = (await named('周伍'))!
  const change = (body: object) => cast.call('administrator', 'PATCH', `/api/people/${id}`, body)
  const late = await change({ joinedOn: '2024-05-01' })
  assert.deepEqual([late.status, late.json().code], [400, 'joining_after_posting'])
  assert.match(late.body, /结束日期 2024-05-01/)
  assert.equal((await change({ joinedOn: '昨天' })).status, 400)
  assert.deepEqual((await named('周伍'))?.postings, postings)
  assert.equal((await change({ joinedOn: '2019-02-28' })).status, 200)
  assert.deepEqual((await named('周伍'))?.postings, [
    { ...postings[0], fromOn: '2019-02-28' },
    ...postings.slice(1),
  ])
  // A name alone leaves it.
  assert.equal((await change({ name: '周五' })).status, 200)
  assert.equal((await named('周五'))?.postings[0]?.fromOn, '2019-02-28')
})

test('units are renamed and moved, never below themselves; one with people is not closed', async () => {
  const make = async (name: string, parentId?: string) =>
    (
      await cast.call('administrator', 'POST', '/api/units', {
        name,
        kind: 'department',
        ...(parentId && { parentId }),
      })
    ).json().id as string
  const service = await make('服务部')
  const repair = await make('维修部', service)
  const change = (id: string, body: object) => cast.call('administrator', 'PATCH', `/api/units/${id}`, body)
  assert.equal((await change(service, { parentId: repair })).json().code, 'unit_above_itself')
  assert.equal((await change(service, { name: '甲组' })).json().code, 'name_taken')
  assert.equal((await change(cast.rootUnitId, { name: '别名' })).json().code, 'root_unit')
  assert.equal((await change(repair, { name: '快修部', kind: 'team' })).json().name, '快修部')
  const end = (id: string) => cast.call('administrator', 'POST', `/api/units/${id}/ending`, {})
  assert.equal((await end(service)).json().code, 'unit_in_use')
  assert.equal((await end(cast.teamA)).json().code, 'unit_in_use')
  assert.equal((await end(repair)).status, 200)
  assert.equal((await end(service)).status, 200)
  const units = (await cast.call('administrator', 'GET', '/api/units')).json().items as { id: string }[]
  assert.ok(!units.some(({ id }) => id === service))
})

test('the organization is renamed and keeps its figures when its days move; categories come and go', async () => {
  const change = (body: object) => cast.call('administrator', 'PATCH', '/api/organization', body)
  const figures = async () =>
    (
      await cast.call(
        'administrator',
        'GET',
        '/api/measures/first_response_minutes/figures?from=2024-05-01&to=2024-05-31&grain=day',
      )
    ).json().rows as { period: string; n: number }[]
  assert.equal(
    (await change({ name: '质环测试企业', monitoringPeriod: 'week' })).json().monitoringPeriod,
    'week',
  )
  assert.equal((await change({ zone: 'Mars/Base' })).json().code, 'unknown_zone')
  // 02:00 in UTC is 10 May in Shanghai and still 9 May in New York.
  assert.equal((await change({ zone: 'America/New_York' })).status, 200)
  const days = (await figures()).filter(({ n }) => n > 0).map(({ period }) => period)
  assert.deepEqual(days, ['2024-05-09'])
  await change({ zone: 'Asia/Shanghai' })
  assert.deepEqual(
    (await figures()).filter(({ n }) => n > 0).map(({ period }) => period),
    ['2024-05-10'],
  )
  const made = await cast.call('administrator', 'POST', '/api/product-categories', { name: '安装服务' })
  assert.equal(made.status, 201, made.body)
  const twice = await cast.call('administrator', 'POST', '/api/product-categories', { name: '安装服务' })
  assert.equal(twice.status, 409)
  const { code } = (made.json().categories as { code: string; name: string }[]).find(
    ({ name }) => name === '安装服务',
  )!
  assert.equal((await cast.call('administrator', 'DELETE', `/api/product-categories/${code}`)).status, 200)
})

test('keys are listed without telling them and revoked one by one; a new password ends what was open', async () => {
  const keys = (who: 'administrator' | 'specialist') => cast.call(who, 'GET', '/api/keys')
  const own = (await keys('specialist')).json().items as { id: string; login: string }[]
  assert.equal(own.length, 1)
  const all = (await keys('administrator')).json().items as { id: string; login: string }[]
  assert.ok(all.length >= 8)
  assert.ok(!JSON.stringify(all).includes(cast.tokens.specialist))
  const foreign = all.find(({ login }) => login.startsWith('auditor'))!
  assert.equal((await cast.call('specialist', 'DELETE', `/api/keys/${foreign.id}`)).status, 404)
  assert.equal((await cast.call('administrator', 'DELETE', `/api/keys/${foreign.id}`)).status, 200)
  assert.equal((await cast.call('auditor', 'GET', '/api/me')).status, 401)
  const reset = await cast.call('administrator', 'POST', `/api/users/${cast.users.inspector}/password`, {
    password: 'another long password',
  })
  assert.equal(reset.status, 200, reset.body)
  assert.equal((await cast.call('inspector', 'GET', '/api/me')).status, 401)
  const login = `inspector-${cast.organizationId}`
  const enter = (password: string) => cast.call(null, 'POST', '/api/session', { login, password })
  assert.equal((await enter('a long password')).status, 401)
  assert.equal((await enter('another long password')).status, 200)
})
