import { unknownStart } from '../../contract/directory-people.ts'
import type { Tx } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { ownText } from '../platform/own-text.ts'
import { notFound, Refusal } from '../platform/refusal.ts'
import { type Sql, sql } from '../platform/sql.ts'

/** The day each person joined, as rows of `person_id` and `joined_on`; null where nobody said it. */
export const joiningDays = (organizationId: string | Sql): Sql => sql`
  select person_id, nullif(min(from_on), ${unknownStart}::date) as joined_on
  from directory.posting where organization_id = ${organizationId} group by person_id`

/** A text that is another one once anybody's day of joining is. */
export const joiningState = (organizationId: string | Sql): Sql =>
  sql`select md5(string_agg(row(j.*)::text, ',' order by j.person_id)) from (${joiningDays(organizationId)}) j`

export interface Person {
  id: string
  employeeNo: string | null
  name: string
  unitId: string
  unitName: string
  endedOn: string | null
  postings: { unitId: string; unitName: string; duty: string; fromOn: string; toOn: string | null }[]
}

/** Those who are here on a day, or with `left` also those who left; or the one of that id. */
export const listPeople = (
  tx: Tx,
  { id = null, today, left = false }: { id?: string | null; today: string; left?: boolean },
): Promise<Person[]> =>
  tx.rows(sql`
    select p.id, p.employee_no as "employeeNo", p.name, p.unit_id as "unitId", u.name as "unitName",
      p.ended_on as "endedOn",
      coalesce((select json_agg(json_build_object('unitId', g.unit_id, 'unitName', n.name, 'duty', g.duty,
          'fromOn', g.from_on, 'toOn', g.to_on) order by g.from_on)
        from directory.posting g
        join directory.unit n on n.organization_id = g.organization_id and n.id = g.unit_id
        where g.organization_id = p.organization_id and g.person_id = p.id
          and g.unit_id = any(${tx.unitIds}::uuid[])), '[]') as postings
    from directory.person p
    join directory.unit u on u.organization_id = p.organization_id and u.id = p.unit_id
    where p.organization_id = ${tx.organizationId} and (${id}::uuid is null or p.id = ${id}::uuid)
      and (${left || id !== null} or p.ended_on is null or p.ended_on > ${today})
    order by u.name, p.name limit 2000`)

export interface NewPerson {
  name: string
  employeeNo?: string | null
  unitId: string
  duty?: string
  fromOn: string
  demo?: boolean
}

export async function createPerson(tx: Tx, person: NewPerson, now: Date): Promise<string> {
  if (!tx.unitIds.includes(person.unitId)) throw notFound()
  const id = newId(now.getTime())
  const made = await tx.run(sql`
    insert into directory.person (organization_id, id, unit_id, employee_no, name, demo, created_at)
    values (${tx.organizationId}, ${id}, ${person.unitId}, ${person.employeeNo ?? null}, ${person.name},
      ${person.demo ?? false}, ${now})
    on conflict on constraint person_employee_no_unique do nothing`)
  if (made === 0)
    throw new Refusal('employee_no_taken', 409, {
      zh: `工号“${person.employeeNo}”已被使用。`,
      en: `Employee number "${person.employeeNo}" is taken.`,
    })
  await tx.run(sql`
    insert into directory.posting (organization_id, id, person_id, unit_id, duty, from_on)
    values (${tx.organizationId}, ${newId(now.getTime())}, ${id}, ${person.unitId}, ${person.duty ?? 'specialist'},
      ${person.fromOn})`)
  return id
}

/** Ids of people by name or employee number; unknown names become people of the given unit. */
export async function resolvePeople(
  tx: Tx,
  known: Map<string, string>,
  names: string[],
  options: { unitOf: (name: string) => string; batchId: string | null; now: Date; demo: boolean },
): Promise<string[]> {
  const fresh = [...new Set(names)].filter((name) => !known.has(name)).map(ownText)
  if (fresh.length === 0) return []
  const rows = await tx.rows<{ id: string; name: string; employee_no: string | null }>(sql`
    select id, name, employee_no from directory.person
    where organization_id = ${tx.organizationId} and (name = any(${fresh}) or employee_no = any(${fresh}))
    order by created_at desc`)
  for (const row of rows) known.set(row.name, row.id)
  for (const row of rows)
    if (row.employee_no && fresh.includes(row.employee_no)) known.set(row.employee_no, row.id)
  const missing = fresh.filter((name) => !known.has(name))
  if (missing.length === 0) return []
  const ids = missing.map(() => newId())
  const units = missing.map(options.unitOf)
  await tx.run(sql`
    insert into directory.person (organization_id, id, unit_id, name, demo, origin, batch_id, created_at)
    select ${tx.organizationId}::uuid, id, unit_id, name, ${options.demo}, 'import', ${options.batchId}::uuid, ${options.now}
    from unnest(${ids}::uuid[], ${units}::uuid[], ${missing}::text[]) as new (id, unit_id, name)`)
  await tx.run(sql`
    insert into directory.posting (organization_id, id, person_id, unit_id, from_on)
    select ${tx.organizationId}::uuid, id, person_id, unit_id, ${unknownStart}::date
    from unnest(${ids.map(() => newId())}::uuid[], ${ids}::uuid[], ${units}::uuid[]) as new (id, person_id, unit_id)`)
  for (const [i, name] of missing.entries()) known.set(name, ids[i] ?? '')
  return missing
}

/** Where a person was, and when; the last line without an end is where they are. */
export interface Posted {
  unitId: string
  /** Days `YYYY-MM-DD`, half-open. */
  fromOn: string
  toOn: string | null
}

/** The postings of people, earliest first; one whose postings do not reach a day was then in their home unit. */
export async function postingsOf(
  tx: Tx,
  ids: string[],
): Promise<Map<string, { homeUnitId: string; postings: Posted[] }>> {
  const rows = await tx.rows<{ id: string; homeUnitId: string; postings: Posted[] }>(sql`
    select p.id, p.unit_id as "homeUnitId",
      coalesce((select json_agg(json_build_object('unitId', g.unit_id, 'fromOn', g.from_on, 'toOn', g.to_on)
        order by g.from_on)
        from directory.posting g where g.organization_id = p.organization_id and g.person_id = p.id), '[]') as postings
    from directory.person p where p.organization_id = ${tx.organizationId} and p.id = any(${ids}::uuid[])`)
  return new Map(rows.map((row) => [row.id, row]))
}

/** The unit a person was in on a local day. */
export function unitOn(person: { homeUnitId: string; postings: Posted[] }, day: string): string {
  const { homeUnitId, postings } = person
  return (
    postings.findLast(({ fromOn, toOn }) => fromOn <= day && (toOn === null || day < toOn))?.unitId ??
    homeUnitId
  )
}

/** Takes away people, products or customers that an import made and nothing uses any more. */
export async function removeUnused(
  tx: Tx,
  ids: { people: string[]; products: string[]; customers: string[] },
): Promise<void> {
  await tx.run(sql`
    delete from directory.person where organization_id = ${tx.organizationId} and id = any(${ids.people}::uuid[])`)
  await tx.run(sql`
    delete from directory.product where organization_id = ${tx.organizationId} and id = any(${ids.products}::uuid[])`)
  await tx.run(sql`
    delete from directory.customer where organization_id = ${tx.organizationId} and id = any(${ids.customers}::uuid[])`)
}
