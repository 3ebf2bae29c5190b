import assert from 'node:assert/strict'
import { test } from 'node:test'
import { words as shown } from '../../contract/words.ts'
import type { Cell } from './read/table.ts'
import {
  parseBoolean,
  parseCategory,
  parseChannel,
  parseComplexity,
  parseFeedbackStatus,
  parsePriority,
} from './values.ts'

type Outcome = { value: unknown } | { fault: { code: string } }

const said = (parsed: Outcome) => ('fault' in parsed ? parsed.fault.code : parsed.value)

function each(parse: (cell: Cell) => Outcome, table: Record<string, unknown>): void {
  for (const [word, expected] of Object.entries(table)) assert.deepEqual(said(parse(word)), expected, word)
}

test('priorities of templates and ticket systems', () => {
  each(parsePriority, {
    紧急: 'urgent',
    ' 重要 ': 'important',
    一般: 'normal',
    Urgent: 'urgent',
    HIGH: 'important',
    low: 'normal',
    P1: 'urgent',
    ｐ２: 'important',
    P4: 'normal',
    '1 - Critical': 'urgent',
    '2 - High': 'important',
    '3 - Moderate': 'normal',
    Highest: 'urgent',
    'very high': 'urgent',
    '1': 'unknown_word',
    随便: 'unknown_word',
    __proto__: 'unknown_word',
  })
})

test('complexity, status of a feedback, channel', () => {
  each(parseComplexity, { 普通: 'ordinary', 复杂: 'complex', Simple: 'ordinary', '': 'unknown_word' })
  each(parseFeedbackStatus, {
    待处理: 'open',
    处理中: 'in_progress',
    已回访: 'followed_up',
    已关闭: 'closed',
    'In Progress': 'in_progress',
    作废: 'unknown_word',
  })
  each(parseChannel, {
    电话: 'phone',
    电话回访: 'phone',
    在线: 'chat',
    邮件: 'email',
    'E-mail': 'email',
    社交媒体: 'social',
    门店: 'store',
    线下: 'store',
    网站: 'web',
    在线问卷: 'web',
    APP: 'app',
    意见箱: 'suggestion_box',
    展会: '展会',
    constructor: 'constructor',
  })
})

test('a category has two levels at its hyphen', () => {
  each(parseCategory, {
    '故障维修-硬件': { category: 'repair', subcategory: '硬件' },
    '故障维修－软件故障': { category: 'repair', subcategory: '软件故障' },
    '故障维修 - Wi-Fi': { category: 'repair', subcategory: 'Wi-Fi' },
    使用咨询: { category: 'consultation', subcategory: null },
    '服务投诉-': { category: 'complaint', subcategory: null },
    建议反馈: { category: 'suggestion', subcategory: null },
    '物流-延误': { category: '物流', subcategory: '延误' },
    'Wi-Fi': { category: 'Wi-Fi', subcategory: null },
    'repair-hardware': { category: 'repair', subcategory: 'hardware' },
    '-硬件': { category: '-硬件', subcategory: null },
  })
})

test('yes and no', () => {
  each(parseBoolean, {
    是: true,
    否: false,
    Y: true,
    n: false,
    TRUE: true,
    false: false,
    '1': true,
    '0': false,
    及时: true,
    超时: false,
    未达标: false,
    'Within SLA': true,
    'SLA Violated': false,
    maybe: 'not_a_boolean',
    2: 'not_a_boolean',
  })
  assert.equal(said(parseBoolean(true)), true)
  assert.equal(said(parseBoolean(0)), false)
  assert.equal(said(parseBoolean({ fault: 'formula', text: 'TRUE' })), 'formula_cell')
})

test('each word the product shows for a channel is read back as that channel', () => {
  for (const [code, { zh, en }] of Object.entries(shown.channel))
    for (const word of [code, zh, en]) assert.deepEqual(parseChannel(word), { value: code })
})
