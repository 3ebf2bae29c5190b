import { type Sql, sql } from '../platform/sql.ts'

export type ReplyState = 'waiting' | 'overdue' | 'in_time' | 'late' | 'unknown'

/** How it stands with the reply that a rating asks for; null where it asks for none. `w` is the rating. */
export const replyState: Sql = sql`case
  when w.reply_for is null then null
  when w.reply_unknown then 'unknown'
  when w.replied_at <= w.reply_due_at then 'in_time'
  when w.replied_at > w.reply_due_at then 'late'
  when w.next_due_at is not null then 'waiting'
  else 'overdue' end`
