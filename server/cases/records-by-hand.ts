import { type ListKind, listColumns } from '../../contract/list-columns.ts'
import type { Tx } from '../platform/database.ts'
import { editFact } from '../platform/edit-fact.ts'
import { type FactRow, type FactTable, lockById } from '../platform/fact-table.ts'
import { inOrder, listPage } from '../platform/list-page.ts'
import { changesBetween } from '../platform/record-change.ts'
import { notFound } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { type Sql, sql } from '../platform/sql.ts'
import { type Edit, enter, freeNumber, type Given, type HandContext } from './by-hand.ts'
import {
  customerJoins,
  customerNames,
  peopleJoins,
  peopleNames,
  type RecordRow,
  recordJoins,
  recordNames,
  recordStage,
} from './reply-parts.ts'
import { askedOf, fieldsOf, type ListQuery } from './work-order-list.ts'

/** What tells one kind of record from the others where it is listed, read, entered and edited. */
interface KindByHand<Reply> {
  list: ListKind
  table: FactTable
  /** Before the number of a record that was given none. */
  prefix: string
  /** The column that says when it took place: the latest come first. */
  at: string
  /** The column that says on which day it counts, where that is another. */
  countedAt?: string
  /** What the columns of its list are sorted and filtered by, besides names and customers; the table is called `w`. */
  columns: Record<string, Sql>
  reply(tx: Tx, secrets: Secrets, row: RecordRow): Reply
  /** What was entered, as columns. */
  values(tx: Tx, secrets: Secrets, given: Given, now: Date): Promise<FactRow>
  /** Fills what a new record was not told. */
  fresh?(tx: Tx, values: FactRow): Promise<FactRow>
  /** Before a record is written: keeps those away who write what it hangs together with. `id` is null for a new one. */
  lock?(tx: Tx, record: { sourceId: string; values: FactRow; id: string | null }): Promise<void>
  /** What else follows from a record, as it was and as it is. */
  after?(tx: Tx, rows: FactRow[], now: Date): Promise<void>
}

type Entered = Given & { externalId?: string | undefined }

/** Listing, reading, entering and editing of a kind of record, within the units of the actor. */
export function recordsByHand<Reply>(kind: KindByHand<Reply>) {
  const { table } = kind
  const from: Sql = { text: table.table, values: [] }
  const latest = { text: `w.${kind.at}`, values: [] }
  const counted = (alias: string): Sql => ({ text: `${alias}.${kind.countedAt ?? kind.at}`, values: [] })
  const rowsOf = rowsWithNames(table, from, counted('f'))

  async function list(tx: Tx, secrets: Secrets, query: ListQuery, zoneName: string) {
    const asked = {
      from: sql`${from} w`,
      id: sql`w.id`,
      where: [
        sql`w.organization_id = ${tx.organizationId}`,
        sql`w.unit_id = any(${tx.unitIds}::uuid[])`,
        ...(query.unit ? [sql`w.unit_id = ${query.unit}`] : []),
      ],
      latest,
      zoneName,
      fields: fieldsOf(listColumns[kind.list], tx, kind.columns, { at: counted('w'), zoneName }),
    }
    const page = await listPage(tx, asked, askedOf(kind.list, query))
    const rows = await rowsOf(tx, page.ids)
    return { ...page, items: inOrder(page.ids, rows, (row) => kind.reply(tx, secrets, row)) }
  }

  async function create(
    tx: Tx,
    secrets: Secrets,
    { externalId, ...given }: Entered,
    context: HandContext,
  ): Promise<Reply> {
    const { now, sourceId } = context
    const entered = await kind.values(tx, secrets, given, now)
    const values = (await kind.fresh?.(tx, entered)) ?? entered
    await kind.lock?.(tx, { sourceId, values, id: null })
    const number = externalId ?? (await freeNumber(tx, table, kind.prefix, sourceId))
    const id = await enter(tx, table, number, values, context)
    await kind.after?.(tx, await lockById(tx, table, [id]), now)
    return read(tx, secrets, id)
  }

  async function edit(
    tx: Tx,
    secrets: Secrets,
    id: string,
    given: Given,
    { version, now, told }: Edit,
  ): Promise<Reply> {
    const values = await kind.values(tx, secrets, given, now)
    await kind.lock?.(tx, { sourceId: '', values, id })
    const { before, after } = await editFact(tx, table, id, version, values, now)
    told(changesBetween(table, before, after))
    await kind.after?.(tx, [before, after], now)
    return read(tx, secrets, id)
  }

  async function read(tx: Tx, secrets: Secrets, id: string): Promise<Reply> {
    const [row] = await rowsOf(tx, [id])
    if (!row) throw notFound()
    return kind.reply(tx, secrets, row)
  }

  return { list, create, edit, read }
}

/** Rows with the names that belong to their ids, and the stage of life of what they are about. */
function rowsWithNames({ columns }: FactTable, from: Sql, at: Sql) {
  const [named, joined] =
    'product_id' in columns
      ? [sql`${recordNames}, ${recordStage(at)}`, recordJoins]
      : ([peopleNames, peopleJoins] as const)
  const [names, joins] =
    'customer_id' in columns
      ? [sql`${named}, ${customerNames}`, sql`${joined} ${customerJoins}`]
      : [named, joined]
  return (tx: Tx, ids: readonly string[]): Promise<RecordRow[]> =>
    tx.rows(sql`
      select f.*, ${names} from ${from} f ${joins}
      where f.organization_id = ${tx.organizationId} and f.unit_id = any(${tx.unitIds}::uuid[])
        and f.id = any(${ids}::uuid[])`)
}
