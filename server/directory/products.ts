import type { Tx } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { ownText } from '../platform/own-text.ts'
import { notFound, Refusal } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { checkStages, type StageDays, stageColumns } from './life-stages.ts'

export interface Product extends StageDays {
  id: string
  code: string
  name: string
  category: string | null
}

export const listProducts = (tx: Tx): Promise<Product[]> => readProducts(tx, null)

const readProducts = (tx: Tx, ids: string[] | null): Promise<Product[]> =>
  tx.rows(sql`
    select p.id, p.code, p.name, c.name as category, ${stageColumns} from directory.product p
    left join directory.product_category c on c.organization_id = p.organization_id and c.code = p.category_code
    where p.organization_id = ${tx.organizationId} and (${ids === null} or p.id = any(${ids ?? []}::uuid[]))
    order by p.name limit 2000`)

export async function createProduct(tx: Tx, product: NewProduct, now: Date): Promise<Product> {
  const id = newId(now.getTime())
  const { launchOn = null, growthOn = null, maturityOn = null } = product
  checkStages({ launchOn, growthOn, maturityOn })
  const category = product.category ? await categoryCode(tx, product.category) : null
  const made = await tx.run(sql`
    insert into directory.product (organization_id, id, code, name, category_code, launch_on, growth_on, maturity_on, demo, created_at)
    values (${tx.organizationId}, ${id}, ${product.code}, ${product.name}, ${category}, ${launchOn}, ${growthOn},
      ${maturityOn}, ${product.demo ?? false}, ${now})
    on conflict on constraint product_code_unique do nothing`)
  if (made === 0)
    throw new Refusal('code_taken', 409, {
      zh: `产品编码“${product.code}”已存在。`,
      en: `Product code "${product.code}" is taken.`,
    })
  const { code, name } = product
  return { id, code, name, category: product.category || null, launchOn, growthOn, maturityOn }
}

interface NewProduct extends Partial<Omit<Product, 'id' | 'launchOn' | 'growthOn' | 'maturityOn'>> {
  code: string
  name: string
  launchOn?: string | null | undefined
  growthOn?: string | null | undefined
  maturityOn?: string | null | undefined
  demo?: boolean
}

/**
 * What is left out stays. The stage of a record is that of the day it took place, so other days are those of the records
 * there are as well, past ones too.
 */
export async function changeProduct(tx: Tx, id: string, given: ProductChange): Promise<Product> {
  const found = await tx.one<StageDays & { name: string; category: string | null }>(sql`
    select name, category_code as category, ${stageColumns} from directory.product
    where organization_id = ${tx.organizationId} and id = ${id} for update`)
  if (!found) throw notFound()
  const { name = found.name } = given
  const category =
    given.category === undefined
      ? found.category
      : given.category
        ? await categoryCode(tx, given.category)
        : null
  const { launchOn = found.launchOn, growthOn = found.growthOn, maturityOn = found.maturityOn } = given
  checkStages({ launchOn, growthOn, maturityOn })
  await tx.run(sql`
    update directory.product set name = ${name}, category_code = ${category}, launch_on = ${launchOn},
      growth_on = ${growthOn}, maturity_on = ${maturityOn}
    where organization_id = ${tx.organizationId} and id = ${id}`)
  return (await readProducts(tx, [id]))[0]!
}

interface ProductChange extends Partial<Omit<NewProduct, 'category'>> {
  category?: string | null
}

/** The code of a category by code or name; an unknown one is added. */
export async function categoryCode(tx: Tx, name: string): Promise<string> {
  const row = await tx.one<{ code: string }>(sql`
    select code from directory.product_category
    where organization_id = ${tx.organizationId} and (code = ${name} or name = ${name})`)
  if (row) return row.code
  await tx.run(sql`
    insert into directory.product_category (organization_id, code, name) values (${tx.organizationId}, ${name}, ${name})`)
  return name
}

/** Ids of products by code or name; unknown ones are created, their name being their code. */
export async function resolveProducts(
  tx: Tx,
  known: Map<string, string>,
  names: string[],
  options: { batchId: string | null; now: Date; demo: boolean },
): Promise<string[]> {
  const fresh = [...new Set(names)].filter((name) => !known.has(name)).map(ownText)
  if (fresh.length === 0) return []
  const find = async () => {
    for (const row of await tx.rows<{ id: string; code: string; name: string }>(sql`
      select id, code, name from directory.product
      where organization_id = ${tx.organizationId} and (code = any(${fresh}) or name = any(${fresh}))`)) {
      known.set(row.name, row.id)
      known.set(row.code, row.id)
    }
  }
  await find()
  const missing = fresh.filter((name) => !known.has(name))
  if (missing.length === 0) return []
  await tx.run(sql`
    insert into directory.product (organization_id, id, code, name, demo, origin, batch_id, created_at)
    select ${tx.organizationId}::uuid, id, name, name, ${options.demo}, 'import', ${options.batchId}::uuid, ${options.now}
    from unnest(${missing.map(() => newId())}::uuid[], ${missing}::text[]) as new (id, name)
    on conflict on constraint product_code_unique do nothing`)
  await find()
  return missing
}
