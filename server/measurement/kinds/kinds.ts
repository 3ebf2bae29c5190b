import type { FactKind } from '../../platform/change.ts'
import { attendance } from './attendance.ts'
import { contact } from './contact.ts'
import { cost } from './cost.ts'
import { inspection } from './inspection.ts'
import { invitation } from './invitation.ts'
import type { Fact, MeasuredKind } from './measured-kind.ts'
import { message } from './message.ts'
import { purchase } from './purchase.ts'
import { feedback, response } from './rating.ts'
import { training } from './training.ts'
import { workOrder } from './work-order.ts'

/** Each kind of fact with what measuring knows of it: the one list that reading, counting and rebuilding go by. */
// A kind is given facts of its own shape alone: those that its `read` made, or its table's `factOf`.
const kinds = {
  work_order: workOrder,
  response,
  feedback,
  invitation,
  contact,
  inspection,
  training,
  purchase,
  attendance,
  message,
  cost,
} satisfies Record<FactKind, { kind: FactKind }>
export const measuredKinds = kinds as unknown as Record<FactKind, MeasuredKind<Fact>>

export const measuredKindsList: readonly MeasuredKind<Fact>[] = Object.values(measuredKinds)
