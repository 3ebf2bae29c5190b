import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { replayStandard } from '../contract/measurement.ts'
import { weighPairs } from '../contract/standards.ts'
import { drainChanges } from '../server/measurement/index.ts'
import { newId } from '../server/platform/ids.ts'
import { packs } from '../server/standards/index.ts'
import { type Cast, canary, now, openCast } from './cast.ts'

let cast: Cast
before(async () => {
  cast = await openCast()
  await drainChanges(cast.db, cast.organizationId, now)
})
after(() => cast.end())

const { indicators } = packs[0]!
const audited = async (action: string) =>
  cast.db.transaction(
    await cast.whole(),
    async (tx) =>
      (
        await tx.client.query(
          'select result, detail from platform.audit_event where action = $1 order by result desc',
          [action],
        )
      ).rows as { result: string; detail: Record<string, unknown> }[],
  )

test('a draft is replayed over past months by those who edit standards; nothing is published', async () => {
  const asked = { period: '2024-05', periods: 2, indicators }
  const answer = await cast.call('quality_supervisor', 'POST', '/api/scorecard/replay', asked)
  assert.equal(answer.status, 200, answer.body)
  const found = replayStandard.reply.parse(answer.json())
  assert.deepEqual(
    found.periods.map(({ period, standard }) => [period, standard]),
    [
      ['2024-04', 'v1'],
      ['2024-05', 'v1'],
    ],
  )
  // The draft is the pack in force: both sides are the same.
  assert.deepEqual(found.periods[1]?.before, found.periods[1]?.after)
  const versions = (await cast.call('quality_supervisor', 'GET', '/api/standards')).json().items as unknown[]
  assert.equal(versions.length, 1)
})

test('neither another role nor a period or unit that is not there gets an answer', async () => {
  const ask = (who: Parameters<Cast['call']>[0], more: object) =>
    cast.call(who, 'POST', '/api/scorecard/replay', { period: '2024-05', indicators, ...more })
  for (const who of ['team_lead', 'specialist', 'auditor', 'outsider'] as const) {
    const answer = await ask(who, {})
    assert.equal(answer.status, 403, who)
    for (const secret of Object.values(canary)) assert.ok(!answer.body.includes(secret))
  }
  assert.equal((await ask(null, {})).status, 401)
  assert.equal((await ask('quality_supervisor', { unit: newId() })).status, 404)
  for (const wrong of [
    { period: '2024-13' },
    { periods: 0 },
    { periods: 1e9 },
    { indicators: [] },
    { more: 1 },
  ])
    assert.equal((await ask('quality_supervisor', wrong)).status, 400, JSON.stringify(wrong))
})

const three = ['a', 'b', 'c'].map((code) => ({ code, nameZh: `指标${code}`, nameEn: `indicator ${code}` }))
const judged = (...times: string[]) =>
  [
    ['a', 'b'],
    ['b', 'c'],
    ['a', 'c'],
  ].map(([left, right], i) => ({ left, right, times: times[i] }))
const weigh = (who: Parameters<Cast['call']>[0], judgements: unknown, compared = three) =>
  cast.call(who, 'POST', '/api/standards/pairwise', { indicators: compared, judgements })

test('comparing two by two gives weights of 100; a contradiction is refused in a sentence', async () => {
  const answer = await weigh('quality_supervisor', judged('2', '2', '4'))
  assert.equal(answer.status, 200, answer.body)
  assert.deepEqual(weighPairs.reply.parse(answer.json()), {
    weights: [
      { code: 'a', weight: '57' },
      { code: 'b', weight: '29' },
      { code: 'c', weight: '14' },
    ],
    consistency: '0.0000',
  })
  // y³ = 9 × 9 × 9 = 729, y = 9: λ = 1 + 9 + 1/9, ratio (7.1111 ÷ 2) ÷ 0.58 = 6.13. Each is 9 where all together say 1.
  const circle = await weigh('quality_supervisor', judged('9', '9', '1/9'))
  assert.equal(circle.status, 400)
  assert.equal(circle.json().code, 'judgements_inconsistent')
  assert.match(
    String(circle.json().detail),
    /一致性比率 6\.13.*“指标a”比“指标b”:填的是 9,各项判断合起来约为 1。/,
  )
  assert.deepEqual(
    (await audited('weighPairs')).map(({ result, detail }) => [result, detail.consistency ?? detail.code]),
    [
      ['ok', '0.0000'],
      ['invalid', 'judgements_inconsistent'],
    ],
  )
})

test('eleven indicators, one, a pair missing or a step between are refused', async () => {
  const many = Array.from({ length: 11 }, (_, i) => ({ code: `i${i}`, nameZh: 'x', nameEn: 'x' }))
  const bad = [
    await weigh('quality_supervisor', judged('2', '2', '4'), many),
    await weigh('quality_supervisor', judged('2', '2', '4'), three.slice(0, 1)),
    await weigh('quality_supervisor', judged('2', '2', '4').slice(1)),
    await weigh('quality_supervisor', judged('2', '2.5', '4')),
    await weigh('quality_supervisor', judged('2', '2', '10')),
  ]
  assert.deepEqual(
    bad.map(({ status }) => status),
    [400, 400, 400, 400, 400],
  )
  assert.equal(bad[2]?.json().code, 'judgements_incomplete')
  assert.equal((await weigh('team_lead', judged('2', '2', '4'))).status, 403)
})
