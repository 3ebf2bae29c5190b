import { organizationOf } from '../server/directory/index.ts'
import { readConfig } from '../server/platform/config.ts'
import type { Scope } from '../server/platform/database.ts'
import { Refusal } from '../server/platform/refusal.ts'
import { sql } from '../server/platform/sql.ts'
import { openStore, type Store } from '../server/store.ts'
import { type Flags, textFlag } from './flags.ts'

/** The operator at the machine: the whole organization. */
export interface Context extends Store {
  dataDir: string
  scope: Scope
  zone: string
  close(): Promise<void>
}

/** Opens the database for the duration of one command; starts the embedded one when nothing runs. */
export async function withStore<T>(
  flags: Flags,
  work: (store: Store & { dataDir: string }) => Promise<T>,
): Promise<T> {
  const config = readConfig(process.env, { data: textFlag(flags, 'data') })
  const store = await openStore(config, () => {})
  try {
    return await work({ ...store, dataDir: config.dataDir })
  } finally {
    await store.close()
  }
}

export const withOrganization = <T>(flags: Flags, work: (context: Context) => Promise<T>): Promise<T> =>
  withStore(flags, async (store) => {
    const organizationId = await findOrganization(store, textFlag(flags, 'organization'))
    const scope = await store.db.wholeScope(organizationId)
    const { zone } = await store.db.transaction(scope, organizationOf)
    return work({ ...store, scope, zone: zone.name })
  })

/** The only organization, or the one named; a login of each tells which there are. */
async function findOrganization(store: Store, name: string | undefined): Promise<string> {
  const ids = await store.db.global<{ id: string }>(
    sql`select distinct organization_id as id from access.login order by 1`,
  )
  const known: { id: string; name: string }[] = []
  for (const { id } of ids) {
    const row = await store.db.transaction({ organizationId: id, unitIds: [] }, (tx) =>
      tx.one<{ name: string }>(sql`select name from directory.organization where id = ${id}`),
    )
    if (row) known.push({ id, name: row.name })
  }
  if (known.length === 0)
    throw new Refusal('no_organization', 404, {
      zh: '还没有企业。请先运行 zhihuan init，或用 npm start 打开初始化页面。',
      en: 'There is no organization yet. Run zhihuan init first, or open the set-up page with npm start.',
    })
  const fitting = name === undefined ? known : known.filter((one) => one.name === name)
  const [first] = fitting
  if (first && fitting.length === 1) return first.id
  const list = known.map((one) => one.name).join('、')
  throw new Refusal('which_organization', first ? 400 : 404, {
    zh: `请用 --organization 指明企业：${list}`,
    en: `Name the organization with --organization: ${list}`,
  })
}

/** The id of a unit by its name. */
export async function unitId(context: Context, name: string | undefined): Promise<string | undefined> {
  if (name === undefined) return undefined
  const row = await context.db.transaction(context.scope, (tx) =>
    tx.one<{ id: string }>(sql`
      select id from directory.unit where organization_id = ${tx.organizationId} and name = ${name}`),
  )
  if (!row)
    throw new Refusal('not_found', 404, {
      zh: `没有名为“${name}”的单位。`,
      en: `There is no unit named "${name}".`,
    })
  return row.id
}
