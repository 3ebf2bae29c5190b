import type { Tx } from '../platform/database.ts'
import type { FactRow, FactTable } from '../platform/fact-table.ts'
import type { Sql } from '../platform/sql.ts'
import type { Clock } from '../standards/index.ts'
import { type ClockRules, clocksOfWork, openWorkOrders } from './context.ts'
import { judgeClocks, workOrderTable } from './work-order-table.ts'

/** A kind of fact with limits that fall due: a sweep judges them then, a review works them out anew under other rules. */
export interface Clocked {
  facts: 'work_order' | 'response' | 'feedback'
  table: Sql
  clocks: readonly Clock[]
  tableOf(judging: ClockRules & { now: Date }): FactTable
  /** Ready to be written, with what keeps writers and a beginning review apart. */
  open(tx: Tx, now: Date): Promise<FactTable>
  /** Judges the open limits as of `now` (epoch ms) and finds the next one still to come. */
  judge(row: FactRow, now: number): void
  /** The columns that follow from limits and hours. */
  derived: readonly string[]
}

export const clockedOrders: Clocked = {
  facts: 'work_order',
  table: { text: 'cases.work_order', values: [] },
  clocks: clocksOfWork,
  tableOf: workOrderTable,
  open: openWorkOrders,
  judge: judgeClocks,
  derived: [
    'response_due_at',
    'start_due_at',
    'plan_due_at',
    'onsite_due_at',
    'resolution_due_at',
    'follow_up_due_at',
    'episode_dues',
  ],
}
