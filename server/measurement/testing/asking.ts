import assert from 'node:assert/strict'
import { categoryAlone } from '../../../contract/category-filter.ts'
import { organizationOf } from '../../directory/index.ts'
import type { Tx } from '../../platform/database.ts'
import { sql } from '../../platform/sql.ts'
import type { Grain } from '../../platform/time.ts'
import type { Amounts } from '../amounts.ts'
import { wholeCatalogue } from '../catalogue.ts'
import { figures } from '../figures.ts'
import { fromFacts, gather } from '../gather.ts'
import { kindsRead, needsPercentiles, talliesRead } from '../measure.ts'
import { type Dimension, type Question, spansOf, type Where } from '../question.ts'
import { records } from '../records.ts'
import { responseRateBeside } from '../response-rate.ts'
import { tallies } from '../tallies.ts'
import { measuredValue } from '../value.ts'
import { type Chance, categories, channels, day, months, start, teamScope, type World } from './world.ts'

/** Asks one question three ways; returns 1 where the answer was about any record at all. */
export async function ask(w: World, told: string): Promise<number> {
  const { c } = w
  const scope = c.often(0.7) ? await w.t.whole() : teamScope(w)
  return w.t.db.transaction(
    scope,
    async (tx) => {
      const catalogue = await wholeCatalogue(tx)
      const known = catalogue.measures.filter((one) => one.tally !== null)
      const own = known.filter(({ code }) => code.startsWith('own:'))
      const measure = c.pick(own.length > 0 && c.often(0.3) ? own : known)
      const question = await randomQuestion(w, tx)
      const context = await organizationOf(tx)
      const spans = spansOf(question)
      const why = `${told}\n${measure.code} ${JSON.stringify(question)} seen by ${scope.unitIds.length} units`
      const one = await gather(tx, question, spans, context, {
        kinds: kindsRead(measure),
        wanted: tallies.map((name) => talliesRead(measure).includes(name)),
        percentiles: needsPercentiles(measure, question),
        histograms: measure.percent !== undefined,
        own: catalogue.own,
        inCells: catalogue.isCounted(measure.code),
      })
      const other = await fromFacts(tx, question, spans, context, {
        kinds: kindsRead(measure),
        own: catalogue.own,
      })
      // A figure of a pair has no percentiles beside its mean.
      const valued = (amounts: Amounts) => ({
        ...measuredValue(measure, amounts, 10),
        ...responseRateBeside(measure, amounts),
        ...(question.across && { p50: null, p90: null }),
      })
      for (const [i, span] of spans.entries())
        for (const [member, others] of [...(one[i] ?? []), ...(other[i] ?? [])])
          for (const across of others.keys())
            assert.deepEqual(
              valued(one[i]?.get(member)?.get(across) ?? []),
              valued(other[i]?.get(member)?.get(across) ?? []),
              `${why}\n${span.label} ${member} ${across}`,
            )
      const rows = await figures(tx, measure.code, question, { now: new Date(w.now) })
      if (rows.length === 0) return 0
      const { member, across } = c.pick(rows)
      const counted = rows
        .filter((row) => row.member === member && row.across === across)
        .reduce((sum, row) => sum + row.records, 0)
      const opened = { ...question.where, ...rowOf(question.by, member), ...rowOf(question.across, across) }
      // A unit in a split within another has the days on which it stood below that one.
      const { unit } = question.where
      const byUnit = question.by === 'unit' || question.across === 'unit'
      const where = byUnit && unit ? { ...opened, within: unit } : opened
      const { by: _, across: __, ...whole } = question
      const list = await records(tx, measure.code, { ...whole, where }, { limit: 1000 })
      assert.equal(list.total, counted, `${why}\n${member} ${across}`)
      assert.equal(list.items.length, Math.min(list.total ?? 0, 1000))
      return counted > 0 ? 1 : 0
    },
    { readOnly: true },
  )
}

/** A category asked for holds those below it; one row of a split is the category alone. */
export const rowOf = (dimension: Dimension | undefined, member: string | null | undefined): Where =>
  dimension && typeof member === 'string'
    ? { [dimension]: dimension === 'category' ? categoryAlone(member) : member }
    : {}

export async function randomQuestion(w: World, tx: Tx): Promise<Question> {
  const { c } = w
  const from = Math.floor(start / day) - 10 + c.below(50)
  const dimension = c.pick<Dimension | undefined>([
    undefined,
    'unit',
    'agent',
    'product',
    'category',
    'channel',
  ])
  const where: Where = {}
  const filter = c.often(0.5) ? dimension : undefined
  const anyOf = async (query: ReturnType<typeof sql>) => {
    const rows = await tx.rows<{ id: string }>(query)
    return rows.length > 0 ? c.pick(rows).id : undefined
  }
  if (filter === 'unit') where.unit = c.pick(w.teams.filter((id) => tx.unitIds.includes(id)))
  if (filter === 'category') where.category = c.pick(categories)
  if (filter === 'channel') where.channel = c.pick(channels)
  if (filter === 'agent' || filter === 'product') {
    const table = filter === 'agent' ? sql`directory.person` : sql`directory.product`
    const id = await anyOf(
      sql`select id from ${table} where organization_id = ${tx.organizationId} order by name`,
    )
    if (id) where[filter] = id
  }
  const by = filter === undefined || c.often(0.3) ? dimension : undefined
  const split: Pick<Question, 'by' | 'across'> =
    by && c.often(0.5) ? pairFor(c, by, filter) : { ...(by && { by }) }
  // Product and category together are held by whole months: half of such questions are about those.
  const span =
    split.by !== by && c.often(0.5)
      ? { fromDay: c.pick(months.slice(0, 2)), toDay: c.pick(months.slice(2)) }
      : { fromDay: from, toDay: from + 1 + c.below(60) }
  return {
    ...span,
    grain: c.pick<Grain | 'whole'>(['whole', 'day', 'week', 'month', 'quarter']),
    where,
    ...split,
  }
}

/** Mostly product and category, which the cells hold together; sometimes any two, or one within another. */
export function pairFor(
  c: Chance,
  by: Dimension,
  filter: Dimension | undefined,
): Pick<Question, 'by' | 'across'> {
  if (filter === 'product' && c.often(0.3)) return { by: 'category' }
  if (filter === 'category' && c.often(0.3)) return { by: 'product' }
  if (c.often(0.7))
    return c.pick([
      { by: 'product', across: 'category' },
      { by: 'category', across: 'product' },
    ])
  const others = (['unit', 'agent', 'product', 'channel', 'priority'] as const).filter((one) => one !== by)
  return { by: c.pick(others), across: by }
}
