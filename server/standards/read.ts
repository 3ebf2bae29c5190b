import type { Tx } from '../platform/database.ts'
import { type Sql, sql } from '../platform/sql.ts'
import { short } from './sentences.ts'
import type { Indicator, Rule, TimeLimit } from './shapes.ts'

export interface StandardRow {
  version: number
  effective_on: string
  pack: string
  reason: string
  author: string | null
  published_at: Date
}

/** Every version, newest first, with its author's name. */
export const standardRows = (tx: Tx): Promise<StandardRow[]> =>
  tx.rows(sql`
    select s.version, s.effective_on, s.pack, s.reason, u.name as author, s.published_at
    from standards.standard s
    left join access.user u on u.organization_id = s.organization_id and u.id = s.author_id
    where s.organization_id = ${tx.organizationId}
    order by s.version desc`)

interface IndicatorRow {
  version: number
  code: string
  measure: string
  name_zh: string
  name_en: string
  dimension: string
  source: string
  period: Indicator['period']
  weight: string
  target_operator: Indicator['target']['operator']
  target_value: string
  rule: Rule
  minimum_n: number
  scope: NonNullable<Indicator['scope']>
}

/** The indicators of one version, or of all, by version in their own order. */
export async function indicatorsOf(tx: Tx, version?: number): Promise<Map<number, Indicator[]>> {
  const rows = await tx.rows<IndicatorRow>(sql`
    select version, code, measure, name_zh, name_en, dimension, source, period, weight, target_operator, target_value,
      rule, minimum_n, scope
    from standards.indicator
    where organization_id = ${tx.organizationId} and ${only(version)}
    order by version, position`)
  return byVersion(rows, (row) => ({
    code: row.code,
    measure: row.measure,
    nameZh: row.name_zh,
    nameEn: row.name_en,
    dimension: row.dimension,
    source: row.source,
    period: row.period,
    weight: short(row.weight),
    target: { operator: row.target_operator, value: short(row.target_value) },
    rule: row.rule,
    minimumN: row.minimum_n,
    ...(Object.keys(row.scope).length > 0 && { scope: row.scope }),
  }))
}

/** The time limits of one version, or of all, by version. */
export async function limitsOf(tx: Tx, version?: number): Promise<Map<number, TimeLimit[]>> {
  const rows = await tx.rows<TimeLimit & { version: number }>(sql`
    select version, clock, priority, complexity, channel, fault_level as "faultLevel", seconds, runs
    from standards.time_limit
    where organization_id = ${tx.organizationId} and ${only(version)}
    order by version, array_position(array['response', 'start', 'plan', 'onsite', 'resolution', 'follow_up', 'reply'],
      clock), seconds, priority,
      complexity, channel, fault_level`)
  return byVersion(rows, ({ version: _, ...limit }) => limit)
}

const only = (version?: number): Sql => (version === undefined ? sql`true` : sql`version = ${version}`)

function byVersion<Row extends { version: number }, Item>(rows: Row[], itemOf: (row: Row) => Item) {
  const found = new Map<number, Item[]>()
  for (const row of rows) {
    const items = found.get(row.version) ?? []
    items.push(itemOf(row))
    found.set(row.version, items)
  }
  return found
}
