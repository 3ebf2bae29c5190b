import { createUser } from '../access/index.ts'
import { initOrganization } from '../init.ts'
import type { Database, Tx } from '../platform/database.ts'
import { Refusal } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { sql } from '../platform/sql.ts'
import { demoTeams } from './company.ts'
import { loadDemoInto } from './load.ts'

/** The sign-in that a demo start prints; it exists in the demo organization only. */
export const demoSignIn = { login: 'demo', password: 'zhihuan-demo' }

/**
 * The demo organization, made once and in one transaction: records, an administrator, and one of each other role
 * to try.
 */
export async function ensureDemoOrganization(
  db: Database,
  options: { now: Date; secrets: Secrets },
): Promise<void> {
  const known = () => db.global(sql`select 1 from access.login where login = ${demoSignIn.login}`)
  if ((await known()).length > 0) return
  const given = {
    organization: '示例企业',
    ...demoSignIn,
    name: '示例管理员',
    zone: 'Asia/Shanghai',
    language: 'zh',
    pack: 'general',
  } as const
  const andThen = async (tx: Tx, rootUnitId: string) => {
    await loadDemoInto(tx, db, options)
    await addUsers(tx, rootUnitId, options.now)
  }
  try {
    await initOrganization(db, given, options.now, { onlyFirst: false, andThen })
  } catch (error) {
    // Somebody else made it in this moment.
    if (error instanceof Refusal && error.code === 'login_taken' && (await known()).length > 0) return
    throw error
  }
}

async function addUsers(tx: Tx, rootUnitId: string, now: Date): Promise<void> {
  const team = await tx.one<{ id: string }>(sql`
    select id from directory.unit where organization_id = ${tx.organizationId} and name = ${demoTeams[0].name}`)
  const teamId = team?.id ?? rootUnitId
  const users = [
    { login: 'demo-supervisor', name: '示例质检主管', role: 'quality_supervisor', unitId: rootUnitId },
    { login: 'demo-lead', name: '示例团队长', role: 'team_lead', unitId: teamId },
    { login: 'demo-specialist', name: '示例专员', role: 'specialist', unitId: teamId },
    { login: 'demo-auditor', name: '示例审核员', role: 'auditor', unitId: rootUnitId },
  ] as const
  for (const user of users) await createUser(tx, { ...user, password: demoSignIn.password, demo: true }, now)
}
