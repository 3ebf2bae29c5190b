import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { zone } from '../platform/time.ts'
import type { Cell } from './read/table.ts'
import { type InstantOptions, parseDate, parseInstant } from './values.ts'

const now = Date.UTC(2026, 10, 26)

/** The instant as ISO text with its flags, or the code of the fault. */
function read(cell: Cell, options: Partial<InstantOptions> = {}): string {
  const parsed = parseInstant(cell, { zone: 'Asia/Shanghai', now, ...options })
  if ('fault' in parsed) return parsed.fault.code
  const text = new Date(parsed.value).toISOString().replace('.000Z', 'Z')
  return text + (parsed.dateOnly ? ' day' : '') + (parsed.warning ? ` ${parsed.warning.code}` : '')
}

test('half past two on 1 October, however it is written', () => {
  for (const text of [
    '2024-10-01 14:30',
    '2024-10-01 14:30:00',
    '2024-10-01T14:30:00.000',
    '2024/10/1 14:30',
    '2024.10.01 14:30:00',
    '2024-10-0114:30',
    '2024年10月1日 14时30分',
    '2024年10月1日14:30',
    '2024年10月01日 下午2:30',
    '2024年10月1日星期二 14点30分',
    '24年10月1日 14:30',
    '2024-10-01（周二）14:30',
    '2024-10-01 02:30 PM',
    '2024-10-01 2:30:00 p.m.',
    '2024-10-01, 14:30',
    '20241001143000',
    '202410011430',
    '２０２４－１０－０１　１４：３０',
    '2024-10-01T06:30:00Z',
    '2024-10-01 06:30+00:00',
    '2024-10-01 12:00:00+05:30',
    '2024-10-01T02:30:00-0400',
    '2024-10-01 14:30 GMT+8',
    'Tue, 01 Oct 2024 06:30:00 GMT',
    'Oct 1, 2024 2:30 PM',
    '1 October 2024 14:30',
    '01-Oct-24 14:30',
    '1727764200',
    '1727764200000',
    ' 2024-10-01 14:30 ',
  ]) {
    assert.equal(read(text), '2024-10-01T06:30:00Z', text)
  }
})

test('seconds, their fractions, midnight and noon', () => {
  assert.equal(read('2024-10-01 14:30:15.5'), '2024-10-01T06:30:15.500Z')
  assert.equal(read('2024-10-01 14:30:15,123999'), '2024-10-01T06:30:15.124Z')
  assert.equal(read('2024-10-01 14时30分15秒'), '2024-10-01T06:30:15Z')
  assert.equal(read('2024-10-01 24:00'), '2024-10-01T16:00:00Z')
  assert.equal(read('2024-10-01 12:00 AM'), '2024-09-30T16:00:00Z')
  assert.equal(read('2024-10-01 上午12:30'), '2024-09-30T16:30:00Z')
  assert.equal(read('2024-10-01 中午12:30'), '2024-10-01T04:30:00Z')
  assert.equal(read('2024-10-01 晚上8点'), '2024-10-01T12:00:00Z')
  assert.equal(read('2024-10-01 下午14:30'), '2024-10-01T06:30:00Z')
})

test('a date alone is the start of its day, and says so', () => {
  for (const text of [
    '2024-10-01',
    '2024/10/1',
    '2024年10月1日',
    '20241001',
    '2024年10月1号',
    '2024-10-01 星期二',
    '1/10/2024',
  ]) {
    assert.equal(read(text, { order: 'dmy' }), '2024-09-30T16:00:00Z day', text)
  }
  assert.equal(read('2018-11-04', { zone: 'America/Sao_Paulo' }), '2018-11-04T03:00:00Z day')
})

test('calendar times and numbers of a sheet', () => {
  assert.equal(read({ date: '2024-10-01T14:30:00.000' }), '2024-10-01T06:30:00Z')
  assert.equal(read({ date: '2024-10-01T00:00:00.000' }), '2024-09-30T16:00:00Z day')
  assert.equal(
    read({ date: '2024-10-01T14:30:00.250' }, { format: 'dd/MM/yyyy' }),
    '2024-10-01T06:30:00.250Z',
  )
  assert.equal(read(45566.6041666667), '2024-10-01T06:30:00Z')
  assert.equal(read(45566), '2024-09-30T16:00:00Z day')
  assert.equal(read('45566.6041666667'), '2024-10-01T06:30:00Z')
  assert.equal(read(20241001), '2024-09-30T16:00:00Z day')
  assert.equal(read(1727764200), '2024-10-01T06:30:00Z')
  assert.equal(read(12.5), 'not_a_date')
  assert.equal(read(true), 'not_a_date')
  assert.equal(read({ date: '1900-01-05T00:00:00.000' }), 'implausible_time')
})

