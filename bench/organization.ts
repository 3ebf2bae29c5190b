import { initOrganization } from '../server/init.ts'
import type { Database } from '../server/platform/database.ts'
import { newId } from '../server/platform/ids.ts'
import { sql } from '../server/platform/sql.ts'
import { agents, now, products, teams, zoneName } from './tickets.ts'

/** The ids of an organization whose members the tickets name by number. */
export interface Members {
  organizationId: string
  sourceId: string
  teams: string[]
  agents: string[]
  products: string[]
}

export const teamName = (i: number): string => `团队${String(i + 1).padStart(2, '0')}`
export const agentName = (i: number): string => `工程师${String(i + 1).padStart(4, '0')}`
export const productName = (i: number): string => `产品${String(i + 1).padStart(3, '0')}`

export async function createMembers(db: Database): Promise<Members> {
  const { organizationId } = await initOrganization(
    db,
    {
      organization: 'Bench',
      login: 'bench',
      password: newId(),
      zone: zoneName,
      language: 'en',
      pack: 'general',
    },
    now,
    { onlyFirst: false },
  )
  const ids = (count: number) => Array.from({ length: count }, () => newId(now.getTime()))
  const made = { teams: ids(teams), agents: ids(agents), products: ids(products) }
  const scope = await db.wholeScope(organizationId)
  const [root] = scope.unitIds
  await db.transaction({ organizationId, unitIds: [root!, ...made.teams] }, async (tx) => {
    await tx.run(sql`
      insert into directory.unit (organization_id, id, parent_id, kind, name, created_at)
      select ${organizationId}::uuid, id, ${root}::uuid, 'team', name, ${now}
      from unnest(${made.teams}::uuid[], ${made.teams.map((_, i) => teamName(i))}::text[]) as new (id, name)`)
    const homes = made.agents.map((_, i) => made.teams[i % teams]!)
    await tx.run(sql`
      insert into directory.person (organization_id, id, unit_id, name, created_at)
      select ${organizationId}::uuid, id, unit_id, name, ${now}
      from unnest(${made.agents}::uuid[], ${homes}::uuid[], ${made.agents.map((_, i) => agentName(i))}::text[])
        as new (id, unit_id, name)`)
    await tx.run(sql`
      insert into directory.posting (organization_id, id, person_id, unit_id, from_on)
      select ${organizationId}::uuid, gen_random_uuid(), id, unit_id, '2020-01-01'
      from unnest(${made.agents}::uuid[], ${homes}::uuid[]) as new (id, unit_id)`)
    await tx.run(sql`
      insert into directory.product (organization_id, id, code, name, created_at)
      select ${organizationId}::uuid, id, name, name, ${now}
      from unnest(${made.products}::uuid[], ${made.products.map((_, i) => productName(i))}::text[]) as new (id, name)`)
  })
  return { organizationId, sourceId: newId(now.getTime()), ...made }
}
