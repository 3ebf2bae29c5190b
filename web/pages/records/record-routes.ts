import * as cases from '../../../contract/cases.ts'
import { inspections } from '../../../contract/inspections.ts'
import type { ListKind } from '../../../contract/list-columns.ts'
import { purchases } from '../../../contract/purchases.ts'
import type { recordRoutes as contractRoutes } from '../../../contract/record-routes.ts'
import { attendance, trainings } from '../../../contract/staff.ts'
import * as surveys from '../../../contract/surveys.ts'
import { invitations } from '../../../contract/surveys-invitations.ts'
import { call } from '../../call.ts'
import type { ReadWindow } from '../../ui/grid-windows.ts'
import type { Read } from './form-values.ts'
import type { Listed } from './list-cells.tsx'

type Body = Read['body']

interface RecordRoutes {
  list: (query: object, signal: AbortSignal) => ReturnType<ReadWindow<Listed>>
  read: (id: string, signal: AbortSignal) => Promise<Listed & Shared>
  create: (body: Body) => Promise<Listed>
  edit: (id: string, version: number, body: Body) => Promise<Listed & Shared>
  exclude: (id: string, reason: string) => Promise<unknown>
  include: (id: string) => Promise<unknown>
}

/** What every record has beside the columns of its list. */
export interface Shared {
  version: number
  source: string
  provenance: { batchId: string; line: number } | null
}

/** The routes of a kind, as a form and a page call them. */
// The form's fields are the body's: `bodyOf` fills them in by name and the route's schema checks them again.
const routesOf = (routes: ReturnType<typeof contractRoutes>): RecordRoutes => ({
  list: (query, signal) => call(routes.list, { query, signal }) as ReturnType<ReadWindow<Listed>>,
  read: (id, signal) => call(routes.read, { params: { id }, signal }) as Promise<Listed & Shared>,
  create: (body) => call(routes.create, { body }) as Promise<Listed>,
  edit: (id, version, body) =>
    call(routes.edit, { params: { id }, body: { version, ...body } }) as Promise<Listed & Shared>,
  exclude: (id, reason) => call(routes.exclude, { params: { id }, body: { reason } }),
  include: (id) => call(routes.include, { params: { id } }),
})

export const recordRoutes: Record<ListKind, RecordRoutes> = {
  'work-orders': routesOf({
    list: cases.listWorkOrders,
    read: cases.readWorkOrder,
    create: cases.createWorkOrder,
    edit: cases.editWorkOrder,
    exclude: cases.excludeWorkOrder,
    include: cases.includeWorkOrder,
  }),
  feedback: routesOf(surveys.feedback),
  responses: routesOf(surveys.responses),
  invitations: routesOf(invitations),
  contacts: routesOf(cases.contacts),
  inspections: routesOf(inspections),
  trainings: routesOf(trainings),
  purchases: routesOf(purchases),
  attendance: routesOf(attendance),
  messages: routesOf(cases.messages),
  costs: routesOf(cases.costs),
}
