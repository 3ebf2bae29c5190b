import type { z } from 'zod'
import type { publishStandard as publishRoute, StandardReply } from '../../contract/standards.ts'
import type { Tx } from '../platform/database.ts'
import { Refusal } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { checkDraft } from './check.ts'
import { packs } from './packs.ts'
import { indicatorsOf, limitsOf, type StandardRow, standardRows } from './read.ts'
import { ruleSentence, targetText } from './sentences.ts'
import type { Indicator, MeasureWords, Standard, TimeLimit } from './shapes.ts'

export type Draft = z.infer<typeof publishRoute.body>

/** Publishes a pack's numbers as the next version and answers with its number. Refuses an unknown pack (400). */
export async function installPack(
  tx: Tx,
  packName: string,
  { effectiveOn, authorId, now }: { effectiveOn: string; authorId: string | null; now: Date },
): Promise<number> {
  const pack = packs.find(({ name }) => name === packName)
  if (!pack) {
    const names = packs.map(({ name }) => name).join(', ')
    throw new Refusal('unknown_pack', 400, {
      zh: `没有行业包“${packName}”,可选:${names}。`,
      en: `There is no pack “${packName}”; choose one of ${names}.`,
    })
  }
  checkDraft(pack.indicators, pack.timeLimits)
  const head = { effectiveOn, pack: pack.name, reason: `安装行业包:${pack.title.zh}`, authorId, now }
  return insertStandard(tx, head, pack.indicators, pack.timeLimits)
}

/**
 * Publishes a draft as the next version and answers with its number; without time limits of its own it keeps those
 * in force on its first day. Refuses (400) weights_not_100, weight_unusable, code_twice, unknown_measure,
 * rule_unusable and limit_twice, and then stores nothing.
 */
export async function publishStandard(
  tx: Tx,
  draft: Draft,
  { authorId, now, knownMeasures }: { authorId: string | null; now: Date; knownMeasures: string[] },
): Promise<number> {
  checkDraft(draft.indicators, draft.timeLimits ?? [], knownMeasures)
  const before = await standardOn(tx, draft.effectiveOn)
  const { effectiveOn, reason } = draft
  const head = { effectiveOn, pack: before?.pack ?? '', reason, authorId, now }
  return insertStandard(tx, head, draft.indicators, draft.timeLimits ?? before?.timeLimits ?? [])
}

interface Head {
  effectiveOn: string
  pack: string
  reason: string
  authorId: string | null
  now: Date
}

async function insertStandard(
  tx: Tx,
  head: Head,
  indicators: readonly Indicator[],
  timeLimits: readonly TimeLimit[],
): Promise<number> {
  const version = await nextVersion(tx)
  await tx.run(sql`
    insert into standards.standard (organization_id, version, effective_on, pack, author_id, reason, published_at)
    values (${tx.organizationId}, ${version}, ${head.effectiveOn}, ${head.pack}, ${head.authorId}, ${head.reason},
      ${head.now})`)
  for (const [position, i] of indicators.entries())
    await tx.run(sql`
      insert into standards.indicator (organization_id, version, position, code, measure, name_zh, name_en, dimension,
        source, period, weight, target_operator, target_value, rule, minimum_n, scope)
      values (${tx.organizationId}, ${version}, ${position}, ${i.code}, ${i.measure}, ${i.nameZh}, ${i.nameEn},
        ${i.dimension}, ${i.source}, ${i.period}, ${i.weight}, ${i.target.operator}, ${i.target.value},
        ${JSON.stringify(i.rule)}, ${i.minimumN}, ${JSON.stringify(i.scope ?? {})})`)
  for (const limit of timeLimits)
    await tx.run(sql`
      insert into standards.time_limit (organization_id, version, clock, priority, complexity, channel, fault_level,
        seconds, runs)
      values (${tx.organizationId}, ${version}, ${limit.clock}, ${limit.priority}, ${limit.complexity},
        ${limit.channel}, ${limit.faultLevel}, ${limit.seconds}, ${limit.runs})`)
  return version
}

