import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '../../test/database.ts'
import { createUnit } from '../directory/index.ts'
import { initOrganization } from '../init.ts'
import { type Dimension, figures, rebuild } from '../measurement/index.ts'
import { openSecrets, type Secrets } from '../platform/secrets.ts'
import { dateToDay } from '../platform/time.ts'
import { clearDemo, loadDemo } from './index.ts'

const now = new Date('2026-03-18T06:00:00Z')
let t: TestDatabase
let dir: string
let secrets: Secrets
let organizationId: string
before(async () => {
  t = await testDatabase()
  dir = mkdtempSync(join(tmpdir(), 'zhihuan-test-'))
  secrets = openSecrets(dir, undefined)
  const own = { organization: '甲公司', login: 'owner', password: 'owner-password-1', zone: 'Asia/Shanghai' }
  const made = await initOrganization(t.db, { ...own, language: 'zh', pack: 'general' }, now, {
    onlyFirst: true,
  })
  organizationId = made.organizationId
})
after(async () => {
  await t.end()
  rmSync(dir, { recursive: true })
})

const whole = () => t.db.wholeScope(organizationId)
const rows = async <Row = Record<string, unknown>>(statement: string): Promise<Row[]> =>
  t.db.transaction(await whole(), async (tx) => (await tx.client.query(statement)).rows as Row[])
const figure = async (code: string, from: string, to: string, by?: Dimension) =>
  t.db.transaction(await whole(), (tx) =>
    figures(
      tx,
      code,
      { fromDay: dateToDay(from), toDay: dateToDay(to), grain: 'month', where: {}, ...(by && { by }) },
      { now },
    ),
  )

/** Every row of every table that holds an organization's records. */
async function contents(): Promise<Record<string, unknown[]>> {
  const tables = await rows<{ name: string }>(`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in ('platform', 'directory', 'access', 'standards', 'intake', 'cases', 'surveys', 'inspections', 'staff', 'purchases', 'measurement')
      and c.relname not in ('migration', 'state') order by 1`)
  const found: Record<string, unknown[]> = {}
  for (const { name } of tables) found[name] = await rows(`select * from ${name} f order by f::text`)
  return found
}

