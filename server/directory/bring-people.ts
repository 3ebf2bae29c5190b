import { unknownStart } from '../../contract/directory-people.ts'
import { tellPages } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { notFound } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'

/** A line of a staff list; what the list has no column for is undefined and stays as it is. */
export interface PersonLine {
  name: string
  employeeNo: string | null
  unitId: string | null | undefined
  duty: string | null | undefined
  /** Days `YYYY-MM-DD`. */
  fromOn: string | null | undefined
  toOn: string | null | undefined
}

interface PostingState {
  unitId: string
  duty: string
  fromOn: string
  toOn: string | null
}

/** All that a staff list may change of a person. */
export interface PersonState {
  name: string
  employeeNo: string | null
  unitId: string
  endedOn: string | null
  postings: PostingState[]
}

type Stored = PersonState & { id: string }

export type PersonOutcome =
  | { outcome: 'accepted' | 'unchanged'; id: string }
  | { outcome: 'updated'; id: string; before: PersonState; after: PersonState }
  | { outcome: 'rejected'; column: 'employee_no' | 'to'; code: string; zh: string; en: string }

interface Context {
  homeUnitId: string
  /** null: typed or pasted by hand */
  batchId: string | null
  now: Date
  /** The local day on which a transfer without a date takes effect. */
  today: string
  demo: boolean
  /** 'skip': who is there already stays as they are. */
  duplicates?: 'update' | 'skip' | 'overwrite'
}

/** Takes one line of a staff list: new people, transfers, leavers, changed names. */
export async function bringPerson(tx: Tx, line: PersonLine, context: Context): Promise<PersonOutcome> {
  const found = await findPerson(tx, line)
  if (!found) return addPerson(tx, line, context)
  if (context.duplicates === 'skip') return { outcome: 'unchanged', id: found.id }
  const after = personAfter(found, line, context)
  if (badSpan(after.postings)) return wrongSpan
  const { id, ...before } = found
  if (JSON.stringify(after) === JSON.stringify(before)) return { outcome: 'unchanged', id }
  await writePerson(tx, id, after)
  return { outcome: 'updated', id, before, after }
}

const states = sql`
  select p.id, p.name, p.employee_no as "employeeNo", p.unit_id as "unitId", p.ended_on as "endedOn",
    coalesce((select json_agg(json_build_object('unitId', g.unit_id, 'duty', g.duty, 'fromOn', g.from_on,
      'toOn', g.to_on) order by g.from_on)
      from directory.posting g where g.organization_id = p.organization_id and g.person_id = p.id), '[]') as postings
  from directory.person p`

/** By number; else by name, where the name is one person's who has no number yet (an agent out of an order file). */
async function findPerson(tx: Tx, line: PersonLine): Promise<Stored | undefined> {
  const rows = await tx.rows<Stored>(sql`
    ${states} where p.organization_id = ${tx.organizationId}
      and (p.employee_no = ${line.employeeNo} or (p.name = ${line.name} and p.employee_no is null)) limit 3`)
  const numbered = rows.find((row) => row.employeeNo !== null)
  if (numbered) return stateOf(numbered)
  return rows.length === 1 && rows[0] ? stateOf(rows[0]) : undefined
}

const stateOf = ({ id, name, employeeNo, unitId, endedOn, postings }: Stored): Stored => ({
  id,
  name,
  employeeNo,
  unitId,
  endedOn,
  postings: postings.map((one) => ({
    unitId: one.unitId,
    duty: one.duty,
    fromOn: one.fromOn,
    toOn: one.toOn,
  })),
})

function personAfter(found: Stored, line: PersonLine, context: Context): PersonState {
  const unitId = line.unitId ?? found.unitId
  const postings = found.postings.map((one) => ({ ...one }))
  const last = postings.at(-1)
  const moves = last !== undefined && last.unitId !== unitId
  const from = line.fromOn ?? (moves ? context.today : undefined)
  // Out of a file that said neither team nor day: the list says where they have been since when, not that they moved.
  const unplaced = last?.fromOn === unknownStart && last.unitId === context.homeUnitId && Boolean(line.fromOn)
  if (last && moves && from && from > last.fromOn && !unplaced) {
    last.toOn = from
    postings.push({ unitId, duty: line.duty ?? last.duty, fromOn: from, toOn: line.toOn ?? null })
  } else if (last) {
    // The same place, or one that was wrong from its first day on.
    last.unitId = unitId
    if (line.duty) last.duty = line.duty
    if (line.fromOn && postings.length === 1) last.fromOn = line.fromOn
    if (line.toOn !== undefined) last.toOn = line.toOn
  }
  return {
    name: line.name,
    employeeNo: line.employeeNo ?? found.employeeNo,
    unitId,
    endedOn: line.toOn === undefined ? found.endedOn : line.toOn,
    postings,
  }
}

