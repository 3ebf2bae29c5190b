import type { Cause } from '../../contract/measurement.ts'
import type { Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'
import { dayToDate } from '../platform/time.ts'
import { fileTouches } from './copy-causes-files.ts'
import { handTouches } from './copy-causes-hand.ts'
import { peopleTouches } from './copy-causes-people.ts'
import { made, type Since, type Touch } from './copy-touch.ts'

/**
 * Things are looked for from a day before the copy on, and what the copy knew is left out: an import that began before
 * it and ended after it is found, whatever its times say.
 */
const earlierMs = 86_400_000

/** What was done since a copy was made and touched its period, the oldest first; by time alone where nothing was. */
export async function causesSince(tx: Tx, since: Since): Promise<{ unitId: string | null; cause: Cause }[]> {
  const touches = (await touchesSince(tx, since)).filter(({ key }) => !since.known.has(key))
  const zone = zoneTouch(since)
  const found = [...grouped(touches), ...(zone ? [zone] : [])].sort((a, b) =>
    (a.cause.at ?? '').localeCompare(b.cause.at ?? ''),
  )
  return found.length > 0 ? found : [{ unitId: null, cause: made({ kind: 'time' }) }]
}

/** The keys of everything that a copy made now already holds. */
export const knownNow = async (tx: Tx, since: Omit<Since, 'known' | 'zoneThen'>): Promise<string[]> =>
  (await touchesSince(tx, { ...since, known: new Set(), zoneThen: since.zone.name })).map(({ key }) => key)

async function touchesSince(tx: Tx, since: Since): Promise<Touch[]> {
  const from = new Date(since.madeAt.getTime() - earlierMs)
  const files = await fileTouches(tx, since, from)
  const hands = await handTouches(tx, since, from)
  const people = since.people ? await peopleTouches(tx, since, from) : []
  const rules = [...(await standardTouches(tx, since, from)), ...(await calendarTouches(tx, since, from))]
  return [...files, ...hands, ...people, ...rules]
}

/** Edits of one kind by one person in one team are one cause that names the records. */
function grouped(touches: Touch[]): Omit<Touch, 'key'>[] {
  const one = ({ unitId, cause }: Touch) =>
    cause.batch !== null || cause.n === null ? null : JSON.stringify([unitId, cause.kind, cause.by])
  const alone = touches.filter((touch) => one(touch) === null)
  const together = Map.groupBy(
    touches.filter((touch) => one(touch) !== null),
    (touch) => one(touch),
  )
  return [...alone, ...[...together.values()].map(summedUp)]
}

const namesShown = 20

function summedUp(touches: Touch[]): Omit<Touch, 'key'> {
  const [first] = touches as [Touch]
  const records = [...new Set(touches.map(({ cause }) => cause.what))]
  const reasons = [...new Set(touches.flatMap(({ cause }) => cause.why ?? []))]
  const times = touches.map(({ cause }) => cause.at ?? '').sort()
  return {
    unitId: first.unitId,
    cause: {
      ...first.cause,
      at: times.at(-1) || null,
      what: records.slice(0, namesShown).join(', ') + (records.length > namesShown ? ' …' : ''),
      why: reasons.length > 0 ? reasons.slice(0, 5).join('; ') : null,
      n: records.length,
    },
  }
}

const zoneTouch = ({ zone, zoneThen }: Since): Omit<Touch, 'key'> | undefined =>
  zone.name === zoneThen
    ? undefined
    : { unitId: null, cause: made({ kind: 'zone', what: `${zoneThen} → ${zone.name}` }) }

/** Versions of the standard that are in force on the first day of the period and were not there before. */
async function standardTouches(tx: Tx, { period }: Since, from: Date): Promise<Touch[]> {
  const rows = await tx.rows<{
    version: number
    published_at: Date
    reason: string
    author: string | null
  }>(sql`
    select s.version, s.published_at, s.reason, u.name as author from standards.standard s
    left join access.user u on u.organization_id = s.organization_id and u.id = s.author_id
    where s.organization_id = ${tx.organizationId} and s.published_at >= ${from}
      and s.effective_on <= ${dayToDate(period.fromDay)}`)
  return rows.map(({ version, published_at, reason, author }) => ({
    key: `standard ${version}`,
    unitId: null,
    cause: made({
      kind: 'standard',
      at: published_at.toISOString(),
      by: author,
      what: `v${version}`,
      why: reason,
    }),
  }))
}

async function calendarTouches(tx: Tx, { period, rootUnitId }: Since, from: Date): Promise<Touch[]> {
  const rows = await tx.rows<{
    unit_id: string
    unit: string
    version: number
    published_at: Date
    reason: string
    author: string | null
  }>(sql`
    select c.unit_id, n.name as unit, c.version, c.published_at, c.reason, u.name as author
    from standards.calendar c
    join directory.unit n on n.organization_id = c.organization_id and n.id = c.unit_id
    left join access.user u on u.organization_id = c.organization_id and u.id = c.author_id
    where c.organization_id = ${tx.organizationId} and c.published_at >= ${from}
      and c.effective_on < ${dayToDate(period.toDay)}`)
  return rows.map((row) => ({
    key: `calendar ${row.unit_id} ${row.version}`,
    unitId: row.unit_id === rootUnitId ? null : row.unit_id,
    cause: made({
      kind: 'calendar',
      at: row.published_at.toISOString(),
      by: row.author,
      what: `${row.unit} v${row.version}`,
      why: row.reason,
    }),
  }))
}
