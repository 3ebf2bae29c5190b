import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { standard } from '../../contract/standards.ts'
import { type TestDatabase, testDatabase } from '../../test/database.ts'
import type { Tx } from '../platform/database.ts'
import { Refusal } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { packs } from './packs.ts'
import type { Indicator } from './shapes.ts'
import { type Draft, installPack, listStandards, publishStandard, standardOn } from './standards.ts'

let database: TestDatabase
before(async () => {
  database = await testDatabase()
})
after(() => database.end())

const now = new Date('2024-05-01T08:00:00Z')
const general = packs[0]?.indicators ?? []
const knownMeasures = general.map(({ measure }) => measure)

/** Runs in a transaction that is undone, so that every test begins without a standard. */
async function undone(work: (tx: Tx) => Promise<void>): Promise<void> {
  const stop = new Error('undo')
  const run = database.db.transaction(await database.whole(), async (tx) => {
    await work(tx)
    throw stop
  })
  await run.catch((error) => {
    if (error !== stop) throw error
  })
}

const draft = (indicators: Indicator[], effectiveOn = '2024-07-01'): Draft => ({
  effectiveOn,
  reason: '季度调整',
  indicators,
})
const publish = (tx: Tx, d: Draft) => publishStandard(tx, d, { authorId: null, now, knownMeasures })
const install = (tx: Tx, name: string, effectiveOn: string) =>
  installPack(tx, name, { effectiveOn, authorId: null, now })
const weighing = (...weights: string[]): Indicator[] =>
  general.map((indicator, i) => ({ ...indicator, weight: weights[i] ?? '0' }))

async function refused(work: Promise<unknown>, code: string, said: RegExp): Promise<void> {
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof Refusal)
    assert.deepEqual([error.code, error.status], [code, 400])
    assert.match(error.zh, said)
    assert.match(error.en, said)
    return true
  })
}

test('every pack is stored and read back as it stands', () =>
  undone(async (tx) => {
    for (const [i, pack] of packs.entries()) {
      const day = `2024-${String(i + 1).padStart(2, '0')}-01`
      assert.equal(await install(tx, pack.name, day), i + 1)
      const found = await standardOn(tx, day)
      assert.deepEqual([found?.version, found?.effectiveOn, found?.pack], [i + 1, day, pack.name])
      assert.deepEqual(found?.indicators, pack.indicators)
      const key = (limit: object) => JSON.stringify(Object.entries(limit).sort())
      assert.deepEqual(found?.timeLimits.map(key).sort(), pack.timeLimits.map(key).sort())
    }
    await refused(install(tx, 'bank', '2024-01-01'), 'unknown_pack', /bank.*general, hardware/)
  }))

test('a day is measured by the latest version effective on it', () =>
  undone(async (tx) => {
    assert.equal(await standardOn(tx, '2024-05-01'), undefined)
    await install(tx, 'general', '2024-04-01')
    await publish(tx, draft(weighing('25', '25', '40', '10'), '2024-07-01'))
    await publish(tx, draft(weighing('20', '30', '40', '10'), '2024-07-01'))
    await publish(tx, draft(weighing('40', '30', '20', '10'), '2024-05-01'))
    const versionOn = async (day: string) => (await standardOn(tx, day))?.version
    assert.equal(await versionOn('2020-01-01'), 1)
    assert.equal(await versionOn('2024-04-01'), 1)
    assert.equal(await versionOn('2024-04-30'), 1)
    assert.equal(await versionOn('2024-05-01'), 4)
    assert.equal(await versionOn('2024-06-30'), 4)
    assert.equal(await versionOn('2024-07-01'), 3)
    assert.equal(await versionOn('2030-01-01'), 3)
  }))

test('the time limits in force stay unless a draft brings its own', () =>
  undone(async (tx) => {
    await install(tx, 'general', '2024-04-01')
    const kept = (await standardOn(tx, '2024-04-01'))?.timeLimits
    await publish(tx, draft(general))
    assert.deepEqual((await standardOn(tx, '2024-07-01'))?.timeLimits, kept)
    const own = {
      clock: 'response' as const,
      priority: '' as const,
      complexity: '' as const,
      channel: '',
      faultLevel: '',
      seconds: 10,
      runs: 'working' as const,
    }
    await publish(tx, { ...draft(general, '2024-08-01'), timeLimits: [own] })
    assert.deepEqual((await standardOn(tx, '2024-08-01'))?.timeLimits, [own])
    await refused(publish(tx, { ...draft(general), timeLimits: [own, own] }), 'limit_twice', /response/)
  }))

