import type { Tx } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { ownText } from '../platform/own-text.ts'
import { Refusal } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'

export interface Product {
  id: string
  code: string
  name: string
  category: string | null
}

export const listProducts = (tx: Tx): Promise<Product[]> =>
  tx.rows(sql`
    select p.id, p.code, p.name, c.name as category from directory.product p
    left join directory.product_category c on c.organization_id = p.organization_id and c.code = p.category_code
    where p.organization_id = ${tx.organizationId} order by p.name limit 2000`)

export async function createProduct(
  tx: Tx,
  product: { code: string; name: string; category?: string | null; demo?: boolean },
  now: Date,
): Promise<Product> {
  const id = newId(now.getTime())
  const category = product.category ? await categoryCode(tx, product.category) : null
  const made = await tx.run(sql`
    insert into directory.product (organization_id, id, code, name, category_code, demo, created_at)
    values (${tx.organizationId}, ${id}, ${product.code}, ${product.name}, ${category}, ${product.demo ?? false}, ${now})
    on conflict on constraint product_code_unique do nothing`)
  if (made === 0)
    throw new Refusal('code_taken', 409, {
      zh: `产品编码“${product.code}”已存在。`,
      en: `Product code "${product.code}" is taken.`,
    })
  return { id, code: product.code, name: product.name, category: product.category ?? null }
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
