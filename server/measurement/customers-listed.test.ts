import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { type TestDatabase, testDatabase } from '../../test/database.ts'
import { createUnit, handSource } from '../directory/index.ts'
import type { Scope, Tx } from '../platform/database.ts'
import { writeFacts } from '../platform/fact-table.ts'
import { newId } from '../platform/ids.ts'
import { sql } from '../platform/sql.ts'
import { dateToDay } from '../platform/time.ts'
import { purchaseTable } from '../purchases/index.ts'
import { figures } from './figures.ts'
import { periodBefore } from './period-before.ts'
import type { Question, Where } from './question.ts'
import { records } from './records.ts'

const now = new Date('2024-06-15T04:00:00Z')
const first = dateToDay('2024-01-01')
const channels = ['phone', 'store', null]
const customers = [...Array.from({ length: 12 }, newId), null]
const teams: string[] = []
let department = ''
let t: TestDatabase

/** 600 purchases of twelve customers in half a year, in New York, whose days are not all of 24 hours. */
before(async () => {
  t = await testDatabase({ zone: 'America/New_York' })
  await t.db.transaction(await t.whole(), async (tx) => {
    department = (await createUnit(tx, { name: '部门', kind: 'department' }, now)).id
  })
  await t.db.transaction(await t.whole(), async (tx) => {
    for (const name of ['一组', '二组', '三组'])
      teams.push((await createUnit(tx, { name, kind: 'team', parentId: department }, now)).id)
  })
  const random = fc.sample(
    fc.record({
      unit_id: fc.constantFrom(...teams),
      customer_id: fc.constantFrom(...customers),
      channel: fc.constantFrom(...channels),
      amount: fc.option(
        fc.nat({ max: 99_999 }).map((cents) => (cents / 100).toFixed(2)),
        { freq: 8 },
      ),
      excluded_reason: fc.option(fc.constant('退货'), { freq: 1 }),
      ordered_at: fc
        .nat({ max: 182 * 24 })
        .map((hour) => first * 86_400_000 + hour * 3_600_000 + 5 * 3_600_000),
    }),
    { numRuns: 600, seed: 31 },
  )
  await t.db.transaction(await t.whole(), async (tx) => {
    const context = { sourceId: await handSource(tx, now), batchId: null, now, demo: false, sink: null }
    const incoming = random.map((values, i) => ({
      externalId: `G${i}`,
      line: null,
      values: { ...values, excluded_reason: i % 9 === 0 ? values.excluded_reason : null },
    }))
    await writeFacts(tx, purchaseTable, incoming, context)
  })
})
after(() => t.end())

interface Bought {
  customer: string
  day: number
  cents: bigint | null
}

/** The listed purchases as they stand in their table. */
async function listed(tx: Tx, code: string, question: Question): Promise<Bought[]> {
  const { items, total } = await records(tx, code, question, { limit: Number.MAX_SAFE_INTEGER })
  assert.equal(items.length, total)
  const rows = await tx.rows<{ customer: string; day: number; cents: string | null }>(sql`
    select customer_id as customer, ((ordered_at at time zone 'America/New_York')::date - date '1970-01-01') as day,
      (amount * 100)::bigint as cents
    from purchases.purchase where id = any(${items.map(({ id }) => id)}::uuid[])`)
  assert.equal(rows.length, total)
  return rows.map((row) => ({ ...row, cents: row.cents === null ? null : BigInt(row.cents) }))
}

const distinct = (all: Bought[]) => new Set(all.map(({ customer }) => customer))

