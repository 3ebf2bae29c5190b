import { z } from 'zod'
import { day, id, instant, route } from './route.ts'

/** Minutes of the local day, half-open; a day ends at 1440. */
export const period = z
  .tuple([z.number().int().min(0).max(1439), z.number().int().min(1).max(1440)])
  .refine(([from, to]) => from < to)
const periods = z.array(period).max(8)

const hours = {
  /** Monday to Sunday */
  week: z.array(periods).length(7),
  /** `cn`: the statutory holidays and make-up workdays of China */
  holidays: z.enum(['', 'cn']),
  days: z.array(z.strictObject({ date: day, name: z.string().trim().max(60), periods })).max(400),
}

const calendar = z.object({
  unitId: id,
  unitName: z.string(),
  version: z.number().int(),
  effectiveOn: day,
  reason: z.string(),
  author: z.string().nullable(),
  publishedAt: instant,
  week: z.array(z.array(z.tuple([z.number(), z.number()]))),
  holidays: z.enum(['', 'cn']),
  days: z.array(
    z.object({ date: day, name: z.string(), periods: z.array(z.tuple([z.number(), z.number()])) }),
  ),
})
export type CalendarReply = z.infer<typeof calendar>

export const listCalendars = route({
  name: 'listCalendars',
  method: 'GET',
  path: '/api/calendars',
  summary: { zh: '工作日历的各版本', en: 'Versions of the working calendars, newest first' },
  reply: z.object({ items: z.array(calendar), lastKnownYear: z.number().int() }),
})

export const publishCalendar = route({
  name: 'publishCalendar',
  method: 'POST',
  path: '/api/calendars',
  summary: { zh: '发布工作日历的新版本', en: 'Publish a version of a working calendar' },
  body: z.strictObject({
    unitId: id,
    effectiveOn: day,
    reason: z.string().trim().min(1).max(400),
    ...hours,
  }),
  reply: calendar,
  status: 201,
  refusals: ['not_found', 'periods_overlap', 'no_working_time', 'day_twice'],
})

export const readCalendarDays = route({
  name: 'readCalendarDays',
  method: 'GET',
  path: '/api/calendars/days',
  summary: { zh: '某单位一年的每一天', en: 'Each day of a year for a unit' },
  query: z.strictObject({ unit: id, year: z.coerce.number().int().min(2000).max(2100) }),
  reply: z.object({
    /** false: the yearly notice is not known, holidays of that year are missing */
    known: z.boolean(),
    workdays: z.number().int(),
    days: z.array(
      z.object({
        date: day,
        kind: z.enum(['workday', 'weekend', 'holiday', 'makeup', 'own']),
        name: z.object({ zh: z.string(), en: z.string() }).nullable(),
        minutes: z.number().int(),
      }),
    ),
  }),
  refusals: ['not_found', 'no_calendar'],
})

export const tryCalendar = route({
  name: 'tryCalendar',
  method: 'GET',
  path: '/api/calendars/due',
  summary: {
    zh: '试算一单：受理后时限何时到期，途经哪些日子',
    en: 'When a limit that begins at a moment runs out, and over which days',
  },
  query: z.strictObject({
    unit: id,
    /** local time of the organization */
    from: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/),
    seconds: z.coerce.number().int().min(1).max(60_000_000),
    runs: z.enum(['always', 'working', 'workdays']).default('working'),
    /** local times in which the clock stands still, `2024-06-17T10:00/2024-06-17T12:00`, several by commas */
    pauses: z
      .string()
      .max(2000)
      .regex(/^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}\/(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})?(,|$))*$/)
      .default(''),
  }),
  reply: z.object({
    dueAt: instant.nullable(),
    /** the same span around the clock */
    alwaysAt: instant,
    /** each day on the way, and the minutes of the limit that ran on it */
    steps: z.array(
      z.object({
        date: day,
        kind: z.enum(['workday', 'weekend', 'holiday', 'makeup', 'own']),
        name: z.object({ zh: z.string(), en: z.string() }).nullable(),
        minutes: z.number().int(),
      }),
    ),
    /** years on the way whose holidays are not known */
    unknownYears: z.array(z.number().int()),
  }),
  refusals: ['not_found', 'no_calendar'],
})
