// An independent checker: every figure recomputed from the lists of records by other code than the kernel's, straight
// from the formulas of the catalogue, and asked through every door that gives it. Random questions, filters and roles.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import Papa from 'papaparse'
import type { z } from 'zod'
import type { WorkOrder } from '../contract/cases.ts'
import type { Figure, Measure } from '../contract/measurement.ts'
import type { standard } from '../contract/standards.ts'
import { openTable } from '../server/intake/index.ts'
import { drainChanges, renewCells } from '../server/measurement/index.ts'
import { sql } from '../server/platform/sql.ts'
import {
  type Contact,
  type Cost,
  DAY,
  type Feedback,
  formulas,
  type Inspection,
  type Invitation,
  type Message,
  ms,
  ofAll,
  ofEpisodes,
  ofTheResponse,
  ownMeasures,
  type Purchase,
  quotients,
  type Response,
  type Row,
  type Training,
  tellable,
  type WorkingDay,
} from './checker-formulas.ts'
import { type Cookies, type DemoApp, openDemoApp } from './demo-app.ts'

// More of them by hand: QUESTIONS=10000 node --test test/checker.test.ts
const questions = Number(process.env.QUESTIONS ?? 400)
const logins = ['demo', 'demo-supervisor', 'demo-auditor', 'demo-lead', 'demo-specialist'] as const
type Login = (typeof logins)[number]

let demo: DemoApp
const cookies = {} as Record<Login, Cookies>

before(async () => {
  demo = await openDemoApp()
  for (const login of logins) cookies[login] = await demo.signIn(login)
})
after(() => demo?.end())

async function raw(login: Login, url: string) {
  const answer = await demo.app.inject({ method: 'GET', url, cookies: cookies[login] })
  assert.equal(answer.statusCode, 200, `${url}: ${answer.body}`)
  return answer
}
const get = async <T>(login: Login, url: string): Promise<T> => JSON.parse((await raw(login, url)).body) as T

async function all<T>(path: string): Promise<T[]> {
  const items: T[] = []
  for (let cursor = ''; ; ) {
    const page = await get<{ items: T[]; next: string | null }>('demo', `${path}?limit=200${cursor}`)
    items.push(...page.items)
    if (!page.next) return items
    cursor = `&cursor=${encodeURIComponent(page.next)}`
  }
}

