import type { z } from 'zod'
import type { bringPeople, PeopleField } from '../../contract/directory.ts'
import type { Tx } from '../platform/database.ts'
import { Refusal } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { bringPerson, joinedOn, type PersonLine } from './bring-people.ts'
import { organizationOf } from './organizations.ts'
import { dayIn, guessColumns } from './people-columns.ts'
import { createUnit, listUnits } from './units.ts'

type Asked = z.output<typeof bringPeople.body>
type Brought = z.output<typeof bringPeople.reply>
type Item = Brought['items'][number]
interface Words {
  zh: string
  en: string
}

/**
 * A pasted staff list: new people, transfers, leavers, row by row with what became of each. Without `apply` all of it is
 * done and taken back, so that the preview is what would happen. Unknown teams are made where the whole organization is
 * in reach. `rejoined` are those whose day of joining is another one now. Refuses a table without names.
 */
export async function bringTable(
  tx: Tx,
  { rows, columns: chosen, apply }: Asked,
  { now, today }: { now: Date; today: string },
): Promise<Brought & { rejoined: string[] }> {
  const units = new Map((await listUnits(tx)).map(({ id, name }) => [name, id]))
  const guess = guessColumns(rows, new Set(units.keys()))
  const columns = chosen ?? guess.columns
  if (!columns.includes('name')) throw noNames
  const { rootUnitId } = await organizationOf(tx)
  const home = tx.unitIds.includes(rootUnitId) ? rootUnitId : tx.unitIds[0]!
  const context = { homeUnitId: home, batchId: null, now, today, demo: false }
  const newUnits: string[] = []
  const rejoined = new Set<string>()
  const items: Item[] = []
  if (!apply) await tx.run(sql`savepoint people_table`)
  for (const [i, cells] of rows.entries()) {
    if ((i === 0 && guess.header) || cells.every((cell) => cell.trim() === '')) continue
    const item = (outcome: Item['outcome'], why: Words | null): void => {
      items.push({ line: i + 1, cells, outcome, why })
    }
    const read = lineOf(columns, cells)
    if ('zh' in read) {
      item('rejected', read)
      continue
    }
    const { unitName, ...line } = read
    if (unitName !== undefined && !units.has(unitName)) {
      if (home !== rootUnitId) {
        item('rejected', unknownUnit(unitName))
        continue
      }
      const { id } = await createUnit(tx, { name: unitName, kind: 'team' }, now)
      units.set(unitName, id)
      await reach(tx, id)
      newUnits.push(unitName)
    }
    const unitId = unitName === undefined ? undefined : units.get(unitName)
    const done = await bringPerson(tx, { ...line, unitId }, context)
    if (done.outcome === 'updated' && joinedOn(done.before) !== joinedOn(done.after)) rejoined.add(done.id)
    item(done.outcome, done.outcome === 'rejected' ? { zh: done.zh, en: done.en } : null)
  }
  if (!apply) await tx.run(sql`rollback to savepoint people_table`)
  return { columns, header: guess.header, applied: apply, newUnits, items, rejoined: [...rejoined] }
}

/** A unit made in this transaction is within its reach from here on. */
async function reach(tx: Tx, unitId: string): Promise<void> {
  tx.unitIds.push(unitId)
  await tx.run(sql`select set_config('app.units', ${`{${tx.unitIds.join(',')}}`}, true)`)
}

type Line = Omit<PersonLine, 'unitId'> & { unitName: string | undefined }

function lineOf(columns: readonly (PeopleField | null)[], cells: readonly string[]): Line | Words {
  const at = (field: PeopleField): string | undefined => {
    const place = columns.indexOf(field)
    const text = place === -1 ? '' : (cells[place] ?? '').trim()
    return text === '' ? undefined : text
  }
  const name = at('name')
  if (name === undefined) return { zh: '没有姓名。', en: 'There is no name.' }
  if (name.length > 60) return { zh: '姓名超过 60 个字。', en: 'The name is longer than 60 characters.' }
  const [from, to] = [at('fromOn'), at('toOn')]
  for (const text of [from, to])
    if (text !== undefined && dayIn(text) === undefined)
      return { zh: `“${text}”不是日期，请写 2024-05-01。`, en: `“${text}” is no date; write 2024-05-01.` }
  return {
    name,
    employeeNo: at('employeeNo')?.slice(0, 40) ?? null,
    unitName: at('unit')?.slice(0, 120),
    duty: at('duty')?.slice(0, 40),
    fromOn: from && dayIn(from),
    toOn: to && dayIn(to),
  }
}

const unknownUnit = (name: string): Words => ({
  zh: `没有名为“${name}”的单位。请改名，或请企业管理员新增。`,
  en: `There is no unit named “${name}”. Change the name, or ask an administrator of the organization to add it.`,
})

const noNames = new Refusal('no_name_column', 400, {
  zh: '没有认出姓名列，请指定哪一列是姓名。',
  en: 'No column of names was found; say which column holds the names.',
})
