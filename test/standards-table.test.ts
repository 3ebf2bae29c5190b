import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { readSheet } from '../server/intake/index.ts'
import { drainChanges } from '../server/measurement/index.ts'
import { packs } from '../server/standards/index.ts'
import { type Cast, now, openCast } from './cast.ts'

let cast: Cast
before(async () => {
  cast = await openCast()
  await drainChanges(cast.db, cast.organizationId, now)
})
after(() => cast.end())

interface Row {
  indicator: Record<string, unknown> & { weight: string; rule: unknown; target: unknown; measure: string }
  unread: { column: string; text: string; why: { zh: string; en: string } }[]
}

const send = async (
  bytes: Buffer,
  fileName: string,
): Promise<{ status: number; items: Row[]; body: string }> => {
  const answer = await cast.app.inject({
    method: 'POST',
    url: `/api/standards/file?fileName=${encodeURIComponent(fileName)}`,
    headers: {
      authorization: `Bearer ${cast.tokens.quality_supervisor}`,
      'content-type': 'application/octet-stream',
    },
    payload: bytes,
  })
  const items = answer.statusCode === 200 ? (JSON.parse(answer.body).items as Row[]) : []
  return { status: answer.statusCode, items, body: answer.body }
}

async function download(version: number): Promise<{ bytes: Buffer; cells: string[][] }> {
  const answer = await cast.app.inject({
    method: 'GET',
    url: `/api/standards/table.xlsx?version=${version}`,
    headers: { authorization: `Bearer ${cast.tokens.quality_supervisor}` },
  })
  assert.equal(answer.statusCode, 200, answer.body)
  const path = `${cast.dataDir}/table-${version}.xlsx`
  writeFileSync(path, answer.rawPayload)
  const { header, rows } = await readSheet(path, 'table.xlsx', 100)
  rmSync(path)
  return { bytes: answer.rawPayload, cells: [header, ...rows] }
}

const publish = async (indicators: unknown[], reason: string): Promise<number> => {
  const answer = await cast.call('quality_supervisor', 'POST', '/api/standards', {
    effectiveOn: '2024-07-01',
    reason,
    indicators,
  })
  assert.equal(answer.status, 201, answer.body)
  return answer.json().version as number
}

test('the table of every pack goes out, comes in and goes out again with the same cells', async () => {
  for (const pack of packs) {
    const version = await publish(pack.indicators, pack.name)
    const first = await download(version)
    const read = await send(first.bytes, '指标表.xlsx')
    assert.equal(read.status, 200, read.body)
    assert.deepEqual(
      read.items.flatMap(({ unread }) => unread),
      [],
    )
    const again = await publish(
      read.items.map(({ indicator }) => indicator),
      `${pack.name}, back again`,
    )
    assert.deepEqual((await download(again)).cells, first.cells)
  }
})

test('the general table has the eight columns and sentences of 表1', async () => {
  const version = await publish(packs[0]!.indicators, '原表')
  const { cells } = await download(version)
  assert.deepEqual(cells[0], [
    '指标维度',
    '具体指标',
    '指标定义',
    '数据来源',
    '统计周期',
    '权重(%)',
    '目标值',
    '评分标准(10分制)',
  ])
  assert.deepEqual(
    cells.slice(1).map((row) => [row[0], row[1], ...row.slice(3)]),
    [
      ['时效性', '首次响应平均时长', '工单系统', '月', '25', '≤30分钟', '每超5分钟扣1分,扣完为止'],
      ['专业性', '问题一次性解决率', '工单系统', '月', '30', '≥90%', '每低1%扣0.5分'],
      ['满意度', '客户服务体验评分', '在线问卷', '月', '35', '≥4.5分', '每低0.1分扣1分'],
      ['规范性', '工单填写完整度', '质检记录', '月', '10', '≥95%', '每低1%扣0.2分'],
    ],
  )
})

test('a table typed by hand is read: full width, hours, shares of one, merged dimensions; doubts keep their text', async () => {
  const csv = [
    '指标维度,具体指标,统计周期,权重（%）,目标值,评分标准（10分制）',
    '时效性,首次响应平均时长,月度,0.25,≤0.5小时,"每超5分钟扣1分，扣完为止"',
    ',问题一次性解决率,季,0.3,不低于90％,看情况扣分',
    '体验,微笑指数,月,0.45,≥4.5分,每低0.1分扣1分',
    '合计,合计,,1,,',
  ].join('\r\n')
  const { items, status, body } = await send(Buffer.from(csv), 'table.csv')
  assert.equal(status, 200, body)
  assert.deepEqual(
    items.map(({ indicator }) => [
      indicator.dimension,
      indicator.measure,
      indicator.period,
      indicator.weight,
    ]),
    [
      ['timeliness', 'first_response_minutes', 'month', '25'],
      ['timeliness', 'first_contact_resolution', 'quarter', '30'],
      ['体验', '', 'month', '45'],
    ],
  )
  assert.deepEqual(items[0]?.indicator.target, { operator: '<=', value: '30' })
  assert.deepEqual(
    items.map(({ unread }) => unread.map(({ column, text }) => [column, text])),
    [[], [['rule', '看情况扣分']], [['name', '微笑指数']]],
  )
})

