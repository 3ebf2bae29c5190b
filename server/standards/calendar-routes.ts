import type { z } from 'zod'
import * as contract from '../../contract/standards.ts'
import { policies } from '../access/index.ts'
import { organizationOf } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { type AnyServed, serve } from '../platform/http/serve.ts'
import { dateToDay, dayToDate } from '../platform/time.ts'
import { calendarDay, calendarOfDay } from './calendar.ts'
import { calendarsOf, listCalendars, publishTheCalendar } from './calendars.ts'
import { isYearKnown, lastKnownYear } from './chinese-days.ts'
import { deadline } from './deadline.ts'
import type { Pause } from './working-time.ts'

export const calendarRoutes: AnyServed[] = [
  serve(contract.listCalendars, policies.managing, async (tx) => ({
    items: await listCalendars(tx),
    lastKnownYear,
  })),
  serve(contract.publishCalendar, policies.managing, async (tx, { body }, { actor, now, audit }) => {
    const version = await publishTheCalendar(tx, body, { authorId: actor.userId, now })
    audit({
      objectKind: 'calendar',
      objectId: body.unitId,
      detail: { version, effectiveOn: body.effectiveOn, reason: body.reason },
    })
    const all = await listCalendars(tx)
    return all.find((one) => one.unitId === body.unitId && one.version === version)!
  }),
  serve(contract.readCalendarDays, policies.managing, (tx, { query }) => yearOf(tx, query)),
  serve(contract.tryCalendar, policies.managing, (tx, { query }) => dueOf(tx, query)),
]

async function yearOf(tx: Tx, { unit, year }: z.output<typeof contract.readCalendarDays.query>) {
  const chain = await calendarsOf(tx, unit)
  const [first, last] = [dateToDay(`${year}-01-01`), dateToDay(`${year}-12-31`)]
  const days: z.output<typeof contract.readCalendarDays.reply>['days'] = []
  for (let day = first; day <= last; day++) {
    const date = dayToDate(day)
    const { kind, name, periods } = calendarDay(calendarOfDay(chain, date)!, day)
    days.push({ date, kind, name, minutes: periods.reduce((sum, [from, to]) => sum + to - from, 0) })
  }
  return {
    known: isYearKnown(year) || calendarOfDay(chain, `${year}-12-31`)?.holidays !== 'cn',
    workdays: days.filter(({ minutes }) => minutes > 0).length,
    days,
  }
}

async function dueOf(tx: Tx, { unit, from, ...asked }: z.output<typeof contract.tryCalendar.query>) {
  const chain = await calendarsOf(tx, unit)
  const { zone } = await organizationOf(tx)
  const at = (local: string) => zone.toInstantMs(Date.parse(`${local}Z`))
  const pauses = asked.pauses.split(',').flatMap((text): Pause[] => {
    const [start = '', end = ''] = text.split('/')
    return start === '' ? [] : [[at(start), end === '' ? Number.POSITIVE_INFINITY : at(end)]]
  })
  const ordered = pauses.sort(([a], [b]) => a - b)
  const found = deadline(asked, at(from), { zone, chain, pauses: ordered })
  return {
    dueAt: found.dueAt === null ? null : new Date(found.dueAt).toISOString(),
    alwaysAt: new Date(at(from) + asked.seconds * 1000).toISOString(),
    steps: found.steps.map(({ day, ...step }) => ({ date: day, ...step })),
    unknownYears: found.unknownYears,
  }
}
