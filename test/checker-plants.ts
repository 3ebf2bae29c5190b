// What is put into the demo before it is asked: records hard by every edge, stages of life, moved units.
import assert from 'node:assert/strict'
import type { z } from 'zod'
import type { WorkOrder } from '../contract/cases.ts'
import type { standard } from '../contract/standards.ts'
import { drainChanges } from '../server/measurement/index.ts'
import { sql } from '../server/platform/sql.ts'
import { all, type chance, cookies, demo, get } from './checker-doors.ts'
import { dayOf, localDay, type Stages } from './checker-rows.ts'
import { DAY } from './checker-times.ts'

export interface Sent {
  id: string
  externalId: string
  confirmedAt: string
  version: number
  replyDueAt: string | null
}

export async function send(method: 'POST' | 'PATCH', url: string, payload: object): Promise<Sent> {
  const answer = await demo.app.inject({ method, url, payload, cookies: cookies.demo, headers: { origin } })
  assert.ok(answer.statusCode < 300, `${url}: ${answer.body}`)
  return JSON.parse(answer.body) as Sent
}
export const origin = 'http://localhost:80'

/** People who joined in the days asked about, on a 31st or nobody knows when. */
async function plantPeople(c: ReturnType<typeof chance>): Promise<void> {
  const today = localDay(demo.now.getTime())
  const rows = [
    ['姓名', '到岗日期'],
    ['月末', dayOf(Date.UTC(demo.now.getUTCFullYear() - 1, c.pick([0, 2, 4, 6]), 31) / DAY)],
    ...['新来', '新到'].map((name) => [name, dayOf(today - c.below(100))]),
    ...['不详', '未知'].map((name) => [name, '']),
  ]
  await send('POST', '/api/people/table', { rows, apply: true })
}

