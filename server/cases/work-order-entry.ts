import type { Episode, Pause } from '../../contract/cases.ts'
import { maskText, organizationOf, postingsOf, resolveCustomers, unitOn } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import type { FactRow } from '../platform/fact-table.ts'
import { notFound } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { sql } from '../platform/sql.ts'
import { dayToDate } from '../platform/time.ts'
import { checkEpisodes, episodesIn, episodesText } from './episodes.ts'
import { checkPauses, pausesText } from './pauses.ts'

/** What may be entered by hand, in the contract's names. */
export type Entered = Record<
  string,
  string | number | boolean | null | undefined | readonly Pause[] | readonly Episode[]
>

const columnOf = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** As the table gives decimals back, or the same amount would seem to be another: `12.50` is `12.5`. */
const trimmed = (amount: string): string => (amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount)

/** The columns of a hand entry; a customer's name becomes a customer. */
export async function columnsOf(
  tx: Tx,
  secrets: Secrets,
  entered: Entered,
  now: Date,
  orderId?: string,
): Promise<FactRow> {
  const row: FactRow = {}
  for (const [name, value] of Object.entries(entered)) {
    if (
      value === undefined ||
      name === 'customer' ||
      name === 'contact' ||
      name === 'version' ||
      name === 'externalId'
    )
      continue
    // The contract's schema has parsed each list by its name.
    if (name === 'pauses') row.pauses = enteredPauses(value as readonly Pause[])
    else if (name === 'episodes') Object.assign(row, enteredEpisodes(value as readonly Episode[], entered))
    else if (typeof value === 'object' && value !== null) continue
    else if (name === 'articleUsed') row.article_given = value as boolean | null
    else if (name === 'cost' && typeof value === 'string') row.cost = trimmed(value)
    else row[columnOf(name)] = name.endsWith('At') && typeof value === 'string' ? Date.parse(value) : value
  }
  if (typeof entered.customer === 'string') {
    const known = new Map<string, string>()
    const contact = typeof entered.contact === 'string' ? entered.contact : null
    await resolveCustomers(tx, secrets, known, [{ name: entered.customer, contact }], {
      batchId: null,
      now,
      demo: false,
    })
    row.customer_id = [...known.values()][0] ?? null
  }
  if (entered.customer === null) row.customer_id = null
  if (typeof row.unit_id === 'string' && !tx.unitIds.includes(row.unit_id)) throw notFound()
  for (const [column, table] of [
    ['agent_id', sql`directory.person`],
    ['responder_id', sql`directory.person`],
    ['product_id', sql`directory.product`],
  ] as const) {
    if (typeof row[column] !== 'string') continue
    const found = await tx.one(
      sql`select 1 from ${table} where organization_id = ${tx.organizationId} and id = ${row[column]}`,
    )
    if (!found) throw notFound()
  }
  if (row.responder_id !== undefined) row.responder_unit_id = await responderUnit(tx, row, now, orderId)
  if (typeof row.episodes === 'string') await checkEntered(tx, row, orderId)
  return row
}

/** Re-openings say how often and when first, unless that is entered too. */
function enteredEpisodes(given: readonly Episode[], { reopenCount, reopenedAt }: Entered): FactRow {
  const episodes = given.map((one) => ({
    from: Date.parse(one.reopenedAt),
    to: one.resolvedAt === null ? null : Date.parse(one.resolvedAt),
    agentId: one.agentId ?? null,
  }))
  const first = episodes.length === 0 ? null : Math.min(...episodes.map(({ from }) => from))
  return {
    episodes: episodesText(episodes),
    ...(reopenCount === undefined && { reopen_count: episodes.length }),
    ...(reopenedAt === undefined && { reopened_at: first }),
  }
}

async function checkEntered(tx: Tx, row: FactRow, orderId?: string): Promise<void> {
  const episodes = episodesIn(row.episodes as string)
  const stored = await tx.one<{ at: Date | null }>(sql`
    select resolved_at as at from cases.work_order
    where organization_id = ${tx.organizationId} and id = ${orderId ?? null}::uuid`)
  const resolvedAt = row.resolved_at === undefined ? (stored?.at?.valueOf() ?? null) : row.resolved_at
  checkEpisodes(episodes, resolvedAt as number | null)
  const agents = [...new Set(episodes.flatMap(({ agentId }) => agentId ?? []))]
  const known = await tx.rows(sql`
    select 1 from directory.person where organization_id = ${tx.organizationId} and id = any(${agents}::uuid[])`)
  if (known.length < agents.length) throw notFound()
}

/** The unit a responder was in on the day of the response, which must be one the actor may name. */
async function responderUnit(tx: Tx, row: FactRow, now: Date, orderId?: string): Promise<string | null> {
  if (typeof row.responder_id !== 'string') return null
  const stored = await tx.one<{ at: Date | null }>(sql`
    select responded_at as at from cases.work_order
    where organization_id = ${tx.organizationId} and id = ${orderId ?? null}::uuid`)
  const at = typeof row.responded_at === 'number' ? row.responded_at : (stored?.at ?? now).valueOf()
  const posted = (await postingsOf(tx, [row.responder_id])).get(row.responder_id)
  const { zone } = await organizationOf(tx)
  const unitId = posted && unitOn(posted, dayToDate(zone.localDay(at)))
  if (!unitId || !tx.unitIds.includes(unitId)) throw notFound()
  return unitId
}

function enteredPauses(given: readonly Pause[]): string | null {
  const pauses = given.map(({ from, to, reason }) => ({
    from: Date.parse(from),
    to: to === null ? null : Date.parse(to),
    // It comes back whole with the next pause, so it is masked where it is kept.
    reason: maskText(reason),
  }))
  checkPauses(pauses)
  return pausesText(pauses)
}
