import type { LifeStage } from '../../../contract/life-stage.ts'
import type { ContactFact } from '../../cases/contact-fact.ts'
import type { CostFact } from '../../cases/cost-fact.ts'
import type { MessageFact } from '../../cases/message-fact.ts'
import type { WorkOrderFact } from '../../cases/work-order-fact.ts'
import type { InspectionFact } from '../../inspections/inspection-fact.ts'
import type { FactKind } from '../../platform/change.ts'
import type { Sql } from '../../platform/sql.ts'
import type { Zone } from '../../platform/time.ts'
import type { PurchaseFact } from '../../purchases/purchase-fact.ts'
import type { AttendanceFact } from '../../staff/attendance-fact.ts'
import type { TrainingFact } from '../../staff/training-fact.ts'
import type { InvitationFact } from '../../surveys/invitation-fact.ts'
import type { RatingFact } from '../../surveys/rating-fact.ts'
import type { Emit } from '../tallies.ts'

/** Of a fact read from its table: the stage of life its product was in on its day. */
interface Staged {
  lifeStage?: LifeStage | null
}

export type Fact = Staged &
  (
    | WorkOrderFact
    | RatingFact
    | InvitationFact
    | ContactFact
    | MessageFact
    | CostFact
    | InspectionFact
    | TrainingFact
    | AttendanceFact
    | PurchaseFact
  )

/** The fields of a row just read; null where the field is. Instants are epoch ms. */
export interface ReadRow {
  text(field: number): string | null
  uuid(field: number): string | null
  instant(field: number): number | null
  int(field: number): number | null
  bool(field: number): boolean | null
}

/** All that measuring knows of a kind of fact. */
export interface MeasuredKind<F> {
  kind: FactKind
  table: string
  /** What `read` reads, by place; those that end in `_at` are instants. */
  columns: readonly string[]
  read(row: ReadRow): F
  /** The column that places the fact in time; it is never null. */
  place: string
  /** True of facts that count on a day before their place. */
  countsEarlier?: string
  /** Facts with any time a measure could anchor on within the instants; which day one counts on the kernel says. */
  anchoredWithin(from: Date, to: Date): Sql
  /** Dimensions that only some kinds have; a filter by one leaves the others out. `responder`: its parts may be another's. */
  has: readonly ('supplier' | 'faultLevel' | 'responder')[]
  /** Dimensions that most kinds have and this one has not; likewise. */
  lacks?: readonly ('product' | 'category' | 'channel' | 'priority')[]
  /** Facts of the period before count too, by the customers they tell of. */
  reachesBack?: true
  /** Epoch ms of its place in lists of records. */
  at(fact: F): number
  /** Where parts of the fact count for others, all of its parts. */
  parts?(fact: F): readonly F[] | undefined
  contribute(fact: F, zone: Zone, emit: Emit): void
}

/** The work of people alone is about no product, category, channel or priority. */
export const ofPeople = ['product', 'category', 'channel', 'priority'] as const
export const columnsOfPeople = ['unit_id', 'agent_id', 'excluded_reason'] as const
export const fieldsOfPeople = (row: ReadRow) => ({
  unitId: row.uuid(0) ?? '',
  agentId: row.uuid(1),
  productId: null,
  category: null,
  subcategory: null,
  channel: null,
  priority: null,
  excludedReason: row.text(2),
})

/** What nearly every kind has, in this order. */
export const sharedColumns = [
  'unit_id',
  'agent_id',
  'product_id',
  'category',
  'subcategory',
  'channel',
  'priority',
  'excluded_reason',
] as const

export const sharedFields = (row: ReadRow) => ({
  unitId: row.uuid(0) ?? '',
  agentId: row.uuid(1),
  productId: row.uuid(2),
  category: row.text(3),
  subcategory: row.text(4),
  channel: row.text(5),
  priority: row.text(6),
  excludedReason: row.text(7),
})