/** Orders, trainings and working days hard by every edge: exactly on a limit and a millisecond past it, at midnight, after a week, paused, left out. */
export async function plantEdges(c: ReturnType<typeof chance>): Promise<void> {
  const { items: units } = await get<{ items: { id: string }[] }>('demo', '/api/units')
  const { items: products } = await get<{ items: { id: string }[] }>('demo', '/api/products')
  await plantPeople(c)
  const { items: people } = await get<{ items: { id: string }[] }>('demo', '/api/people')
  const iso = (at: number) => new Date(at).toISOString()
  await limitVisits()
  for (let i = 0; i < 160; i++) {
    const midnight = Math.floor((demo.now.getTime() - c.below(80) * DAY) / DAY) * DAY - 8 * 3_600_000
    const received = midnight + c.pick([0, -1, 1, 9 * 3_600_000])
    const after = (...spans: number[]) => iso(received + c.pick(spans) + c.pick([-1, 0, 0, 1]))
    const resolved = c.below(4) === 0 ? null : after(0, 3_600_000, DAY, 3 * DAY)
    const order = await send('POST', '/api/work-orders', {
      receivedAt: iso(received),
      unitId: c.pick(units).id,
      agentId: c.pick([...people.map(({ id }) => id), null]),
      responderId: c.pick([...people.map(({ id }) => id), null, null]),
      productId: c.pick(products).id,
      customer: c.pick(['甲公司', '乙公司']),
      category: c.pick(['repair', 'complaint', '安装']),
      subcategory: c.pick(['硬件', null]),
      channel: c.pick(['phone', '门店', null]),
      priority: c.pick(['urgent', 'important', 'normal', null]),
      complexity: c.pick(['ordinary', 'complex', null]),
      respondedAt: c.below(5) === 0 ? null : after(0, 1_800_000, 3_600_000),
      startedAt: c.below(3) === 0 ? null : after(2 * 3_600_000, DAY, 2 * DAY),
      faultIdentifiedAt: c.below(2) === 0 ? null : after(0, 3_600_000),
      planConfirmedAt: c.below(2) === 0 ? null : after(DAY, 2 * DAY),
      resolvedAt: resolved,
      reopenedAt:
        resolved && c.below(3) === 0 ? iso(Date.parse(resolved) + 7 * DAY + c.pick([-DAY, -1, 0, 1])) : null,
      ...(resolved &&
        c.below(3) === 0 && {
          episodes: [
            {
              reopenedAt: iso(Date.parse(resolved) + c.pick([0, DAY, 8 * DAY])),
              resolvedAt: c.pick([null, iso(Date.parse(resolved) + 9 * DAY)]),
              agentId: c.pick([people[0]?.id ?? null, null]),
            },
          ],
        }),
      closedAt: c.below(3) === 0 ? after(4 * DAY) : null,
      confirmedAt: c.below(2) === 0 ? after(3 * DAY) : null,
      serial: c.pick(['SN1', 'SN2', null]),
      resolutionMode: c.pick(['远程解决', '上门', 'self-service', null]),
      cost: c.pick(['0', '12.5', '199.99', null]),
      contactCount: c.pick([1, 1, 2, null]),
      visits: c.pick([0, 1, 1, 2, null]),
      firstDiagnosis: c.pick(['电源板', 'Power Board', '主板', null]),
      finalCause: c.pick(['电源 板', 'power-board', null]),
      redone: c.pick([true, false, false, null]),
      planReplaced: c.pick([true, false, false, null]),
      ...c.pick([
        { partsRequested: 3, partsFilled: c.below(4) },
        { partsRequested: 2 },
        { partsRequested: 0 },
        {},
      ]),
      article: c.pick(['KB-1', null, null]),
      articleUsed: c.pick([true, false, null]),
      followedUpAt: c.below(3) === 0 ? after(2 * DAY, 4 * DAY) : null,
      faultLevel: c.pick(['一级', '二级', null]),
      arrivedAt: c.below(3) === 0 ? null : after(3_600_000, 4 * 3_600_000, DAY),
      reopenCount: c.pick([0, null, 1, 2]),
      ...(c.below(4) === 0 && {
        pauses: [{ from: iso(received + 600_000), to: iso(received + 7_200_000), reason: '' }],
      }),
    })
    const { externalId, confirmedAt } = order
    for (let sends = confirmedAt ? c.below(3) : 0; sends > 0; sends--) {
      const asked = Date.parse(confirmedAt) + c.pick([0, DAY - 1, DAY, DAY + 1, -DAY])
      const { id } = await send('POST', '/api/invitations', {
        workOrder: c.pick([externalId, 'nobody', null]),
        sentAt: iso(asked),
        round: c.pick([1, 1, 2]),
        channel: c.pick(['短信', 'email', null]),
        submittedAt: c.pick([null, null, iso(asked + DAY)]),
      })
      if (c.below(12) === 0) await send('POST', `/api/invitations/${id}/exclusion`, { reason: '测试' })
    }
    if (c.below(3) === 0)
      await send('POST', '/api/responses', {
        workOrder: externalId,
        submittedAt: after(5 * DAY),
        overall: c.pick([3, 5]),
        channelEase: c.pick([null, 1, 2.3, 5]),
        responseSpeed: c.pick([null, 4]),
        handlingQuality: c.pick([null, null, 4.7]),
        suggestion: c.pick([null, '无', '周末也上班']),
        repliedAt: c.pick([null, after(5 * DAY, 6 * DAY, 12 * DAY)]),
      })
    if (c.below(12) === 0) await send('POST', `/api/work-orders/${order.id}/exclusion`, { reason: '测试单' })
  }
  for (let i = 0; i < 40; i++) {
    const midnight = Math.floor((demo.now.getTime() - c.below(80) * DAY) / DAY) * DAY - 8 * 3_600_000
    const inspection = await send('POST', '/api/inspections', {
      inspectedAt: iso(midnight + c.pick([0, -1, 1, 9 * 3_600_000])),
      unitId: c.pick(units).id,
      agentId: c.pick(people).id,
      productId: c.pick(products).id,
      nodesInspected: 5,
      nodesRight: c.below(6),
    })
    if (c.below(10) === 0)
      await send('POST', `/api/inspections/${inspection.id}/exclusion`, { reason: '重复' })
  }
  for (let i = 0; i < 80; i++) {
    const midnight = Math.floor((demo.now.getTime() - c.below(80) * DAY) / DAY) * DAY - 8 * 3_600_000
    const kind = c.pick(['training', 'exam'])
    const training = await send('POST', '/api/trainings', {
      kind,
      heldAt: iso(midnight + c.pick([0, -1, 1, 9 * 3_600_000])),
      unitId: c.pick(units).id,
      agentId: c.pick(people).id,
      hours: kind === 'exam' ? c.pick([2, null]) : c.pick([0, 0.25, 7.5, 16]),
      score: c.pick([59.5, 100, null]),
      passed: c.pick([true, false, null]),
    })
    if (c.below(12) === 0) await send('POST', `/api/trainings/${training.id}/exclusion`, { reason: '重复' })
    const day = await send('POST', '/api/attendance', {
      workedAt: iso(midnight + c.pick([0, 0, 0, -1, 9 * 3_600_000])),
      unitId: c.pick(units).id,
      agentId: c.pick(people).id,
      scheduledHours: c.pick([8, 7.5, 0]),
      workedHours: c.pick([8, 0, null]),
      onDuty: c.pick([true, false, null]),
      qualified: c.pick([true, false, null]),
    })
    if (c.below(12) === 0) await send('POST', `/api/attendance/${day.id}/exclusion`, { reason: '重复' })
  }
  for (let i = 0; i < 80; i++) {
    const midnight = Math.floor((demo.now.getTime() - c.below(120) * DAY) / DAY) * DAY - 8 * 3_600_000
    const { id } = await send('POST', '/api/purchases', {
      orderedAt: iso(midnight + c.pick([0, -1, 1, 9 * 3_600_000])),
      unitId: c.pick(units).id,
      agentId: c.pick([...people.map((one) => one.id), null]),
      productId: c.pick(products).id,
      customer: c.pick(['甲公司', '乙公司', '丙公司', '丁公司', null]),
      channel: c.pick(['store', '直播间', null]),
      amount: c.pick(['0', '0.01', '1280.5', '99.99', null]),
    })
    if (c.below(10) === 0) await send('POST', `/api/purchases/${id}/exclusion`, { reason: '退货' })
  }
  await plantMessagesAndCosts(c, { units, people, products, iso })
  await plantReplies(c, { units, people, products, iso })
  await drainChanges(demo.store.db, await organizationOfDemo(), demo.now)
}

