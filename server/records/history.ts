import type { ListKind } from '../../contract/list-columns.ts'
import type { HistoryEntry } from '../../contract/records.ts'
import { maskText } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { type FieldChange, openChanges } from '../platform/record-change.ts'
import { notFound } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { sql } from '../platform/sql.ts'
import { kindOf, recordsLists } from './lists.ts'

const most = 200

/** Who did what to one record, the latest first; only for who may see the record as it stands. */
export async function readHistory(
  tx: Tx,
  secrets: Secrets,
  { kind, id }: { kind: ListKind; id: string },
): Promise<HistoryEntry[]> {
  const objectKind = kindOf(kind)
  const { table, seenBy = 'unit_id' } = recordsLists[kind]
  const seen = await tx.client.query(
    `select 1 from ${table} where organization_id = $1 and id = $2
       and (unit_id = any($3::uuid[]) or ${seenBy} = any($3::uuid[]))`,
    [tx.organizationId, id, tx.unitIds],
  )
  if (seen.rowCount === 0) throw notFound()
  const rows = await tx.rows<{
    at: Date
    actor: string
    action: string
    detail: { sealed?: unknown }
  }>(sql`
    select e.at, coalesce(u.name, e.actor_name) as actor, e.action, e.detail
    from platform.audit_event e
    left join access.user u on u.organization_id = e.organization_id and u.id = e.actor_id
    where e.organization_id = ${tx.organizationId} and e.object_kind = ${objectKind} and e.object_id = ${id}
      and e.result = 'ok'
    order by e.at desc, e.id desc limit ${most}`)
  const opened = rows.map((row) => openChanges(secrets, tx.organizationId, row.detail.sealed))
  const names = await namesOf(tx, opened.flat())
  return rows.map((row, i) => ({
    at: row.at.toISOString(),
    actor: row.actor,
    action: row.action,
    changes: (opened[i] ?? []).map(({ field, before, after }) => ({
      field,
      before: shown(field, before, names),
      after: shown(field, after, names),
    })),
  }))
}

function shown(field: string, value: FieldChange['before'], names: Map<string, string>) {
  if (value === null) return null
  // Instants are stored as milliseconds.
  if (field.endsWith('_at') && typeof value === 'number') return new Date(value).toISOString()
  if (typeof value !== 'string') return value
  return field.endsWith('_id') ? (names.get(value) ?? '…') : maskText(value)
}

/** What the ids in changes are called; a customer by code. */
async function namesOf(tx: Tx, changes: FieldChange[]): Promise<Map<string, string>> {
  const ids = changes.flatMap(({ field, before, after }) =>
    field.endsWith('_id') ? [before, after].filter((one) => typeof one === 'string') : [],
  )
  if (ids.length === 0) return new Map()
  const rows = await tx.rows<{ id: string; name: string }>(sql`
    select id, name from directory.unit where organization_id = ${tx.organizationId} and id = any(${ids}::uuid[])
    union all
    select id, name from directory.person where organization_id = ${tx.organizationId} and id = any(${ids}::uuid[])
    union all
    select id, name from directory.product where organization_id = ${tx.organizationId} and id = any(${ids}::uuid[])
    union all
    select id, code from directory.customer where organization_id = ${tx.organizationId} and id = any(${ids}::uuid[])`)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
