import { type Clocked, clockRules, letRulesStand, reviewDues, sweepDue } from '../cases/index.ts'
import type { Database, Tx } from '../platform/database.ts'
import type { FactTable } from '../platform/fact-table.ts'
import { sql } from '../platform/sql.ts'
import { feedbackTable, responseTable } from './rating-tables.ts'
import { judgeReply } from './reply-due.ts'

const clocks = ['reply'] as const

/** The tables of ratings with the limits of replies at hand; while one is open no review of these begins. */
export const openResponses = (tx: Tx, now: Date): Promise<FactTable> => opened(tx, responseTable, now)
export const openFeedback = (tx: Tx, now: Date): Promise<FactTable> => opened(tx, feedbackTable, now)

async function opened(tx: Tx, table: typeof responseTable, now: Date): Promise<FactTable> {
  await letRulesStand(tx)
  return table({ ...(await clockRules(tx, clocks)), now })
}

const derived = ['reply_for', 'reply_due_at', 'reply_unknown']

const clocked: readonly Clocked[] = [
  {
    facts: 'response',
    table: sql`surveys.response`,
    clocks,
    tableOf: responseTable,
    open: openResponses,
    judge: judgeReply,
    derived,
  },
  {
    facts: 'feedback',
    table: sql`surveys.feedback`,
    clocks,
    tableOf: feedbackTable,
    open: openFeedback,
    judge: judgeReply,
    derived,
  },
]

/** Judges the replies that have fallen due; answers with how many. */
export async function sweepReplies(db: Database, organizationId: string, now: Date): Promise<number> {
  let swept = 0
  for (const one of clocked) swept += await sweepDue(db, organizationId, one, now)
  return swept
}

/** Works out the limits of replies anew under other rules; answers with how many ratings it changed. */
export async function reviewReplies(db: Database, organizationId: string, now: Date): Promise<number> {
  let changed = 0
  for (const one of clocked) changed += await reviewDues(db, organizationId, one, now)
  return changed
}
