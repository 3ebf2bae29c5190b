import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { WorkOrder } from '../../contract/cases.ts'
import { listColumns, maySort } from '../../contract/list-columns.ts'
import { type ListSort, printFilters, printSort } from '../../contract/list-query.ts'
import { wordOf } from '../../contract/words.ts'
import { type Cast, now, openCast } from '../../test/cast.ts'
import { createPerson, createProduct, handSource, maskText } from '../directory/index.ts'
import { writeFacts } from '../platform/fact-table.ts'
import { openWorkOrders } from './context.ts'

const rowsMade = 240
let cast: Cast
let all: WorkOrder[]

/** The same rows in every run: what differs is how they are asked for. */
function random(seed: number) {
  let state = seed
  return <T>(values: readonly T[]): T => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return values[Math.floor((state / 2_147_483_648) * values.length)] as T
  }
}

before(async () => {
  cast = await openCast()
  const pick = random(7)
  await cast.db.transaction(await cast.whole(), async (tx) => {
    const people: string[] = []
    for (const name of ['张三', '李四', '赵六', '阿强', 'Bob'])
      people.push(await createPerson(tx, { name, unitId: cast.teamA, fromOn: '2024-01-01' }, now))
    const products: string[] = []
    for (const name of ['空调', '电冰箱', 'A310打印机'])
      products.push((await createProduct(tx, { code: name, name }, now)).id)
    const rows = Array.from({ length: rowsMade }, (_, i) => ({
      externalId: `T${String(i * 7919).padStart(8, '0')}`,
      line: null,
      values: {
        unit_id: pick([cast.teamA, cast.teamA, cast.teamB]),
        agent_id: pick([...people, null]),
        product_id: pick([...products, null]),
        category: pick(['repair', 'consultation', '安装调试', null]),
        priority: pick(['urgent', 'important', 'normal', null]),
        status: pick(['完成', '处理中', 'done', '', '啊', null]),
        reopen_count: pick([0, 1, 10, 2, null]),
        problem: pick(['屏幕不亮', '电话 138 1234 5678 打不通', 'a.b@c.cn 无法登录', '50%_噪音', null]),
        received_at: now.getTime() - pick([1, 1, 2, 3, 500]) * 3_600_000,
        responded_at: pick([now.getTime(), now.getTime() - 1, null]),
      },
    }))
    await writeFacts(tx, await openWorkOrders(tx, now), rows, {
      sourceId: await handSource(tx, now),
      batchId: null,
      now,
      demo: false,
      sink: null,
    })
  })
  all = await pages({}, 200)
})
after(() => cast.end())

async function list(
  query: Record<string, string | number>,
  who: 'administrator' | 'team_lead' = 'administrator',
) {
  const text = new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)]))
  const answer = await cast.call(who, 'GET', `/api/work-orders?${text}`)
  assert.equal(answer.status, 200, answer.body)
  return answer.json() as unknown as { items: WorkOrder[]; next: string | null; total: number | null }
}

async function pages(query: Record<string, string | number>, limit: number): Promise<WorkOrder[]> {
  const items: WorkOrder[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof list>> = await list({ ...query, limit, ...(cursor && { cursor }) })
    items.push(...page.items)
    cursor = page.next
  }
  return items
}

const collator = new Intl.Collator('zh')
const ranks = ['urgent', 'important', 'normal']

/** What a person sees in a column and would sort by. */
function shown(order: WorkOrder, key: string): string | number | null {
  const value = order[key as keyof WorkOrder]
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return wordOf('yesNo', String(value), 'zh')
  if (key === 'priority') return ranks.indexOf(String(value))
  if (key === 'category') return wordOf('category', String(value), 'zh')
  if (key === 'customer') return order.customer?.code ?? null
  if (typeof value === 'object') return 'name' in value ? value.name : null
  return key.endsWith('At') ? Date.parse(String(value)) : value
}

function sortPlainly(rows: readonly WorkOrder[], sort: readonly ListSort[]): string[] {
  const compare = (a: WorkOrder, b: WorkOrder): number => {
    for (const { column, descending } of sort) {
      const [x, y] = [shown(a, column), shown(b, column)]
      if (x === y) continue
      if (x === null) return 1
      if (y === null) return -1
      const order = typeof x === 'string' ? collator.compare(x, String(y)) : Math.sign(x - Number(y))
      if (order !== 0) return descending ? -order : order
    }
    return a.id < b.id ? 1 : -1
  }
  return rows.toSorted(compare).map(({ id }) => id)
}

const sortable = listColumns['work-orders'].filter(maySort).map(({ key }) => key)

test('any sort of any columns, read in pages of any size, is the plain sort of all rows', async () => {
  const sorts = fc.uniqueArray(
    fc.record({ column: fc.constantFrom(...sortable), descending: fc.boolean() }),
    { minLength: 1, maxLength: 3, selector: ({ column }) => column },
  )
  await fc.assert(
    fc.asyncProperty(sorts, fc.integer({ min: 17, max: 200 }), async (sort, limit) => {
      const got = await pages({ sort: printSort(sort) }, limit)
      assert.deepEqual(
        got.map(({ id }) => id),
        sortPlainly(all, sort),
        printSort(sort),
      )
    }),
    { numRuns: 20 },
  )
})

