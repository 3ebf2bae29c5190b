import { createUser } from '../access/index.ts'
import { organizationOf } from '../directory/index.ts'
import { initOrganization } from '../init.ts'
import type { Database } from '../platform/database.ts'
import type { Secrets } from '../platform/secrets.ts'
import { sql } from '../platform/sql.ts'
import { demoTeams } from './company.ts'
import { loadDemo } from './load.ts'

/** The sign-in that a demo start prints; it exists in the demo organization only. */
export const demoSignIn = { login: 'demo', password: 'zhihuan-demo' }

/** The demo organization, made once: an administrator, and one of each other role to try. */
export async function ensureDemoOrganization(
  db: Database,
  options: { now: Date; secrets: Secrets },
): Promise<void> {
  const { now } = options
  const [known] = await db.global(sql`select 1 from access.login where login = ${demoSignIn.login}`)
  if (known) return
  const { organizationId } = await initOrganization(
    db,
    {
      organization: '示例企业',
      ...demoSignIn,
      name: '示例管理员',
      zone: 'Asia/Shanghai',
      language: 'zh',
      pack: 'general',
    },
    now,
    { onlyFirst: false },
  )
  await loadDemo(db, await db.wholeScope(organizationId), options)
  await db.transaction(await db.wholeScope(organizationId), async (tx) => {
    const unit = async (name: string) =>
      (
        await tx.one<{ id: string }>(
          sql`select id from directory.unit where organization_id = ${organizationId} and name = ${name}`,
        )
      )?.id ?? ''
    const { rootUnitId } = await organizationOf(tx)
    const team = await unit(demoTeams[0]?.name ?? '')
    const users = [
      { login: 'demo-supervisor', name: '示例质检主管', role: 'quality_supervisor', unitId: rootUnitId },
      { login: 'demo-lead', name: '示例团队长', role: 'team_lead', unitId: team },
      { login: 'demo-specialist', name: '示例专员', role: 'specialist', unitId: team },
      { login: 'demo-auditor', name: '示例审核员', role: 'auditor', unitId: rootUnitId },
    ] as const
    for (const user of users)
      await createUser(tx, { ...user, password: demoSignIn.password, demo: true }, now)
  })
}
