import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { packName } from '../../contract/access.ts'
import { indicatorFields, timeLimit } from '../../contract/standards.ts'
import { add, fromDecimal, ratio, zero } from '../platform/ratio.ts'
import { checkDraft } from './check.ts'
import { ruleOrigin, targetOrigin } from './packs/origin.ts'
import { packs } from './packs.ts'
import { ruleSentence, targetText } from './sentences.ts'

const unitOf = (measure: string) =>
  measure.endsWith('_minutes') ? 'min' : measure.endsWith('_score') ? 'points' : '%'

test('every pack fits the contract, names a code once and weighs exactly 100', () => {
  assert.deepEqual(
    packs.map(({ name }) => name),
    packName.options,
    'those of the sources first; set-up can name each',
  )
  for (const { name, indicators, timeLimits } of packs) {
    for (const indicator of indicators) z.strictObject(indicatorFields).parse(indicator)
    for (const row of timeLimits) timeLimit.parse(row)
    assert.equal(new Set(indicators.map(({ code }) => code)).size, indicators.length, name)
    const keys = timeLimits.map((row) => [row.clock, row.priority, row.complexity, row.channel].join('|'))
    assert.equal(new Set(keys).size, keys.length, name)
    assert.deepEqual(indicators.map(({ weight }) => fromDecimal(weight)).reduce(add, zero), ratio(100), name)
  }
})

test('the general pack reads as 表1', () => {
  const rows = packs[0]?.indicators.map((i) => [
    i.nameZh,
    i.dimension,
    i.source,
    i.weight,
    targetText(i.target, unitOf(i.measure)).zh,
    ruleSentence(i.rule, i.target, unitOf(i.measure)).zh,
  ])
  assert.deepEqual(rows, [
    ['首次响应平均时长', 'timeliness', '工单系统', '25', '≤30分钟', '每超5分钟扣1分,扣完为止'],
    ['问题一次性解决率', 'expertise', '工单系统', '30', '≥90%', '每低1%扣0.5分'],
    ['客户服务体验评分', 'satisfaction', '在线问卷', '35', '≥4.5分', '每低0.1分扣1分'],
    ['工单填写完整度', 'compliance', '质检记录', '10', '≥95%', '每低1%扣0.2分'],
  ])
})

test('the other packs carry their sources’ targets and limits', () => {
  const targets = (name: string) =>
    packs
      .find((pack) => pack.name === name)
      ?.indicators.map((i) => `${i.measure} ${targetText(i.target, unitOf(i.measure)).zh} ${i.weight}`)
  assert.deepEqual(targets('hardware'), [
    'first_response_minutes ≤15分钟 15',
    'start_in_time_rate ≥95% 10',
    'resolution_in_time_rate ≥90% 15',
    'first_contact_resolution ≥90% 20',
    'experience_score ≥4.5分 30',
    'record_completeness ≥95% 10',
  ])
  assert.deepEqual(targets('contact-center'), [
    'first_response_minutes ≤0.5分钟 25',
    'fcr_all_rate ≥85% 30',
    'csat_rate ≥90% 35',
    'record_completeness ≥95% 10',
  ])
  assert.deepEqual(targets('performance'), [
    'response_in_time_rate ≥95% 20',
    'resolution_in_time_rate ≥90% 15',
    'first_contact_resolution ≥90% 25',
    'experience_score ≥4.5分 30',
    'record_completeness ≥95% 10',
  ])
})

const industries = packs.filter(({ basedOn }) => basedOn)

test('eight industries vary a pack of sources, each with a title of its own and its time limits', () => {
  assert.deepEqual(
    industries.map(({ title, basedOn }) => [title.zh, basedOn]),
    [
      ['电商零售', 'contact-center'],
      ['金融保险', 'general'],
      ['电信', 'hardware'],
      ['物流', 'hardware'],
      ['教培', 'general'],
      ['生活服务', 'hardware'],
      ['制造', 'hardware'],
      ['互联网', 'contact-center'],
    ],
  )
  for (const pack of industries) {
    checkDraft(pack.indicators, pack.timeLimits)
    const base = packs.find(({ name }) => name === pack.basedOn)
    assert.deepEqual(pack.timeLimits, base?.timeLimits, pack.name)
    assert.notDeepEqual(pack.indicators, base?.indicators, pack.name)
  }
  assert.equal(new Set(packs.map(({ title }) => title.en)).size, packs.length)
})

test('the account of a preset names each target as a source’s or as ours, and the truth', () => {
  for (const { name, source, indicators } of industries)
    for (const language of ['zh', 'en'] as const) {
      const [sourced, own] = parts(source[language], language)
      for (const one of indicators) {
        const called = language === 'zh' ? one.nameZh : one.nameEn
        const origin = targetOrigin(one)?.[language]
        const said = origin ? (language === 'zh' ? `${called}(${origin})` : `${called} (${origin})`) : called
        assert.ok((origin ? sourced : own).includes(said), `${name}: ${said} in ${source[language]}`)
        assert.ok(!(origin ? own : sourced).includes(called), `${name}: ${called} twice`)
      }
    }
})

/** What the account says of targets: those from sources and those of our convention. */
function parts(account: string, language: 'zh' | 'en'): [string, string] {
  const [from, our] =
    language === 'zh'
      ? ['目标值取自来源:', '目标值为本系统约定:']
      : ['targets from sources: ', 'targets that are our convention: ']
  const part = (head: string) => account.split(/; ?/).find((one) => one.startsWith(head)) ?? ''
  return [part(from), part(our)]
}

test('what is said to stand in a source stands in the pack of that source', () => {
  // 表1 and the goals as their packs carry them; a target or rule changed there must not be claimed for the source here.
  const has = (name: string) => packs.find((pack) => pack.name === name)!.indicators
  const carried = { 表1: has('general'), 售后服务流程: has('hardware'), 客服目标: has('contact-center') }
  for (const { indicators } of industries)
    for (const one of indicators) {
      const from = targetOrigin(one)?.zh as keyof typeof carried | undefined
      if (from)
        assert.deepEqual(
          carried[from].find(({ measure }) => measure === one.measure)?.target,
          one.target,
          from,
        )
      if (ruleOrigin(one))
        assert.deepEqual(has('general').find(({ measure }) => measure === one.measure)?.rule, one.rule)
    }
  const finance = industries.find(({ name }) => name === 'finance')!
  assert.equal(
    finance.source.zh,
    '在“综合监测”上按行业调整;目标值取自来源:首次响应平均时长(表1)、问题一次性解决率(表1)、客户服务体验评分(表1);目标值为本系统约定:解决及时率、工单填写完整度;扣分步长取自表1:首次响应平均时长、问题一次性解决率、客户服务体验评分、工单填写完整度,其余为本系统约定;指标的选择与权重为本系统约定;时限同“综合监测”',
  )
})
