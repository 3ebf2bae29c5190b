import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { indicatorFields, timeLimit } from '../../contract/standards.ts'
import { add, fromDecimal, ratio, zero } from '../platform/ratio.ts'
import { packs } from './packs.ts'
import { ruleSentence, targetText } from './sentences.ts'

const unitOf = (measure: string) =>
  measure.endsWith('_minutes') ? 'min' : measure.endsWith('_score') ? 'points' : '%'

test('every pack fits the contract, names a code once and weighs exactly 100', () => {
  assert.deepEqual(
    packs.map(({ name }) => name),
    ['general', 'hardware', 'contact-center', 'performance'],
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