export interface Named {
  units: { id: string }[]
  people: { id: string }[]
  products: { id: string }[]
  iso: (at: number) => string
}

/** Chats across midnight, left out in part, of one instant; costs of orders with and without a cost in their field. */
export async function plantMessagesAndCosts(
  c: ReturnType<typeof chance>,
  { units, people, products, iso }: Named,
): Promise<void> {
  const orders = await all<WorkOrder>('/api/work-orders')
  const dear = orders.filter(({ cost, resolvedAt }) => cost !== null && resolvedAt !== null)
  for (let chat = 0; chat < 30; chat++) {
    const midnight = Math.floor((demo.now.getTime() - c.below(80) * DAY) / DAY) * DAY - 8 * 3_600_000
    for (let i = 2 + c.below(6); i > 0; i--) {
      const { id } = await send('POST', '/api/messages', {
        conversation: `edge ${chat}`,
        sender: c.pick(['customer', 'customer', 'agent', 'agent', 'automatic']),
        sentAt: iso(midnight + c.pick([0, 0, -1, 1, -60_000, 60_000, 300_000])),
        channel: c.pick(['chat', 'app']),
        unitId: c.pick(units).id,
        agentId: c.pick([...people.map((one) => one.id), null]),
        productId: c.pick(products).id,
        workOrder: c.pick([null, c.pick(orders).externalId]),
      })
      if (c.below(10) === 0) await send('POST', `/api/messages/${id}/exclusion`, { reason: '测试' })
    }
  }
  for (let i = 0; i < 100; i++) {
    const midnight = Math.floor((demo.now.getTime() - c.below(80) * DAY) / DAY) * DAY - 8 * 3_600_000
    const { id } = await send('POST', '/api/costs', {
      kind: c.pick(['labour', 'parts', 'travel', 'compensation']),
      amount: c.pick(['0', '0.01', '80.5', '1234.56']),
      incurredAt: iso(midnight + c.pick([0, 0, -1, 9 * 3_600_000])),
      workOrder: c.pick([null, c.pick(orders).externalId, c.pick(dear).externalId, '没有这一单']),
      ...(c.below(2) === 0 && { unitId: c.pick(units).id, agentId: c.pick(people).id }),
    })
    if (c.below(8) === 0) await send('POST', `/api/costs/${id}/exclusion`, { reason: '记错' })
  }
}

