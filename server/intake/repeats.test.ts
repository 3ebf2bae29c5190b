import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { figures } from '../measurement/index.ts'
import { dateToDay } from '../platform/time.ts'
import { type Importing, importedAt, openImporting } from './testing/importing.ts'

let t: Importing
before(async () => {
  t = await openImporting()
})
afterEach(async () => assert.deepEqual(await t.differences(), []))
after(() => t.end())

async function rate(code: string): Promise<[numerator: number | null, n: number]> {
  const [row] = await t.db.transaction(await t.whole(), (tx) =>
    figures(
      tx,
      code,
      { fromDay: dateToDay('2024-01-01'), toDay: dateToDay('2025-01-01'), grain: 'whole', where: {} },
      { now: importedAt },
    ),
  )
  return [row?.numerator ?? null, row?.n ?? 0]
}

const repairs = (...lines: string[]) =>
  ['工单编号,问题分类,序列号,产品,受理时间,解决时间', ...lines].join('\n')
const complaints = (...lines: string[]) => ['工单编号,问题分类,客户,产品,受理时间', ...lines].join('\n')

test('a fault is repeated until 30 days after the earlier repair, whichever file comes first', async () => {
  const later = await t.bring(
    'work-orders',
    repairs(
      // 30 days after F1, to the minute; F3 is a minute later; F4 is another product, F5 another fault.
      'F2,故障维修-硬件,SN1,打印机,2024-03-31 09:00,',
      'F4,故障维修-硬件,SN1,扫描仪,2024-03-20 09:00,',
      'F5,故障维修-软件,SN1,打印机,2024-03-20 09:00,',
      'F6,使用咨询-硬件,SN1,打印机,2024-03-20 09:00,',
      'F7,故障维修-硬件,,打印机,2024-03-20 09:00,',
    ),
  )
  assert.deepEqual(await rate('repeat_fault_rate'), [0, 3])
  const earlier = await t.bring('work-orders', repairs('F1,故障维修-硬件,SN1,打印机,2024-03-01 09:00,'))
  assert.deepEqual(await rate('repeat_fault_rate'), [1, 4])
  await t.undo(earlier.batch)
  assert.deepEqual(await rate('repeat_fault_rate'), [0, 3])
  await t.undo(later.batch)
})

test('a minute past the 30 days is no repeat, unless the earlier repair itself ended later', async () => {
  const first = 'F1,故障维修-硬件,SN1,打印机,2024-03-01 09:00,'
  const late = 'F3,故障维修-硬件,SN1,打印机,2024-03-31 09:01,'
  await t.bring('work-orders', repairs(first, late))
  assert.deepEqual(await rate('repeat_fault_rate'), [0, 2])
  const ended = await t.bring('work-orders', repairs(`${first}2024-03-01 09:01`, late))
  assert.deepEqual(await rate('repeat_fault_rate'), [1, 2])
  // Two of the same instant are no repeat of each other, and the undo takes back what it said of others.
  await t.undo(ended.batch)
  assert.deepEqual(await rate('repeat_fault_rate'), [0, 2])
})

test('a complaint is repeated by the same customer about the same; one that does not count is no first one', async () => {
  await t.bring(
    'work-orders',
    complaints(
      'C1,服务投诉-态度,张三,打印机,2024-05-01 09:00',
      'C2,服务投诉-态度,张三,打印机,2024-05-31 09:00',
      'C3,服务投诉-态度,李四,打印机,2024-05-02 09:00',
      'C4,服务投诉-收费,张三,打印机,2024-05-03 09:00',
      'C5,服务投诉-态度,,打印机,2024-05-04 09:00',
    ),
  )
  assert.deepEqual(await rate('repeat_complaint_rate'), [1, 4])
  assert.deepEqual(await rate('complaint_rate'), [5, 7])
  await t.bring('work-orders', '工单编号,受理时间,剔除原因\nC1,2024-05-01 09:00,测试单\n')
  assert.deepEqual(await rate('repeat_complaint_rate'), [0, 3])
})
