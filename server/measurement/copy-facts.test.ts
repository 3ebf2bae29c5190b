import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '../../test/database.ts'
import type { WorkOrderFact } from '../cases/work-order-fact.ts'
import type { FactKind } from '../platform/change.ts'
import { copyFacts, firstFactMs } from './copy-facts.ts'
import { readFacts } from './facts.ts'

let t: TestDatabase
before(async () => {
  t = await testDatabase()
  const organization = t.organizationId
  const write = async (text: string) =>
    t.db.transaction(await t.whole(), (tx) => tx.client.query(text, [organization, t.rootUnitId]))
  await write(
    `insert into directory.source (organization_id, id, name, created_at) values ($1, $2, '来源', now())`,
  )
  // 3,000 rows are many network pieces; every seventh name is longer than a cut row is thought to be.
  const maybe = (modulus: number, value: string) => `case when i % ${modulus} > 0 then ${value} end`
  const received = `timestamptz '2024-02-20+08' + i * interval '13.077 min'`
  await write(`
    insert into cases.work_order (organization_id, id, source_id, external_id, unit_id, agent_id, responder_id,
      responder_unit_id, episodes, episode_dues, arrived_at, onsite_due_at, visits, fault_after_at, diagnosis_right, redone, plan_replaced,
      parts_requested, parts_filled, article_used, followed_up_at, follow_up_due_at, product_id, category, subcategory, channel, excluded_reason, occurred_at, received_at, responded_at, started_at, fault_identified_at,
      plan_confirmed_at, survey_sent_at, resolved_at, reopened_at, response_due_at, start_due_at, plan_due_at, resolution_due_at,
      repeated_at, confirmed_at, closed_at, fault_before_at, complaint_before_at, customer_id, serial, fault_level,
      resolution_mode, cost, costed, priority, complexity, supplier_id, clock_at, response_in_time, resolution_in_time, reopen_count, contact_count, required_fields,
      filled_fields, changed_at)
    select $1, gen_random_uuid(), $2, 'W' || i, $2, ${maybe(2, 'gen_random_uuid()')}, case when i % 8 = 0 then gen_random_uuid() end,
      case when i % 4 = 0 then gen_random_uuid() end,
      case when i % 6 = 0 then '2024-05-01T00:00:00.000Z/' || E'\\n' || '2024-05-03T00:00:00.000Z/2024-05-04T00:00:00.000Z' end,
      case when i % 6 = 0 then E'\\n2024-05-05T00:00:00.000Z' end,
      ${maybe(3, `${received} + interval '5 h'`)}, ${maybe(4, `${received} + interval '4 h'`)}, nullif(i % 4, 3), ${maybe(5, `${received} + interval '10 d'`)},
      (array[true, false, null])[1 + i % 3], (array[null, true, false])[1 + i % 3], (array[false, null, true])[1 + i % 3],
      ${maybe(3, '3')}, ${maybe(3, 'i % 4')}, (array[false, null])[1 + i % 2], ${maybe(4, `${received} + interval '6 h'`)},
      ${maybe(5, `${received} + interval '7 h'`)}, ${maybe(3, 'gen_random_uuid()')},
      case when i % 7 = 0 then repeat('长', 2000) || i when i % 5 > 0 then '类' || i % 11 end, ${maybe(4, `'sub ''" \\' || i % 3`)},
      ${maybe(2, `'门店'`)}, case when i % 50 = 0 then '测试单' end, ${received}, ${maybe(9, received)},
      ${maybe(3, `${received} + interval '1 ms' * i`)}, ${maybe(4, `${received} + interval '1 h'`)},
      ${maybe(5, `${received} + interval '2 h'`)}, ${maybe(6, `${received} + interval '3 h'`)}, ${maybe(7, `${received} + interval '45 days'`)},
      ${maybe(2, `${received} + interval '40 days'`)}, ${maybe(3, `${received} + interval '50 days'`)},
      case when i % 20 = 0 then ${received} - interval '60 days' when i % 2 = 0 then ${received} + interval '1 h' end,
      ${maybe(7, received)}, ${maybe(8, received)}, ${maybe(9, received)}, ${maybe(10, received)},
      ${maybe(3, received)}, ${maybe(4, received)}, ${maybe(5, received)}, ${maybe(6, received)},
      ${maybe(3, 'gen_random_uuid()')}, ${maybe(4, `'S' || i`)}, ${maybe(3, `'P' || i % 4`)}, ${maybe(5, `'远程'`)},
      ${maybe(2, 'i / 7.0')}, i % 6 = 0, ${maybe(2, `'normal'`)}, ${maybe(3, `'complex'`)}, ${maybe(4, 'gen_random_uuid()')}, now(),
      (array[true, false, null])[1 + i % 3], (array[null, true, false])[1 + i % 3], nullif(i % 4, 3), nullif(i % 5, 4),
      i % 12, i % 9, now()
    from generate_series(1, 3000) i`)
  for (const [table, at, more, score] of [
    ['response', 'submitted_at', 'response_speed, recommend,', '3.7, nullif(i % 12, 11),'],
    ['feedback', 'received_at', 'response_id,', `${maybe(2, 'gen_random_uuid()')},`],
  ])
    await write(`
      insert into surveys.${table} (organization_id, id, source_id, external_id, unit_id, agent_id, category, ${more} ${at},
        ${table === 'response' ? 'overall' : 'score'}, changed_at)
      select $1, gen_random_uuid(), $2, 'R' || i, $2, ${maybe(2, 'gen_random_uuid()')}, ${maybe(3, `'投诉'`)}, ${score}
        timestamptz '2024-03-01+08' + i * interval '1 h', ${maybe(4, '1 + (i % 41) / 10.0')}, now()
      from generate_series(1, 500) i`)
  await write(`
    insert into surveys.invitation (organization_id, id, source_id, external_id, unit_id, agent_id, category, channel, sent_at,
      submitted_at, reminder, changed_at)
    select $1, gen_random_uuid(), $2, 'Y' || i, $2, ${maybe(2, 'gen_random_uuid()')}, ${maybe(3, `'投诉'`)}, ${maybe(4, `'短信'`)},
      timestamptz '2024-03-01+08' + i * interval '1 h', ${maybe(5, `timestamptz '2024-03-02+08' + i * interval '1 h'`)}, i % 9 = 0, now()
    from generate_series(1, 500) i`)
  await write(`
    insert into cases.contact (organization_id, id, source_id, external_id, unit_id, agent_id, product_id, channel, category,
      started_at, answered_at, rings, changed_at)
    select $1, gen_random_uuid(), $2, 'T' || i, $2, ${maybe(2, 'gen_random_uuid()')}, ${maybe(3, 'gen_random_uuid()')},
      (array['phone', 'chat', '门店'])[1 + i % 3], ${maybe(3, `'投诉'`)}, timestamptz '2024-03-01+08' + i * interval '1 h',
      ${maybe(4, `timestamptz '2024-03-01+08' + i * interval '61 min'`)}, nullif(i % 6, 5), now()
    from generate_series(1, 500) i`)
  await write(`
    insert into inspections.inspection (organization_id, id, source_id, external_id, unit_id, agent_id, kind, category,
      occurred_at, score, etiquette_score, wording_score, fields_right, fields_inspected, nodes_right,
      nodes_inspected, changed_at)
    select $1, gen_random_uuid(), $2, 'Q' || i, $2, ${maybe(2, 'gen_random_uuid()')},
      case when i % 4 = 0 then 'mystery_shopper' else 'inspection' end, ${maybe(3, `'投诉'`)},
      timestamptz '2024-03-01+08' + i * interval '1 h', ${maybe(5, 'i / 7.0')}, ${maybe(4, 'i / 9.0')}, ${maybe(3, 'i / 11.0')},
      ${maybe(2, 'i % 9')}, ${maybe(2, '10')}, ${maybe(3, 'i % 4')}, ${maybe(3, '4')}, now()
    from generate_series(1, 500) i`)
  await write(`
    insert into staff.training (organization_id, id, source_id, external_id, unit_id, agent_id, kind, held_at, hours, score,
      passed, changed_at)
    select $1, gen_random_uuid(), $2, 'P' || i, $2, gen_random_uuid(), case when i % 4 = 0 then 'exam' else 'training' end,
      timestamptz '2024-03-01+08' + i * interval '1 h', case when i % 4 > 0 then i / 7.0 end, ${maybe(3, 'i / 11.0')},
      (array[true, false, null])[1 + i % 3], now()
    from generate_series(1, 500) i`)
  await write(`
    insert into purchases.purchase (organization_id, id, source_id, external_id, unit_id, agent_id, customer_id, product_id,
      channel, ordered_at, amount, excluded_reason, changed_at)
    select $1, gen_random_uuid(), $2, 'G' || i, $2, ${maybe(2, 'gen_random_uuid()')}, ${maybe(3, 'gen_random_uuid()')},
      ${maybe(4, 'gen_random_uuid()')}, ${maybe(5, `'门店'`)}, timestamptz '2024-03-01+08' + i * interval '1 h',
      ${maybe(3, 'i / 7.0')}, case when i % 50 = 0 then '退货' end, now()
    from generate_series(1, 500) i`)
  await write(`
    insert into staff.attendance (organization_id, id, source_id, external_id, unit_id, agent_id, worked_at, scheduled_hours,
      worked_hours, on_duty, qualified, changed_at)
    select $1, gen_random_uuid(), $2, 'K' || i, $2, gen_random_uuid(), timestamptz '2024-03-01+08' + i * interval '1 h',
      i % 24 / 7.0, ${maybe(3, 'i % 24 / 11.0')}, i % 2 = 0, (array[true, false, null])[1 + i % 3], now()
    from generate_series(1, 500) i`)
  await write(`
    insert into cases.message (organization_id, id, source_id, external_id, conversation, sender, unit_id, agent_id, product_id,
      channel, category, sent_at, awaited_at, excluded_reason, changed_at)
    select $1, gen_random_uuid(), $2, 'M' || i, 'S' || i / 9, (array['customer', 'agent', 'automatic'])[1 + i % 3], $2,
      ${maybe(2, 'gen_random_uuid()')}, ${maybe(3, 'gen_random_uuid()')}, (array['chat', '门店'])[1 + i % 2], ${maybe(3, `'投诉'`)},
      timestamptz '2024-03-01+08' + i * interval '1 h', ${maybe(4, `timestamptz '2024-03-01+08' + i * interval '59 min'`)},
      case when i % 50 = 0 then '测试' end, now()
    from generate_series(1, 500) i`)
  await write(`
    insert into cases.cost (organization_id, id, source_id, external_id, kind, amount, incurred_at, unit_id, agent_id,
      product_id, channel, category, priority, excluded_reason, changed_at)
    select $1, gen_random_uuid(), $2, 'Y' || i, (array['labour', 'parts', 'travel', 'compensation'])[1 + i % 4], i / 7.0,
      timestamptz '2024-03-01+08' + i * interval '1 h', $2, ${maybe(2, 'gen_random_uuid()')}, ${maybe(3, 'gen_random_uuid()')},
      ${maybe(3, `'phone'`)}, ${maybe(3, `'投诉'`)}, ${maybe(2, `'normal'`)}, case when i % 50 = 0 then '记错' end, now()
    from generate_series(1, 500) i`)
})
after(() => t.end())

