import type { Tx } from '../platform/database.ts'
import { Refusal } from '../platform/refusal.ts'
import { joinSql, type Sql, sql } from '../platform/sql.ts'
import { dayToDate, monthStart } from '../platform/time.ts'
import { addAmounts } from './amounts.ts'
import type { Wanted } from './cell.ts'
import type { Gathered } from './gather.ts'
import { openMatrix } from './matrix.ts'
import { categoryFits, type Question, type Span, spanOf } from './question.ts'

/** product, first day of the month, its matrix as far as it is wanted */
type MatrixRow = [product: string, month: number, matrix: Buffer]

/**
 * Questions about products and categories at once, over whole months and without percentiles: a row is a product, and
 * its categories are unpacked from it.
 */
export async function fromPairs(
  tx: Tx,
  question: Question,
  spans: Span[],
  wanted: Wanted,
): Promise<Gathered> {
  const gathered: Gathered = spans.map(() => new Map())
  const { by, across, where } = question
  const { product, category } = where
  const asked = wanted.flatMap((is, tally) => (is ? [tally] : []))
  const rows = await tx.prepared<MatrixRow>(
    `pairs ${asked.length}`,
    sql`
      select member, month_on - date '1970-01-01', ${joinSql([namesSql, ...asked.map(tallySql)], ' || ')}
      from measurement.cell cross join lateral (select get_byte(total, 0) as held) c
      where organization_id = ${tx.organizationId} and slice = 'product_category'
        and month_on >= ${dayToDate(monthStart(question.fromDay))} and month_on < ${dayToDate(question.toDay)}
        and (${product === undefined} or member = ${product ?? ''})`,
  )
  const matrix = openMatrix()
  for (const [span, some] of Map.groupBy(rows, ([, month]) => spanOf(spans, month))) {
    const members = gathered[span]
    if (!members) continue
    for (const [of, months] of Map.groupBy(some, ([member]) => member)) {
      matrix.reset()
      for (const [, , bytes] of months) matrix.load(bytes)
      matrix.read((name, amounts) => {
        if (category !== undefined && !categoryFits(category, name)) return
        const member = by === undefined ? '' : by === 'product' ? of : name
        const other = across === undefined ? '' : by === 'product' ? name : of
        const others = members.get(member)
        const held = others?.get(other)
        if (held) addAmounts(held, amounts)
        else if (others) others.set(other, amounts)
        else members.set(member, new Map([[other, amounts]]))
      })
    }
    if (across) refuseTooMany(gathered)
  }
  return gathered
}

/** Where the names end (0) or one of the tallies held (1…), by what stands in the total: see matrix.ts. */
const endSql = (of: Sql): Sql =>
  sql`((get_byte(total, held + 1 + 4 * (${of})) << 24) + (get_byte(total, held + 2 + 4 * (${of})) << 16)
    + (get_byte(total, held + 3 + 4 * (${of})) << 8) + get_byte(total, held + 4 + 4 * (${of})))`

const namesSql = sql`case when length(total) > 5 + 5 * held then substring(total from 6 + 5 * held)
  else substring(days for ${endSql(sql`0`)}) end`

/** One tally cut out of a matrix: of an answer of one tally little else is read or sent. */
const tallySql = (tally: number): Sql => sql`
  coalesce((
    select substring(days from 1 + ${endSql(sql`at - 1`)} for ${endSql(sql`at`)} - ${endSql(sql`at - 1`)})
    from (select position(set_byte('\\x00', 0, ${tally}) in substring(total from 2 for held)) as at offset 0) p
    where at > 0), '')`

const mostFigures = 100_000

/** Pairs of members in many periods are more than anybody reads, and than the memory holds. */
export function refuseTooMany(gathered: Gathered): void {
  let figures = 0
  for (const members of gathered) for (const { size } of members.values()) figures += size
  if (figures <= mostFigures) return
  throw new Refusal('too_many_figures', 400, {
    zh: `结果超过 ${mostFigures} 个数：请缩短时间范围、换更大的周期，或加筛选条件。`,
    en: `The answer has more than ${mostFigures} figures: take a shorter span, a larger grain, or a filter.`,
  })
}
