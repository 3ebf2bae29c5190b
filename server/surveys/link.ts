import { tellSurveysSent } from '../cases/index.ts'
import { organizationOf } from '../directory/index.ts'
import type { FactSink } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import { type FactRow, lockById, rewriteRows } from '../platform/fact-table.ts'
import { ownText } from '../platform/own-text.ts'
import { type Sql, sql } from '../platform/sql.ts'
import type { Zone } from '../platform/time.ts'
import { invitationTable } from './invitation-table.ts'
import { type Answer, type Asked, askedOf, type Sent } from './rounds.ts'

/** Whose invitations, answers or orders changed: what they say of each other must be found anew. */
export interface SurveysTouched {
  orderIds: Set<string>
  /** Numbers of orders and of invitations. */
  orders: Set<string>
  invitations: Set<string>
  /** An invitation or a response, as it was or as it is. */
  note(row: FactRow | null): void
  /** An order that came or went. */
  noteOrder(row: FactRow): void
}

export function touchedSurveys(): SurveysTouched {
  const [orderIds, orders, invitations] = [new Set<string>(), new Set<string>(), new Set<string>()]
  const note = (row: FactRow | null) => {
    if (!row) return
    if (typeof row.work_order_id === 'string') orderIds.add(row.work_order_id)
    if (typeof row.work_order_external_id === 'string') orders.add(ownText(row.work_order_external_id))
    if (typeof row.invitation === 'string') invitations.add(ownText(row.invitation))
    if ('submitted_given_at' in row) invitations.add(ownText(String(row.external_id)))
  }
  const noteOrder = (row: FactRow) => {
    orderIds.add(String(row.id))
    orders.add(ownText(String(row.external_id)))
  }
  return { orderIds, orders, invitations, note, noteOrder }
}

interface Context {
  sink: FactSink | null
  now: Date
}

/**
 * Finds anew, in whichever order they came: which order an invitation is about, when it was first answered, which ones are
 * reminders, and when each order was first asked about. Who writes an invitation while a response to it is written
 * elsewhere waits here for the other to end, so that the second of the two sees the first.
 */
