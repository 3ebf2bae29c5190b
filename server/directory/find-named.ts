import { match } from 'pinyin-pro'
import type { Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'

const tables = {
  person: sql`directory.person`,
  unit: sql`directory.unit`,
  product: sql`directory.product`,
}

/** Ids of people, units or products whose name has a text, or is spelled by it: `zs` and `zhangs` find 张三. */
export async function findNamed(tx: Tx, kind: keyof typeof tables, text: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string; name: string }>(sql`
    select id, name from ${tables[kind]} where organization_id = ${tx.organizationId}`)
  const wanted = text.toLowerCase()
  const spelled = /^[a-z\s]+$/.test(wanted) ? wanted.replaceAll(/\s+/g, '') : undefined
  const found = new Map<string, boolean>()
  return rows.flatMap(({ id, name }) => {
    let fits = found.get(name)
    if (fits === undefined) {
      fits = name.toLowerCase().includes(wanted) || (spelled !== undefined && isSpelled(name, spelled))
      found.set(name, fits)
    }
    return fits ? [id] : []
  })
}

const hanzi = /[\u3400-\u9fff]/

const isSpelled = (name: string, letters: string): boolean =>
  hanzi.test(name) &&
  match(name, letters, { continuous: true, precision: 'start', lastPrecision: 'start' }) !== null
