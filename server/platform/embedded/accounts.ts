import { Client } from 'pg'
import { port } from './place.ts'
import { DatabaseStartError } from './refusal.ts'
import { appRole, ownerRole, superUser } from './settings.ts'

export const databaseName = 'zhihuan'

/** How to reach the server as one of its roles; the system vouches for us, so there is no password. */
export interface Connection {
  host: string
  port: number
  user: string
  database: string
}

export function connectionOf(role: 'owner' | 'app' | 'super', socketDirectory: string): Connection {
  const user = { owner: ownerRole, app: appRole, super: superUser }[role]
  return { host: socketDirectory, port, user, database: role === 'super' ? 'postgres' : databaseName }
}

/**
 * Proves that the server answers and keeps what it acknowledges, and gives it our roles and database where they
 * are missing. `version`, such as 18.4, is the one it has to be.
 */
export async function checkServer(socketDirectory: string, version: string): Promise<void> {
  const client = new Client({
    ...connectionOf('super', socketDirectory),
    connectionTimeoutMillis: 5_000,
    query_timeout: 30_000,
  })
  client.on('error', () => {}) // a server that dies now also fails the query below
  await client.connect()
  try {
    await compareVersion(client, version)
    await refuseUnsafe(client)
    await resetUnsafeRoles(client)
    await ensureRoles(client)
    await ensureDatabase(client)
  } finally {
    await client.end()
  }
}

async function compareVersion(client: Client, version: string): Promise<void> {
  const { rows } = await client.query<{ server_version: string }>('show server_version')
  const running = rows[0]?.server_version
  if (running !== version) throw new Error(`version ${running}, not ${version}`)
}

/** Whoever switches these off loses acknowledged records in a power cut. */
async function refuseUnsafe(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string; setting: string; origin: string }>(
    `select name, setting, coalesce(sourcefile || ':' || sourceline, source) as origin
       from pg_catalog.pg_settings
      where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting <> 'on'`,
  )
  const [unsafe] = rows
  if (!unsafe) return
  throw new DatabaseStartError(
    'unsafe_setting',
    `数据库设置 ${unsafe.name} = ${unsafe.setting}（${unsafe.origin}）会在断电时丢失已确认的数据，拒绝启动。请删除该行后再启动。`,
    `The database setting ${unsafe.name} = ${unsafe.setting} (${unsafe.origin}) would lose acknowledged data in a power cut; not started. Remove that line and start again.`,
  )
}

/** The same set for one role or database is undone here, because no one could undo it in a server not started. */
async function resetUnsafeRoles(client: Client): Promise<void> {
  const { rows } = await client.query<{ command: string }>(
    `select case when setrole = 0 then format('alter database %I reset synchronous_commit', datname)
                 when setdatabase = 0 then format('alter role %I reset synchronous_commit', rolname)
                 else format('alter role %I in database %I reset synchronous_commit', rolname, datname) end as command
       from pg_catalog.pg_db_role_setting cross join unnest(setconfig) as entry
       left join pg_catalog.pg_roles on pg_roles.oid = setrole
       left join pg_catalog.pg_database on pg_database.oid = setdatabase
      where entry like 'synchronous\\_commit=%' and entry <> 'synchronous_commit=on'`,
  )
  for (const { command } of rows) await client.query(command)
}

/** The owner migrates and makes databases for tests; the app stands behind row-level security. */
async function ensureRoles(client: Client): Promise<void> {
  await client.query(`
    do $$
    declare role text;
    begin
      foreach role in array array['${ownerRole}', '${appRole}'] loop
        if not exists (select from pg_catalog.pg_roles where rolname = role) then
          execute format('create role %I', role);
        end if;
      end loop;
      alter role ${ownerRole} login nosuperuser nobypassrls noreplication createdb createrole;
      alter role ${appRole} login nosuperuser nobypassrls noreplication nocreatedb nocreaterole;
      if not pg_has_role('${ownerRole}', '${appRole}', 'member') then
        grant ${appRole} to ${ownerRole};
      end if;
    end $$`)
}

async function ensureDatabase(client: Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_catalog.pg_database where datname = $1', [
    databaseName,
  ])
  if (rowCount === 0)
    await client.query(`create database ${databaseName} owner ${ownerRole} template template0`)
}