test('a file without the table, or too large, is refused with the columns it lacks', async () => {
  const other = await send(Buffer.from('工单编号,问题\r\nSR1,卡纸\r\n'), 'orders.csv')
  assert.equal(other.status, 422)
  assert.match(other.body, /具体指标/)
  const large = await send(Buffer.alloc(3 * 1024 ** 2, 'a,b\n'), 'large.csv')
  assert.equal(large.status, 413)
})

test('pasted cells keep their place: the row is the indicator it was pasted on', async () => {
  const answer = await cast.call('quality_supervisor', 'POST', '/api/standards/reading', {
    rows: [
      {
        code: 'first_response_minutes',
        measure: 'first_response_minutes',
        cells: ['', '', '', '', '', '40%', '15分钟以内', '每低5分钟扣1分'],
      },
    ],
  })
  assert.equal(answer.status, 200, answer.body)
  const [row] = answer.json().items as Row[]
  assert.deepEqual([row?.indicator.weight, row?.indicator.target], ['40', { operator: '<=', value: '15' }])
  // the rule counts below, the target above: which of them is meant is for a person to say
  assert.deepEqual(
    row?.unread.map(({ column }) => column),
    ['rule'],
  )
})

test('a draft is tried on a month: old and new score of the same figures', async () => {
  // The cast's one order of May: answered within 20 minutes, target 30: 10 points. With a target of 15 minutes and one
  // point for each started 2 minutes over: 5 over, 3 steps, 7 points.
  const [response, ...others] = packs[0]!.indicators
  const strict = {
    ...response,
    target: { operator: '<=', value: '15' },
    rule: { kind: 'deduct', points: '1', per: '2', step: 'started' },
  }
  const answer = await cast.call('quality_supervisor', 'POST', '/api/scorecard/trial', {
    period: '2024-05',
    indicators: [strict, ...others.slice(0, 1)],
  })
  assert.equal(answer.status, 200, answer.body)
  const rows = answer.json().rows as {
    code: string
    value: number
    before: { score: number | null; weight: string | null }
    after: { score: number | null; weight: string | null }
  }[]
  const first = rows.find(({ code }) => code === 'first_response_minutes')
  assert.deepEqual([first?.value, first?.before.score, first?.after.score], [20, 10, 7])
  const dropped = rows.find(({ code }) => code === 'experience_score')
  assert.equal(dropped?.before.weight, '35')
  assert.deepEqual(dropped?.after, { score: null, weight: null, targetText: null })
  const broken = await cast.call('quality_supervisor', 'POST', '/api/scorecard/trial', {
    period: '2024-05',
    indicators: [{ ...strict, rule: { kind: 'deduct', points: '1', per: '0', step: 'whole' } }],
  })
  assert.equal(broken.status, 400)
  const lead = await cast.call('team_lead', 'POST', '/api/scorecard/trial', {
    period: '2024-05',
    indicators: [strict],
  })
  assert.equal(lead.status, 403)
})

test('what indicators stand for goes out in words and comes in again, also where two have one name', async () => {
  const [first] = packs[0]!.indicators
  const of = (code: string, weight: string, scope?: object) => ({
    ...first!,
    code,
    weight,
    ...(scope && { scope }),
  })
  const indicators = [
    of('all', '20'),
    of('calls', '50', { channel: 'phone', priority: 'urgent' }),
    of('young', '30', { category: 'repair-硬件', lifeStage: 'launch' }),
  ]
  const version = await publish(indicators, '按范围')
  const { bytes, cells } = await download(version)
  const [, all = [], calls = [], young = []] = cells
  assert.doesNotMatch(all[2] ?? '', /范围/)
  assert.match(calls[2] ?? '', /；范围：电话 · 紧急$/)
  assert.match(young[2] ?? '', /；范围：故障维修-硬件 · 导入期$/)
  const { items } = await send(bytes, '指标表.xlsx')
  assert.deepEqual(
    items.map(({ indicator }) => [indicator.code, indicator.weight, indicator.scope]),
    indicators.map(({ code, weight, scope }: { code: string; weight: string; scope?: object }) => [
      code,
      weight,
      scope,
    ]),
  )
})
