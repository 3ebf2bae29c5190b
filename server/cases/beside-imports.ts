import { setTimeout } from 'node:timers/promises'
import type { Tx } from '../platform/database.ts'
import { Refusal } from '../platform/refusal.ts'
import { type Sql, sql } from '../platform/sql.ts'

/*
 * What one record says of another is found by looking at both: two writers who do not see each other yet would both find
 * nothing. So writers of orders hold `costed` together, and whoever changes costs holds it alone while the orders are looked
 * through. A file of costs or messages keeps those who enter such by hand away until it is in.
 */
const costed = (tx: Tx) => key(tx, 'costed')
const costFile = (tx: Tx) => key(tx, 'costs imported')
const messageFile = (tx: Tx) => key(tx, 'messages imported')

const key = ({ organizationId }: Tx, what: string): Sql =>
  sql`hashtextextended(${`${what} ${organizationId}`}, 0)`

/** Held by all who write orders, until they are done. */
export const letCostsStand = (tx: Tx) => tx.run(sql`select pg_advisory_xact_lock_shared(${costed(tx)})`)

/** Held by who changes costs, from before the orders are looked through. */
export const lockCosts = (tx: Tx) => tx.run(sql`select pg_advisory_xact_lock(${costed(tx)})`)

/** Held by an import or undo of such records from its beginning, before it has locked any row. */
export const lockFile = (tx: Tx, kind: 'costs' | 'messages') =>
  tx.run(sql`select pg_advisory_xact_lock(${kind === 'costs' ? costFile(tx) : messageFile(tx)})`)

/** Held by who writes one cost by hand. @throws Refusal import_running */
export const lockOneCost = (tx: Tx): Promise<void> =>
  takeOrRefuse(
    tx,
    sql`pg_try_advisory_xact_lock_shared(${costFile(tx)}) and pg_try_advisory_xact_lock(${costed(tx)})`,
  )

/** Held by who writes one message by hand; the others of its conversation wait. @throws Refusal import_running */
export async function lockConversation(tx: Tx, sourceId: string, number: string): Promise<void> {
  await takeOrRefuse(tx, sql`pg_try_advisory_xact_lock_shared(${messageFile(tx)})`)
  await tx.run(sql`select pg_advisory_xact_lock(${key(tx, `conversation ${sourceId} ${number}`)})`)
}

const attempts = 40
const pauseMs = 100

/** An import may run for minutes, a page does not wait that long. In a queue, everybody behind would wait as well. */
async function takeOrRefuse(tx: Tx, taking: Sql): Promise<void> {
  for (let left = attempts; left > 0; left--) {
    const answer = await tx.one<{ taken: boolean }>(sql`select ${taking} as taken`)
    if (answer?.taken) return
    await setTimeout(pauseMs)
  }
  throw new Refusal('import_running', 409, {
    zh: '正在导入相关的记录，完成后再保存。',
    en: 'Records that this one belongs with are being imported; save it when that is done.',
  })
}