const all = { fromMs: Date.parse('2000-01-01T00:00:00Z'), toMs: Date.parse('2100-01-01T00:00:00Z') }
const sorted = (facts: object[]): string[] =>
  facts
    .map((fact) => JSON.stringify(Object.entries(fact).toSorted(([a], [b]) => (a < b ? -1 : 1))))
    .toSorted()

for (const [kind, count] of [
  ['work_order', 3000],
  ['response', 500],
  ['feedback', 500],
  ['invitation', 500],
  ['contact', 500],
  ['inspection', 500],
  ['training', 500],
  ['purchase', 500],
  ['attendance', 500],
  ['message', 500],
  ['cost', 500],
] as [FactKind, number][])
  test(`copied, each ${kind} is what it is when read row by row`, async () => {
    await t.db.transaction(await t.whole(), async (tx) => {
      const read: object[] = []
      for await (const rows of readFacts(tx, kind)) read.push(...rows.map((row) => row.fact))
      const copied: object[] = []
      let early = 0
      await copyFacts(tx, kind, 'counting before their place', (fact) => {
        copied.push(fact)
        early++
      })
      assert.equal(early, kind === 'work_order' ? 150 : 0)
      await copyFacts(tx, kind, all, (fact) => copied.push(fact))
      assert.equal(copied.length, count)
      assert.deepEqual(sorted(copied), sorted(read))
    })
  })

test('spans end to end hold each fact once, and the next first fact is found', async () => {
  await t.db.transaction(await t.whole(), async (tx) => {
    const middle = Date.parse('2024-03-01T00:00:00+08:00')
    const found: number[] = []
    for (const span of [
      { fromMs: all.fromMs, toMs: middle },
      { fromMs: middle, toMs: all.toMs },
    ])
      await copyFacts(tx, 'work_order', span, (fact) => {
        const { occurredAt } = fact as WorkOrderFact
        assert.ok(occurredAt >= span.fromMs && occurredAt < span.toMs)
        found.push(occurredAt)
      })
    assert.equal(found.length, 2850)
    assert.equal(
      await firstFactMs(tx, undefined),
      Math.floor(Date.parse('2024-02-20T00:00:00+08:00') + 784_620),
    )
    assert.equal(await firstFactMs(tx, middle), Math.min(...found.filter((at) => at >= middle)))
    assert.equal(await firstFactMs(tx, all.toMs), undefined)
  })
})