test('an offset opens the middle of the same order, and rows are counted on the first page', async () => {
  const first = await list({ sort: '-priority,agent', limit: 200 })
  const middle = await list({ sort: '-priority,agent', limit: 20, offset: 90 })
  assert.deepEqual(
    middle.items.map(({ id }) => id),
    first.items.slice(90, 110).map(({ id }) => id),
  )
  assert.equal(first.total, rowsMade + 2)
  assert.equal(middle.total, null)
})

test('filters find what they say, together, and blank is a choice', async () => {
  const ask = (...filters: Parameters<typeof printFilters>[0]) =>
    pages({ filter: printFilters(filters) }, 200)
  const agree = async (filters: Parameters<typeof printFilters>[0], fits: (order: WorkOrder) => boolean) => {
    const wanted = all.filter(fits).map(({ id }) => id)
    assert.ok(wanted.length > 0)
    assert.deepEqual(
      (await ask(...filters)).map(({ id }) => id),
      wanted,
    )
  }
  await agree([{ column: 'category', op: 'in', values: ['repair', ''] }], ({ category }) =>
    [null, 'repair'].includes(category),
  )
  await agree([{ column: 'status', op: 'in', values: [''] }], ({ status }) => !status)
  await agree([{ column: 'reopenCount', op: 'range', from: '1', to: '2' }], ({ reopenCount }) =>
    [1, 2].includes(reopenCount ?? 0),
  )
  await agree([{ column: 'problem', op: 'has', text: '%_' }], ({ problem }) => problem === '50%_噪音')
  await agree(
    [
      { column: 'status', op: 'has', text: 'DON' },
      { column: 'priority', op: 'in', values: ['urgent'] },
    ],
    ({ status, priority }) => status === 'done' && priority === 'urgent',
  )
  // 15 June 12:00 in Shanghai is `now`: three hours back is the same day, 500 is 25 May.
  await agree(
    [{ column: 'receivedAt', op: 'range', from: '2024-05-25', to: '2024-05-25' }],
    ({ receivedAt }) => receivedAt === new Date(now.getTime() - 500 * 3_600_000).toJSON(),
  )
})

test('pinyin initials and spelling find people and products', async () => {
  for (const [column, text, name] of [
    ['agent', 'zs', '张三'],
    ['agent', 'zhaol', '赵六'],
    ['agent', 'bo', 'Bob'],
    ['product', 'dbx', '电冰箱'],
    ['product', 'a310', 'A310打印机'],
  ] as const) {
    const found = await pages({ filter: printFilters([{ column, op: 'has', text }]) }, 200)
    assert.ok(found.length > 0, text)
    assert.deepEqual([...new Set(found.map((order) => order[column]?.name))], [name])
  }
})

test('a filter finds nothing that is masked when shown', async () => {
  const hidden = ['138', '1234', '8 1', '5678', 'a.b', '@', 'c.cn', 'b@c']
  for (const text of hidden) {
    const found = await list({ filter: printFilters([{ column: 'problem', op: 'has', text }]) })
    assert.equal(found.total, 0, text)
  }
  const near = await list({ filter: printFilters([{ column: 'problem', op: 'has', text: '打不通' }]) })
  assert.ok((near.total ?? 0) > 0)
})

test('for any text: what a filter finds in it stands in what is shown of it', async () => {
  const { containsShown } = await import('../directory/index.ts')
  const { sql } = await import('../platform/sql.ts')
  const letters = '0123456789０１３８－-—_.·()（） \u3000\u00a0+＋Xx@abc.cn客户打'
  const text = fc.string({ unit: fc.constantFrom(...letters), maxLength: 40 })
  const mobile = fc.constantFrom(
    '13812345678',
    '138-1234-5678',
    '１３８１２３４５６７８',
    'li.si@qq.com',
    '400-123-4567',
  )
  const whole = fc.tuple(text, mobile, text).map((parts) => parts.join(''))
  await cast.db.transaction(await cast.whole(), (tx) =>
    fc.assert(
      fc.asyncProperty(whole, fc.nat(), fc.integer({ min: 1, max: 6 }), async (raw, at, length) => {
        const start = at % raw.length
        const needle = raw.slice(start, start + length)
        const row = await tx.one<{ found: boolean }>(
          sql`select ${containsShown(sql`${raw}::text`, needle)} as found`,
        )
        if (row?.found) assert.ok(maskText(raw).toLowerCase().includes(needle.toLowerCase()), raw)
      }),
      { numRuns: 1000 },
    ),
  )
})

test('a team lead sees the own team’s rows under every filter, and counts no others', async () => {
  for (const filter of ['', 'category:repair', 'agent~zs', 'problem~屏幕']) {
    const { items, total } = await list({ limit: 200, filter }, 'team_lead')
    assert.ok(items.length > 0 && items.every(({ unit }) => unit.id === cast.teamA))
    assert.equal(total, items.length)
  }
})

test('a cursor of another order, or a made-up one, is refused', async () => {
  const { next } = await list({ sort: 'agent', limit: 10 })
  const forged = Buffer.from(JSON.stringify(['agent', cast.orders.a, 5])).toString('base64url')
  for (const query of [`sort=-agent&cursor=${next}`, `sort=agent&cursor=${forged}`, 'cursor=x']) {
    const answer = await cast.call('administrator', 'GET', `/api/work-orders?${query}`)
    assert.equal(answer.status, 400)
    assert.equal(answer.json().code, 'wrong_cursor')
  }
  const wrong = await cast.call('administrator', 'GET', '/api/work-orders?filter=secret~x')
  assert.equal(wrong.status, 400)
})
