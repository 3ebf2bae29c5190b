import type { Tx } from '../platform/database.ts'
import { notFound, Refusal } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { joinedOn, lockPerson, type PersonState, writePerson } from './bring-people.ts'

/** Whether it joined on another day now. */
export async function changePerson(
  tx: Tx,
  id: string,
  changed: {
    name?: string | undefined
    employeeNo?: string | null | undefined
    joinedOn?: string | undefined
  },
): Promise<{ rejoined: boolean }> {
  const person = await lockPerson(tx, id)
  const employeeNo = changed.employeeNo === undefined ? person.employeeNo : changed.employeeNo || null
  const other = await tx.one(sql`
    select 1 from directory.person where organization_id = ${tx.organizationId} and employee_no = ${employeeNo}
      and id <> ${id}`)
  if (other)
    throw new Refusal('employee_no_taken', 409, {
      zh: `工号“${employeeNo}”已被使用。`,
      en: `Employee number "${employeeNo}" is taken.`,
    })
  const after: PersonState = {
    ...person,
    name: changed.name ?? person.name,
    employeeNo,
    postings: joining(person, changed.joinedOn),
  }
  await writePerson(tx, id, after)
  return { rejoined: joinedOn(person) !== joinedOn(after) }
}

/** The first posting begins on that day; it must not have ended by then. */
function joining({ postings }: PersonState, on: string | undefined): PersonState['postings'] {
  const [first, ...later] = postings
  if (on === undefined || !first) return postings
  if (first.toOn !== null && on >= first.toOn)
    throw new Refusal('joining_after_posting', 400, {
      zh: `入职日期须早于第一段任职的结束日期 ${first.toOn}。`,
      en: `The day of joining must come before the first posting ended, ${first.toOn}.`,
    })
  return [{ ...first, fromOn: on }, ...later]
}

/** From that day on in another unit; the posting before ends with it. */
export async function movePerson(
  tx: Tx,
  id: string,
  { unitId, fromOn, duty }: { unitId: string; fromOn: string; duty?: string | undefined },
): Promise<void> {
  if (!tx.unitIds.includes(unitId)) throw notFound()
  const person = await lockPerson(tx, id)
  const last = person.postings.at(-1)
  if (last && fromOn <= last.fromOn)
    throw new Refusal('move_before_posting', 400, {
      zh: `调动日期须晚于现任职的开始日期 ${last.fromOn}。`,
      en: `The day of the move must come after the present posting began, ${last.fromOn}.`,
    })
  const ended = person.postings.map((posting) => (posting === last ? { ...posting, toOn: fromOn } : posting))
  const next = { unitId, duty: duty ?? last?.duty ?? 'specialist', fromOn, toOn: null }
  await writePerson(tx, id, { ...person, unitId, endedOn: null, postings: [...ended, next] })
}

/** `on` is the first day they are no longer here; null takes a leaving back. */
export async function endPerson(tx: Tx, id: string, on: string | null): Promise<void> {
  const person = await lockPerson(tx, id)
  const last = person.postings.at(-1)
  if (on !== null && last && on <= last.fromOn)
    throw new Refusal('leave_before_posting', 400, {
      zh: `离岗日期须晚于现任职的开始日期 ${last.fromOn}。`,
      en: `The day of leaving must come after the present posting began, ${last.fromOn}.`,
    })
  const postings = person.postings.map((posting) => (posting === last ? { ...posting, toOn: on } : posting))
  const after: PersonState = { ...person, endedOn: on, postings }
  await writePerson(tx, id, after)
}
