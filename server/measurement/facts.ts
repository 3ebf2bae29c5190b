import type { FactKind } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import { type Sql, sql } from '../platform/sql.ts'
import { measuredKinds } from './kinds/kinds.ts'
import type { Fact, MeasuredKind, ReadRow } from './kinds/measured-kind.ts'

/** A fact with what a list of records shows of it. */
export interface FactRow {
  kind: FactKind
  id: string
  externalId: string
  batchId: string | null
  line: number | null
  fact: Fact
}

type Selected = [
  id: string,
  externalId: string,
  batchId: string | null,
  line: number | null,
  ...fields: unknown[],
]

const selected = 'id, external_id, batch_id, line'
const before = 4

const selectOf = ({ columns, table }: MeasuredKind<Fact>): string =>
  `select ${[selected, ...columns.map((name) => (name.endsWith('_at') ? inMs(name) : name))].join(', ')} from ${table}`

const inMs = (column: string): string => `floor(extract(epoch from ${column}) * 1000)::float8`

/** Streams the facts of a kind that fit a condition, in pieces of 5,000. */
export async function* readFacts(
  tx: Tx,
  kind: FactKind,
  condition: Sql = sql`true`,
): AsyncGenerator<FactRow[]> {
  const measured = measuredKinds[kind]
  const name = `facts_${kind}_${cursors++}`
  const where = sql`organization_id = ${tx.organizationId} and ${condition}`
  await tx.client.query(
    `declare ${name} no scroll cursor for ${selectOf(measured)} where ${where.text}`,
    where.values,
  )
  const reader = rowReader()
  try {
    for (;;) {
      const { rows } = await tx.client.query({ text: `fetch 5000 from ${name}`, rowMode: 'array' })
      if (rows.length === 0) return
      yield (rows as Selected[]).map((row) => ({
        kind,
        id: row[0],
        externalId: row[1],
        batchId: row[2],
        line: row[3],
        fact: measured.read(reader(row)),
      }))
      if (rows.length < 5000) return
    }
  } finally {
    await tx.client.query(`close ${name}`).catch(() => {})
  }
}
let cursors = 0

/** The same fields as of a copied row, out of one that was selected; one object serves row after row. */
function rowReader(): (row: Selected) => ReadRow {
  let row: readonly unknown[] = []
  // Each field is of the type its column has: the kind says which, and a test compares both ways of reading.
  const field = <T>(at: number): T | null => (row[at + before] ?? null) as T | null
  const fields: ReadRow = {
    text: field<string>,
    uuid: field<string>,
    instant: field<number>,
    int: field<number>,
    bool: field<boolean>,
  }
  return (next) => {
    row = next
    return fields
  }
}
