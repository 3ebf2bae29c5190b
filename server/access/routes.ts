import * as contract from '../../contract/access.ts'
import { type Actor, scopeOf } from '../platform/actor.ts'
import type { Database } from '../platform/database.ts'
import { serve } from '../platform/http/serve.ts'
import { notFound, Refusal } from '../platform/refusal.ts'
import { changePassword } from './change-password.ts'
import {
  clearSessionCookie,
  deviceOf,
  isKey,
  refuseOtherSites,
  sessionCookieOf,
  setDeviceCookie,
  setSessionCookie,
  tokenOf,
} from './cookies.ts'
import { listKeys, revokeKey } from './keys.ts'
import { describeMe } from './me.ts'
import { resetPassword } from './reset-password.ts'
import { anyone, managing, signedIn } from './roles.ts'
import { actorOfToken, endSession, openSession } from './sessions.ts'
import { signIn } from './sign-in.ts'
import { changeRoles, createUser, disableUser, listUsers } from './users.ts'

/** The actor's own description in a transaction of their whole scope. */
async function meOf(db: Database, token: string, now: Date) {
  const actor = await actorOfToken(db, token, now)
  if (!actor) throw notFound()
  const unitIds = [...new Set(actor.grants.flatMap((grant) => grant.unitIds))]
  return db.transaction({ organizationId: actor.organizationId, unitIds }, (tx) => describeMe(tx, actor, now))
}

/** The units in which the actor administers; none for all others. */
const managesOf = (actor: Actor): readonly string[] => scopeOf(actor, managing.roles)?.unitIds ?? []

export const accessRoutes = [
  serve(
    contract.signIn,
    anyone,
    async (_tx, { body }, { db, now, request, reply }) => {
      refuseOtherSites(request)
      const owner = await signIn(db, { ...body, address: request.ip, device: deviceOf(request) }, now)
      const earlier = sessionCookieOf(request)
      if (earlier) await endSession(db, earlier)
      const { token } = await openSession(db, owner, now)
      setSessionCookie(request, reply, token)
      setDeviceCookie(request, reply, owner.device)
      return meOf(db, token, now)
    },
    'own',
  ),
  serve(
    contract.signOut,
    signedIn,
    async (_tx, _input, { db, request, reply }) => {
      const token = tokenOf(request)
      if (token) await endSession(db, token)
      clearSessionCookie(request, reply)
      return {}
    },
    'own',
  ),
  serve(contract.whoAmI, signedIn, (tx, _input, { actor, now }) => describeMe(tx, actor, now)),
  serve(
    contract.changePassword,
    signedIn,
    async (_tx, { body }, { db, actor, now, audit, request }) => {
      if (isKey(request))
        throw new Refusal('key_changes_password', 403, {
          zh: '接口令牌不能修改密码。请登录后修改。',
          en: 'An API key cannot change the password; sign in to change it.',
        })
      const browser = { token: tokenOf(request) ?? '', address: request.ip, device: deviceOf(request) }
      await changePassword(db, { ...body, login: actor.login, ...browser }, now)
      audit({ objectKind: 'user', objectId: actor.userId })
      return {}
    },
    'own',
  ),
  serve(contract.listUsers, managing, async (tx) => ({ items: await listUsers(tx) })),
  serve(contract.createUser, managing, async (tx, { body }, { now, audit }) => {
    const id = await createUser(tx, body, now)
    audit({ objectKind: 'user', objectId: id, detail: { role: body.role, unitId: body.unitId } })
    return (await listUsers(tx, id))[0]!
  }),
  serve(contract.changeRoles, managing, async (tx, { params, body }, { now, audit }) => {
    const [before] = await listUsers(tx, params.id)
    await changeRoles(tx, params.id, body.grants, now)
    const [after] = await listUsers(tx, params.id)
    audit({
      objectKind: 'user',
      objectId: params.id,
      detail: { before: before?.grants, after: after?.grants },
    })
    return after!
  }),
  serve(contract.disableUser, managing, async (tx, { params }, { now, audit }) => {
    await disableUser(tx, params.id, now)
    audit({ objectKind: 'user', objectId: params.id })
    return (await listUsers(tx, params.id))[0]!
  }),
  serve(contract.resetUserPassword, managing, async (tx, { params, body }, { audit }) => {
    const user = (await listUsers(tx, params.id))[0]
    if (!user) throw notFound()
    await resetPassword(tx, user.login, body.password)
    audit({ objectKind: 'user', objectId: params.id })
    return (await listUsers(tx, params.id))[0]!
  }),
  serve(contract.listKeys, signedIn, async (tx, _input, { actor, now }) => ({
    items: await listKeys(tx, { userId: actor.userId, manages: managesOf(actor), now }),
  })),
  serve(contract.revokeKey, signedIn, async (tx, { params }, { actor, now, audit }) => {
    await revokeKey(tx, params.id, { userId: actor.userId, manages: managesOf(actor), now })
    audit({ objectKind: 'key', detail: { key: params.id } })
    return {}
  }),
  serve(
    contract.createKey,
    signedIn,
    async (_tx, { body }, { db, actor, now, audit, request }) => {
      // Otherwise a key that leaked could give itself successors for ever.
      if (isKey(request))
        throw new Refusal('key_makes_key', 403, {
          zh: '接口令牌不能创建新的令牌。请登录后创建。',
          en: 'An API key cannot create further keys; sign in to create one.',
        })
      const owner = { organizationId: actor.organizationId, userId: actor.userId }
      const { token, expiresAt } = await openSession(db, owner, now, body)
      audit({ objectKind: 'key', detail: { name: body.name, days: body.days } })
      return { key: token, expiresAt: expiresAt.toISOString() }
    },
    'own',
  ),
]
