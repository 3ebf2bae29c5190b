import { login as loginShape, type Role, roles } from '../contract/access.ts'
import { createUser, resetPassword } from '../server/access/index.ts'
import { organizationOf } from '../server/directory/index.ts'
import { recordAudit } from '../server/platform/audit.ts'
import type { Tx } from '../server/platform/database.ts'
import { unitId, withOrganization } from './context.ts'
import { choice, type Flags, needFlag, needWord, textFlag, UsageError } from './flags.ts'
import { passwordOf } from './init.ts'
import { data, language, talk } from './print.ts'
import type { Command } from './run.ts'

export const command: Command = async (words, flags) => {
  const verb = needWord(words, 0, { zh: 'add 或 reset', en: 'add or reset' })
  if (verb !== 'add' && verb !== 'reset')
    throw new UsageError('user 之后写 add 或 reset。', 'After user comes add or reset.')
  const login = loginShape.safeParse(needWord(words, 1, { zh: '账号', en: 'the login' }))
  if (!login.success) throw new UsageError('账号应为 2 到 60 个字符。', 'A login has 2 to 60 characters.')
  const password = passwordOf(needFlag(flags, 'password-file'))
  return verb === 'add' ? add(login.data, password, flags) : reset(login.data, password, flags)
}

async function add(login: string, password: string, flags: Flags): Promise<number> {
  const role: Role = choice(needFlag(flags, 'role'), roles, 'role')
  return withOrganization(flags, async (context) => {
    const named = await unitId(context, textFlag(flags, 'unit'))
    const id = await context.db.transaction(context.scope, async (tx) => {
      const user = {
        login,
        name: textFlag(flags, 'name') ?? login,
        password,
        role,
        unitId: named ?? (await organizationOf(tx)).rootUnitId,
        language: language(),
      }
      const made = await createUser(tx, user, new Date())
      await audit(tx, 'createUser', made, { role, unitId: user.unitId })
      return made
    })
    if (flags.json) data({ user: id, login, role })
    else talk(`已添加账号 ${login}（${role}）。`, `Added ${login} (${role}).`)
    return 0
  })
}

async function reset(login: string, password: string, flags: Flags): Promise<number> {
  return withOrganization(flags, async ({ db, scope }) => {
    const id = await db.transaction(scope, async (tx) => {
      const user = await resetPassword(tx, login, password)
      await audit(tx, 'resetPassword', user, {})
      return user
    })
    if (flags.json) data({ user: id, login })
    else
      talk(
        `已重设 ${login} 的密码，原有登录全部失效。`,
        `The password of ${login} is reset; its sessions are ended.`,
      )
    return 0
  })
}

/** What the operator does at the machine is on the trail too. */
const audit = (tx: Tx, action: string, objectId: string, detail: Record<string, unknown>) =>
  recordAudit(
    tx,
    {
      actorId: null,
      actorName: 'command line',
      action,
      objectKind: 'user',
      objectId,
      result: 'ok',
      requestId: null,
      detail,
    },
    new Date(),
  )
