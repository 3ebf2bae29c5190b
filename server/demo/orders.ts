import { DAY_MS, monthStart, type Zone } from '../platform/time.ts'
import {
  type DemoCustomer,
  type DemoPerson,
  demoProducts,
  deskTeams,
  eastRepair,
  type ProductCode,
  southRepair,
  strugglingName,
  type TeamName,
} from './company.ts'
import type { Dice } from './dice.ts'
import { solvedAtOnce } from './months.ts'
import { type Problem, problems } from './problems.ts'
import { giveCustomers } from './returns.ts'

/** Epoch ms; null where it has not come to that yet. */
export interface DemoOrder {
  /** 0…5 for the full months before the current one, which is 6. */
  month: number
  customer: DemoCustomer
  product: (typeof demoProducts)[number]
  problem: Problem
  person: DemoPerson
  complex: boolean
  urgent: boolean
  evening: boolean
  waitMinutes: number
  receivedMs: number
  respondedMs: number | null
  startedMs: number | null
  plannedMs: number | null
  resolvedMs: number | null
  /** The customer came back within days with a fault that had been solved. */
  returning: boolean
  /** The customer is going to. */
  repeated: boolean
  /** Solved with one contact and not opened again. */
  atOnce: boolean
}

/** The days of the story. */
export interface Calendar {
  zone: Zone
  nowMs: number
  /** First days of the six full months, of the current one and of the next. */
  monthStarts: number[]
  /** The evening shift gets its two people in the middle of the fifth month. */
  nightShiftFromDay: number
}

export function calendarOf(now: Date, zone: Zone): Calendar {
  const current = monthStart(zone.localDay(now.getTime()))
  const monthStarts = [current, monthStart(current + 40)]
  while (monthStarts.length < 8) monthStarts.unshift(monthStart(monthStarts[0]! - 1))
  return { zone, nowMs: now.getTime(), monthStarts, nightShiftFromDay: monthStarts[4]! + 14 }
}

export const orderCount = 1240
const smallTeamOrders = 9

interface Arrival {
  receivedMs: number
  day: number
  month: number
  evening: boolean
  code: ProductCode
  problem: Problem
}

/** All orders, in the order they came. */
export function drawOrders(
  chance: Dice,
  calendar: Calendar,
  people: DemoPerson[],
  customers: DemoCustomer[],
): DemoOrder[] {
  const arrivals = drawArrivals(chance, calendar)
  const forSouth = smallTeamsShare(arrivals, calendar)
  const stuck = stuckOnes(arrivals, calendar, forSouth)
  let online = 0
  const orders = arrivals.map((arrival) => {
    const team = teamFor(chance, arrival, forSouth)
    const struggling =
      arrival.month >= 3 && arrival.month <= 5 && team === '示例·在线组' && online++ % 3 === 0
    const person = personFor(chance, people, team, arrival, struggling)
    return {
      ...course(chance, calendar, arrival, stuck.get(arrival), forSouth.has(arrival)),
      month: arrival.month,
      product: demoProducts.find(({ code }) => code === arrival.code) ?? demoProducts[0],
      problem: arrival.problem,
      person,
      urgent: chance.next() < 0.08,
      evening: arrival.evening,
      receivedMs: arrival.receivedMs,
    }
  })
  return solvedAtOnce(chance, calendar, giveCustomers(chance, orders, customers))
}

const productShares: [ProductCode, number][] = [
  ['DEMO-A300', 30],
  ['DEMO-A500', 15],
  ['DEMO-S20', 10],
  ['DEMO-B100', 20],
  ['DEMO-B200', 13],
  ['DEMO-C10', 12],
]

function drawArrivals(chance: Dice, { zone, nowMs, monthStarts }: Calendar): Arrival[] {
  const days: [number, number][] = []
  for (let day = monthStarts[0]!; day <= zone.localDay(nowMs); day++)
    days.push([day, isWeekend(day) ? 0.4 : 1])
  const arrivals: Arrival[] = []
  while (arrivals.length < orderCount) {
    const day = chance.weighted(days)
    const evening = chance.next() < 0.25
    const minute = evening ? chance.between(18 * 60, 22 * 60) : chance.between(8.5 * 60, 18 * 60)
    const receivedMs = zone.dayStartMs(day) + Math.floor(minute) * 60_000
    if (receivedMs > nowMs - 60_000) continue
    const code = chance.weighted(productShares)
    const problem = chance.weighted(problems[code].map((one) => [one, one.share] as const))
    const month = monthStarts.findLastIndex((start) => start <= day)
    arrivals.push({ receivedMs, day, month, evening, code, problem })
  }
  return arrivals.sort((a, b) => a.receivedMs - b.receivedMs)
}

