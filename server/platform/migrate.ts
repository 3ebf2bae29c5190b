import { readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'

const folder = new URL('../../db/migrations/', import.meta.url)
const appRole = 'zhihuan_app'
const schemas =
  'platform, directory, access, standards, cases, surveys, inspections, staff, purchases, intake, records, measurement'

/** The migrations in order: name and text. */
export function migrations(): { name: string; text: string }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }))
}

/**
 * Brings the database to this version, each migration in its own transaction, one process at a time.
 * Runs as the owning role. A database of a newer version is refused: going back needs a backup.
 */
export async function migrate(owner: pg.ClientConfig): Promise<{ applied: string[] }> {
  const client = new pg.Client(owner)
  await client.connect()
  try {
    await client.query("select pg_advisory_lock(hashtext('zhihuan migrate'))")
    await client.query('create schema if not exists platform')
    await client.query(
      'create table if not exists platform.migration (name text primary key, applied_at timestamptz not null)',
    )
    const known = migrations()
    const done = new Set(
      (await client.query('select name from platform.migration')).rows.map(
        (row: { name: string }) => row.name,
      ),
    )
    const foreign = [...done].filter((name) => !known.some((migration) => migration.name === name))
    if (foreign.length > 0) throw new NewerDatabase(foreign)
    const applied: string[] = []
    for (const { name, text } of known) {
      if (done.has(name)) continue
      await client.query('begin')
      await client.query(text)
      await client.query('insert into platform.migration values ($1, now())', [name])
      await client.query('commit')
      applied.push(name)
    }
    await grantToApp(client)
    return { applied }
  } finally {
    await client.end()
  }
}

export class NewerDatabase extends Error {
  readonly zh: string
  readonly en: string
  constructor(names: string[]) {
    const list = names.join(', ')
    super(`unknown migrations: ${list}`)
    this.zh = `数据库由更新的版本建立（${list}）。请用那个版本启动，或从备份恢复。`
    this.en = `The database was made by a newer version (${list}). Start that version, or restore a backup.`
  }
}

/** The application role owns nothing; it may not rewrite evidence. */
async function grantToApp(client: pg.Client): Promise<void> {
  const { rows } = await client.query('select 1 from pg_roles where rolname = $1', [appRole])
  if (rows.length === 0) await client.query(`create role ${appRole} nologin`)
  await client.query(`
    do $$ begin
      if not pg_has_role(current_user, '${appRole}', 'member') then
        execute format('grant ${appRole} to %I', current_user);
      end if;
    end $$;
    grant usage on schema ${schemas} to ${appRole};
    grant select, insert, update, delete on all tables in schema ${schemas} to ${appRole};
    revoke insert, update, delete on platform.migration from ${appRole};
    revoke update, delete on platform.audit_event from ${appRole};
    revoke update on intake.raw_chunk, directory.unit_place from ${appRole};
    revoke update, delete on measurement.period_copy, measurement.copy_card, measurement.copy_difference,
      measurement.copy_cause from ${appRole};
    grant execute on all functions in schema ${schemas} to ${appRole}`)
}
