import type { View } from '../../contract/records.ts'
import { type Actor, homeUnitOf } from '../platform/actor.ts'
import type { Scope, Tx } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { notFound, Refusal } from '../platform/refusal.ts'
import { type Sql, sql } from '../platform/sql.ts'

type Who = { actor: Actor; scope: Scope & { whole: boolean } }

/** Own views, and those of the units above and below the actor's own; a view shows nothing its reader may not see. */
export const listViews = (tx: Tx, who: Who, list: string | undefined): Promise<View[]> =>
  readViews(tx, who, list ? sql`v.list = ${list}` : sql`true`)

const readViews = (tx: Tx, { actor, scope }: Who, condition: Sql): Promise<View[]> =>
  tx.rows<View>(sql`
    with recursive reach as (
      select u.id, u.parent_id from directory.unit u
      where u.organization_id = ${tx.organizationId} and u.id = any(${scope.unitIds}::uuid[])
      union
      select u.id, u.parent_id from reach r
      join directory.unit u on u.organization_id = ${tx.organizationId} and u.id = r.parent_id
    )
    select v.id, v.list, v.name, v.query, v.team_unit_id is not null as team, v.user_id = ${actor.userId} as mine,
      (v.user_id = ${actor.userId} or (v.team_unit_id is not null and ${scope.whole})) as "mayDelete",
      d.view_id is not null as usual
    from records.view v
    left join records.usual_view d on d.organization_id = v.organization_id and d.view_id = v.id
      and d.user_id = ${actor.userId}
    where v.organization_id = ${tx.organizationId} and ${condition}
      and (v.user_id = ${actor.userId} or v.team_unit_id in (select id from reach))
    order by v.team_unit_id is not null, v.created_at, v.id`)

async function readView(tx: Tx, who: Who, id: string): Promise<View> {
  const [view] = await readViews(tx, who, sql`v.id = ${id}`)
  if (!view) throw notFound()
  return view
}

export async function saveView(
  tx: Tx,
  who: Who,
  given: { list: string; name: string; query: string; team: boolean },
  now: Date,
): Promise<View> {
  const id = newId(now.getTime())
  const unitId = given.team ? homeUnitOf(who.actor, who.scope) : null
  const made = await tx.run(sql`
    insert into records.view (organization_id, id, list, name, query, user_id, team_unit_id, created_at)
    values (${tx.organizationId}, ${id}, ${given.list}, ${given.name}, ${given.query}, ${who.actor.userId}, ${unitId}, ${now})
    on conflict on constraint view_name_unique do nothing`)
  if (made === 0)
    throw new Refusal('name_taken', 409, {
      zh: `已有名为“${given.name}”的视图，请换一个名称。`,
      en: `There is a view "${given.name}" already; choose another name.`,
    })
  return readView(tx, who, id)
}

export async function deleteView(tx: Tx, who: Who, id: string): Promise<void> {
  const view = await readView(tx, who, id)
  if (!view.mayDelete)
    throw new Refusal('forbidden', 403, {
      zh: '团队视图由其创建者或管理员删除。',
      en: 'A view of the team is deleted by its maker or an administrator.',
    })
  await tx.run(sql`delete from records.view where organization_id = ${tx.organizationId} and id = ${id}`)
}

export async function chooseUsualView(tx: Tx, who: Who, id: string, usual: boolean): Promise<View> {
  const view = await readView(tx, who, id)
  await tx.run(sql`
    delete from records.usual_view where organization_id = ${tx.organizationId} and user_id = ${who.actor.userId}
      and list = ${view.list}`)
  if (usual)
    await tx.run(sql`
      insert into records.usual_view (organization_id, user_id, list, view_id)
      values (${tx.organizationId}, ${who.actor.userId}, ${view.list}, ${id})`)
  return readView(tx, who, id)
}
