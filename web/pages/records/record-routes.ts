import type { z } from 'zod'
import * as cases from '../../../contract/cases.ts'
import type { ListKind } from '../../../contract/list-columns.ts'
import * as surveys from '../../../contract/surveys.ts'
import { call } from '../../call.ts'
import type { Read } from './form-values.ts'
import type { Listed } from './list-cells.tsx'

type Body = Read['body']

interface RecordRoutes {
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

// The form's fields are the body's: `bodyOf` fills them in by name and the route's schema checks them again.
const asBody = <Schema extends z.ZodType>(_route: { body: Schema }, body: Body): z.input<Schema> =>
  body as unknown as z.input<Schema>

export const recordRoutes: Record<ListKind, RecordRoutes> = {
  'work-orders': {
    read: (id, signal) => call(cases.readWorkOrder, { params: { id }, signal }),
    create: (body) => call(cases.createWorkOrder, { body: asBody(cases.createWorkOrder, body) }),
    edit: (id, version, body) => call(cases.editWorkOrder, { params: { id }, body: { version, ...body } }),
    exclude: (id, reason) => call(cases.excludeWorkOrder, { params: { id }, body: { reason } }),
    include: (id) => call(cases.includeWorkOrder, { params: { id } }),
  },
  feedback: {
    read: (id, signal) => call(surveys.readFeedback, { params: { id }, signal }),
    create: (body) => call(surveys.createFeedback, { body: asBody(surveys.createFeedback, body) }),
    edit: (id, version, body) => call(surveys.editFeedback, { params: { id }, body: { version, ...body } }),
    exclude: (id, reason) => call(surveys.excludeFeedback, { params: { id }, body: { reason } }),
    include: (id) => call(surveys.includeFeedback, { params: { id } }),
  },
  responses: {
    read: (id, signal) => call(surveys.readResponse, { params: { id }, signal }),
    create: (body) => call(surveys.createResponse, { body: asBody(surveys.createResponse, body) }),
    edit: (id, version, body) => call(surveys.editResponse, { params: { id }, body: { version, ...body } }),
    exclude: (id, reason) => call(surveys.excludeResponse, { params: { id }, body: { reason } }),
    include: (id) => call(surveys.includeResponse, { params: { id } }),
  },
}