/** Numerator and denominator, by other code, out of nothing but the list. */
async function ofList(tx: Tx, code: string, question: Question): Promise<[number, number] | null> {
  const list = await listed(tx, code, question)
  if (code === 'repeat_purchases') return [list.length, 1]
  if (code === 'retention_rate' || code === 'churn_rate') {
    const { fromDay } = periodBefore(question)
    const early = distinct(list.filter(({ day }) => day >= fromDay && day < question.fromDay))
    const later = distinct(list.filter(({ day }) => day >= question.fromDay && day < question.toDay))
    const kept = [...early].filter((customer) => later.has(customer)).length
    // Who bought in the later period alone is not behind this figure.
    assert.ok([...later].every((customer) => early.has(customer)))
    return early.size === 0 ? null : [code === 'retention_rate' ? kept : early.size - kept, early.size]
  }
  const byCustomer = [...Map.groupBy(list, ({ customer }) => customer).values()]
  if (code === 'repeat_purchase_rate')
    return list.length === 0 ? null : [byCustomer.filter((all) => all.length > 1).length, byCustomer.length]
  // A purchase without an amount is not in the list, so who made two is asked of the other one.
  const twice = await listed(tx, 'repeat_purchase_rate', question)
  const repeaters = new Set(
    [...Map.groupBy(twice, ({ customer }) => customer)]
      .filter(([, all]) => all.length > 1)
      .map(([one]) => one),
  )
  const sum = (all: Bought[]) => Number(all.reduce((cents, one) => cents + one.cents!, 0n))
  const whole = sum(list)
  return whole === 0 ? null : [sum(list.filter(({ customer }) => repeaters.has(customer))) / 100, whole / 100]
}

const codes = [
  'repeat_purchases',
  'repeat_purchase_rate',
  'repeat_purchase_share',
  'retention_rate',
  'churn_rate',
]

test('every figure of customers is what other code makes of its listed purchases, in each row of any split', async () => {
  let met = 0
  const property = fc.asyncProperty(
    fc.constantFrom(...codes),
    fc.nat({ max: 170 }),
    fc.constantFrom(1, 5, 10, 30, 60),
    fc.constantFrom<Question['grain']>('whole', 'month', 'week', 'quarter'),
    fc.constantFrom<Question['by']>(undefined, 'unit', 'channel'),
    fc.constantFrom<Where>(
      {},
      { channel: 'store' },
      { unit: 'department' },
      { unit: 'team', channel: 'phone' },
    ),
    fc.boolean(),
    async (code, from, days, grain, by, given, whole) => {
      const where: Where = given.unit
        ? { ...given, unit: given.unit === 'team' ? teams[1]! : department }
        : given
      const question: Question = {
        fromDay: first + from,
        toDay: first + from + days,
        grain,
        where,
        ...(by && { by }),
      }
      const lead: Scope = { organizationId: t.organizationId, unitIds: [department, teams[1]!, teams[2]!] }
      await t.db.transaction(
        whole ? await t.whole() : lead,
        async (tx) => {
          const rows = await figures(tx, code, question, { now, minimumN: () => 1 })
          const spans = new Map(periods(question))
          for (const row of rows) {
            const span = spans.get(row.period)!
            const narrower = by && row.member !== null ? { ...where, [by]: row.member } : where
            const asked: Question = { ...span, grain: 'whole', where: narrower }
            const list = await records(tx, code, asked, { limit: 1 })
            assert.equal(list.total, row.records, JSON.stringify({ code, asked, row }))
            const should = await ofList(tx, code, asked)
            if (row.exact === null) continue
            met++
            const told = JSON.stringify({ code, asked, row, should })
            if (code === 'repeat_purchases') assert.equal(row.value, should![0], told)
            else assert.deepEqual([row.numerator, row.denominator], should, told)
          }
        },
        { readOnly: true },
      )
    },
  )
  await fc.assert(property, { numRuns: 120 })
  assert.ok(met > 100, `only ${met} figures rest on purchases`)
})

/** The periods of a question as its rows name them, clipped to it. */
function periods({ fromDay, toDay, grain }: Question): [string, { fromDay: number; toDay: number }][] {
  if (grain === 'whole') return [['whole', { fromDay, toDay }]]
  const found = new Map<string, { fromDay: number; toDay: number }>()
  for (let day = fromDay; day < toDay; day++) {
    const date = new Date(day * 86_400_000)
    const month = date.getUTCMonth()
    const label =
      grain === 'month'
        ? date.toISOString().slice(0, 7)
        : grain === 'quarter'
          ? `${date.getUTCFullYear()}-Q${Math.floor(month / 3) + 1}`
          : weekOf(date)
    found.set(label, { fromDay: found.get(label)?.fromDay ?? day, toDay: day + 1 })
  }
  return [...found]
}

function weekOf(date: Date): string {
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * 86_400_000)
  const january = Date.UTC(thursday.getUTCFullYear(), 0, 1)
  const week = Math.floor((thursday.getTime() - january) / (7 * 86_400_000)) + 1
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`
}
