import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Compared, Figure, Finding, PeriodDifference, Scorecard } from '../contract/measurement.ts'
import { drainChanges } from '../server/measurement/index.ts'
import { type Cast, now, openCast } from './cast.ts'

let cast: Cast
const told: string[] = []
let quiet: () => Promise<void>

const indicator = {
  code: 'experience',
  measure: 'experience_points',
  nameZh: '经验值',
  nameEn: 'Experience',
  dimension: 'people',
  source: '工单系统',
  period: 'month',
  weight: '100',
  target: { operator: '>=', value: '6' },
  rule: { kind: 'between', floor: '1' },
  minimumN: 1,
}

/** 王甲 and 李乙 joined on 1 January 2024 and resolved one order each on 10 May. */
before(async () => {
  cast = await openCast()
  quiet = await cast.db.listen('figures', (organizationId) => told.push(organizationId))
  await send('POST', '/api/standards', {
    effectiveOn: '2024-05-01',
    reason: '按经验考核',
    indicators: [indicator],
  })
  await drainChanges(cast.db, cast.organizationId, now)
})
after(async () => {
  await quiet?.()
  await cast?.end()
})

async function send<Reply>(method: string, url: string, body?: object): Promise<Reply> {
  const answer = await cast.call('administrator', method, url, body)
  assert.ok(answer.status < 300, `${url}: ${answer.body}`)
  return answer.json() as Reply
}
const get = <Reply>(url: string) => send<Reply>('GET', url)
const may = '/api/measures/experience_points/figures?from=2024-05-01&to=2024-05-31'
const values = async (query = '', who: Parameters<Cast['call']>[0] = 'administrator') => {
  const answer = await cast.call(who, 'GET', `${may}${query}`)
  assert.equal(answer.status, 200, answer.body)
  return (answer.json().rows as Figure[]).map(({ memberName, value, n, state }) => [
    memberName,
    value,
    n,
    state,
  ])
}
const card = async (query = '') => {
  const { total, indicators } = await get<Scorecard>(`/api/scorecard?period=2024-05${query}`)
  return [total, ...indicators.map(({ value, n, status }) => [value, n, status])]
}

test('each role is given what its units tell: the same people, points and list through every door', async () => {
  // Five full months and one order.
  assert.deepEqual(await values(), [[null, 5.01, 2, 'ok']])
  const lead = await values('', 'team_lead')
  assert.deepEqual(lead, [[null, 5.01, 1, 'ok']])
  assert.deepEqual(await values(`&unit=${cast.teamA}`), lead)
  assert.deepEqual(await values('&by=agent', 'team_lead'), [['王甲', 5.01, 1, 'ok']])
  assert.equal((await cast.call('team_lead', 'GET', `${may}&unit=${cast.teamB}`)).status, 404)
  const csv = await cast.call('administrator', 'GET', may.replace('figures?', 'figures.csv?'))
  assert.match(csv.body, /whole,,2,10\.02,,,5\.01,,,5\.01,5\.01,ok/)
  const list = await cast.call('team_lead', 'GET', may.replace('figures?', 'records?'))
  const { items, total } = list.json() as { items: { value: number; agent: string }[]; total: number }
  assert.deepEqual([items.map(({ value, agent }) => [agent, value]), total], [[['王甲', 5.01]], 1])
  const explained = await get<{ definition: { formula: { en: string } }; included: { n: number } }>(
    '/api/measures/experience_points/explanation?period=2024-05',
  )
  assert.match(explained.definition.formula.en, /full months \+ orders resolved ÷ 100/)
  assert.equal(explained.included.n, 2)
  const pairs = await cast.call('administrator', 'GET', `${may}&by=product&across=category`)
  assert.deepEqual([pairs.status, pairs.json().code], [400, 'people_split_once'])
})

