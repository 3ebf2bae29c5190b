import { execFile } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  lchownSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import type { Place } from './place.ts'
import type { Programs } from './programs.ts'
import { DatabaseStartError, diskFull, speaksOfFullDisk } from './refusal.ts'
import { spawnIdentity } from './server-user.ts'
import { superUser } from './settings.ts'

const run = promisify(execFile)

/** Creates the cluster on the first start, and refuses a directory that is not one of this major version. */
export async function ensureCluster(place: Place, programs: Programs): Promise<void> {
  removeUnfinished(place)
  if (!existsSync(place.cluster) || readdirSync(place.cluster).length === 0) {
    await createCluster(place, programs)
  }
  const found = majorOf(place.cluster)
  if (found !== programs.major) throw otherMajor(place.cluster, found, programs)
  claim(place)
}

/** What a first start that was killed has left. */
function removeUnfinished({ home, cluster }: Place): void {
  for (const name of readdirSync(home).filter((name) => name.startsWith(`${basename(cluster)}.new-`))) {
    rmSync(join(home, name), { recursive: true, force: true, maxRetries: 3 })
  }
}

/** The cluster gets its name only when it is complete. */
async function createCluster(place: Place, programs: Programs): Promise<void> {
  const draft = mkdtempSync(`${place.cluster}.new-`)
  if (place.user.switched) chownSync(draft, place.user.uid, place.user.gid)
  try {
    await initialize(draft, place, programs)
    renameSync(draft, place.cluster)
    syncDirectory(place.home)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    throw createFailed(place, error)
  }
}

async function initialize(directory: string, place: Place, programs: Programs): Promise<void> {
  // With lc_ctype C, trigram search ignores Chinese; macOS and some containers have no C.UTF-8.
  const characterTypes = ['C.UTF-8', 'en_US.UTF-8']
  for (const [index, characterType] of characterTypes.entries()) {
    try {
      await runInitdb(directory, characterType, place, programs)
      return
    } catch (error) {
      const badLocale = error instanceof Error && error.message.includes('invalid locale')
      if (!badLocale || index === characterTypes.length - 1) throw error
    }
  }
}

async function runInitdb(directory: string, characterType: string, place: Place, programs: Programs) {
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  const access = ['-U', superUser, '--auth-local=peer', '--auth-host=reject']
  const rest = [`--lc-ctype=${characterType}`, '--data-checksums', '--no-instructions', '-D', directory]
  await run(programs.initdb, ['-E', 'UTF8', ...locale, ...access, ...rest], {
    ...spawnIdentity(place.user),
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
  })
}

function syncDirectory(path: string): void {
  const directory = openSync(path, 'r')
  fsyncSync(directory)
  closeSync(directory)
}

function majorOf(cluster: string): number {
  const version = join(cluster, 'PG_VERSION')
  if (existsSync(version)) return Number(readFileSync(version, 'utf8'))
  throw new DatabaseStartError(
    'not_a_cluster',
    `${cluster} 不为空，但不是数据库目录（缺少 PG_VERSION）。请移走其中的文件，或从备份恢复该目录。`,
    `${cluster} is not empty, yet no database directory (PG_VERSION is missing). Move its files away, or restore it from a backup.`,
  )
}

/** PostgreSQL wants to own its directory alone: as root we hand over one that was restored by another user. */
function claim({ cluster, user }: Place): void {
  if (user.switched && statSync(cluster).uid !== user.uid) {
    for (const entry of readdirSync(cluster, { recursive: true, encoding: 'utf8' })) {
      lchownSync(join(cluster, entry), user.uid, user.gid)
    }
    chownSync(cluster, user.uid, user.gid)
  }
  chmodSync(cluster, 0o700)
}

function otherMajor(cluster: string, found: number, { major }: Programs): DatabaseStartError {
  return new DatabaseStartError(
    'other_major',
    `${cluster} 由 PostgreSQL ${found} 建立，而本版本自带 PostgreSQL ${major}，未启动，数据未改动。请用带 PostgreSQL ${found} 的旧版质环执行 zhihuan backup --out 文件，再在新的数据目录执行 zhihuan restore 文件。`,
    `${cluster} was made by PostgreSQL ${found}, but this version brings PostgreSQL ${major}; it was not started and nothing was changed. With the Zhihuan that brings PostgreSQL ${found} run: zhihuan backup --out FILE, then with this one, in a new data directory: zhihuan restore FILE.`,
  )
}

function createFailed(place: Place, error: unknown): unknown {
  const said = (error instanceof Error && 'stderr' in error && String(error.stderr)) || String(error)
  if (speaksOfFullDisk(said)) return diskFull(place.home)
  const text = said.trim().split('\n').slice(-4).join(' | ')
  return new DatabaseStartError(
    'create_failed',
    `无法在 ${place.cluster} 建立数据库：${text}。请检查该目录的权限与磁盘，或用 ZHIHUAN_DATA 指定另一个目录。`,
    `The database could not be created in ${place.cluster}: ${text}. Check the directory's permissions and disk, or name another one with ZHIHUAN_DATA.`,
  )
}