test('weights must total exactly 100, and the refusal names the sum', () =>
  undone(async (tx) => {
    await refused(publish(tx, draft(weighing('25', '30', '35', '9.9999'))), 'weights_not_100', /99\.9999/)
    await refused(publish(tx, draft(weighing('25', '30', '35', '20'))), 'weights_not_100', /110/)
    await refused(
      publish(tx, draft(weighing('25', '30', '35.00001', '9.99999'))),
      'weight_unusable',
      /35\.00001/,
    )
    await refused(publish(tx, draft(weighing('-5', '60', '35', '10'))), 'weight_unusable', /-5/)
    assert.equal(await standardOn(tx, '2024-07-01'), undefined)
    assert.equal(await publish(tx, draft(weighing('33.3333', '33.3333', '33.3334', '0.000'))), 1)
  }))

test('a code twice, an unknown measure and a rule that cannot score are refused', () =>
  undone(async (tx) => {
    const [first, ...rest] = general
    assert.ok(first)
    const withFirst = (change: Partial<Indicator>) => publish(tx, draft([{ ...first, ...change }, ...rest]))
    await refused(withFirst({ code: 'experience_score' }), 'code_twice', /experience_score/)
    await refused(withFirst({ measure: 'smiles' }), 'unknown_measure', /first_response_minutes.*smiles/)
    const unusable: Indicator['rule'][] = [
      { kind: 'deduct', points: '1', per: '0.0', step: 'whole' },
      { kind: 'deduct', points: '-1', per: '5', step: 'whole' },
      { kind: 'bands', bands: [{ from: '30', score: '11' }] },
      { kind: 'between', floor: '30' },
    ]
    for (const rule of unusable) await refused(withFirst({ rule }), 'rule_unusable', /first_response_minutes/)
    const { rows } = await tx.client.query('select 1 from standards.standard')
    assert.equal(rows.length, 0)
  }))

test('the list fits the contract, newest first, with sentences and the author by name', () =>
  undone(async (tx) => {
    const authorId = '01890000-0000-7000-8000-000000000001'
    await tx.run(sql`
      insert into access.user (organization_id, id, login, name, password_hash, created_at)
      values (${tx.organizationId}, ${authorId}, 'li', '李主管', 'x', ${now})`)
    await installPack(tx, 'general', { effectiveOn: '2024-04-01', authorId, now })
    await publish(tx, draft(weighing('25', '25', '40', '10')))
    const unit = (measure: string) =>
      measure === 'experience_score' ? 'points' : measure.endsWith('_minutes') ? 'min' : '%'
    const list = await listStandards(tx, (measure) => ({
      name: { zh: measure, en: measure },
      better: 'none' as const,
      definition: { zh: `${measure}的定义`, en: `What ${measure} is` },
      unit: unit(measure),
    }))
    assert.deepEqual(
      list.map((item) => standard.parse(item)),
      list,
    )
    assert.deepEqual(
      list.map(({ version, author, pack }) => [version, author, pack]),
      [
        [2, null, 'general'],
        [1, '李主管', 'general'],
      ],
    )
    assert.deepEqual(
      list[1]?.indicators.map((i) => [i.nameZh, i.weight, i.targetText.zh, i.sentence.zh]),
      [
        ['首次响应平均时长', '25', '≤30分钟', '每超5分钟扣1分,扣完为止'],
        ['问题一次性解决率', '30', '≥90%', '每低1%扣0.5分'],
        ['客户服务体验评分', '35', '≥4.5分', '每低0.1分扣1分'],
        ['工单填写完整度', '10', '≥95%', '每低1%扣0.2分'],
      ],
    )
  }))

test('two publishers at once get two versions', async () => {
  const scope = await database.whole()
  const both = await Promise.all(
    [1, 2].map(() => database.db.transaction(scope, (tx) => install(tx, 'general', '2024-01-01'))),
  )
  assert.deepEqual(both.sort(), [1, 2])
})
