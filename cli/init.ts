import { readFileSync } from 'node:fs'
import { login as loginShape, packName, password as passwordShape } from '../contract/access.ts'
import { loadDemoInto } from '../server/demo/index.ts'
import { initOrganization } from '../server/init.ts'
import type { Tx } from '../server/platform/database.ts'
import { openSecrets } from '../server/platform/secrets.ts'
import { withStore } from './context.ts'
import { choice, needFlag, textFlag, UsageError } from './flags.ts'
import { data, language, talk } from './print.ts'
import type { Command } from './run.ts'

export const command: Command = async (_words, flags) => {
  const password = passwordOf(needFlag(flags, 'password-file'))
  const login = loginShape.safeParse(needFlag(flags, 'admin'))
  if (!login.success) throw new UsageError('--admin 应为 2 到 60 个字符。', '--admin has 2 to 60 characters.')
  const given = {
    organization: needFlag(flags, 'organization'),
    login: login.data,
    password,
    zone: textFlag(flags, 'zone') ?? 'Asia/Shanghai',
    language: language(),
    pack: choice(textFlag(flags, 'pack') ?? 'general', packName.options, 'pack'),
  }
  return withStore(flags, async ({ db, dataDir }) => {
    const now = new Date()
    const demo = async (tx: Tx) => void (await loadDemoInto(tx, db, { now, secrets: openSecrets(dataDir) }))
    const { organizationId } = await initOrganization(db, given, now, {
      onlyFirst: false,
      ...(flags.demo === true && { andThen: demo }),
    })
    if (flags.json)
      data({
        organization: organizationId,
        admin: login.data,
        pack: given.pack,
        zone: given.zone,
        demo: flags.demo === true,
      })
    else
      talk(
        `已创建企业“${given.organization}”，管理员 ${login.data}${flags.demo ? '，并载入示例数据' : ''}。`,
        `Created "${given.organization}" with administrator ${login.data}${flags.demo ? ' and the demo data' : ''}.`,
      )
    return 0
  })
}

export function passwordOf(file: string): string {
  let text: string
  try {
    text = readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch {
    throw new UsageError(`读不到密码文件 ${file}。`, `The password file ${file} cannot be read.`)
  }
  const parsed = passwordShape.safeParse(text)
  if (!parsed.success)
    throw new UsageError('密码需要 10 到 200 个字符。', 'A password has 10 to 200 characters.')
  return parsed.data
}