test('what is no time, or none that one may believe', () => {
  for (const text of [
    'gestern',
    '',
    '2024-10',
    '2024-13-01',
    '2024-02-30',
    '2023-02-29',
    '2024-00-10',
    '2024-10-32',
    '2024-10-01 25:00',
    '2024-10-01 14:60',
    '2024-10-01 14:30:60',
    '2024-10-01 14',
    '2024-10-01 24:01',
    '2024-10-01 14:30 foo',
    '2024-10-01 14:30+',
    '2024-10-0114',
    '2024-10-114:30',
    '10/2024',
    '2024-10/01 x',
    '32/13/2024',
    '1.2.3',
    '2024-10-01 晚上12点',
  ]) {
    assert.equal(read(text), 'not_a_date', text)
  }
  assert.equal(read('1989-12-31 09:00'), 'implausible_time')
  assert.equal(read('1990-01-01'), '1989-12-31T16:00:00Z day')
  assert.equal(read('2028-11-26 00:00'), '2028-11-25T16:00:00Z')
  assert.equal(read('2029-01-01'), 'implausible_time')
  assert.equal(read('9999-12-31'), 'implausible_time')
  assert.equal(read('2.02E+13'), 'excel_scientific')
  assert.equal(read({ fault: 'formula', text: '1' }), 'formula_cell')
  assert.equal(read({ fault: 'no_such_date', text: '60' }), 'no_such_date')
})

test('times the clocks skipped are refused with the zone, times they showed twice are the first', () => {
  const newYork = { zone: 'America/New_York' }
  const skipped = parseInstant('2024-03-10 02:30', { ...newYork, now })
  assert.ok('fault' in skipped && skipped.fault.code === 'nonexistent_time')
  assert.match(skipped.fault.en, /America\/New_York/)
  assert.equal(read('2024-11-03 01:30', newYork), '2024-11-03T05:30:00Z repeated_time')
  assert.equal(read('2024-11-03 01:30-05:00', newYork), '2024-11-03T06:30:00Z')
  assert.equal(read('1991-04-14 02:30'), 'nonexistent_time')
  assert.equal(read('2010-01-13 08:40:25+00:00', newYork), '2010-01-13T08:40:25Z')
})

test('three bare numbers need an order, unless only one is possible', () => {
  assert.equal(read('25/12/2024'), '2024-12-24T16:00:00Z day')
  assert.equal(read('12/25/2024'), '2024-12-24T16:00:00Z day')
  assert.equal(read('5/5/2024'), '2024-05-04T16:00:00Z day')
  assert.equal(read('04-08-2015 10:00'), 'undecided_date')
  assert.equal(read('04-08-2015 10:00', { order: 'dmy' }), '2015-08-04T02:00:00Z')
  assert.equal(read('04-08-2015 10:00', { order: 'mdy' }), '2015-04-08T02:00:00Z')
  assert.equal(read('04-08-15', { order: 'ymd' }), '2004-08-14T16:00:00Z day')
  assert.equal(read('04-08-15', { order: 'dmy' }), '2015-08-03T16:00:00Z day')
  assert.equal(read('04-08-15', { guess: ['dmy'] }), '2015-08-03T16:00:00Z day ambiguous_date')
  assert.equal(read('04/25/2024', { order: 'dmy' }), 'not_a_date')
  assert.equal(read('01-10-99 8:00', { order: 'dmy' }), '1999-10-01T00:00:00Z')
})

