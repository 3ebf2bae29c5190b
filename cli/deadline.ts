import { readFileSync } from 'node:fs'
import { dateToDay, isoInZone, type Zone, zone } from '../server/platform/time.ts'
import {
  type CalendarVersion,
  calendarsOf,
  type Deadline,
  deadline,
  type Pause,
  usualCalendar,
} from '../server/standards/index.ts'
import { unitId, withOrganization } from './context.ts'
import { type Flags, needFlag, textFlag, UsageError } from './flags.ts'
import { data, language, table } from './print.ts'
import type { Command } from './run.ts'

type Chain = CalendarVersion[][]
const usual: Chain = [[{ ...usualCalendar, effectiveOn: '0001-01-01' }]]

/** When a limit runs out. Without --calendar it needs no organization: the usual hours in the zone of China, or --zone. */
export const command: Command = async (_words, flags) => {
  const limit = limitOf(needFlag(flags, 'limit'))
  const calendar = textFlag(flags, 'calendar')
  const work = (place: Zone, chain: Chain, name: string): number => {
    const from = momentOf(needFlag(flags, 'from'), place, '--from')
    const found = deadline(limit, from, { zone: place, chain, pauses: pausesOf(flags, place) })
    print(found, { place, limit: needFlag(flags, 'limit'), calendar: name, json: flags.json === true })
    return 0
  }
  if (calendar === undefined) {
    const name = language() === 'zh' ? '常用工作时间' : 'usual hours'
    return work(zone(textFlag(flags, 'zone') ?? 'Asia/Shanghai'), usual, name)
  }
  return withOrganization(flags, async (context) => {
    const unit = await unitId(context, calendar)
    const chain = await context.db.transaction(context.scope, (tx) => calendarsOf(tx, unit ?? ''), {
      readOnly: true,
    })
    return work(zone(context.zone), chain, calendar)
  })
}

const units: Record<string, { seconds: number; runs: 'always' | 'working' | 'workdays' }> = {
  m: { seconds: 60, runs: 'always' },
  h: { seconds: 3600, runs: 'always' },
  wm: { seconds: 60, runs: 'working' },
  wh: { seconds: 3600, runs: 'working' },
  wd: { seconds: 86_400, runs: 'workdays' },
}

/** `15m` and `24h` on the wall, `30wm` and `8wh` of working time, `3wd` working days. */
function limitOf(text: string) {
  const [, count = '', name = ''] = /^(\d{1,6})(w?[mh]|wd)$/.exec(text) ?? []
  const unit = units[name]
  if (unit && Number(count) > 0) return { seconds: Number(count) * unit.seconds, runs: unit.runs }
  throw new UsageError(
    `--limit 须形如 24h、15m、8wh（工作小时）或 3wd（工作日），而不是“${text}”`,
    `--limit is like 24h, 15m, 8wh (working hours) or 3wd (working days), not "${text}"`,
  )
}

/** An instant with its offset, or a time on the wall of the zone. */
function momentOf(text: string, place: Zone, where: string): number {
  const found = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?(Z|[+-]\d{2}:\d{2})?$/.exec(text)
  const [, date = '', hour = '', minute = '', second = '0', offset] = found ?? []
  const given = Date.parse(`${date}T${hour}:${minute}:${second.padStart(2, '0')}${offset ?? 'Z'}`)
  if (!found || Number.isNaN(given) || (!offset && dateToDay(date) * 86_400_000 > given))
    throw new UsageError(
      `${where} 须形如 2024-06-14T17:00，可带时区 +08:00，而不是“${text}”`,
      `${where} is like 2024-06-14T17:00, perhaps with +08:00, not "${text}"`,
    )
  return offset ? given : place.toInstantMs(given)
}

/** A line each: from/to, the last one perhaps without an end. */
function pausesOf(flags: Flags, place: Zone): Pause[] {
  const file = textFlag(flags, 'pauses')
  if (file === undefined) return []
  const lines = readFileSync(file, 'utf8').split(/\r?\n/)
  const pauses = lines.flatMap((line, i): Pause[] => {
    if (line.trim() === '') return []
    const [from = '', to = ''] = line.trim().split('/')
    const where = `${file}:${i + 1}`
    const end = to === '' ? Number.POSITIVE_INFINITY : momentOf(to, place, where)
    return [[momentOf(from, place, where), end]]
  })
  const ordered = pauses.sort(([a], [b]) => a - b)
  if (ordered.some(([from, to], i) => to <= from || to > (ordered[i + 1]?.[0] ?? Number.POSITIVE_INFINITY)))
    throw new UsageError(
      `${file}：暂停有重叠，或结束早于开始`,
      `${file}: pauses overlap, or end before they begin`,
    )
  return ordered
}

interface Asked {
  place: Zone
  limit: string
  calendar: string
  json: boolean
}

function print({ dueAt, steps, unknownYears }: Deadline, { place, limit, calendar, json }: Asked): void {
  const due = dueAt === null ? null : isoInZone(dueAt, place)
  if (json) {
    const days = steps.map(({ day, kind, minutes }) => ({
      day,
      kind: kind === 'makeup' ? 'make-up' : kind,
      minutes,
    }))
    data({ due, limit, calendar, steps: days, unknown_years: unknownYears })
    return
  }
  const lang = language()
  const zh = lang === 'zh'
  process.stdout.write(`${due ?? (zh ? '永不到期' : 'never')}\n`)
  table(
    zh ? ['日期', '性质', '计时分钟'] : ['Day', 'Kind', 'Minutes'],
    steps.map(({ day, kind, name, minutes }) => [
      day,
      name ? `${kind} ${name[lang]}` : kind,
      String(minutes),
    ]),
    [2],
  )
  for (const year of unknownYears)
    process.stderr.write(
      zh ? `${year} 年的放假安排尚不知晓，只能按星期计算\n` : `The holidays of ${year} are not known yet\n`,
    )
}
