import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { maskContact, maskName, maskText } from './masking.ts'

test('people are masked, organizations and what came masked stay', () => {
  const shown = ['张三', '王小明', 'A公司', '*女士', '*个人', 'Anna Rossi', ' 李雷 ', '深圳市第一医院', '']
  assert.deepEqual(shown.map(maskName), [
    '张*',
    '王**',
    'A公司',
    '*女士',
    '*个人',
    'A***',
    '李*',
    '深圳市第一医院',
    '',
  ])
})

test('of a number the ends stay, of a mailbox its first letter and domain', () => {
  assert.deepEqual(
    ['13812345678', '+86 138-1234-5678', 'anna@x.com', '0755-12345678', '12345', ''].map(maskContact),
    ['138****5678', '138****5678', 'a***@x.com', '075****5678', '***', ''],
  )
})

test('numbers and mailboxes inside a text are hidden, all else stays', () => {
  assert.equal(
    maskText(
      '请联系张三 13812345678 或 138 1234 5678、zhang.san@example.com,身份证 11010519491231002X,电话 0755-12345678',
    ),
    '请联系张三 *** 或 ***、***,身份证 ***,电话 ***',
  )
  assert.equal(maskText('A300打印机 卡纸 3 次,2024-05-01 14:30'), 'A300打印机 卡纸 3 次,2024-05-01 14:30')
})

test('no mobile number stays readable, however it is set apart', () => {
  const digits = fc.stringMatching(/^1[3-9]\d{9}$/)
  const around = fc.stringMatching(/^[\u4e00-\u9fffa-z ,。]{0,10}$/)
  const gap = fc.constantFrom('', ' ', '-', ' - ', '.')
  fc.assert(
    fc.property(digits, around, around, gap, (number, before, after, between) => {
      const written = `${number.slice(0, 3)}${between}${number.slice(3, 7)}${between}${number.slice(7)}`
      const masked = maskText(`${before}${written}${after}`)
      assert.equal(masked, `${before}***${after}`)
    }),
  )
})
