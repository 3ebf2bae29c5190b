import { DAY_MS, dayToDate } from './time-periods.ts'

export {
  addMonths,
  civilDate,
  civilDay,
  DAY_MS,
  dateToDay,
  dayToDate,
  type Grain,
  monthStart,
  type Period,
  parsePeriod,
  periodEnd,
  periodLabel,
  periodStart,
} from './time-periods.ts'

/** How a wall-clock time relates to real time: it happened once, never (clocks went forward) or twice (clocks went back). */
export type LocalKind = 'once' | 'never' | 'twice'

/**
 * A time zone. "Local ms" is a wall clock written as if it were UTC: 2024-05-01 08:00 local is `Date.UTC(2024, 4, 1, 8)`.
 * Days are counted from 1970-01-01 in local time.
 */
export interface Zone {
  readonly name: string
  /** Instant of a wall-clock time; of two, the first; of none, as far after the change as it lies after the gap's start. */
  toInstantMs(localMs: number): number
  localKind(localMs: number): LocalKind
  /** Local minus UTC at an instant, in ms. */
  offsetMs(instantMs: number): number
  localDay(instantMs: number): number
  /** First instant of a local day (01:00 where the clocks skip midnight). */
  dayStartMs(day: number): number
}

/** The zone of an IANA name; throws a RangeError that names an unknown zone. Tables are kept per name. */
export function zone(name: string): Zone {
  let known = zones.get(name)
  if (!known) {
    known = openZone(name)
    zones.set(name, known)
  }
  return known
}

const zones = new Map<string, Zone>()

/** `2026-02-25T18:00:00+08:00`: an instant as read on a zone's clocks, to the second. */
export function isoInZone(instantMs: number, place: Zone): string {
  const offset = place.offsetMs(instantMs)
  const local = instantMs + offset
  const day = Math.floor(local / DAY_MS)
  const sign = offset < 0 ? '-' : '+'
  const minutes = Math.round(Math.abs(offset) / 60_000)
  return `${dayToDate(day)}T${clock(local - day * DAY_MS)}${sign}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`
}

function pad(n: number): string {
  return n < 10 ? `0${n}` : String(n)
}

/** A stretch of time with one offset: from (inclusive) to (exclusive), in instants. */
interface Stretch {
  fromMs: number
  toMs: number
  offsetMs: number
}

// Blocks of about 13 months are probed when first asked for: a table of all years would cost 100 ms a zone.
const BLOCK_MS = 2 ** 35

function openZone(name: string): Zone {
  const probe = offsetProbe(name)
  const blocks = new Map<number, Stretch[]>()
  let last: Stretch = { fromMs: 0, toMs: 0, offsetMs: 0 }

  function stretchAt(instantMs: number): Stretch {
    if (instantMs >= last.fromMs && instantMs < last.toMs) return last
    const index = Math.floor(instantMs / BLOCK_MS)
    let block = blocks.get(index)
    if (!block) {
      block = stretchesOf(index * BLOCK_MS, (index + 1) * BLOCK_MS, probe)
      blocks.set(index, block)
    }
    for (const stretch of block) {
      if (instantMs < stretch.toMs) {
        last = stretch
        return stretch
      }
    }
    throw new RangeError(`no instant: ${instantMs}`)
  }

  function offsetMs(instantMs: number): number {
    return stretchAt(instantMs).offsetMs
  }

  /** Clocks are at most 14 h off UTC, so a day to either side brackets any change that touches this wall-clock time. */
  function resolve(localMs: number): { instantMs: number; kind: LocalKind } {
    const before = offsetMs(localMs - DAY_MS)
    const after = offsetMs(localMs + DAY_MS)
    if (before === after) return { instantMs: localMs - before, kind: 'once' }
    const holdsBefore = offsetMs(localMs - before) === before
    const holdsAfter = offsetMs(localMs - after) === after
    if (holdsBefore) return { instantMs: localMs - before, kind: holdsAfter ? 'twice' : 'once' }
    if (holdsAfter) return { instantMs: localMs - after, kind: 'once' }
    return { instantMs: localMs - before, kind: 'never' }
  }

  /** True well inside the last stretch, where no change can touch the answer. */
  function isPlain(localMs: number): boolean {
    return localMs - DAY_MS >= last.fromMs && localMs + DAY_MS < last.toMs
  }

  return {
    name,
    offsetMs,
    toInstantMs: (localMs) => (isPlain(localMs) ? localMs - last.offsetMs : resolve(localMs).instantMs),
    localKind: (localMs) => (isPlain(localMs) ? 'once' : resolve(localMs).kind),
    localDay: (instantMs) => Math.floor((instantMs + offsetMs(instantMs)) / DAY_MS),
    dayStartMs(day) {
      const localMs = day * DAY_MS
      if (isPlain(localMs)) return localMs - last.offsetMs
      const { instantMs, kind } = resolve(localMs)
      return kind === 'never' ? stretchAt(instantMs).fromMs : instantMs
    },
  }
}

/** Offsets from the runtime's own zone table; throws for a name it does not know. */
function offsetProbe(name: string): (instantMs: number) => number {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' })
  } catch {
    throw new RangeError(`unknown time zone: ${name}`)
  }
  return (instantMs) => {
    const text = format.format(instantMs)
    const found = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text)
    if (!found) throw new RangeError(`no offset of ${name} in "${text}"`)
    const [, sign, hours = '0', minutes = '0', seconds = '0'] = found
    const size = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000
    return sign === '-' ? -size : size
  }
}

/** Daily probes, then bisection to the second: no zone has changed its clocks and back within a day. */
function stretchesOf(fromMs: number, toMs: number, probe: (instantMs: number) => number): Stretch[] {
  const stretches: Stretch[] = []
  let start = fromMs
  let offset = probe(fromMs)
  for (let at = fromMs; at < toMs; ) {
    const next = Math.min(at + DAY_MS, toMs)
    const found = probe(next)
    if (found !== offset) {
      const change = changeBetween(at, next, offset, probe)
      if (change < toMs) {
        stretches.push({ fromMs: start, toMs: change, offsetMs: offset })
        start = change
        offset = found
      }
    }
    at = next
  }
  stretches.push({ fromMs: start, toMs, offsetMs: offset })
  return stretches
}

function changeBetween(
  fromMs: number,
  toMs: number,
  offset: number,
  probe: (instantMs: number) => number,
): number {
  let low = Math.floor(fromMs / 1000)
  let high = Math.ceil(toMs / 1000)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (probe(middle * 1000) === offset) low = middle
    else high = middle
  }
  return high * 1000
}
