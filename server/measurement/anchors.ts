import type { FactKind } from '../platform/change.ts'
import { type Sql, sql } from '../platform/sql.ts'

/**
 * Narrows facts to those with any time a measure could anchor on within a span; which of them count, and on
 * which day, the kernel alone decides.
 */
export function anchoredWithin(kind: FactKind, fromMs: number, toMs: number): Sql {
  const from = new Date(fromMs)
  const to = new Date(toMs)
  if (kind === 'response') return sql`submitted_at >= ${from} and submitted_at < ${to}`
  if (kind === 'feedback') return sql`received_at >= ${from} and received_at < ${to}`
  // A limit given by the source may lie before the order's first time, so that time bounds nothing.
  return sql`((occurred_at >= ${from} and occurred_at < ${to}) or (resolved_at >= ${from} and resolved_at < ${to})
    or (received_at >= ${from} and received_at < ${to})
    or (responded_at >= ${from} and responded_at < ${to}) or (response_due_at >= ${from} and response_due_at < ${to})
    or (started_at >= ${from} and started_at < ${to}) or (start_due_at >= ${from} and start_due_at < ${to})
    or (plan_confirmed_at >= ${from} and plan_confirmed_at < ${to}) or (plan_due_at >= ${from} and plan_due_at < ${to})
    or (resolution_due_at >= ${from} and resolution_due_at < ${to}))`
}
