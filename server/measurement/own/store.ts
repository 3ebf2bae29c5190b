import type { z } from 'zod'
import type { createOwnMeasure, OwnDefinition, OwnMeasure } from '../../../contract/measurement-own.ts'
import type { Tx } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import { notFound, Refusal } from '../../platform/refusal.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import { ownTallies, type Tally } from '../tallies.ts'
import { checkDefinition } from './check.ts'
import { formulaOf } from './formula.ts'
import { keepsSketch, measureOfOwn } from './measure.ts'

type Given = Omit<z.output<typeof createOwnMeasure.body>, 'code'>

/** An own measure as it is stored; `counted` says whether the cells hold its shares. */
export interface OwnRow {
  id: string
  code: string
  nameZh: string
  nameEn: string
  better: OwnMeasure['better']
  definition: OwnDefinition
  tally: Tally
  version: number
  changedBy: string | null
  changedAt: Date
  counted: boolean
}

/** All of the organization, by their code. */
export const ownRows = (tx: Tx, condition: Sql = sql`true`): Promise<OwnRow[]> =>
  tx.rows<OwnRow>(sql`
    select o.id, o.code, o.name_zh as "nameZh", o.name_en as "nameEn", o.better, o.definition, o.tally, o.version,
      u.name as "changedBy", o.changed_at as "changedAt", coalesce((
        select exists (select from jsonb_array_elements(s.own) one
          where one = jsonb_build_object('tally', o.tally, 'definition', o.definition))
        from measurement.state s where s.organization_id = o.organization_id), true) as counted
    from measurement.own_measure o
    left join access.user u on u.organization_id = o.organization_id and u.id = o.changed_by
    where o.organization_id = ${tx.organizationId} and ${condition}
    order by o.code collate "C"`)

/** With the versions of the standard that use each. */
export async function listOwn(tx: Tx): Promise<OwnMeasure[]> {
  const rows = await ownRows(tx)
  const used = await tx.rows<{ measure: string; version: number }>(sql`
    select distinct measure, version from standards.indicator
    where organization_id = ${tx.organizationId} and measure like 'own:%' order by version`)
  return rows.map((row) =>
    replyOf(
      row,
      used.filter(({ measure }) => measure === row.code).map((one) => one.version),
    ),
  )
}

const replyOf = (row: OwnRow, usedIn: number[]): OwnMeasure => {
  const { id, code, nameZh, nameEn, better, definition, version, changedBy, changedAt, counted } = row
  return {
    ...{ id, code, nameZh, nameEn, better, definition, version, changedBy, counted, usedIn },
    unit: measureOfOwn(row).unit,
    formula: formulaOf(definition),
    changedAt: changedAt.toISOString(),
  }
}

interface By {
  userId: string | null
  now: Date
}

/** Refuses definition_unusable (400), code_taken and too_many_measures (409). */
export async function createOwn(
  tx: Tx,
  { code: name, ...given }: Given & { code: string },
  { userId, now }: By,
): Promise<OwnMeasure> {
  checkDefinition(given.definition)
  await alone(tx)
  const code = `own:${name}`
  const all = await ownRows(tx)
  if (all.some((one) => one.code === code))
    throw new Refusal('code_taken', 409, {
      zh: `代码“${code}”已被“${all.find((one) => one.code === code)?.nameZh}”使用，请换一个。`,
      en: `The code “${code}” is that of “${all.find((one) => one.code === code)?.nameEn}”; take another one.`,
    })
  const id = newId(now.getTime())
  const tally = freeTally(all, keepsSketch(given.definition))
  await tx.run(sql`
    insert into measurement.own_measure (organization_id, id, code, name_zh, name_en, better, definition, tally,
      changed_by, changed_at)
    values (${tx.organizationId}, ${id}, ${code}, ${given.nameZh}, ${given.nameEn}, ${given.better},
      ${JSON.stringify(given.definition)}, ${tally}, ${userId}, ${now})`)
  return ownOf(tx, id)
}

/** Changes the version that was opened. Refuses definition_unusable (400), changed_meanwhile (409) and 404. */
export async function changeOwn(
  tx: Tx,
  id: string,
  { version, ...given }: Given & { version: number },
  { userId, now }: By,
): Promise<{ before: OwnRow; after: OwnMeasure }> {
  checkDefinition(given.definition)
  await alone(tx)
  const all = await ownRows(tx)
  const before = all.find((one) => one.id === id)
  if (!before) throw notFound()
  if (before.version !== version)
    throw new Refusal('changed_meanwhile', 409, {
      zh: `${before.changedBy ?? '他人'}在您打开之后改过这个度量（第 ${before.version} 版）。请核对最新口径后再改。`,
      en: `${before.changedBy ?? 'Somebody'} changed this measure after you opened it (version ${before.version}). Look at what stands, then change it.`,
    })
  const sketch = keepsSketch(given.definition)
  const tally = keepsSketch(before.definition) === sketch ? before.tally : freeTally(all, sketch)
  await tx.run(sql`
    update measurement.own_measure set name_zh = ${given.nameZh}, name_en = ${given.nameEn}, better = ${given.better},
      definition = ${JSON.stringify(given.definition)}, tally = ${tally}, version = version + 1,
      changed_by = ${userId}, changed_at = ${now}
    where organization_id = ${tx.organizationId} and id = ${id}`)
  return { before, after: await ownOf(tx, id) }
}

/** Refuses measure_in_use (409) one that a version of the standard or a draft names, and 404. */
export async function deleteOwn(tx: Tx, id: string): Promise<OwnRow> {
  await alone(tx)
  const row = (await ownRows(tx, sql`o.id = ${id}`))[0]
  if (!row) throw notFound()
  const used = await tx.rows<{ version: number }>(sql`
    select distinct version from standards.indicator
    where organization_id = ${tx.organizationId} and measure = ${row.code} order by version`)
  if (used.length > 0)
    throw new Refusal('measure_in_use', 409, {
      zh: `标准第 ${used.map(({ version }) => version).join('、')} 版使用了“${row.nameZh}”，删除后过去的得分将无法解释，因此不能删除。`,
      en: `Versions ${used.map(({ version }) => version).join(', ')} of the standard use “${row.nameEn}”: without it past scores could not be explained, so it stays.`,
    })
  await tx.run(sql`
    delete from measurement.own_measure where organization_id = ${tx.organizationId} and id = ${id}`)
  return row
}

const ownOf = async (tx: Tx, id: string): Promise<OwnMeasure> => {
  const found = (await listOwn(tx)).find((one) => one.id === id)
  if (!found) throw notFound()
  return found
}

/** Two who compose at once wait for each other, so that a place is given once. */
const alone = (tx: Tx) =>
  tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`own measures ${tx.organizationId}`}, 0))`)

function freeTally(taken: readonly OwnRow[], sketch: boolean): Tally {
  const all = ownTallies(sketch)
  const free = all.find((name) => !taken.some(({ tally }) => tally === name))
  if (free) return free
  throw new Refusal('too_many_measures', 409, {
    zh: `${sketch ? '平均与分位数' : '计数、合计与比率'}类自定义度量已有 ${all.length} 个，请先删除不再需要的。`,
    en: `There are ${all.length} own measures of ${sketch ? 'means and percentiles' : 'counts, sums and rates'} already; delete those no longer wanted first.`,
  })
}