async function rowsOf(): Promise<Row[]> {
  const [
    orders,
    responses,
    feedback,
    invitations,
    contacts,
    inspections,
    trainings,
    purchases,
    workingDays,
    messages,
    costs,
  ] = [
    await all<WorkOrder>('/api/work-orders'),
    await all<Response>('/api/responses'),
    await all<Feedback>('/api/feedback'),
    await all<Invitation>('/api/invitations'),
    await all<Contact>('/api/contacts'),
    await all<Inspection>('/api/inspections'),
    await all<Training>('/api/trainings'),
    await all<Purchase>('/api/purchases'),
    await all<WorkingDay>('/api/attendance'),
    await all<Message>('/api/messages'),
    await all<Cost>('/api/costs'),
  ]
  const byId = new Map(orders.map((order) => [order.id, order]))
  const place = (one: {
    unit: { id: string }
    agent: { id: string } | null
    product?: { id: string } | null
  }) => ({
    unit: one.unit.id,
    agent: one.agent?.id ?? null,
    product: one.product?.id ?? null,
  })
  const kind = (order: WorkOrder | undefined) =>
    order?.category == null ? null : [order.category, order.subcategory].filter(Boolean).join('-')
  return [
    ...orders.flatMap((order): Row[] => {
      const one = {
        ...place(order),
        category: kind(order),
        channel: order.channel,
        priority: order.priority,
        excluded: order.excludedReason !== null,
        order,
      }
      const { responder, responderUnit } = order
      const again = order.episodes.map(
        ({ reopenedAt, resolvedAt, dueAt, agent }): Row => ({
          ...one,
          part: 'episode',
          agent: agent?.id ?? one.agent,
          order: { ...order, receivedAt: reopenedAt, resolvedAt, resolutionDueAt: dueAt },
        }),
      )
      if (!responderUnit) return [one, ...again]
      return [
        { ...one, part: 'work' },
        { ...one, part: 'response', unit: responderUnit.id, agent: responder?.id ?? null },
        ...again,
      ]
    }),
    ...responses.map((response) => {
      const order = byId.get(response.workOrder?.id ?? '')
      const { submittedAt: at, overall } = response
      return {
        ...place(response),
        category: kind(order),
        channel: response.channel,
        priority: order?.priority ?? null,
        excluded: response.excludedReason !== null,
        rating: { at, overall, response },
      }
    }),
    ...feedback.map((one) => ({
      ...place(one),
      category: null,
      channel: one.channel,
      priority: null,
      excluded: one.excludedReason !== null,
      rating: { at: one.receivedAt, overall: one.score },
    })),
    ...invitations.map((invitation) => {
      const order = byId.get(invitation.workOrder?.id ?? '')
      return {
        ...place(invitation),
        category: kind(order),
        channel: invitation.channel,
        priority: order?.priority ?? null,
        excluded: invitation.excludedReason !== null,
        invitation,
      }
    }),
    ...inspections.map((inspection) => {
      const order = byId.get(inspection.workOrder?.id ?? '')
      return {
        ...place(inspection),
        category: kind(order),
        channel: inspection.channel,
        priority: order?.priority ?? null,
        excluded: inspection.excludedReason !== null,
        inspection,
      }
    }),
    ...workingDays.map((workingDay) => ({
      ...place(workingDay),
      category: null,
      channel: null,
      priority: null,
      excluded: workingDay.excludedReason !== null,
      workingDay,
    })),
    ...trainings.map((training) => ({
      ...place(training),
      category: null,
      channel: null,
      priority: null,
      excluded: training.excludedReason !== null,
      training,
    })),
    ...purchases.map((purchase) => ({
      ...place(purchase),
      category: null,
      channel: purchase.channel,
      priority: null,
      excluded: purchase.excludedReason !== null,
      purchase,
    })),
    ...messages.map((message) => {
      const order = byId.get(message.workOrder?.id ?? '')
      return {
        ...place(message),
        category: kind(order),
        channel: message.channel,
        priority: order?.priority ?? null,
        excluded: message.excludedReason !== null,
        message,
      }
    }),
    ...costs.map((cost) => {
      const order = byId.get(cost.workOrder?.id ?? '')
      return {
        ...place(cost),
        category: kind(order),
        channel: order?.channel ?? null,
        priority: order?.priority ?? null,
        excluded: cost.excludedReason !== null,
        cost,
      }
    }),
    ...contacts.map((contact) => {
      const order = byId.get(contact.workOrder?.id ?? '')
      return {
        ...place(contact),
        category: kind(order),
        channel: contact.channel,
        priority: order?.priority ?? null,
        excluded: contact.excludedReason !== null,
        contact,
      }
    }),
  ]
}

interface Stages {
  id: string
  launchOn: string | null
  growthOn: string | null
  maturityOn: string | null
}

/** The last stage that had begun on the day the record took place. */
function withStages(rows: Row[], products: Stages[]): Row[] {
  const byId = new Map(products.map((product) => [product.id, product]))
  return rows.map((row) => {
    const { order, rating, invitation, contact, inspection: one, purchase, message, cost } = row
    const at =
      order?.occurredAt ??
      rating?.at ??
      invitation?.sentAt ??
      contact?.startedAt ??
      one?.contactAt ??
      one?.inspectedAt ??
      purchase?.orderedAt ??
      message?.awaitedAt ??
      message?.sentAt ??
      cost?.incurredAt
    const product = byId.get(row.product ?? '')
    if (!at || !product) return { ...row, lifeStage: null }
    const day = dayOf(localDay(ms(at)))
    const begun = (from: string | null) => from !== null && from <= day
    if (begun(product.maturityOn)) return { ...row, lifeStage: 'maturity' }
    if (begun(product.growthOn)) return { ...row, lifeStage: 'growth' }
    return { ...row, lifeStage: begun(product.launchOn) ? 'launch' : null }
  })
}

