import { type LifeStage, lifeStages } from '../../contract/life-stage.ts'
import type { Tx } from '../platform/database.ts'
import { Refusal } from '../platform/refusal.ts'
import { type Sql, sql } from '../platform/sql.ts'

/** The first day of each stage; one that is not known is passed over. */
export interface StageDays {
  launchOn: string | null
  growthOn: string | null
  maturityOn: string | null
}

export const stageColumns = sql`launch_on as "launchOn", growth_on as "growthOn", maturity_on as "maturityOn"`

/** Why the days cannot be kept: each stage begins after those before it. */
export function stageFault({ launchOn, growthOn, maturityOn }: StageDays) {
  const days = [launchOn, growthOn, maturityOn].filter((day) => day !== null)
  if (days.every((day, i) => i === 0 || day > (days[i - 1] ?? ''))) return undefined
  return {
    code: 'stages_out_of_order',
    zh: '生命周期各阶段的开始日期应依次递增：导入期、成长期、成熟期。请改正日期，不知道的留空。',
    en: 'The stages begin one after the other: launch, growth, maturity. Correct the days; leave one that is not known empty.',
  }
}

/** @throws Refusal 400 */
export function checkStages(days: StageDays): void {
  const fault = stageFault(days)
  if (fault) throw new Refusal(fault.code, 400, fault)
}

/** The stage of the product whose row is called `product`, on the local day of an instant; null before the first. */
export function stageSql(product: Sql, at: Sql, zone: Sql | string): Sql {
  const day = sql`(${at} at time zone ${zone})::date`
  return sql`case when ${day} >= ${product}.maturity_on then 'maturity' when ${day} >= ${product}.growth_on then 'growth'
    when ${day} >= ${product}.launch_on then 'launch' end`
}

/** The zone of the organization a row belongs to. */
export const zoneSql = (organizationId: Sql | string): Sql =>
  sql`(select z.zone from directory.organization z where z.id = ${organizationId})`

/** The stage of a record by its product and instant. */
export const stageOfRecord = (organizationId: string, productId: Sql, at: Sql, zone: Sql | string): Sql =>
  sql`(select ${stageSql(sql`k`, at, zone)} from directory.product k
    where k.organization_id = ${organizationId} and k.id = ${productId})`

/** Whether a record is of one of the stages: joined, where `stageOfRecord` would look the product up row by row. */
export const inStages = (
  organizationId: string,
  stages: readonly string[],
  record: { productId: Sql; at: Sql; zone: Sql | string },
): Sql =>
  sql`exists (select 1 from directory.product k where k.organization_id = ${organizationId}
    and (k.launch_on is not null or k.growth_on is not null or k.maturity_on is not null) and k.id = ${record.productId}
    and ${stageSql(sql`k`, record.at, record.zone)} = any(${[...stages]}::text[]))`

/** Tells the stage a product is in on a local day (days since 1970-01-01); undefined where no product has any. */
export async function openStages(
  tx: Tx,
): Promise<((productId: string | null, day: number) => LifeStage | null) | undefined> {
  const rows = await tx.rows<{ id: string } & Record<LifeStage, number | null>>(sql`
    select id, launch_on - date '1970-01-01' as launch, growth_on - date '1970-01-01' as growth,
      maturity_on - date '1970-01-01' as maturity
    from directory.product where organization_id = ${tx.organizationId}
      and (launch_on is not null or growth_on is not null or maturity_on is not null)`)
  if (rows.length === 0) return undefined
  const byProduct = new Map(rows.map((row) => [row.id, row]))
  return (productId, day) => {
    const begins = productId === null ? undefined : byProduct.get(productId)
    if (!begins) return null
    return lifeStages.findLast((stage) => begins[stage] !== null && begins[stage] <= day) ?? null
  }
}
