import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { PeriodDifference, PeriodState } from '../contract/measurement.ts'
import { drainChanges } from '../server/measurement/index.ts'
import { type Answer, type Cast, now, openCast } from './cast.ts'

let cast: Cast
before(async () => {
  cast = await openCast()
})
after(() => cast.end())

const get = (url: string, who: Parameters<Cast['call']>[0] = 'quality_supervisor') =>
  cast.call(who, 'GET', url)
const post = (url: string, body: unknown, who: Parameters<Cast['call']>[0] = 'quality_supervisor') =>
  cast.call(who, 'POST', url, body)
const codeOf = (answer: Answer) => [answer.status, answer.json().code]
const settle = () => drainChanges(cast.db, cast.organizationId, now)

/** Every answer that a closed May gives: to the supervisor and to the lead of team A. */
async function answersOfMay(copy = ''): Promise<string[]> {
  const asked: [Parameters<Cast['call']>[0], string][] = [
    ['quality_supervisor', `/api/scorecard?period=2024-05${copy}`],
    ['quality_supervisor', `/api/scorecard?period=2024-05&unit=${cast.teamA}${copy}`],
    ['quality_supervisor', `/api/scorecard?period=2024-05&unit=${cast.rootUnitId}${copy}`],
    ['quality_supervisor', `/api/comparison?period=2024-05${copy}`],
    ['team_lead', `/api/scorecard?period=2024-05${copy}`],
  ]
  const answers: string[] = []
  for (const [who, url] of asked) {
    const answer = await get(url, who)
    assert.equal(answer.status, 200, answer.body)
    answers.push(answer.body)
  }
  return answers
}

const frozenOfMay = async (number: number) => {
  const units = ['', `?unit=${cast.teamA}`, `?unit=${cast.teamB}`]
  return Promise.all(
    units.map(async (unit) => (await get(`/api/periods/2024-05/copies/${number}${unit}`)).body),
  )
}

