import type { Role } from '../../contract/access.ts'
import type { Tx } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { notFound, Refusal } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { hashPassword } from './password.ts'
import { normalLogin } from './sign-in.ts'

export interface NewUser {
  login: string
  name: string
  password: string
  role: Role
  unitId: string
  personId?: string
  until?: string
  language?: 'zh' | 'en'
  demo?: boolean
}

export async function createUser(tx: Tx, user: NewUser, now: Date): Promise<string> {
  const id = newId(now.getTime())
  const login = normalLogin(user.login)
  const unit = await tx.one(sql`
    select id from directory.unit where organization_id = ${tx.organizationId} and id = ${user.unitId}`)
  if (!unit || !tx.unitIds.includes(user.unitId)) throw notFound()
  await tx.run(sql`
    insert into access.user (organization_id, id, login, name, person_id, password_hash, language, demo, created_at)
    values (${tx.organizationId}, ${id}, ${login}, ${user.name}, ${user.personId ?? null},
      ${await hashPassword(user.password)}, ${user.language ?? 'zh'}, ${user.demo ?? false}, ${now})`)
  const free = await tx.run(sql`
    insert into access.login (login, organization_id, user_id) values (${login}, ${tx.organizationId}, ${id})
    on conflict do nothing`)
  if (free === 0)
    throw new Refusal('login_taken', 409, {
      zh: '该账号已被使用，请换一个。',
      en: 'This login is taken; choose another.',
    })
  await tx.run(sql`
    insert into access.grant (organization_id, id, user_id, role, unit_id, until, created_at)
    values (${tx.organizationId}, ${newId(now.getTime())}, ${id}, ${user.role}, ${user.unitId},
      ${user.until ?? null}, ${now})`)
  return id
}

export interface UserRow {
  id: string
  login: string
  name: string
  disabledAt: string | null
  grants: { role: Role; unitId: string; unitName: string; until: string | null }[]
}

/** Those whose every role lies within the reader's units. */
export async function listUsers(tx: Tx, id?: string): Promise<UserRow[]> {
  const rows = await tx.rows<{
    id: string
    login: string
    name: string
    disabled_at: Date | null
    grants: { role: Role; unitId: string; unitName: string; until: string | null }[]
  }>(sql`
    select u.id, u.login, u.name, u.disabled_at,
      coalesce(json_agg(json_build_object('role', g.role, 'unitId', g.unit_id, 'unitName', n.name,
        'until', to_char(g.until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) order by g.created_at)
        filter (where g.id is not null), '[]') as grants
    from access.user u
    left join access.grant g on g.organization_id = u.organization_id and g.user_id = u.id
    left join directory.unit n on n.organization_id = g.organization_id and n.id = g.unit_id
    where u.organization_id = ${tx.organizationId} and (${id ?? null}::uuid is null or u.id = ${id ?? null}::uuid)
      and exists (select from access.grant f where f.organization_id = u.organization_id and f.user_id = u.id)
      and not exists (select from access.grant f where f.organization_id = u.organization_id and f.user_id = u.id
        and f.unit_id <> all(${tx.unitIds}::uuid[]))
    group by u.organization_id, u.id order by u.login`)
  return rows.map(({ disabled_at, ...row }) => ({ ...row, disabledAt: disabled_at?.toISOString() ?? null }))
}

/** Ends the user's sessions with the account; the last administrator of the whole organization stays. */
export async function disableUser(tx: Tx, id: string, now: Date): Promise<void> {
  if ((await listUsers(tx, id)).length === 0) throw notFound()
  await refuseLastAdministrator(tx, id, now)
  const done = await tx.run(sql`
    update access.user set disabled_at = ${now}
    where organization_id = ${tx.organizationId} and id = ${id} and disabled_at is null`)
  if (done === 0) throw notFound()
  await tx.run(
    sql`delete from access.session where organization_id = ${tx.organizationId} and user_id = ${id}`,
  )
}

/** Somebody else has to be administrator of the whole organization; two who leave at once wait for each other here. */
async function refuseLastAdministrator(tx: Tx, id: string, now: Date): Promise<void> {
  // Before the reading: a lock on the rows would be got with what stood before the other's change.
  await tx.run(
    sql`select pg_advisory_xact_lock(hashtextextended(${`administrators ${tx.organizationId}`}, 0))`,
  )
  const others = await tx.rows(sql`
    select 1 from access.grant g join access.user u on u.organization_id = g.organization_id and u.id = g.user_id
    join directory.organization o on o.id = g.organization_id and o.root_unit_id = g.unit_id
    where g.organization_id = ${tx.organizationId} and g.role = 'administrator' and u.disabled_at is null
      and (g.until is null or g.until > ${now}) and u.id <> ${id}`)
  if (others.length === 0)
    throw new Refusal('last_administrator', 409, {
      zh: '这是最后一位管理员，须保留。请先指定另一位。',
      en: 'This is the last administrator and must stay one; appoint another first.',
    })
}

export interface Grant {
  role: Role
  unitId: string
  until: string | null
}

/**
 * Gives a user exactly these roles; each holds from the next request on. Refuses a unit or a user out of reach (404), a
 * role twice in one unit (400), and taking its role from the last administrator (409).
 */
export async function changeRoles(tx: Tx, id: string, grants: readonly Grant[], now: Date): Promise<void> {
  if ((await listUsers(tx, id)).length === 0) throw notFound()
  if (grants.some(({ unitId }) => !tx.unitIds.includes(unitId))) throw notFound()
  const keys = new Set(grants.map(({ role, unitId }) => `${role} ${unitId}`))
  if (keys.size < grants.length)
    throw new Refusal('role_twice', 400, {
      zh: '同一单位的同一角色出现了两次，请删去其中一个。',
      en: 'A role stands twice for one unit; remove one of them.',
    })
  const root = await tx.one<{ id: string }>(
    sql`select root_unit_id as id from directory.organization where id = ${tx.organizationId}`,
  )
  const stays = grants.some(({ role, unitId, until }) => {
    const lasts = until === null || Date.parse(until) > now.getTime()
    return role === 'administrator' && unitId === root?.id && lasts
  })
  if (!stays) await refuseLastAdministrator(tx, id, now)
  await tx.run(sql`delete from access.grant where organization_id = ${tx.organizationId} and user_id = ${id}`)
  for (const { role, unitId, until } of grants)
    await tx.run(sql`
      insert into access.grant (organization_id, id, user_id, role, unit_id, until, created_at)
      values (${tx.organizationId}, ${newId(now.getTime())}, ${id}, ${role}, ${unitId}, ${until}, ${now})`)
}
