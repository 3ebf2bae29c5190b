// Every record the demo lists, as rows of one plain table.
import type { z } from 'zod'
import type { contact, cost, message, WorkOrder } from '../contract/cases.ts'
import type { inspection } from '../contract/inspections.ts'
import type { purchase } from '../contract/purchases.ts'
import type { training, workingDay } from '../contract/staff.ts'
import type { feedbackLine, response } from '../contract/surveys.ts'
import type { invitation } from '../contract/surveys-invitations.ts'
import { all } from './checker-doors.ts'
import { DAY, ms } from './checker-times.ts'

export type Response = z.infer<typeof response>
export type Feedback = z.infer<typeof feedbackLine>
export type Invitation = z.infer<typeof invitation>
export type Contact = z.infer<typeof contact>
export type Inspection = z.infer<typeof inspection>
export type Training = z.infer<typeof training>
export type Purchase = z.infer<typeof purchase>
export type WorkingDay = z.infer<typeof workingDay>
export type Message = z.infer<typeof message>
export type Cost = z.infer<typeof cost>

/** A record as one row of a plain table, whatever list it came from. */
export interface Row {
  unit: string
  agent: string | null
  product: string | null
  /** Of the product on the day of the record. */
  lifeStage?: string | null
  category: string | null
  channel: string | null
  priority: string | null
  excluded: boolean
  order?: WorkOrder
  /** Where the order's response was another's: what of it counts here. */
  part?: 'work' | 'response' | 'episode'
  rating?: { at: string; overall: number | null; response?: Response; feedback?: Feedback }
  invitation?: Invitation
  contact?: Contact
  inspection?: Inspection
  training?: Training
  purchase?: Purchase
  workingDay?: WorkingDay
  message?: Message
  cost?: Cost
}

export async function rowsOf(): Promise<Row[]> {
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
      rating: { at: one.receivedAt, overall: one.score, feedback: one },
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

export interface Stages {
  id: string
  launchOn: string | null
  growthOn: string | null
  maturityOn: string | null
}

/** The last stage that had begun on the day the record took place. */
export function withStages(rows: Row[], products: Stages[]): Row[] {
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

export const dayOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10)
/** Days of Shanghai, which has known no summer time since 1991. */
export const localDay = (at: number): number => Math.floor((at + 8 * 3_600_000) / DAY)