test('an explicit format is kept to', () => {
  assert.equal(read('2024/5/3 8:05:09', { format: 'yyyy/M/d H:mm:ss' }), '2024-05-03T00:05:09Z')
  assert.equal(read('03-05-24 08:05', { format: 'dd-MM-yy HH:mm' }), '2024-05-03T00:05:00Z')
  assert.equal(read('05/03/2024', { format: 'MM/dd/yyyy' }), '2024-05-02T16:00:00Z day')
  assert.equal(read('05/03/2024', { format: 'DD/MM/YYYY' }), '2024-03-04T16:00:00Z day')
  assert.equal(read('20240503080509123', { format: 'yyyyMMddHHmmssSSS' }), '2024-05-03T00:05:09.123Z')
  assert.equal(read('3 May 2024, 8:05 PM', { format: 'd MMM yyyy, h:mm a' }), '2024-05-03T12:05:00Z')
  assert.equal(
    read('2024-05-03T08:05:09+02:00', { format: "yyyy-MM-dd'T'HH:mm:ssXXX" }),
    '2024-05-03T06:05:09Z',
  )
  assert.equal(read('2024年5月3日 下午8:05', { format: 'yyyy年M月d日 ah:mm' }), '2024-05-03T12:05:00Z')
  assert.equal(read('1714694709', { format: 'epoch_s' }), '2024-05-03T00:05:09Z')
  assert.equal(read('45415.5', { format: 'excel' }), '2024-05-03T04:00:00Z')
  for (const text of ['2024/13/3', '2024-5-3', '2024/5/3 8:05', '2024/2/30', '24/5/3', '']) {
    assert.equal(read(text, { format: 'yyyy/M/d' }), 'not_in_format', text)
  }
})

test('a day of the calendar, with no plausible years asked for', () => {
  const day = (cell: Cell) => {
    const parsed = parseDate(cell, { zone: 'Asia/Shanghai', now })
    return 'fault' in parsed ? parsed.fault.code : parsed.value
  }
  assert.equal(day('1985/7/1'), '1985-07-01')
  assert.equal(day('9999-12-31'), '9999-12-31')
  assert.equal(day({ date: '2024-10-01T23:30:00.000' }), '2024-10-01')
  assert.equal(day(45566), '2024-10-01')
  assert.equal(day('soon'), 'not_a_date')
})

test('any time written in any usual form comes back, in any zone', () => {
  const pad = (n: number) => String(n).padStart(2, '0')
  const forms: ((d: Date) => string)[] = [
    (d) => d.toISOString().slice(0, 19).replace('T', ' '),
    (d) =>
      `${d.getUTCFullYear()}/${d.getUTCMonth() + 1}/${d.getUTCDate()} ${d.getUTCHours()}:${pad(d.getUTCMinutes())}:${pad(d.getUTCSeconds())}`,
    (d) =>
      `${d.getUTCFullYear()}年${d.getUTCMonth() + 1}月${d.getUTCDate()}日${pad(d.getUTCHours())}时${pad(d.getUTCMinutes())}分${pad(d.getUTCSeconds())}秒`,
    (d) => `${d.toISOString().slice(0, 10)}${d.toISOString().slice(11, 19)}`,
    (d) => d.toUTCString().replace(' GMT', ''),
  ]
  const seconds = fc.integer({ min: Date.UTC(1992, 0, 1) / 1000, max: Date.UTC(2027, 0, 1) / 1000 })
  fc.assert(
    fc.property(
      seconds,
      fc.constantFrom(...forms),
      fc.constantFrom('Asia/Shanghai', 'Europe/Rome', 'America/New_York', 'UTC'),
      (at, form, name) => {
        const localMs = at * 1000
        const text = form(new Date(localMs))
        const parsed = parseInstant(text, { zone: name, now })
        const kind = zone(name).localKind(localMs)
        if (kind === 'never') assert.ok('fault' in parsed, text)
        else assert.equal('value' in parsed && parsed.value, zone(name).toInstantMs(localMs), text)
      },
    ),
    { numRuns: 4000 },
  )
})

test('no text makes the reader fail, and none is read as a time outside its range', () => {
  const unit = fc.constantFrom(...'0123456789-/.: T年月日时分PMZ+０．，()周二'.split(''))
  fc.assert(
    fc.property(
      fc.string({ unit, maxLength: 24 }),
      fc.constantFrom(undefined, 'yyyy/M/d', 'dd-MM-yy HH:mm', 'epoch_ms'),
      (text, format) => {
        const parsed = parseInstant(text, {
          zone: 'Asia/Shanghai',
          now,
          guess: ['dmy'],
          ...(format ? { format } : {}),
        })
        if ('value' in parsed)
          assert.ok(parsed.value >= Date.UTC(1989, 11, 31) && parsed.value < Date.UTC(2029, 0, 1), text)
        else assert.ok(parsed.fault.zh && parsed.fault.en)
      },
    ),
    { numRuns: 5000 },
  )
})