const badSpan = (postings: PostingState[]): boolean =>
  postings.some(({ fromOn, toOn }) => toOn !== null && toOn <= fromOn)

const wrongSpan: PersonOutcome = {
  outcome: 'rejected',
  column: 'to',
  code: 'out_of_range',
  zh: '离岗日期须晚于到岗日期。',
  en: 'The day of leaving must come after the day of joining.',
}

async function addPerson(tx: Tx, line: PersonLine, context: Context): Promise<PersonOutcome> {
  const id = newId(context.now.getTime())
  const unitId = line.unitId ?? context.homeUnitId
  const posting = {
    unitId,
    duty: line.duty ?? 'specialist',
    fromOn: line.fromOn ?? unknownStart,
    toOn: line.toOn ?? null,
  }
  if (badSpan([posting])) return wrongSpan
  const made = await tx.run(sql`
    insert into directory.person (organization_id, id, unit_id, employee_no, name, demo, origin, batch_id, created_at, ended_on)
    values (${tx.organizationId}, ${id}, ${unitId}, ${line.employeeNo}, ${line.name}, ${context.demo},
      ${context.batchId === null ? 'entered' : 'import'}, ${context.batchId}, ${context.now}, ${posting.toOn})
    on conflict on constraint person_employee_no_unique do nothing`)
  if (made === 0)
    return {
      outcome: 'rejected',
      column: 'employee_no',
      code: 'number_taken',
      zh: '该工号属于您权限范围之外的一名人员。请核对工号，或请管理员导入。',
      en: 'That number belongs to a person outside your units. Check it, or ask an administrator to import the list.',
    }
  await writePostings(tx, id, [posting])
  return { outcome: 'accepted', id }
}

/** A person whose unit is within reach, with all their postings; held until the transaction ends. Throws notFound. */
export async function lockPerson(tx: Tx, id: string): Promise<PersonState> {
  const row = await tx.one<Stored>(sql`
    ${states} where p.organization_id = ${tx.organizationId} and p.id = ${id}
      and p.unit_id = any(${tx.unitIds}::uuid[]) for update of p`)
  if (!row) throw notFound()
  const { id: _, ...state } = stateOf(row)
  return state
}

export async function writePerson(tx: Tx, id: string, state: PersonState): Promise<void> {
  await tx.run(sql`
    update directory.person set name = ${state.name}, employee_no = ${state.employeeNo}, unit_id = ${state.unitId},
      ended_on = ${state.endedOn} where organization_id = ${tx.organizationId} and id = ${id}`)
  const before = await tx.rows<{ fromOn: string }>(sql`
    delete from directory.posting where organization_id = ${tx.organizationId} and person_id = ${id}
    returning from_on as "fromOn"`)
  await writePostings(tx, id, state.postings)
  // How long somebody is here counts in figures, which no record tells of.
  if (joinedOn({ postings: before }) !== joinedOn(state)) await tellPages(tx)
}

/** The first day of all; that of unknown starts where it is not known. */
export const joinedOn = ({ postings }: { postings: { fromOn: string }[] }): string | undefined =>
  postings.map(({ fromOn }) => fromOn).sort()[0]

async function writePostings(tx: Tx, personId: string, postings: PostingState[]): Promise<void> {
  for (const { unitId, duty, fromOn, toOn } of postings)
    await tx.run(sql`
      insert into directory.posting (organization_id, id, person_id, unit_id, duty, from_on, to_on)
      values (${tx.organizationId}, ${newId()}, ${personId}, ${unitId}, ${duty}, ${fromOn}, ${toOn})`)
}

/** Puts a person back to what they were before a list changed them; false where somebody changed them since. */
export async function restorePerson(
  tx: Tx,
  id: string,
  change: { before: PersonState; after: PersonState },
): Promise<boolean> {
  const row = await tx.one<Stored>(
    sql`${states} where p.organization_id = ${tx.organizationId} and p.id = ${id} for update of p`,
  )
  if (!row) return false
  const { id: _, ...now } = stateOf(row)
  if (JSON.stringify(now) !== JSON.stringify(stateOnly(change.after))) return false
  await writePerson(tx, id, change.before)
  return true
}

/** jsonb keeps its keys in an order of its own. */
const stateOnly = (state: PersonState): PersonState => {
  const { id: _, ...rest } = stateOf({ ...state, id: '' })
  return rest
}