/** 1970-01-01 was a Thursday. */
const isWeekend = (day: number): boolean => (day + 3) % 7 >= 5

const isRepair = ({ code, problem }: Arrival): boolean =>
  problem.category.startsWith('故障维修') && ['DEMO-A300', 'DEMO-A500', 'DEMO-S20'].includes(code)

/** In the last full month the southern team has exactly nine orders, early enough to be answered in it. */
function smallTeamsShare(arrivals: Arrival[], { monthStarts }: Calendar): Set<Arrival> {
  const fitting = arrivals.filter((one) => one.month === 5 && isRepair(one) && one.day < monthStarts[6]! - 8)
  const step = fitting.length / smallTeamOrders
  return new Set(Array.from({ length: smallTeamOrders }, (_, i) => fitting[Math.floor(i * step)]!))
}

/** Eight orders of the last days that nobody has finished; with two of them the customer still waits for a word. */
function stuckOnes(
  arrivals: Arrival[],
  { nowMs }: Calendar,
  forSouth: Set<Arrival>,
): Map<Arrival, 'unanswered' | 'unfinished'> {
  const old = arrivals.filter(
    (one) =>
      one.receivedMs > nowMs - 20 * DAY_MS &&
      one.receivedMs < nowMs - 4 * DAY_MS &&
      one.problem.category.startsWith('故障维修') &&
      !forSouth.has(one),
  )
  const step = Math.max(1, Math.floor(old.length / 8))
  return new Map(
    old
      .filter((_, i) => i % step === step - 1)
      .slice(0, 8)
      .map((one, i) => [one, i < 2 ? 'unanswered' : 'unfinished'] as const),
  )
}

function teamFor(chance: Dice, arrival: Arrival, forSouth: Set<Arrival>): TeamName {
  if (!isRepair(arrival)) return chance.pick(deskTeams)
  if (arrival.month === 5) return forSouth.has(arrival) ? southRepair : eastRepair
  return chance.next() < 0.62 ? eastRepair : southRepair
}

function personFor(
  chance: Dice,
  people: DemoPerson[],
  team: TeamName,
  { day, evening }: Arrival,
  struggling: boolean,
): DemoPerson {
  const there = people.filter((one) => one.team === team && one.fromDay <= day)
  if (struggling) return there.find(({ name }) => name === strugglingName) ?? chance.pick(there)
  const others = there.filter(({ name }) => name !== strugglingName)
  const night = others.filter(({ employeeNo }) => isNight(employeeNo, people))
  return evening && night.length > 0 ? chance.pick(night) : chance.pick(others)
}

/** Who came last came for the evenings. */
const isNight = (employeeNo: string, people: DemoPerson[]): boolean => {
  const latest = Math.max(...people.map(({ fromDay }) => fromDay))
  return people.some((one) => one.employeeNo === employeeNo && one.fromDay === latest)
}

type Course = Pick<
  DemoOrder,
  'complex' | 'waitMinutes' | 'respondedMs' | 'startedMs' | 'plannedMs' | 'resolvedMs'
>

function course(
  chance: Dice,
  calendar: Calendar,
  arrival: Arrival,
  stuck: 'unanswered' | 'unfinished' | undefined,
  quick: boolean,
): Course {
  const complex = !quick && chance.next() < 0.12
  const waitMinutes = waitOf(chance, calendar, arrival)
  const late = !quick && chance.next() < 0.08
  const [least, most]: [number, number] = complex ? (late ? [74, 120] : [12, 68]) : late ? [26, 60] : [1, 20]
  const hours = chance.between(least, most)
  const responded = arrival.receivedMs + waitMinutes * 60_000
  const started = responded + chance.between(5, 90) * 60_000
  const by = (ms: number, reached = true) => (reached && ms <= calendar.nowMs ? ms : null)
  return {
    complex,
    waitMinutes,
    respondedMs: by(responded, stuck !== 'unanswered'),
    startedMs: by(started, stuck !== 'unanswered'),
    plannedMs: by(started + chance.between(1, late ? 30 : 8) * 3_600_000, complex && stuck === undefined),
    resolvedMs: by(started + hours * 3_600_000, stuck === undefined),
  }
}

/** Minutes to the first word. In the evenings of the fourth month there are too few people. */
function waitOf(chance: Dice, { nightShiftFromDay }: Calendar, { evening, month, day }: Arrival): number {
  if (!evening) return Math.round(chance.between(8, 36))
  if (month === 3) return Math.round(chance.between(95, 200))
  if (month === 4)
    return Math.round(day < nightShiftFromDay ? chance.between(70, 130) : chance.between(20, 45))
  return Math.round(month < 3 ? chance.between(22, 58) : chance.between(8, 26))
}