/** Stages that begin amid the days asked about; products without any, and with some alone. */
async function stageProducts(c: ReturnType<typeof chance>): Promise<Stages[]> {
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

interface Sent {
  id: string
  externalId: string
  confirmedAt: string
}

async function send(method: 'POST' | 'PATCH', url: string, payload: object): Promise<Sent> {
  const answer = await demo.app.inject({ method, url, payload, cookies: cookies.demo, headers: { origin } })
  assert.ok(answer.statusCode < 300, `${url}: ${answer.body}`)
  return JSON.parse(answer.body) as Sent
}
const origin = 'http://localhost:80'

/** Orders, trainings and working days hard by every edge: exactly on a limit and a millisecond past it, at midnight, after a week, paused, left out. */
async function plantEdges(c: ReturnType<typeof chance>): Promise<void> {
  const { items: units } = await get<{ items: { id: string }[] }>('demo', '/api/units')
  const { items: products } = await get<{ items: { id: string }[] }>('demo', '/api/products')
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
  await drainChanges(demo.store.db, await organizationOfDemo(), demo.now)
}

interface Named {
  units: { id: string }[]
  people: { id: string }[]
  products: { id: string }[]
  iso: (at: number) => string
}

/** Chats across midnight, left out in part, of one instant; costs of orders with and without a cost in their field. */
async function plantMessagesAndCosts(
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

/** Limits of being on site, by fault level, and of following up, which no pack has: in the demo's own version of the standard. */
async function limitVisits(): Promise<void> {
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

async function organizationOfDemo(): Promise<string> {
  const [row] = await demo.store.db.global<{ id: string }>(
    sql`select organization_id as id from access.login limit 1`,
  )
  return row!.id
}

/** Units put elsewhere some weeks ago, some of them twice; what would make a ring is refused. */
async function moveUnits(c: ReturnType<typeof chance>): Promise<void> {
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

/** The tree of each day, made of what the product says of where its units stood. */
async function treeOfDays() {
  const { items: units } = await get<{ items: { id: string; parentId: string | null }[] }>(
    'demo',
    '/api/units',
  )
  const parents = new Map(units.map(({ id, parentId }) => [id, parentId]))
  const places = new Map<string, { parent: { id: string }; fromOn: string | null }[]>()
  for (const { id, parentId } of units)
    if (parentId !== null) {
      const path = `/api/units/${id}/places`
      places.set(
        id,
        (await get<{ items: { parent: { id: string }; fromOn: string | null }[] }>('demo', path)).items,
      )
    }
  const pathOn = (id: string, day: number): string[] => {
    const place = places.get(id)?.find(({ fromOn }) => fromOn === null || fromOn <= dayOf(day))
    const parent = place ? place.parent.id : (parents.get(id) ?? null)
    return parent === null ? [id] : [id, ...pathOn(parent, day)]
  }
  const isTop = (id: string, reach: string[]) =>
    reach.includes(id) && !reach.includes(parents.get(id) ?? 'none')
  return { pathOn, isTop }
}

interface Question {
  login: Login
  measure: Measure
  from: number
  to: number
  by: string | undefined
  across: string | undefined
  where: Record<string, string>
}

function chance(seed: number) {
  let state = seed >>> 0
  const below = (n: number) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0
    return (state ^ (state >>> 13)) % n
  }
  const pick = <T>(list: readonly T[]): T => list[Math.abs(below(list.length))]!
  return { below: (n: number) => Math.abs(below(n)), pick }
}

type Counted = NonNullable<ReturnType<ReturnType<typeof formulas>[string]>> & { n: number }

/** What stands above the line by what stands below it; none without both, and none where all above lack the field. */
function quotientsOf(shares: Map<string, Counted[]>, { unit }: Measure) {
  const found = new Map<string, { n: number; value: number }>()
  for (const [member, all] of shares) {
    const at = (...places: Counted['stands'][]) => all.filter(({ stands }) => places.includes(stands))
    const [below, above] = [at('below', 'both', 'lacking'), at(undefined, 'both')]
    const sum = (some: number[]) => some.reduce((total, value) => total + value, 0)
    const divisor = sum(below.map(({ stands, value }) => (stands === 'below' ? value : 1)))
    if (divisor === 0 || (above.length === 0 && at('lacking', 'nowhere').length > 0)) continue
    const value = (sum(above.map((one) => one.value)) / divisor) * (unit === '%' ? 100 : 1)
    found.set(member, { n: below.length, value })
  }
  return found
}

/** What is added up and not averaged. */
const totals = ['training_hours', 'own:spent']

const dayOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10)
/** Days of Shanghai, which has known no summer time since 1991. */
const localDay = (at: number): number => Math.floor((at + 8 * 3_600_000) / DAY)

test(`${questions} random questions: page's API = CSV = XLSX = list = what other code makes of the records`, {
  timeout: 1_800_000,
}, async (t) => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
  t.diagnostic(`seed ${seed}`)
  const c = chance(seed)
  await plantEdges(c)
  await moveUnits(c)
  for (const own of ownMeasures) await send('POST', '/api/own-measures', own)
  await renewCells(demo.store.db, await organizationOfDemo(), demo.now)
  const rows = withStages(await rowsOf(), await stageProducts(c))
  const formulaOf = formulas(rows, demo.now.getTime())
  const { items: measures } = await get<{ items: Measure[] }>('demo', '/api/measures')
  const checked = measures.filter(({ code }) => formulaOf[code] ?? ofAll[code])
  const unchecked = measures.filter(({ code }) => !(formulaOf[code] ?? ofAll[code])).map(({ code }) => code)
  // Of these the product keeps no facts yet: they are always incomputable.
  assert.deepEqual(unchecked, [])
  const tree = await treeOfDays()
  const reach = {} as Record<Login, string[]>
  for (const login of logins)
    reach[login] = (await get<{ units: { id: string }[] }>(login, '/api/me')).units.map(({ id }) => id)
  const values = (name: keyof Row) => [...new Set(rows.map((row) => row[name] as string | null))]
  const days = rows.map(
    ({ order, rating, invitation, contact, inspection: one, training, purchase, workingDay, ...other }) =>
      localDay(
        ms(
          order?.receivedAt ??
            rating?.at ??
            invitation?.sentAt ??
            contact?.startedAt ??
            one?.inspectedAt ??
            training?.heldAt ??
            purchase?.orderedAt ??
            workingDay?.workedAt ??
            other.message?.sentAt ??
            other.cost?.incurredAt,
        ),
      ),
  )
  const [first, last] = [Math.min(...days), Math.max(...days)]

  const filters = ['unit', 'agent', 'product', 'category', 'channel', 'priority', 'lifeStage'] as const
  const ask = (): Question => {
    const login = c.pick(logins)
    const from = first + c.below(last - first + 1)
    const where: Record<string, string> = {}
    for (let left = c.pick([0, 0, 1, 1, 2, 3]); left > 0; left--) {
      const name = c.pick(filters)
      const value = name === 'unit' ? c.pick(reach[login]) : c.pick(values(name))
      if (value) where[name] = name === 'category' && c.below(3) === 0 ? `${value}-` : value
    }
    const by = c.pick([undefined, undefined, ...filters])
    const measure = c.pick(checked)
    // Customers are split one way alone; products and categories are split together most.
    const across =
      by && !ofAll[measure.code] ? c.pick([...filters.map(() => undefined), ...filters]) : undefined
    const pair = across === by ? { by, across: undefined } : { by, across }
    const both = across !== undefined && c.below(2) === 0 ? { by: 'product', across: 'category' } : pair
    const whole = both.across === undefined || c.below(2) === 0
    return {
      login,
      measure,
      ...(whole ? { from, to: from + c.below(70) } : wholeMonths(from)),
      ...both,
      where,
    }
  }

  /** From the first day of a month to the last of it or the next. */
  const wholeMonths = (day: number) => {
    const date = new Date(day * DAY)
    const start = (months: number) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / DAY
    return { from: start(0), to: start(c.pick([1, 2])) - 1 }
  }
  const fits = (row: Row, { where }: Question): boolean =>
    Object.entries(where).every(([name, value]) => {
      // Where a unit stands is a question of the day.
      if (name === 'unit') return true
      if (name !== 'category') return row[name as keyof Row] === value
      if (value.endsWith('-')) return row.category === value.slice(0, -1)
      return row.category === value || row.category?.startsWith(`${value}-`) === true
    })

  /** For whom a record counts on a day: the members of the split, '' where there is none, nobody where it is not asked for. */
  const ownersOn = (row: Row, { login, where, by, across }: Question, day: number): string[] => {
    const seen = (ids: string[]) => ids.filter((id) => reach[login].includes(id))
    const path = tree.pathOn(row.unit, day)
    // Who sees not the whole and names no unit asks for the topmost units they see.
    const top = path.findIndex((id) =>
      where.unit === undefined ? tree.isTop(id, reach[login]) : id === where.unit,
    )
    const byUnit = by === 'unit' || across === 'unit'
    if (!byUnit && top < 0) return []
    const along = (dimension: string | undefined): string[] => {
      if (dimension === undefined) return ['']
      if (dimension === 'unit') return seen(where.unit === undefined ? path : path.slice(0, top + 1))
      const member = row[dimension as keyof Row] as string | null
      return member === null ? [] : [member]
    }
    if (across === undefined) return along(by)
    return along(by).flatMap((one) => along(across).map((other) => `${one} × ${other}`))
  }

  const responseRate = checked.find(({ code }) => code === 'survey_response_rate')!
  const ofAnswers = /^(experience_score|csat_rate|item_score:.*|nps|complaint_satisfaction)$/
  /** Which invitations ask for what a measure counts; undefined where it counts no answers. */
  const invitationsTo = ({ code }: Measure): ((row: Row) => boolean) | undefined => {
    if (!ofAnswers.test(code)) return undefined
    return (row) => code !== 'complaint_satisfaction' || row.category?.split('-')[0] === 'complaint'
  }

  const expected = (
    question: Question,
    counts: (row: Row) => boolean = () => true,
  ): Map<string, { n: number; value: number }> => {
    const { login, measure, from, to } = question
    const shares = new Map<string, Counted[]>()
    const ofAnyDay = new Map<string, Row[]>()
    for (const row of rows) {
      if (row.excluded || !reach[login].includes(row.unit) || !fits(row, question) || !counts(row)) continue
      if (row.part === 'response' && !ofTheResponse.has(measure.code)) continue
      if (row.part === 'work' && ofTheResponse.has(measure.code)) continue
      if (row.part === 'episode' && !ofEpisodes.has(measure.code)) continue
      if (row.purchase)
        for (const owner of ownersOn(row, question, localDay(ms(row.purchase.orderedAt))))
          ofAnyDay.set(owner, [...(ofAnyDay.get(owner) ?? []), row])
      const share = formulaOf[measure.code]?.(row)
      if (!share || localDay(share.at) < from || localDay(share.at) > to) continue
      for (const owner of ownersOn(row, question, localDay(share.at)))
        shares.set(owner, [...(shares.get(owner) ?? []), { ...share, n: share.n ?? 1 }])
    }
    const whole = ofAll[measure.code]
    if (whole)
      return new Map(
        [...ofAnyDay].flatMap(([member, some]) => {
          const answer = whole(some, { from, to, on: localDay })
          return answer ? [[member, answer] as const] : []
        }),
      )
    if (quotients.includes(measure.code)) return quotientsOf(shares, measure)
    return new Map(
      [...shares].flatMap(([member, all]) => {
        if (tellable.includes(measure.code) && !all.some(({ tells }) => tells)) return []
        const sum = all.reduce((total, { value }) => total + value, 0)
        const n = all.reduce((total, one) => total + one.n, 0)
        const hundred = measure.unit === '%' || measure.code === 'nps' ? 100 : 1
        const total = totals.includes(measure.code) ? sum : (sum / n) * hundred
        return [[member, { n, value: measure.unit === 'count' ? n - sum : total }]]
      }),
    )
  }

  let figures = 0
  let pairs = 0
  let rated = 0
  for (let i = 0; i < questions; i++) {
    const question = ask()
    const { login, measure, by, across, where } = question
    const query = new URLSearchParams({ from: dayOf(question.from), to: dayOf(question.to), ...where })
    if (by) query.set('by', by)
    if (across) query.set('across', across)
    const told = `seed ${seed}, ${i}: ${login} ${measure.code} ${query}`
    const path = `/api/measures/${measure.code}/figures`
    const { rows: answered } = await get<{ rows: Figure[] }>(login, `${path}?${query}`)
    const should = expected(question)
    const asked = invitationsTo(measure)
    const rates = asked ? expected({ ...question, measure: responseRate }, asked) : new Map()
    const keyOf = (row: Figure) =>
      row.across === undefined ? (row.member ?? '') : `${row.member} × ${row.across}`
    const given = new Map(answered.filter(({ n }) => n > 0).map((row) => [keyOf(row), row]))
    if (across) pairs += given.size
    assert.deepEqual([...given.keys()].sort(), [...should.keys()].sort(), told)
    for (const [member, row] of given) {
      const { n, value } = should.get(member)!
      assert.equal(row.n, n, `${told} ${member}: n`)
      assert.ok(
        Math.abs((row.value ?? Number.NaN) - value) < 2e-6,
        `${told} ${member}: ${row.value} is ${value}`,
      )
      figures++
    }
    for (const row of answered) {
      const { responseRate: rate } = row
      const due = rates.get(keyOf(row))
      if (!asked) assert.equal(rate, undefined, `${told} ${keyOf(row)}: response rate`)
      else if (!due) assert.equal(rate, null, `${told} ${keyOf(row)}: response rate`)
      else {
        assert.equal(rate?.sent, due.n, `${told} ${keyOf(row)}: sent`)
        assert.ok(Math.abs((rate?.value ?? Number.NaN) - due.value) < 2e-6, `${told} ${keyOf(row)}: rate`)
        rated++
      }
    }
    const csv = Papa.parse<string[]>((await raw(login, `${path}.csv?${query}`)).body.slice(1).trim()).data
    const book = answered.length === 0 ? [] : await sheetOf(await raw(login, `${path}.xlsx?${query}`))
    assert.equal(csv.length - 1, answered.length, told)
    assert.equal(book.length, answered.length, told)
    answered.forEach((row, at) => {
      const value = row.value === null ? '' : String(row.value)
      const n = across ? 3 : 2
      const rate = row.responseRate
      const beside = rate
        ? [rate.sent, rate.submitted, rate.value].map(String)
        : ['', '', rate === null ? 'unknown' : '']
      // A workbook keeps no blanks at the end of a line.
      const shown = (line: string[] = []) => [0, 4, 11, 12, 13].map((of) => line[n + of] ?? '')
      assert.deepEqual(shown(csv[at + 1]), [String(row.n), value, ...beside], `${told}: CSV`)
      assert.deepEqual(shown(book[at]), [String(row.n), value, ...beside], `${told}: XLSX`)
    })
    if (by || login === 'demo-auditor') continue
    const list = await get<{ total: number }>(login, `/api/measures/${measure.code}/records?${query}&limit=1`)
    assert.equal(list.total, answered[0]?.records ?? 0, `${told}: list`)
  }
  t.diagnostic(
    `${questions} questions, ${figures} figures with records (${pairs} of pairs), ${rated} with a response rate, ${checked.length} measures`,
  )
  assert.ok(pairs > questions / 4, `only ${pairs} pairs rest on records`)
  assert.ok(rated > questions / 20, `only ${rated} response rates rest on invitations`)
  assert.ok(figures - pairs > questions / 2, `only ${figures - pairs} figures rest on records`)
})

async function sheetOf(answer: { rawPayload: Buffer }): Promise<string[][]> {
  const path = join(demo.dataDir, 'figures.xlsx')
  writeFileSync(path, answer.rawPayload)
  const table = await openTable(path, { name: 'figures.xlsx' })
  const rows: string[][] = []
  for await (const some of table.rows())
    for (const { cells } of some)
      rows.push(cells.map((cell) => (cell === null || typeof cell === 'object' ? '' : String(cell))))
  return rows
}