test('closing holds every acknowledged fact, also those not yet measured, and says what the page said', async () => {
  const waiting = await cast.db.transaction(await cast.whole(), (tx) =>
    tx.client.query('select count(*) as n from platform.change'),
  )
  assert.equal(waiting.rows[0].n, 4, 'two orders and two answers wait to be measured')
  const closed = await post('/api/periods/2024-05/close', { note: '五月数据已核对' })
  assert.equal(closed.status, 201, closed.body)
  const state = closed.json() as unknown as PeriodState
  assert.deepEqual(
    [state.state, state.over, state.from, state.to, state.copies],
    [
      'closed',
      true,
      '2024-05-01',
      '2024-05-31',
      [{ number: 1, madeAt: now.toISOString(), by: 'quality_supervisor', note: '五月数据已核对' }],
    ],
  )
  const rows = (await get('/api/scorecard?period=2024-05')).json().indicators as { code: string; n: number }[]
  assert.equal(rows.find(({ code }) => code === 'first_response_minutes')?.n, 2)
  const frozen = await answersOfMay()
  const live = await answersOfMay('&copy=live')
  const plain = (text: string) => ({ ...JSON.parse(text), state: '', copy: null })
  assert.deepEqual(frozen.map(plain), live.map(plain), 'a copy is what the page showed when it was made')
  assert.match(frozen[0]!, /"state":"closed","copy":\{"number":1/)
  assert.match(live[0]!, /"state":"closed","copy":null/)
})

test('closing is for who answers for the whole, of a period that is over, with a note', async () => {
  for (const who of [
    'team_lead',
    'specialist',
    'inspector',
    'auditor',
    'department_owner',
    'outsider',
  ] as const)
    assert.equal((await post('/api/periods/2024-03/close', { note: '三月' }, who)).status, 403, who)
  assert.deepEqual(codeOf(await post('/api/periods/2024-06/close', { note: '六月' })), [
    409,
    'period_not_over',
  ])
  assert.deepEqual(codeOf(await post('/api/periods/2024-Q2/close', { note: '二季' })), [
    409,
    'period_not_over',
  ])
  assert.deepEqual(codeOf(await post('/api/periods/2024-13/close', { note: '没有' })), [400, 'not_a_period'])
  for (const body of [{}, { note: '' }, { note: '   ' }, { note: 'x'.repeat(1001) }, { note: '好', copy: 1 }])
    assert.equal((await post('/api/periods/2024-03/close', body)).status, 400)
  assert.deepEqual(codeOf(await post('/api/periods/2024-03/restate', { reason: '补录' })), [
    409,
    'period_not_closed',
  ])
  assert.deepEqual(codeOf(await get('/api/periods/2024-03/late-changes')), [409, 'period_not_closed'])
  assert.equal((await get('/api/periods/2024-03/copies/1')).status, 404)
})

test('a period is closed once: of two at the same time one wins and the other is told', async () => {
  assert.deepEqual(codeOf(await post('/api/periods/2024-05/close', { note: '再来' })), [409, 'period_closed'])
  const both = await Promise.all([
    post('/api/periods/2024-04/close', { note: '一' }),
    post('/api/periods/2024-04/close', { note: '二' }, 'administrator'),
  ])
  assert.deepEqual(both.map(({ status }) => status).sort(), [201, 409])
  const april = (await get('/api/periods/2024-04')).json() as unknown as PeriodState & {
    moved: number | null
  }
  assert.deepEqual([april.copies.length, april.moved], [1, 0])
})

test('a copy keeps exact texts: both halves, fraction, interval, rule, versions', async () => {
  const { card, unit, zone } = (await get('/api/periods/2024-05/copies/1')).json() as {
    card: { total: unknown; baseWeight: string; standard: string; indicators: Record<string, unknown>[] }
    unit: { name: string }
    zone: string
  }
  assert.deepEqual(
    [unit.name, zone, card.standard, card.baseWeight],
    ['测试企业', 'Asia/Shanghai', 'v1', '100'],
  )
  const [response, contact] = card.indicators
  // Two orders answered after 20 minutes each: 40 minutes over 2 orders, on target (≤ 30): 10 points.
  assert.deepEqual(
    [response?.value, response?.sum, response?.n, response?.score, response?.weight, response?.state],
    [
      { decimal: '20', fraction: '20' },
      { decimal: '40', fraction: '40' },
      2,
      { decimal: '10', fraction: '10' },
      '25',
      'few',
    ],
  )
  assert.deepEqual([contact?.numerator, contact?.denominator, contact?.measureVersion], ['2', '2', 1])
  assert.deepEqual(response?.rule, { kind: 'deduct', points: '1', per: '5', step: 'whole' })
})

test('nothing that happens later moves a closed period: the same bytes, whatever changes', async () => {
  const before = [await answersOfMay(), await frozenOfMay(1)]
  const standard = (await get('/api/standards')).json().items as { indicators: Record<string, unknown>[] }[]
  const indicators = standard[0]!.indicators.map(
    ({ sentence: _s, targetText: _t, definition: _d, unit: _u, ...own }, i) => ({
      ...own,
      nameZh: `${own.nameZh}（新）`,
      weight: ['40', '15', '35', '10'][i],
    }),
  )
  for (const effectiveOn of ['2024-07-01', '2024-05-01']) {
    const answer = await post('/api/standards', { effectiveOn, reason: '调整权重', indicators })
    assert.equal(answer.status, 201, answer.body)
  }
  const late = { unitId: cast.teamA, overall: 1, submittedAt: '2024-05-20T02:00:00Z' }
  assert.equal((await post('/api/responses', late)).status, 201)
  const renamed = await cast.call('administrator', 'PATCH', `/api/units/${cast.teamA}`, { name: '甲组改名' })
  assert.equal(renamed.status, 200, renamed.body)
  const added = await cast.call('administrator', 'POST', '/api/units', { name: '后建的组', kind: 'team' })
  assert.equal(added.status, 201)
  await settle()
  assert.deepEqual([await answersOfMay(), await frozenOfMay(1)], before)
  const live = (await get('/api/scorecard?period=2024-05&copy=live')).json() as { standard: string }
  assert.equal(live.standard, 'v3')
})

test('a unit made after the closing has no frozen figures, and says whose it shows', async () => {
  const units = (await get('/api/units', 'administrator')).json().items as { id: string; name: string }[]
  const later = units.find(({ name }) => name === '后建的组')!
  const card = (await get(`/api/scorecard?period=2024-05&unit=${later.id}`)).json()
  assert.deepEqual([card.state, card.copy], ['closed', null])
  assert.equal((await get(`/api/periods/2024-05/copies/1?unit=${later.id}`)).status, 404)
  const product = (await get(`/api/scorecard?period=2024-05&product=${cast.product}`)).json()
  assert.deepEqual([product.state, product.copy], ['closed', null])
})

test('the scorecard as a file says of which copy it is', async () => {
  const file = await get('/api/scorecard.csv?period=2024-05')
  assert.match(String(file.headers['content-disposition']), /scorecard-2024-05-copy-1\.csv/)
  const lines = file.body.split('\r\n').filter(Boolean)
  assert.equal(lines.length, 1 + 4 + 1)
  assert.match(
    lines[1]!,
    /^2024-05,,"?已关账，第 1 份"?,2024-06-15T04:00:00\.000Z,v1,timeliness,首次响应平均时长,20,/,
  )
  const live = await get('/api/scorecard.csv?period=2024-05&copy=live')
  assert.match(live.body, /已关账，此为当前数据/)
})

test('late changes are told exactly, with what was done since', async () => {
  const answer = await get('/api/periods/2024-05/late-changes')
  assert.equal(answer.status, 200, answer.body)
  const late = answer.json() as unknown as PeriodDifference
  assert.deepEqual([late.before, late.after], [1, null])
  const whole = late.units.find((one) => one.whole)!
  const moved = whole.rows.map(({ code, before, after }) => [
    code,
    before?.value?.decimal,
    before?.n,
    before?.weight,
    after?.value?.decimal,
    after?.n,
    after?.weight,
  ])
  // Two ratings of 4 and a late one of 1: 9 over 3. The weights are those of the version that now begins in May.
  assert.deepEqual(moved, [
    ['first_response_minutes', '20', 2, '25', '20', 2, '40'],
    ['first_contact_resolution', '100', 2, '30', '100', 2, '15'],
    ['experience_score', '4', 2, '35', '3', 3, '35'],
  ])
  assert.deepEqual(
    late.units.map(({ unit }) => unit.name).sort(),
    ['乙组', '测试企业', '甲组改名'],
    'team B is moved by its weights alone; the team without records by nothing',
  )
  assert.deepEqual(
    late.causes.map(({ kind, what, n, by }) => [kind, n, kind === 'standard' ? what : by]).sort(),
    [
      ['entered', 1, 'quality_supervisor'],
      ['standard', null, 'v3'],
    ],
  )
  const state = (await get('/api/periods/2024-05')).json()
  assert.equal(state.moved, 3)
  const ofB = (await get(`/api/periods/2024-05?unit=${cast.teamB}`)).json()
  assert.equal(ofB.moved, 2)
})

test('an explanation of a closed figure says the frozen n beside the live records', async () => {
  const told = (await get('/api/measures/experience_score/explanation?period=2024-05')).json() as {
    value: number
    included: { n: number }
    closed: { n: number; value: number; number: number }
  }
  assert.deepEqual([told.value, told.included.n], [3, 3])
  assert.deepEqual([told.closed.value, told.closed.n, told.closed.number], [4, 2, 1])
  const narrowed = (
    await get(`/api/measures/experience_score/explanation?period=2024-05&agent=${cast.personA}`)
  ).json()
  assert.equal(narrowed.closed, null)
})

test('a restatement is the next copy with its reason, its difference and its causes; the first stays', async () => {
  const first = await frozenOfMay(1)
  assert.equal(
    (await post('/api/periods/2024-05/restate', { reason: '漏录一份问卷' }, 'team_lead')).status,
    403,
  )
  assert.equal((await post('/api/periods/2024-05/restate', { reason: ' ' })).status, 400)
  const answer = await post('/api/periods/2024-05/restate', { reason: '漏录一份问卷，并按新权重' })
  assert.equal(answer.status, 201, answer.body)
  const state = answer.json() as unknown as PeriodState
  assert.deepEqual(
    [state.state, state.copies.map(({ number, note }) => [number, note])],
    [
      'restated',
      [
        [2, '漏录一份问卷，并按新权重'],
        [1, '五月数据已核对'],
      ],
    ],
  )
  const card = (await get('/api/scorecard?period=2024-05')).json() as {
    state: string
    copy: { number: number }
  }
  assert.deepEqual([card.state, card.copy.number], ['restated', 2])
  assert.deepEqual(await frozenOfMay(1), first)
  const old = (await get('/api/scorecard?period=2024-05&copy=1')).json() as {
    state: string
    copy: { number: number }
  }
  assert.deepEqual([old.state, old.copy.number], ['closed', 1])
  const told = (await get('/api/periods/2024-05/copies/2/difference')).json() as unknown as PeriodDifference
  assert.deepEqual(
    [told.before, told.after, told.units.length, told.causes.map(({ kind }) => kind).sort()],
    [1, 2, 3, ['entered', 'standard']],
  )
  const compared = await get('/api/periods/2024-05/copies/1/difference?against=2')
  const back = compared.json() as unknown as PeriodDifference
  assert.equal(back.units.length, 3)
  assert.equal((await get('/api/periods/2024-05/copies/3/difference')).status, 404)
  assert.equal((await get('/api/periods/2024-05/copies/1/difference')).status, 404)
})

test('restating without a difference is refused', async () => {
  assert.deepEqual(codeOf(await post('/api/periods/2024-05/restate', { reason: '再来一次' })), [
    409,
    'nothing_moved',
  ])
  const late = (await get('/api/periods/2024-05/late-changes')).json() as unknown as PeriodDifference
  assert.deepEqual([late.units, late.causes, late.before], [[], [], 2])
})

test('an excluded record is named with its reason; other periods are not touched', async () => {
  const answer = await post(`/api/work-orders/${cast.orders.b}/exclusion`, { reason: '重复登记' })
  assert.equal(answer.status, 200, answer.body)
  const late = (await get('/api/periods/2024-05/late-changes')).json() as unknown as PeriodDifference
  assert.equal(late.units.length, 0, 'not yet measured')
  await settle()
  const settled = (await get('/api/periods/2024-05/late-changes')).json() as unknown as PeriodDifference
  assert.deepEqual(
    settled.causes.map(({ kind, n, why }) => [kind, n, why]),
    [['excluded', 1, '重复登记']],
  )
  assert.deepEqual(
    settled.units.map(({ unit }) => unit.name),
    ['测试企业', '乙组'],
  )
  const april = (await get('/api/periods/2024-04/late-changes')).json() as unknown as PeriodDifference
  assert.deepEqual(
    april.units.filter(({ rows }) => rows.some(({ before, after }) => before?.n !== after?.n)),
    [],
  )
})

test('a team’s lead sees the copies and the difference of the own team alone', async () => {
  const lead = (
    await get('/api/periods/2024-05/copies/2/difference', 'team_lead')
  ).json() as unknown as PeriodDifference
  assert.deepEqual(
    lead.units.map(({ unit }) => unit.name),
    ['甲组改名'],
  )
  assert.deepEqual(lead.causes.map(({ kind }) => kind).sort(), ['entered', 'standard'])
  const own = (await get('/api/periods/2024-05/copies/2', 'team_lead')).json() as { unit: { id: string } }
  assert.equal(own.unit.id, cast.teamA)
  for (const url of [
    `/api/periods/2024-05/copies/2?unit=${cast.teamB}`,
    `/api/periods/2024-05?unit=${cast.teamB}`,
    `/api/scorecard?period=2024-05&unit=${cast.teamB}&copy=2`,
  ])
    assert.equal((await get(url, 'team_lead')).status, 404, url)
  assert.equal((await get('/api/periods/2024-05/late-changes', 'department_owner')).status, 403)
})

test('no role of the database changes or removes a copy, and another organization sees none', async () => {
  const tables = ['period_copy', 'copy_card', 'copy_difference', 'copy_cause']
  for (const table of tables)
    for (const statement of [
      `update measurement.${table} set number = 9`,
      `delete from measurement.${table}`,
    ])
      await assert.rejects(
        cast.db.transaction(await cast.whole(), (tx) => tx.client.query(statement)),
        { code: '42501' },
        statement,
      )
  const strange = { organizationId: cast.teamA, unitIds: [cast.rootUnitId, cast.teamA, cast.teamB] }
  for (const table of tables) {
    const count = `select count(*) as n from measurement.${table}`
    const seen = (scope: typeof strange) => cast.db.transaction(scope, (tx) => tx.client.query(count))
    assert.ok((await seen(await cast.whole())).rows[0].n > 0, table)
    assert.equal((await seen(strange)).rows[0].n, 0, table)
  }
})

test('each grain is closed by itself, and the list says the state of each', async () => {
  const weeks = (await get('/api/periods/states?grain=week&last=3')).json() as unknown as {
    items: PeriodState[]
  }
  assert.deepEqual(
    weeks.items.map(({ period, state, over }) => [period, state, over]),
    [
      ['2024-W24', 'open', false],
      ['2024-W23', 'open', true],
      ['2024-W22', 'open', true],
    ],
  )
  const usual = (await get('/api/periods/states?last=3')).json() as unknown as {
    grain: string
    items: PeriodState[]
  }
  assert.deepEqual(
    [usual.grain, ...usual.items.map(({ period, state }) => `${period} ${state}`)],
    ['month', '2024-06 open', '2024-05 restated', '2024-04 closed'],
  )
  const changed = await cast.call('administrator', 'PATCH', '/api/organization', {
    monitoringPeriod: 'quarter',
  })
  assert.equal(changed.status, 200)
  const quarters = (await get('/api/periods/states?last=2')).json() as unknown as typeof usual
  assert.deepEqual(
    [quarters.grain, ...quarters.items.map(({ period, state }) => `${period} ${state}`)],
    ['quarter', '2024-Q2 open', '2024-Q1 open'],
  )
  assert.equal((await post('/api/periods/2024-Q1/close', { note: '一季度' })).status, 201)
  const march = (await get('/api/periods/2024-03')).json()
  assert.equal(march.state, 'open')
  const card = (await get('/api/scorecard?period=2024-Q1')).json()
  assert.deepEqual([card.state, card.total], ['closed', null], 'a quarter without any record')
})

test('every closing and restating leaves one audit row with the hash of what was frozen', async () => {
  const { rows } = await cast.db.transaction(await cast.whole(), (tx) =>
    tx.client.query(`select action, object_id, detail from platform.audit_event
      where object_kind = 'period' and result = 'ok' order by at, id`),
  )
  assert.deepEqual(rows.map((row) => `${row.action} ${row.object_id} ${row.detail.copy}`).sort(), [
    'closePeriod 2024-04 1',
    'closePeriod 2024-05 1',
    'closePeriod 2024-Q1 1',
    'restatePeriod 2024-05 2',
  ])
  for (const row of rows) assert.match(row.detail.sha256, /^[0-9a-f]{64}$/)
})