test('it is scored, missed without a single order that misses it, and spread over no bins', async () => {
  // From the floor of 1 to the target of 6: 4.01 of 5 are 8.02.
  assert.deepEqual(await card(), [8.02, [5.01, 2, 'missed']])
  // One person in each team: nothing is known of the doubt, so neither is better.
  const teams = await get<{ items: Compared[] }>('/api/comparison?period=2024-05')
  assert.deepEqual(
    teams.items.map(({ unit, total, n, few, rank }) => [unit.name, total, n, few, rank]).sort(),
    [
      ['乙组', 8.02, 1, false, 1],
      ['甲组', 8.02, 1, false, 1],
    ],
  )
  const target = { operator: '>=', value: '5' }
  const tried = await send<{ before: number; after: number }>('POST', '/api/scorecard/trial', {
    period: '2024-05',
    indicators: [{ ...indicator, target }],
  })
  assert.deepEqual([tried.before, tried.after], [8.02, 10])
  const { items } = await get<{ items: Finding[] }>('/api/findings?period=2024-05')
  assert.deepEqual(items, [])
  const spread = await get<{ records: number; bins: unknown[] }>(may.replace('figures?', 'distribution?'))
  assert.deepEqual(spread, { records: 2, bins: [] })
})

test('another day of joining moves what is open at once and tells the open pages; what is closed stays and names it', async () => {
  const paste = (...rows: string[][]) =>
    send('POST', '/api/people/table', { rows: [['姓名', '团队', '到岗日期'], ...rows], apply: true })
  await send('POST', '/api/periods/2024-05/close', { note: '五月' })
  const closed = [8.02, [5.01, 2, 'missed']]
  assert.deepEqual(await card('&copy=live'), closed)
  told.length = 0
  // A preview changes nothing; nor does a row that says what is known.
  await send('POST', '/api/people/table', {
    rows: [
      ['姓名', '到岗日期'],
      ['王甲', '2023-11-01'],
    ],
    apply: false,
  })
  await paste(['王甲', '甲组', '2024-01-01'])
  assert.deepEqual(await card('&copy=live'), closed)
  await paste(['王甲', '甲组', '2023-11-01'])
  // 7 months of 王甲, 5 of 李乙: 6.01.
  assert.deepEqual(await card('&copy=live'), [10, [6.01, 2, 'met']])
  assert.deepEqual(await card(), closed)
  for (let i = 0; i < 100 && told.length === 0; i++) await new Promise((go) => setTimeout(go, 20))
  assert.deepEqual(told, [cast.organizationId])
  const late = await get<PeriodDifference>('/api/periods/2024-05/late-changes')
  assert.deepEqual(
    late.causes.map(({ kind, what }) => [kind, what]),
    [['people', '王甲']],
  )
  assert.deepEqual(
    late.units.map(({ unit, rows }) => [
      unit.name,
      rows.map((row) => [row.before?.value?.fraction, row.after?.value?.fraction]),
    ]),
    [
      ['测试企业', [['501/100', '601/100']]],
      ['甲组', [['501/100', '701/100']]],
    ],
  )
  // Corrected in the page it is named as well; what only changes a name is not.
  const correct = (body: object) => send('PATCH', `/api/people/${cast.personB}`, body)
  await correct({ joinedOn: '2023-12-01' })
  await correct({ name: '李乙' })
  const causes = (await get<PeriodDifference>('/api/periods/2024-05/late-changes')).causes
  assert.deepEqual(causes.map(({ kind, what }) => [kind, what]).sort(), [
    ['people', '李乙'],
    ['people', '王甲'],
  ])
  assert.deepEqual(await card('&copy=live'), [10, [6.51, 2, 'met']])
})

test('an order of years before moves a closed period, by hand or left out again, and is named', async () => {
  const { id } = await send<{ id: string }>('POST', '/api/work-orders', {
    externalId: 'OLD',
    receivedAt: '2023-01-05T02:00:00Z',
    resolvedAt: '2023-01-05T03:00:00Z',
    unitId: cast.teamA,
    agentId: cast.personA,
  })
  await drainChanges(cast.db, cast.organizationId, now)
  const causes = async () => {
    const late = await get<PeriodDifference>('/api/periods/2024-05/late-changes')
    return late.causes.map(({ kind, what }) => [kind, what])
  }
  assert.deepEqual(await values(`&unit=${cast.teamA}`), [[null, 7.02, 1, 'ok']])
  assert.deepEqual(await causes(), [
    ['people', '王甲'],
    ['people', '李乙'],
    ['entered', 'OLD'],
  ])
  await send('POST', `/api/work-orders/${id}/exclusion`, { reason: '重复' })
  await drainChanges(cast.db, cast.organizationId, now)
  assert.deepEqual(await values(`&unit=${cast.teamA}`), [[null, 7.01, 1, 'ok']])
})