test('loading, seeing the planted facts, and clearing', async (context) => {
  await t.db.transaction(await whole(), (tx) => createUnit(tx, { name: '自己的组', kind: 'team' }, now))
  const earlier = await contents()
  assert.deepEqual(await loadDemo(t.db, await whole(), { now, secrets }), {
    workOrders: 1240,
    responses: 430,
  })

  await context.test('twice is refused', async () =>
    assert.rejects(loadDemo(t.db, await whole(), { now, secrets }), { code: 'demo_loaded', status: 409 }),
  )

  await context.test('every row is tagged, and each record has its file and line', async () => {
    for (const table of [
      'cases.work_order',
      'surveys.response',
      'surveys.feedback',
      'staff.training',
      'staff.attendance',
    ])
      assert.deepEqual(
        await rows(`select count(*) as n from ${table} where not demo or batch_id is null or line is null`),
        [{ n: 0 }],
      )
    const counts = await rows(`
      select (select count(*) from directory.unit where demo and kind = 'team') as teams,
        (select count(*) from directory.unit where demo and kind = 'department') as departments,
        (select count(*) from directory.person where demo) as people,
        (select count(*) from directory.posting) as postings,
        (select count(*) from directory.product where demo and category_code is not null) as products,
        (select count(*) from directory.customer where demo) >= 190 as customers,
        (select count(*) from surveys.feedback where demo) as feedback`)
    assert.deepEqual(counts, [
      { teams: 5, departments: 2, people: 24, postings: 24, products: 6, customers: true, feedback: 46 },
    ])
  })

  await context.test('the fourth month answers slowly, the sixth is better than ever', async () => {
    const months = await figure('first_response_minutes', '2025-09-01', '2026-03-01')
    const [first, , , fourth, , sixth] = months.map(({ value }) => value ?? 0)
    assert.ok(fourth! > 40 && fourth! > 1.5 * first!, `${fourth} against ${first} minutes`)
    assert.ok(sixth! < 25 && sixth! < first!, `${sixth} minutes`)
  })

  await context.test('paper jams of the A300 are the largest cell of product and category', async () => {
    const cells = await rows<{ name: string; sub: string; n: number }>(`
      select p.name, w.subcategory as sub, count(*) as n from cases.work_order w
      join directory.product p on p.organization_id = w.organization_id and p.id = w.product_id
      group by 1, 2 order by 3 desc limit 2`)
    assert.deepEqual([cells[0]?.name, cells[0]?.sub], ['A300打印机', '卡纸'])
    assert.ok(cells[0]!.n > 1.5 * cells[1]!.n, `${cells[0]!.n} against ${cells[1]!.n}`)
  })

  await context.test('one agent stays below 80 % three months in a row, with enough answers', async () => {
    const months = (await figure('csat_rate', '2025-12-01', '2026-03-01', 'agent')).filter(
      ({ memberName }) => memberName === '蒋一凡',
    )
    assert.equal(months.length, 3)
    for (const { value, n, period } of months)
      assert.ok(n >= 10 && value! < 80, `${period}: ${value} % of ${n}`)
  })

  await context.test(
    'the southern team has nine orders and nine answers in the last full month',
    async () => {
      for (const code of ['first_response_minutes', 'experience_score']) {
        const found = (await figure(code, '2026-02-01', '2026-03-01', 'unit')).find(
          ({ memberName }) => memberName === '示例·华南维修组',
        )
        assert.deepEqual([found?.n, found?.state], [9, 'few'], code)
      }
    },
  )

  await context.test(
    'about 94 % of the required fields are filled; some orders are open past their limit',
    async () => {
      const [whole] = await rows<{ share: number }>(
        'select 100.0 * sum(filled_fields) / sum(required_fields) as share from cases.work_order',
      )
      assert.ok(Math.abs(Number(whole?.share) - 94) < 1.5, `${whole?.share} %`)
      const [open] = await rows<{ n: number }>(
        `select count(*) as n from cases.work_order where resolved_at is null and resolution_due_at < '${now.toISOString()}'`,
      )
      assert.ok(open!.n >= 8, `${open?.n} open and overdue`)
    },
  )

  await context.test('of six products one is in launch, two grow and three are mature today', async () => {
    const stages = await rows(`
      select case when maturity_on <= '2026-03-18' then 'maturity' when growth_on <= '2026-03-18' then 'growth'
        when launch_on <= '2026-03-18' then 'launch' end as stage, count(*) as n
      from directory.product where demo group by 1 order by 1`)
    assert.deepEqual(stages, [
      { stage: 'growth', n: 2 },
      { stage: 'launch', n: 1 },
      { stage: 'maturity', n: 3 },
    ])
    const found = await figure('first_response_minutes', '2026-02-01', '2026-03-01', 'lifeStage')
    assert.deepEqual(found.map(({ member, state }) => [member, state]).toSorted(), [
      ['growth', 'ok'],
      ['launch', 'ok'],
      ['maturity', 'ok'],
    ])
  })

  await context.test(
    'what repairs, staff and inspections say has a value in the last full month',
    async () => {
      // Bounds a reader would believe; each rate is of percent, the rest in its own unit.
      const bounds: Record<string, [number, number]> = {
        diagnosis_accuracy_rate: [70, 95],
        repair_accuracy_rate: [88, 100],
        plan_accuracy_rate: [50, 100],
        parts_fill_rate: [75, 98],
        knowledge_use_rate: [35, 60],
        follow_up_rate: [75, 98],
        low_score_closed_in_time_rate: [70, 95],
        process_compliance_rate: [94, 99.9],
        training_hours: [29, 29],
        experience_points: [30, 45],
        exam_pass_rate: [88.8, 88.9],
        utilization_rate: [30, 120],
        tickets_per_agent_day: [0.2, 1],
        qualified_on_duty_rate: [99, 100],
      }
      for (const [code, [low, high]] of Object.entries(bounds)) {
        const [month] = await figure(code, '2026-02-01', '2026-03-01')
        assert.ok(
          month?.value != null && month.value >= low && month.value <= high,
          `${code}: ${month?.value}`,
        )
      }
    },
  )

  await context.test('paper jams are what is diagnosed wrongly most often', async () => {
    const [share] = await rows<{ jams: number; others: number }>(`
      select 100.0 * avg(diagnosis_right::int) filter (where subcategory = '卡纸') as jams,
        100.0 * avg(diagnosis_right::int) filter (where subcategory <> '卡纸') as others from cases.work_order`)
    assert.ok(Number(share!.jams) < Number(share!.others) - 8, `${share!.jams} % against ${share!.others} %`)
  })

  await context.test(
    'the figures are those of a rebuild, and clearing leaves every table as before',
    async () => {
      const check = { check: true, now }
      assert.deepEqual((await rebuild(t.db, organizationId, check)).differences, [])
      assert.deepEqual(await clearDemo(t.db, await whole(), { now }), {
        removed: 1240 + 430 + 46 + 901 + 82 + 296 + 796 + 32 + 1777 + 1887 + 1102,
        kept: 0,
      })
      assert.deepEqual(await contents(), earlier)
      assert.deepEqual((await rebuild(t.db, organizationId, check)).differences, [])
    },
  )

  await context.test('what own records use stays, untagged; a second clearing finds nothing', async () => {
    await loadDemo(t.db, await whole(), { now, secrets })
    await rows(`
      insert into surveys.feedback (organization_id, id, source_id, external_id, unit_id, agent_id, product_id, problem,
        status, score, received_at, changed_at)
      select u.organization_id, gen_random_uuid(), gen_random_uuid(), 'own', u.id, p.id, d.id, '自己的', 'open', 4,
        '2026-03-01', '2026-03-01'
      from directory.unit u, directory.person p, directory.product d
      where u.name = '示例·华东维修组' and p.name = '朱建国' and d.name = 'A300打印机'`)
    await clearDemo(t.db, await whole(), { now })
    const left = await rows(`
      select name, demo from directory.unit where name like '示例%'
      union all select name, demo from directory.person union all select name, demo from directory.product order by 1`)
    assert.deepEqual(
      left.map(({ name }) => name).toSorted(),
      ['A300打印机', '朱建国', '示例·华东维修组', '示例·技术部'].toSorted(),
    )
    assert.ok(left.every(({ demo }) => demo === false))
    assert.deepEqual(await clearDemo(t.db, await whole(), { now }), { removed: 0, kept: 0 })
  })
})
