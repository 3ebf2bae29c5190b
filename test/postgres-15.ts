import { spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

const programs = '/usr/lib/postgresql/15/bin'

/** A private PostgreSQL 15 of this machine's own binaries; undefined where there are none. */
export async function startPostgres15(): Promise<{ url: string; stop(): Promise<void> } | undefined> {
  if (!existsSync(join(programs, 'postgres'))) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'zhihuan-pg15-'))
  // PostgreSQL refuses to run as root: then it runs as nobody, in a folder that is nobody's alone.
  const as: { uid?: number; gid?: number } = process.getuid?.() === 0 ? nobody() : {}
  if (as.uid !== undefined && as.gid !== undefined) chownSync(folder, as.uid, as.gid)
  const data = join(folder, 'data')
  const made = spawnSync(
    join(programs, 'initdb'),
    ['-D', data, '-E', 'UTF8', '--locale=C.UTF-8', '-A', 'trust', '-U', 'postgres', '--no-sync'],
    { ...as, cwd: folder, encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`)
  const server = spawn(
    join(programs, 'postgres'),
    [
      '-D',
      data,
      '-c',
      'listen_addresses=',
      '-c',
      `unix_socket_directories=${folder}`,
      '-c',
      'max_connections=100',
    ],
    { ...as, cwd: folder, stdio: 'ignore' },
  )
  const url = (user: string, database: string) =>
    `postgres://${user}@localhost/${database}?host=${encodeURIComponent(folder)}`
  await prepare(url('postgres', 'postgres'))
  return {
    url: url('zhihuan_owner', 'zhihuan'),
    stop: async () => {
      const ended = new Promise((done) => server.once('close', done))
      server.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function nobody(): { uid: number; gid: number } {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((one) => one.startsWith('nobody:'))
  const [, , uid, gid] = line?.split(':') ?? []
  return { uid: Number(uid), gid: Number(gid) }
}

/** An owner as an outside database has one: no superuser, may create roles and databases. */
async function prepare(url: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const client = new pg.Client(url)
    try {
      await client.connect()
      await client.query('create role zhihuan_owner login createdb createrole')
      await client.query('create database zhihuan owner zhihuan_owner')
      await client.end()
      return
    } catch (error) {
      await client.end().catch(() => {})
      if (attempt === 100) throw error
      await new Promise((again) => setTimeout(again, 100))
    }
  }
}
