import type { z } from 'zod'
import type { changeOrganization, readOrganization } from '../../contract/directory.ts'
import type { Tx } from '../platform/database.ts'
import { notFound, Refusal } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { checkZone } from './organizations.ts'

type Organization = z.output<typeof readOrganization.reply>

export async function describeOrganization(tx: Tx): Promise<Organization> {
  const found = await tx.one<Omit<Organization, 'categories'>>(sql`
    select name, zone, language, monitoring_period as "monitoringPeriod"
    from directory.organization where id = ${tx.organizationId}`)
  if (!found) throw notFound()
  const categories = await tx.rows<{ code: string; name: string; products: string }>(sql`
    select c.code, c.name, count(p.id) as products from directory.product_category c
    left join directory.product p on p.organization_id = c.organization_id and p.category_code = c.code
    where c.organization_id = ${tx.organizationId} group by c.code, c.name order by c.name`)
  return { ...found, categories: categories.map((one) => ({ ...one, products: Number(one.products) })) }
}

/** Changes what is given; the root unit carries the organization's name. Answers whether the days moved. */
export async function changeTheOrganization(
  tx: Tx,
  changed: z.output<typeof changeOrganization.body>,
): Promise<{ daysMoved: boolean }> {
  const before = await describeOrganization(tx)
  const after = { ...before, ...changed }
  checkZone(after.zone)
  const taken = await tx.one(sql`
    select 1 from directory.unit where organization_id = ${tx.organizationId} and name = ${after.name}
      and parent_id is not null`)
  if (taken)
    throw new Refusal('name_taken', 409, {
      zh: `已有名为“${after.name}”的单位。`,
      en: `There is already a unit named "${after.name}".`,
    })
  await tx.run(sql`
    update directory.organization set name = ${after.name}, zone = ${after.zone}, language = ${after.language},
      monitoring_period = ${after.monitoringPeriod} where id = ${tx.organizationId}`)
  await tx.run(sql`
    update directory.unit set name = ${after.name}
    where organization_id = ${tx.organizationId} and parent_id is null and kind = 'organization'`)
  return { daysMoved: before.zone !== after.zone }
}

export async function createCategory(tx: Tx, name: string): Promise<void> {
  const { categories } = await describeOrganization(tx)
  refuseTwice(categories, name)
  const codes = new Set(categories.map(({ code }) => code))
  let number = categories.length + 1
  while (codes.has(`category-${number}`)) number++
  await tx.run(sql`
    insert into directory.product_category (organization_id, code, name)
    values (${tx.organizationId}, ${`category-${number}`}, ${name})`)
}

export async function changeCategory(tx: Tx, code: string, name: string): Promise<void> {
  const { categories } = await describeOrganization(tx)
  if (!categories.some((one) => one.code === code)) throw notFound()
  refuseTwice(
    categories.filter((one) => one.code !== code),
    name,
  )
  await tx.run(sql`
    update directory.product_category set name = ${name}
    where organization_id = ${tx.organizationId} and code = ${code}`)
}

export async function removeCategory(tx: Tx, code: string): Promise<void> {
  const found = (await describeOrganization(tx)).categories.find((one) => one.code === code)
  if (!found) throw notFound()
  if (found.products > 0)
    throw new Refusal('category_in_use', 409, {
      zh: `还有 ${found.products} 个产品属于“${found.name}”，请先改类。`,
      en: `${found.products} products are of the category "${found.name}"; change theirs first.`,
    })
  await tx.run(sql`
    delete from directory.product_category where organization_id = ${tx.organizationId} and code = ${code}`)
}

function refuseTwice(others: { name: string }[], name: string): void {
  if (others.some((one) => one.name === name))
    throw new Refusal('name_taken', 409, {
      zh: `已有名为“${name}”的类别。`,
      en: `There is already a category named "${name}".`,
    })
}
