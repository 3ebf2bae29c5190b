import { type Dimension, dimensions, type Where } from '../server/measurement/index.ts'
import type { Tx } from '../server/platform/database.ts'
import { Refusal } from '../server/platform/refusal.ts'
import { sql } from '../server/platform/sql.ts'
import { choice, UsageError } from './flags.ts'

/** The filters of `--where DIM=VALUE`; units, people, products and suppliers go by name (or id). */
export async function resolveWhere(tx: Tx, given: string | boolean | string[] | undefined): Promise<Where> {
  const where: Where = {}
  for (const text of Array.isArray(given) ? given : []) {
    const sign = text.indexOf('=')
    if (sign < 1 || sign === text.length - 1)
      throw new UsageError(
        `--where 的写法是 DIM=VALUE，不是“${text}”。`,
        `--where is DIM=VALUE, not "${text}".`,
      )
    const dimension = choice(text.slice(0, sign), dimensions, 'where')
    where[dimension] = await memberOf(tx, dimension, text.slice(sign + 1))
  }
  return where
}

const asWritten: readonly Dimension[] = ['category', 'channel', 'priority', 'faultLevel', 'lifeStage']

/** The id of a member by what people call it: name, employee number, product code, or the id itself. */
async function memberOf(tx: Tx, dimension: Dimension, value: string): Promise<string> {
  if (asWritten.includes(dimension)) return value
  const found = await membersNamed(tx, dimension, value)
  const [first] = found
  if (!first)
    throw new Refusal('not_found', 404, {
      zh: `没有名为“${value}”的 ${dimension}。`,
      en: `There is no ${dimension} named "${value}".`,
    })
  if (found.length > 1)
    throw new UsageError(
      `有 ${found.length} 个 ${dimension} 名为“${value}”，请改用其编号：${found.map(({ id }) => id).join('、')}`,
      `${found.length} of ${dimension} are named "${value}"; give one id: ${found.map(({ id }) => id).join(', ')}`,
    )
  return first.id
}

function membersNamed(tx: Tx, dimension: Dimension, value: string): Promise<{ id: string }[]> {
  if (dimension === 'agent')
    return tx.rows(sql`
      select id from directory.person where organization_id = ${tx.organizationId}
        and (name = ${value} or employee_no = ${value} or id::text = ${value})`)
  if (dimension === 'product')
    return tx.rows(sql`
      select id from directory.product where organization_id = ${tx.organizationId}
        and (name = ${value} or code = ${value} or id::text = ${value})`)
  return tx.rows(sql`
    select id from directory.unit where organization_id = ${tx.organizationId}
      and (name = ${value} or id::text = ${value})`)
}
