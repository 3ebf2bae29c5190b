import { createHash } from 'node:crypto'
import { organizationOf } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import type { FactTable } from '../platform/fact-table.ts'
import { sql } from '../platform/sql.ts'
import { dayToDate, type Zone } from '../platform/time.ts'
import { aroundTheClock, type Hours, openHours, standardOn, type TimeLimit } from '../standards/index.ts'
import { workOrderTable } from './work-order-table.ts'

/**
 * The table of work orders with every standard version and the hours of every unit at hand: the limits follow the day of
 * receipt. While it is open no review of the clocks begins, so that none misses what is being written by older limits.
 */
export async function openWorkOrders(tx: Tx, now: Date): Promise<FactTable> {
  await tx.run(sql`select pg_advisory_xact_lock_shared(${reviewKey(tx.organizationId)})`)
  return workOrderTable({ ...(await clockRules(tx)), now })
}

/** The lock that keeps writers of orders and the beginning of a review apart. */
export const reviewKey = (organizationId: string) => sql`hashtextextended(${`clocks ${organizationId}`}, 0)`

export interface ClockRules {
  limitsOn: (receivedMs: number) => readonly TimeLimit[]
  hoursOf: (unitId: string) => Hours
  /** Equal where every order has equal limits. */
  rules: string
}

/** What the clocks run by. The hours are read only where a limit asks for them. */
export async function clockRules(tx: Tx): Promise<ClockRules> {
  const { zone } = await organizationOf(tx)
  const versions = await limitVersions(tx)
  const working = versions.some(({ limits }) => limits.some(({ runs }) => runs !== 'always'))
  const hours = working ? await openHours(tx, zone) : undefined
  const always = aroundTheClock(zone)
  const rules = JSON.stringify([versions, hours?.rules])
  return {
    limitsOn: limitsByDay(versions, zone),
    hoursOf: hours?.of ?? (() => always),
    rules: createHash('sha256').update(rules).digest('hex'),
  }
}

interface LimitVersion {
  from: string
  limits: readonly TimeLimit[]
}

async function limitVersions(tx: Tx): Promise<LimitVersion[]> {
  const starts = await tx.rows<{ effective_on: string }>(sql`
    select distinct effective_on from standards.standard where organization_id = ${tx.organizationId} order by 1`)
  const versions: LimitVersion[] = []
  for (const { effective_on } of starts) {
    const standard = await standardOn(tx, effective_on)
    const same = JSON.stringify(standard?.timeLimits) === JSON.stringify(versions.at(-1)?.limits)
    if (standard && !same) versions.push({ from: effective_on, limits: standard.timeLimits })
  }
  return versions
}

const limitsByDay = (versions: LimitVersion[], zone: Zone) => (ms: number) => {
  const day = dayToDate(zone.localDay(ms))
  // Before the first version the first one holds.
  return (versions.findLast((one) => one.from <= day) ?? versions[0])?.limits ?? []
}
