import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zh } from '../locales/zh.ts'
import { numbers } from './numbers.ts'

const texts: Record<string, string> = zh
const say = (key: string, fill: Record<string, string | number> = {}) =>
  (texts[key] ?? key).replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(fill[name]))
const { value, interval, total, score, stamp } = numbers(say, 'zh', 'Asia/Shanghai')

test('durations read as people say them', () => {
  assert.equal(value(0.5, 'min'), '30秒')
  assert.equal(value(42, 'min'), '42分钟')
  assert.equal(value(92, 'min'), '1小时32分')
  assert.equal(value(24, 'h'), '24小时')
  assert.equal(value(51, 'h'), '2天3小时')
  assert.equal(value(72, 'h'), '3天')
})

test('rates have one place, scores one or two, the total two', () => {
  assert.equal(value(92.34, '%'), '92.3%')
  assert.equal(value(4.3, 'points'), '4.3分')
  assert.equal(value(0, 'count'), '0次')
  assert.equal(score(8), '8.0')
  assert.equal(total(8.155), '8.16')
})

test('an even interval is ±, an uneven one names both ends', () => {
  assert.equal(interval(4.3, [4.2, 4.4], 'points'), '±0.1')
  assert.equal(interval(75.3, [68.2, 81.2], '%'), '68.2–81.2')
})

test('instants are shown in the zone of the organization', () => {
  assert.equal(stamp('2024-10-01T16:30:00Z'), '2024-10-02 00:30')
})
