import type { Tx } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { sql } from '../platform/sql.ts'
import { categoryCode } from './products.ts'

export interface ProductState {
  name: string
  categoryCode: string | null
}

export type ProductOutcome =
  | { outcome: 'accepted' | 'unchanged'; id: string }
  | { outcome: 'updated'; id: string; before: ProductState; after: ProductState }

/** Takes one line of a product list, known by its code; a list without categories leaves them as they are. */
export async function bringProduct(
  tx: Tx,
  line: { code: string; name: string; category: string | null | undefined },
  context: { batchId: string; now: Date; demo: boolean; duplicates?: 'update' | 'skip' | 'overwrite' },
): Promise<ProductOutcome> {
  const category = line.category ? await categoryCode(tx, line.category) : line.category
  const found = await tx.one<ProductState & { id: string }>(sql`
    select id, name, category_code as "categoryCode" from directory.product
    where organization_id = ${tx.organizationId} and code = ${line.code} for update`)
  if (!found) {
    const id = newId(context.now.getTime())
    await tx.run(sql`
      insert into directory.product (organization_id, id, code, name, category_code, demo, origin, batch_id, created_at)
      values (${tx.organizationId}, ${id}, ${line.code}, ${line.name}, ${category ?? null}, ${context.demo}, 'import',
        ${context.batchId}, ${context.now})`)
    return { outcome: 'accepted', id }
  }
  if (context.duplicates === 'skip') return { outcome: 'unchanged', id: found.id }
  const before = { name: found.name, categoryCode: found.categoryCode }
  const after = { name: line.name, categoryCode: category === undefined ? found.categoryCode : category }
  if (before.name === after.name && before.categoryCode === after.categoryCode)
    return { outcome: 'unchanged', id: found.id }
  await writeProduct(tx, found.id, after)
  return { outcome: 'updated', id: found.id, before, after }
}

const writeProduct = (tx: Tx, id: string, state: ProductState): Promise<number> =>
  tx.run(sql`
    update directory.product set name = ${state.name}, category_code = ${state.categoryCode}
    where organization_id = ${tx.organizationId} and id = ${id}`)

/** Puts a product back to what it was before a list changed it; false where somebody changed it since. */
export async function restoreProduct(
  tx: Tx,
  id: string,
  change: { before: ProductState; after: ProductState },
): Promise<boolean> {
  const touched = await tx.run(sql`
    update directory.product set name = ${change.before.name}, category_code = ${change.before.categoryCode}
    where organization_id = ${tx.organizationId} and id = ${id} and name = ${change.after.name}
      and category_code is not distinct from ${change.after.categoryCode}`)
  return touched > 0
}
