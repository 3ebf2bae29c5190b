import type { Tx } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { sql } from '../platform/sql.ts'
import { type StageDays, stageColumns, stageFault } from './life-stages.ts'
import { categoryCode } from './products.ts'

export interface ProductState extends Partial<StageDays> {
  name: string
  categoryCode: string | null
}

export type ProductOutcome =
  | { outcome: 'accepted' | 'unchanged'; id: string }
  | { outcome: 'updated'; id: string; before: ProductState; after: ProductState }
  | { outcome: 'rejected'; code: string; zh: string; en: string }

/** What the line does not have stays as it is. */
export interface ProductLine extends Partial<Record<keyof StageDays, string | null | undefined>> {
  code: string
  name: string
  category: string | null | undefined
}

/** Takes one line of a product list, known by its code; a list without categories leaves them as they are. */
export async function bringProduct(
  tx: Tx,
  line: ProductLine,
  context: { batchId: string | null; now: Date; demo: boolean; duplicates?: 'update' | 'skip' | 'overwrite' },
): Promise<ProductOutcome> {
  const category = line.category ? await categoryCode(tx, line.category) : line.category
  const found = await tx.one<ProductState & StageDays & { id: string }>(sql`
    select id, name, category_code as "categoryCode", ${stageColumns} from directory.product
    where organization_id = ${tx.organizationId} and code = ${line.code} for update`)
  const { launchOn = null, growthOn = null, maturityOn = null } = { ...found, ...told(line) }
  const days = { launchOn, growthOn, maturityOn }
  const fault = context.duplicates === 'skip' && found ? undefined : stageFault(days)
  if (fault) return { outcome: 'rejected', ...fault }
  if (!found) {
    const id = newId(context.now.getTime())
    await tx.run(sql`
      insert into directory.product (organization_id, id, code, name, category_code, launch_on, growth_on, maturity_on,
        demo, origin, batch_id, created_at)
      values (${tx.organizationId}, ${id}, ${line.code}, ${line.name}, ${category ?? null}, ${launchOn}, ${growthOn},
        ${maturityOn}, ${context.demo},
        ${context.batchId === null ? 'entered' : 'import'}, ${context.batchId}, ${context.now})`)
    return { outcome: 'accepted', id }
  }
  if (context.duplicates === 'skip') return { outcome: 'unchanged', id: found.id }
  const { id: _, ...before } = found
  const after = {
    name: line.name,
    categoryCode: category === undefined ? found.categoryCode : category,
    ...days,
  }
  if ((Object.keys(after) as (keyof typeof after)[]).every((key) => before[key] === after[key]))
    return { outcome: 'unchanged', id: found.id }
  await writeProduct(tx, found.id, after)
  return { outcome: 'updated', id: found.id, before, after }
}

const told = ({ launchOn, growthOn, maturityOn }: ProductLine): Partial<StageDays> => ({
  ...(launchOn !== undefined && { launchOn }),
  ...(growthOn !== undefined && { growthOn }),
  ...(maturityOn !== undefined && { maturityOn }),
})

const writeProduct = (tx: Tx, id: string, state: ProductState & StageDays): Promise<number> =>
  tx.run(sql`
    update directory.product set name = ${state.name}, category_code = ${state.categoryCode},
      launch_on = ${state.launchOn}, growth_on = ${state.growthOn}, maturity_on = ${state.maturityOn}
    where organization_id = ${tx.organizationId} and id = ${id}`)

/** Puts a product back to what it was before a list changed it; false where somebody changed it since. */
export async function restoreProduct(
  tx: Tx,
  id: string,
  change: { before: ProductState; after: ProductState },
): Promise<boolean> {
  const found = await tx.one<ProductState & StageDays>(sql`
    select name, category_code as "categoryCode", ${stageColumns} from directory.product
    where organization_id = ${tx.organizationId} and id = ${id} for update`)
  // What was kept before there were stages says nothing of them.
  const keys = Object.keys(change.after) as (keyof ProductState)[]
  if (!found || keys.some((key) => found[key] !== change.after[key])) return false
  await writeProduct(tx, id, { ...found, ...change.before })
  return true
}
