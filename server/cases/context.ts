import { createHash } from 'node:crypto'
import { organizationOf } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import type { FactTable } from '../platform/fact-table.ts'
import { sql } from '../platform/sql.ts'
import { dayToDate } from '../platform/time.ts'
import {
  aroundTheClock,
  type Clock,
  type ClockOfWork,
  type Hours,
  limitsByDay,
  openHours,
  type TimeLimit,
} from '../standards/index.ts'
import { letCostsStand } from './beside-imports.ts'
import { workOrderTable } from './work-order-table.ts'

/**
 * The table of work orders with every standard version and the hours of every unit at hand: the limits follow the day of
 * receipt. While it is open no review of the clocks begins, so that none misses what is being written by older limits, and
 * nobody looks for the orders of changed costs.
 */
export async function openWorkOrders(tx: Tx, now: Date): Promise<FactTable> {
  await letRulesStand(tx)
  await letCostsStand(tx)
  return workOrderTable({ ...(await clockRules(tx, clocksOfWork)), now })
}

/** Until the transaction ends no review of clocks begins. */
export async function letRulesStand(tx: Tx): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock_shared(${reviewKey(tx.organizationId)})`)
}

/** The lock that keeps writers of facts with limits and the beginning of a review apart. */
export const reviewKey = (organizationId: string) => sql`hashtextextended(${`clocks ${organizationId}`}, 0)`

export interface ClockRules {
  limitsOn: (receivedMs: number) => readonly TimeLimit[]
  /** Of a unit, for what came at an instant. */
  hoursOf: (unitId: string, atMs: number) => Hours
  /** A digest of all they follow from: equal where every fact has equal limits. */
  digest: () => string
}

export const clocksOfWork: readonly ClockOfWork[] = [
  'response',
  'start',
  'plan',
  'onsite',
  'resolution',
  'follow_up',
]

/** What these clocks run by. The hours are read only where a limit asks for them. */
export async function clockRules(tx: Tx, clocks: readonly Clock[]): Promise<ClockRules> {
  const { zone } = await organizationOf(tx)
  const days = (await limitsByDay(tx)).map(({ from, limits }) => ({
    from,
    limits: limits.filter(({ clock }) => clocks.includes(clock)),
  }))
  const versions = days.filter(({ limits }, i) => i === 0 || !same(limits, days[i - 1]!.limits))
  const working = versions.some(({ limits }) => limits.some(({ runs }) => runs !== 'always'))
  const hours = working ? await openHours(tx, zone) : undefined
  const always = aroundTheClock(zone)
  return {
    limitsOn: (ms) => {
      if (versions.length < 2) return versions[0]?.limits ?? none
      const day = dayToDate(zone.localDay(ms))
      // Before the first version the first one holds.
      return (versions.findLast((one) => one.from <= day) ?? versions[0]!).limits
    },
    hoursOf: hours?.of ?? (() => always),
    digest: () =>
      createHash('sha256')
        .update(JSON.stringify([versions, hours?.rules]))
        .digest('hex'),
  }
}

const none: readonly TimeLimit[] = []
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