export async function linkSurveys(tx: Tx, touched: SurveysTouched, context: Context): Promise<void> {
  const { orderIds, orders, invitations } = touched
  if (orderIds.size + orders.size + invitations.size === 0) return
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`surveys ${tx.organizationId}`}, 0))`)
  const { zone } = await organizationOf(tx)
  const marks: [Set<string>, keyof Marks][] = [
    [orders, 'numbers'],
    [invitations, 'invitations'],
    [orderIds, 'ids'],
  ]
  for (const [all, name] of marks) {
    for (const some of chunks(all))
      await linkSome(tx, { ids: [], numbers: [], invitations: [], [name]: some }, zone, context)
    all.clear()
  }
}

function* chunks(all: Set<string>): Generator<string[]> {
  const list = [...all]
  for (let i = 0; i < list.length; i += 2000) yield list.slice(i, i + 2000)
}

/** What orders, and the invitations about them, are known by. */
interface Marks {
  ids: string[]
  numbers: string[]
  invitations: string[]
}

async function linkSome(tx: Tx, given: Marks, zone: Zone, context: Context): Promise<void> {
  const marks = await withAnswered(tx, given)
  await findOrders(tx, marks.numbers, context)
  // All that is asked about each order, not only what was touched of it.
  const near = withOrders(marks, await invitationsOf(tx, marks))
  const all = await invitationsOf(tx, near)
  const answers = await answersOf(tx, withOrders(near, all), all)
  const asked = new Map<string, Asked>()
  for (const [key, group] of Map.groupBy(all, ({ key }) => key))
    for (const [id, one] of askedOf(group.map(sentIn), answers.get(key) ?? [], zone)) asked.set(id, one)
  const moved = all.filter(({ id, submitted_at, reminder }) => {
    const one = asked.get(id)
    return one && (one.submittedAt !== submitted_at || one.reminder !== reminder)
  })
  await rewrite(tx, moved, context, ({ id }) => {
    const { submittedAt, reminder } = asked.get(String(id))!
    return { submitted_at: submittedAt, reminder }
  })
  await tellSurveysSent(tx, firstSent(near.ids, all), context)
}

const withOrders = (marks: Marks, invitations: readonly Invitation[]): Marks => ({
  ...marks,
  ids: [...new Set([...marks.ids, ...invitations.flatMap(({ order_id }) => order_id ?? [])])],
  numbers: [...new Set([...marks.numbers, ...invitations.flatMap(({ order_number }) => order_number ?? [])])],
})

interface Invitation extends Record<string, unknown> {
  id: string
  key: string
  external_id: string
  order_id: string | null
  order_number: string | null
  round: number
  sent_at: number
  given_at: number | null
  submitted_at: number | null
  reminder: boolean
  excluded: boolean
}

const sentIn = ({ id, external_id, round, sent_at, given_at, excluded }: Invitation): Sent => ({
  id,
  externalId: external_id,
  round,
  sentAt: sent_at,
  givenAt: given_at,
  excluded,
})

/** A response that names an invitation which came later was taken for one of its order alone until then. */
async function withAnswered(tx: Tx, marks: Marks): Promise<Marks> {
  if (marks.invitations.length === 0) return marks
  const rows = await tx.rows<{ id: string | null; number: string | null }>(sql`
    select work_order_id as id, work_order_external_id as number from surveys.response
    where organization_id = ${tx.organizationId} and invitation = any(${marks.invitations})`)
  return {
    ...marks,
    ids: [...new Set([...marks.ids, ...rows.flatMap(({ id }) => id ?? [])])],
    numbers: [...new Set([...marks.numbers, ...rows.flatMap(({ number }) => number ?? [])])],
  }
}

const gone = sql`not exists (select from cases.work_order o
  where o.organization_id = i.organization_id and o.id = i.work_order_id)`

/** The numbers among these that invitations without an order wait for. */
export async function awaitedOrders(tx: Tx, numbers: string[]): Promise<string[]> {
  if (numbers.length === 0) return []
  const rows = await tx.rows<{ number: string }>(sql`
    select distinct i.work_order_external_id as number from surveys.invitation i
    where i.organization_id = ${tx.organizationId} and i.work_order_external_id = any(${numbers}) and ${gone}`)
  return rows.map(({ number }) => number)
}

/** An order made by hand may be what invitations waited for. */
export async function linkEntered(tx: Tx, number: string, now: Date): Promise<void> {
  const touched = touchedSurveys()
  for (const awaited of await awaitedOrders(tx, [number])) touched.orders.add(awaited)
  await linkSurveys(tx, touched, { sink: null, now })
}

const takenOver = ['agent_id', 'customer_id', 'product_id', 'channel', 'category', 'subcategory', 'priority']

/**
 * Invitations that came before their order find it by its number, and take over from it what they do not say; one that was
 * nobody's becomes its unit's. Where the order is gone, or its number is no longer of one alone, they stand by their number.
 */
async function findOrders(tx: Tx, numbers: string[], context: Context): Promise<void> {
  if (numbers.length === 0) return
  const { rootUnitId } = await organizationOf(tx)
  const rows = await tx.rows<{ id: string; order: FactRow | null }>(sql`
    select i.id, (
      select case when count(*) = 1 then (array_agg(to_json(w)))[1] end from (
        select o.id, o.unit_id, o.agent_id, o.customer_id, o.product_id, o.channel, o.category, o.subcategory, o.priority
        from cases.work_order o
        where o.organization_id = i.organization_id and o.external_id = i.work_order_external_id
          and o.unit_id = any(${tx.unitIds}::uuid[])
          and o.source_id = any(array(select id from directory.source where organization_id = ${tx.organizationId}))
        limit 2) w) as "order"
    from surveys.invitation i
    where i.organization_id = ${tx.organizationId} and i.work_order_external_id = any(${numbers}) and ${gone}`)
  const found = new Map(rows.map(({ id, order }) => [id, order]))
  const moved = await lockById(tx, invitationTable, [...found.keys()])
  await rewrite(tx, moved, context, (row) => {
    const order = found.get(String(row.id))
    if (!order) return { work_order_id: null }
    return {
      work_order_id: order.id ?? null,
      ...Object.fromEntries(takenOver.map((name) => [name, row[name] ?? order[name] ?? null])),
      ...(row.unit_id === rootUnitId && { unit_id: order.unit_id ?? rootUnitId }),
    }
  })
}

const ms = (column: 'sent_at' | 'submitted_given_at' | 'submitted_at'): Sql =>
  sql`round(extract(epoch from ${{ text: column, values: [] }}) * 1000)::float8`

const invitationsOf = (tx: Tx, { ids, numbers, invitations }: Marks): Promise<Invitation[]> =>
  tx.rows<Invitation>(sql`
    select id, coalesce(work_order_id::text, work_order_external_id, id::text) as key, external_id,
      work_order_id as order_id, work_order_external_id as order_number, round, ${ms('sent_at')} as sent_at, ${ms('submitted_given_at')} as given_at,
      ${ms('submitted_at')} as submitted_at, reminder, excluded_reason is not null as excluded
    from surveys.invitation where organization_id = ${tx.organizationId} and (work_order_id = any(${ids}::uuid[])
      or work_order_external_id = any(${numbers}) or external_id = any(${invitations}))`)

interface Response extends Record<string, unknown> {
  order_id: string | null
  number: string | null
  invitation: string | null
  submitted_at: number
  elsewhere: boolean
}

/** The answers by what they are about; a score column of an order is no answer to an invitation. */
async function answersOf(
  tx: Tx,
  { ids, numbers }: Marks,
  invitations: readonly Invitation[],
): Promise<Map<string, Answer[]>> {
  const named = [...new Set(invitations.map(({ external_id }) => external_id))]
  const ofInvitation = onlyKeys(invitations, ({ external_id }) => external_id)
  const ofNumber = onlyKeys(invitations, ({ order_number }) => order_number)
  const ofOrder = onlyKeys(invitations, ({ order_id }) => order_id)
  const rows = await tx.rows<Response>(sql`
    select work_order_id as order_id, work_order_external_id as number, invitation, ${ms('submitted_at')} as submitted_at,
      invitation is not null and not invitation = any(${named}) and exists (
        select from surveys.invitation i where i.organization_id = r.organization_id and i.external_id = r.invitation
      ) as elsewhere
    from surveys.response r where organization_id = ${tx.organizationId} and origin = 'survey' and excluded_reason is null
      and (work_order_id = any(${ids}::uuid[]) or work_order_external_id = any(${numbers}) or invitation = any(${named}))`)
  const found = new Map<string, Answer[]>()
  for (const { order_id, number, invitation, submitted_at, elsewhere } of rows) {
    if (elsewhere) continue
    const key = ofInvitation(invitation) ?? ofOrder(order_id) ?? ofNumber(number)
    if (key) found.set(key, [...(found.get(key) ?? []), { invitation, submittedAt: submitted_at }])
  }
  return found
}

/** What is asked by a mark of it; a mark that two have names neither. */
function onlyKeys(
  invitations: readonly Invitation[],
  markOf: (one: Invitation) => string | null,
): (mark: string | null) => string | undefined {
  const keys = new Map<string, string | undefined>()
  for (const one of invitations) {
    const mark = markOf(one)
    if (mark !== null) keys.set(mark, keys.has(mark) && keys.get(mark) !== one.key ? undefined : one.key)
  }
  return (mark) => (mark === null ? undefined : keys.get(mark))
}

/** When each order was first asked about; a later round says nothing of the first. */
function firstSent(ids: string[], invitations: readonly Invitation[]): Map<string, number | null> {
  const first = new Map<string, number | null>(ids.map((id) => [id, null]))
  for (const { order_id, round, sent_at, excluded } of invitations) {
    if (order_id === null || round !== 1 || excluded) continue
    first.set(order_id, Math.min(first.get(order_id) ?? sent_at, sent_at))
  }
  return first
}

async function rewrite(
  tx: Tx,
  rows: readonly { id?: unknown }[],
  context: Context,
  valuesOf: (row: FactRow) => FactRow,
): Promise<void> {
  const locked = await lockById(
    tx,
    invitationTable,
    rows.map(({ id }) => id),
  )
  const pairs = locked.map((before) => ({ before, after: { ...before, ...valuesOf(before) } }))
  if (pairs.length > 0) await rewriteRows(tx, invitationTable, pairs, context)
}