/** Answers and lines of the ledger whose customers were told exactly in time, a millisecond late, before they said it, or never. */
async function plantReplies(c: ReturnType<typeof chance>, { units, people, iso }: Named): Promise<void> {
  for (let i = 0; i < 90; i++) {
    const midnight = Math.floor((demo.now.getTime() - c.below(80) * DAY) / DAY) * DAY - 8 * 3_600_000
    const said = midnight + c.pick([0, -1, 1, 9 * 3_600_000, 18 * 3_600_000])
    const whose = { unitId: c.pick(units).id, agentId: c.pick([...people.map((one) => one.id), null]) }
    const suggestion = c.pick([null, '无。', '少排队'])
    const inLedger = c.below(2) === 0
    const made = inLedger
      ? await send('POST', '/api/feedback', {
          ...{
            ...whose,
            suggestion,
            receivedAt: iso(said),
            problem: '等太久',
            channel: c.pick(['phone', null]),
          },
          ...{
            score: c.pick([1, 3, 3.1, null]),
            status: c.pick(['open', 'in_progress', 'closed', 'followed_up']),
          },
        })
      : await send('POST', '/api/responses', {
          ...{ ...whose, suggestion, submittedAt: iso(said), channel: c.pick(['sms', null]) },
          ...{ overall: c.pick([2, 5]), attitude: c.pick([null, 3, 3.1]) },
        })
    const path = `/api/${inLedger ? 'feedback' : 'responses'}/${made.id}`
    const due = Date.parse(made.replyDueAt ?? iso(said + 3 * DAY))
    const repliedAt = c.pick([null, iso(due), iso(due + 1), iso(due - DAY), iso(said), iso(said - 1)])
    if (repliedAt) await send('PATCH', path, { version: made.version, repliedAt })
    if (c.below(12) === 0) await send('POST', `${path}/exclusion`, { reason: '恶意评价' })
  }
}

/** Limits of being on site, by fault level, and of following up, which no pack has: in the demo's own version of the standard. */
export async function limitVisits(): Promise<void> {
  const { items } = await get<{ items: z.infer<typeof standard>[] }>('demo', '/api/standards')
  const { effectiveOn, indicators, timeLimits } = items[0]!
  const onsite = (faultLevel: string, hours: number) => ({
    clock: 'onsite',
    faultLevel,
    seconds: hours * 3600,
  })
  await send('POST', '/api/standards', {
    effectiveOn,
    reason: '上门时限',
    indicators: indicators.map(({ sentence: _, targetText: __, definition: ___, unit: ____, ...one }) => one),
    timeLimits: [
      ...timeLimits,
      onsite('', 24),
      onsite('一级', 4),
      { clock: 'follow_up', seconds: 3 * 24 * 3600 },
    ],
  })
}

export async function organizationOfDemo(): Promise<string> {
  const [row] = await demo.store.db.global<{ id: string }>(
    sql`select organization_id as id from access.login limit 1`,
  )
  return row!.id
}

/** Units put elsewhere some weeks ago, some of them twice; what would make a ring is refused. */
export async function moveUnits(c: ReturnType<typeof chance>): Promise<void> {
  const { items: units } = await get<{ items: { id: string; parentId: string | null }[] }>(
    'demo',
    '/api/units',
  )
  let moved = 0
  for (let i = 0; i < 12 || moved < 4; i++) {
    const { id, parentId } = c.pick(units)
    const fromOn = c.below(8) === 0 ? 'always' : dayOf(localDay(demo.now.getTime()) - c.below(70))
    if (parentId === null) continue
    const payload = { parentId: c.pick(units).id, fromOn }
    const answer = await demo.app.inject({
      ...{ method: 'PATCH', url: `/api/units/${id}`, payload },
      ...{ cookies: cookies.demo, headers: { origin } },
    })
    if (answer.statusCode === 200) moved++
    else assert.equal(JSON.parse(answer.body).code, 'unit_above_itself', answer.body)
  }
}

/** Stages that begin amid the days asked about; products without any, and with some alone. */
export async function stageProducts(c: ReturnType<typeof chance>): Promise<Stages[]> {
  const { items: products } = await get<{ items: { id: string }[] }>('demo', '/api/products')
  const today = Math.floor(demo.now.getTime() / DAY)
  for (const { id } of products) {
    const [launchOn, growthOn, maturityOn] = [c.below(30), 31 + c.below(20), 52 + c.below(20)].map((after) =>
      c.below(4) === 0 ? null : dayOf(today - 80 + after),
    )
    if (c.below(5) > 0) await send('PATCH', `/api/products/${id}`, { launchOn, growthOn, maturityOn })
  }
  return (await get<{ items: Stages[] }>('demo', '/api/products')).items
}
