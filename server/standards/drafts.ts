import type { z } from 'zod'
import type { createDraft as createRoute, draftPublished, StoredDraft } from '../../contract/standards.ts'
import type { Tx } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { notFound, Refusal } from '../platform/refusal.ts'
import { type Sql, sql } from '../platform/sql.ts'

type Given = z.output<typeof createRoute.body>
type Row = Omit<StoredDraft, 'changedAt'> & { changedAt: Date }

const mostDrafts = 100

/** Every draft without its content, the last saved first. */
export async function listDrafts(tx: Tx): Promise<Omit<StoredDraft, 'content'>[]> {
  const rows = await readDrafts(tx, sql`true`)
  return rows.map(({ content: _content, ...head }) => head)
}

/** @throws Refusal 404 */
export async function readDraft(tx: Tx, id: string): Promise<StoredDraft> {
  const [found] = await readDrafts(tx, sql`d.id = ${id}`)
  if (!found) throw notFound()
  return found
}

async function readDrafts(tx: Tx, condition: Sql): Promise<StoredDraft[]> {
  const rows = await tx.rows<Row>(sql`
    select d.id, d.name, d.version, d.content, c.name as "createdBy", u.name as "changedBy", d.changed_at as "changedAt"
    from standards.draft d
    left join access.user c on c.organization_id = d.organization_id and c.id = d.created_by
    left join access.user u on u.organization_id = d.organization_id and u.id = d.changed_by
    where d.organization_id = ${tx.organizationId} and ${condition}
    order by d.changed_at desc, d.id desc`)
  return rows.map((row) => ({ ...row, changedAt: row.changedAt.toISOString() }))
}

interface Saving {
  userId: string
  now: Date
}

/** Refuses (409) too_many_drafts. */
export async function createDraft(
  tx: Tx,
  { name, content }: Given,
  { userId, now }: Saving,
): Promise<StoredDraft> {
  const count = await tx.one<{ n: number }>(sql`
    select count(*)::int as n from standards.draft where organization_id = ${tx.organizationId}`)
  if (count!.n >= mostDrafts)
    throw new Refusal('too_many_drafts', 409, {
      zh: `草稿已有 ${mostDrafts} 份，请先删除不再需要的。`,
      en: `There are ${mostDrafts} drafts; delete those no longer wanted first.`,
    })
  const id = newId(now.getTime())
  await tx.run(sql`
    insert into standards.draft (organization_id, id, name, version, content, created_by, created_at, changed_by, changed_at)
    values (${tx.organizationId}, ${id}, ${name}, 1, ${JSON.stringify(content)}, ${userId}, ${now}, ${userId}, ${now})`)
  return readDraft(tx, id)
}

/** Saves over the version that was opened. Refuses (409) changed_meanwhile, naming who saved it since. */
export async function saveDraft(
  tx: Tx,
  id: string,
  { version, name, content }: Given & { version: number },
  { userId, now }: Saving,
): Promise<StoredDraft> {
  const saved = await tx.run(sql`
    update standards.draft set name = ${name}, content = ${JSON.stringify(content)}, version = version + 1,
      changed_by = ${userId}, changed_at = ${now}
    where organization_id = ${tx.organizationId} and id = ${id} and version = ${version}`)
  const stands = await readDraft(tx, id)
  if (saved === 0)
    throw new Refusal(
      'changed_meanwhile',
      409,
      {
        zh: `${stands.changedBy ?? '他人'}在您打开之后保存了这份草稿（第 ${stands.version} 次）。您的改动还在本页：可打开对方的内容，或另存为新草稿。`,
        en: `${stands.changedBy ?? 'Somebody'} saved this draft after you opened it (save ${stands.version}). Your changes are still on this page: open what stands, or save yours as a new draft.`,
      },
      { version: stands.version },
    )
  return stands
}

/** @throws Refusal 404 */
export async function deleteDraft(tx: Tx, id: string): Promise<void> {
  const gone = await tx.run(sql`
    delete from standards.draft where organization_id = ${tx.organizationId} and id = ${id}`)
  if (gone === 0) throw notFound()
}

/** A published draft ends. Refuses (409) changed_meanwhile one that somebody changed, published or deleted since. */
export async function endDraft(tx: Tx, { id, version }: z.output<typeof draftPublished>): Promise<void> {
  const ended = await tx.run(sql`
    delete from standards.draft
    where organization_id = ${tx.organizationId} and id = ${id} and version = ${version}`)
  if (ended === 0)
    throw new Refusal('changed_meanwhile', 409, {
      zh: '这份草稿在您打开之后已被他人修改、发布或删除，没有发布。请打开最新内容核对后再发布。',
      en: 'This draft was changed, published or deleted after you opened it, so nothing was published. Look at what stands, then publish.',
    })
}
