import { dayToDate } from '../platform/time.ts'
import { type DemoPerson, eastRepair, southRepair, strugglingName } from './company.ts'
import type { Dice } from './dice.ts'
import type { Calendar } from './orders.ts'

type Row = Record<string, string>
type Wall = (ms: number | null) => string

const repairTeams: readonly string[] = [eastRepair, southRepair]
/** Days after their first in which those who came for the evenings are trained before their exam. */
const trainedForDays = 14

/**
 * What the months made people learn: the new ones their work, the online team its manners, the repairers the paper jams.
 * An exam that was failed is sat again.
 */
export function trainingRows(
  chance: Dice,
  calendar: Calendar,
  people: readonly DemoPerson[],
  wall: Wall,
): Row[] {
  const { monthStarts, nightShiftFromDay, zone } = calendar
  const rows: Row[] = []
  const at = (day: number) => wall(zone.dayStartMs(workday(day)) + 14 * 3_600_000)
  const add = (person: DemoPerson, course: string, day: number, more: Row) =>
    rows.push({
      external_id: `DEMO-P${String(rows.length + 1).padStart(3, '0')}`,
      kind: '培训',
      agent: person.employeeNo,
      unit: person.team,
      course,
      held_at: at(day),
      hours: '',
      score: '',
      passed: '',
      ...more,
    })
  const exam = (person: DemoPerson, course: string, day: number, score: number) =>
    add(person, course, day, { kind: '考试', score: String(score), passed: score < passMark ? '否' : '是' })
  const newcomers = people.filter(isNew(nightShiftFromDay))
  const online = people.filter(({ team }) => team === '示例·在线组')
  const repairers = people.filter(({ team }) => repairTeams.includes(team))
  const cloudDesk = people.filter(({ team }) => team === '示例·热线一组')
  for (const person of cloudDesk) add(person, 'B200云服务常见问题', monthStarts[2]! - 5, { hours: '1.5' })
  for (const person of newcomers) add(person, '上岗培训', nightShiftFromDay, { hours: '16' })
  for (const person of newcomers)
    exam(person, '上岗考试', nightShiftFromDay + trainedForDays, Math.round(chance.between(74, 92)))
  for (const person of online) add(person, '服务用语与礼仪', monthStarts[4]! + 9, { hours: '2' })
  for (const person of repairers) add(person, '卡纸故障专项培训', monthStarts[5]! + 6, { hours: '3.5' })
  for (const [i, person] of repairers.entries())
    exam(person, '卡纸故障考试', monthStarts[5]! + 13, i === 2 ? 52 : Math.round(chance.between(66, 98)))
  exam(repairers[2]!, '卡纸故障考试', monthStarts[5]! + 20, 78)
  const coached = people.find(({ name }) => name === strugglingName)
  if (coached) add(coached, '沟通技巧辅导', monthStarts[5]! + 15, { hours: '1' })
  return rows
}

const passMark = 60

const isNew =
  (fromDay: number) =>
  (person: DemoPerson): boolean =>
    person.fromDay === fromDay

/** That day, or the Monday after it. 1970-01-01 was a Thursday. */
const workday = (day: number): number => (isWeekend(day) ? day + 7 - ((day + 3) % 7) : day)

const isWeekend = (day: number): boolean => (day + 3) % 7 >= 5

const hoursOfDay = [
  ['8', 70],
  ['8.5', 15],
  ['9', 8],
  ['7.5', 7],
] as const

/**
 * The working days of the last three full months and of the current one until yesterday, five a week: who works on a
 * Saturday has the Monday after it off.
 */
export function attendanceRows(chance: Dice, calendar: Calendar, people: readonly DemoPerson[]): Row[] {
  const { monthStarts, nowMs, zone } = calendar
  const today = zone.localDay(nowMs)
  const lapsed = people.find(({ team }) => team === eastRepair)
  const rows: Row[] = []
  for (let day = monthStarts[3]!; day < today; day++)
    for (const [i, person] of people.entries()) {
      if (day < person.fromDay || !works(i, day)) continue
      const there = chance.next() >= 0.03
      const hours = chance.weighted(hoursOfDay)
      const known = chance.next() >= 0.02
      // A certificate that was renewed two weeks late.
      const without = person === lapsed && day >= monthStarts[4]! + 7 && day < monthStarts[4]! + 21
      const qualified = day >= qualifiedFromDay(person, calendar) && !without
      rows.push({
        external_id: `DEMO-K${String(rows.length + 1).padStart(4, '0')}`,
        agent: person.employeeNo,
        unit: person.team,
        worked_at: dayToDate(day),
        scheduled_hours: '8',
        worked_hours: there ? hours : '0',
        on_duty: there ? '是' : '否',
        qualified: known ? (qualified ? '是' : '否') : '',
      })
    }
  return rows
}

/** Every fifth person works on a Saturday, another each week. */
function works(index: number, day: number): boolean {
  const weekday = (day + 3) % 7
  const onSaturday = (week: number) => (index + week) % 5 === 0
  const week = Math.floor((day + 3) / 7)
  if (weekday === 5) return onSaturday(week)
  return weekday < 5 && !(weekday === 0 && onSaturday(week - 1))
}

/** New people are from the day after their exam on, the others long since. */
const qualifiedFromDay = (person: DemoPerson, { nightShiftFromDay }: Calendar): number =>
  isNew(nightShiftFromDay)(person) ? workday(nightShiftFromDay + trainedForDays) + 1 : person.fromDay