/** Two publishers at once wait for each other here, so that versions stay 1, 2, 3, … without a clash. */
async function nextVersion(tx: Tx): Promise<number> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`standards ${tx.organizationId}`}, 0))`)
  const last = await tx.one<{ version: number | null }>(sql`
    select max(version) as version from standards.standard where organization_id = ${tx.organizationId}`)
  return (last?.version ?? 0) + 1
}

/**
 * The standard in force on a day ('YYYY-MM-DD'): the latest effective day up to it, of several on one day the highest
 * version; a day before all of them uses the first one. Undefined when nothing was ever published.
 */
export async function standardOn(tx: Tx, date: string): Promise<Standard | undefined> {
  const [row] = await tx.prepared<StandardKey>(
    'standard on a day',
    sql`
      (select version, effective_on, pack, xmin::text, 0 as place from standards.standard
        where organization_id = ${tx.organizationId} and effective_on <= ${date}
        order by effective_on desc, version desc limit 1)
      union all
      (select version, effective_on, pack, xmin::text, 1 from standards.standard
        where organization_id = ${tx.organizationId}
        order by effective_on, version desc limit 1)
      order by place limit 1`,
  )
  return row && (await standardAt(tx, row))
}

/** `writer` is the database's number of the transaction that published it. */
type StandardKey = [version: number, effectiveOn: string, pack: string, writer: string]

const mostKept = 200
const kept = new Map<string, Standard>()

/**
 * A version is never changed once it is published, so it is read once. The same number is given again only where the one
 * who had it did not come to commit, and then by another writer.
 */
async function standardAt(tx: Tx, [version, effectiveOn, pack, writer]: StandardKey): Promise<Standard> {
  const key = `${tx.organizationId} ${version} ${writer}`
  const known = kept.get(key)
  if (known) return known
  const indicators = (await indicatorsOf(tx, version)).get(version) ?? []
  const timeLimits = (await limitsOf(tx, version)).get(version) ?? []
  const standard = { version, effectiveOn, pack, indicators, timeLimits }
  if (kept.size >= mostKept) kept.clear()
  kept.set(key, standard)
  return standard
}

/** The time limits that hold from each effective day on, in order; what the highest version of a day says. */
export async function limitsByDay(tx: Tx): Promise<{ from: string; limits: readonly TimeLimit[] }[]> {
  const days = await tx.rows<{ version: number; effective_on: string }>(sql`
    select distinct on (effective_on) version, effective_on from standards.standard
    where organization_id = ${tx.organizationId} order by effective_on, version desc`)
  const limits = await limitsOf(tx)
  return days.map(({ version, effective_on }) => ({ from: effective_on, limits: limits.get(version) ?? [] }))
}

/** Every version, newest first, with its sentences; what a measure says about itself comes from `measureWords`. */
export async function listStandards(
  tx: Tx,
  measureWords: (measure: string) => MeasureWords,
): Promise<StandardReply[]> {
  const [rows, indicators, limits] = [await standardRows(tx), await indicatorsOf(tx), await limitsOf(tx)]
  return rows.map((row) =>
    reply(row, indicators.get(row.version) ?? [], limits.get(row.version) ?? [], measureWords),
  )
}

function reply(
  row: StandardRow,
  indicators: Indicator[],
  timeLimits: TimeLimit[],
  measureWords: (measure: string) => MeasureWords,
): StandardReply {
  return {
    version: row.version,
    effectiveOn: row.effective_on,
    pack: row.pack,
    reason: row.reason,
    author: row.author,
    publishedAt: row.published_at.toISOString(),
    indicators: indicators.map((indicator) => {
      const { definition, unit } = measureWords(indicator.measure)
      const sentence = ruleSentence(indicator.rule, indicator.target, unit)
      return { ...indicator, sentence, targetText: targetText(indicator.target, unit), definition, unit }
    }),
    timeLimits,
  }
}
