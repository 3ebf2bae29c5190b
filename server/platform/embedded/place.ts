import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  realpathSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { DatabaseStartError, refusalOfFileError } from './refusal.ts'
import { canPass, type ServerUser, serverUser } from './server-user.ts'

/** Where everything of one embedded database lies. */
export interface Place {
  /** holds lock, logs, socket and cluster: the data directory, unless the server's user cannot get there */
  home: string
  cluster: string
  logFile: string
  lockFile: string
  user: ServerUser
}

/** Homes of databases whose data directory only root can enter; `<dataDir>/postgres` links there. */
const homeOutside = /^zhihuan-data-[0-9a-f]{12}$/
// The kernel takes 107 bytes on Linux and 103 on macOS for a socket's path.
const longestSocketPathBytes = 100
export const port = 5432

/** Creates the data directory if need be and finds the place of its database; refuses what cannot work. */
export function preparePlace(dataDir: string, log: (line: string) => void): Place {
  if (process.platform === 'win32') throw unsupportedPlatform()
  try {
    const directory = makeDirectory(resolve(dataDir))
    const user = serverUser(ownerOf(join(directory, 'postgres')))
    const place = placeOf(openHome(directory, user, log), user)
    const owner = ownerOf(place.cluster)
    if (owner !== undefined && owner !== user.uid && !user.switched)
      throw wrongOwner(place.cluster, owner, user)
    return place
  } catch (error) {
    throw refusalOfFileError(error, resolve(dataDir))
  }
}

/** The place of an existing database, without changing anything; undefined when there is none. */
export function existingPlace(dataDir: string): Place | undefined {
  const link = join(resolve(dataDir), 'postgres')
  const owner = ownerOf(link)
  if (owner === undefined || process.platform === 'win32') return undefined
  return placeOf(homeBehind(link) ?? realpathSync(dirname(link)), serverUser(owner))
}

function makeDirectory(directory: string): string {
  try {
    mkdirSync(dirname(directory), { recursive: true })
    mkdirSync(directory, { mode: 0o700 })
  } catch (error) {
    if (!isDirectory(directory)) throw refusalOfFileError(error, directory)
  }
  return realpathSync(directory)
}

function openHome(directory: string, user: ServerUser, log: (line: string) => void): string {
  const link = join(directory, 'postgres')
  const linked = homeBehind(link)
  if (linked) return linked
  if (canPass(dirname(directory), user)) {
    if (!canPass(directory, user)) letThrough(directory, user)
    return directory
  }
  if (ownerOf(link) !== undefined) throw unreachable(directory, user)
  const home = makeHomeOutside(directory, user)
  linkOnce(join(home, 'postgres'), link)
  log(
    `用户 ${user.name} 无法进入 ${directory}，数据库存放在 ${home} / user ${user.name} cannot enter ${directory}, the database lies in ${home}`,
  )
  return home
}

/** The home outside that a data directory's link leads to, if it is one of ours. */
function homeBehind(link: string): string | undefined {
  const target = linkTarget(link)
  if (target === undefined || !homeOutside.test(basename(dirname(target)))) return undefined
  if (isDirectory(dirname(target))) return dirname(target)
  throw new DatabaseStartError(
    'data_dir_unreachable',
    `${link} 指向 ${target}，但那里没有数据库（磁盘未挂载？）。请恢复该目录；确定要从空库开始时，删除该链接后再启动。`,
    `${link} points to ${target}, but no database is there (a disk not mounted?). Bring it back; to begin with an empty database, remove the link and start again.`,
  )
}

/** Only passing through is granted: the names in the data directory stay hidden from the server's user. */
function letThrough(directory: string, user: ServerUser): void {
  chownSync(directory, statSync(directory).uid, user.gid)
  chmodSync(directory, 0o710)
}

function makeHomeOutside(directory: string, user: ServerUser): string {
  // What is temporary stays among the temporary, where a test or a cleaner expects it.
  const temporary = realpathSync(tmpdir())
  const shelf = directory.startsWith(temporary) ? temporary : '/var/lib'
  const home = join(shelf, `zhihuan-data-${shortHash(directory)}`)
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 })
    if (ownerOf(home) !== process.getuid?.()) throw directoryTaken(home)
    letThrough(home, user)
  } catch (error) {
    throw refusalOfFileError(error, home)
  }
  if (!canPass(home, user)) throw unreachable(directory, user)
  return home
}

function linkOnce(target: string, link: string): void {
  try {
    symlinkSync(target, link)
  } catch (error) {
    if (linkTarget(link) !== target) throw error // else another product made it in this moment
  }
}

function placeOf(home: string, user: ServerUser): Place {
  return {
    home,
    cluster: join(home, 'postgres'),
    logFile: join(home, 'logs', 'postgres.log'),
    lockFile: join(home, 'zhihuan.lock'),
    user,
  }
}

/** The directory of the socket: in the home, or a short one where the home's path is too long for a socket. */
export function socketDirectoryOf({ home, user }: Place): string {
  const inHome = join(home, 'socket')
  return fits(inHome) ? inHome : join(shortTemporary(user), `zhihuan-${shortHash(home)}`)
}

/** Makes that directory if need be, for the server's user alone; refuses one that somebody else has put there. */
export function makePrivate(directory: string, user: ServerUser): void {
  try {
    mkdirSync(directory, { mode: 0o700 })
    if (user.switched) chownSync(directory, user.uid, user.gid)
  } catch (error) {
    if (!isDirectory(directory)) throw refusalOfFileError(error, directory)
  }
  const found = lstatSync(directory)
  if (!found.isDirectory() || found.uid !== user.uid) throw directoryTaken(directory)
  chmodSync(directory, 0o700)
}

function fits(directory: string): boolean {
  return Buffer.byteLength(join(directory, `.s.PGSQL.${port}`)) <= longestSocketPathBytes
}

function shortTemporary(user: ServerUser): string {
  const directory = tmpdir()
  return fits(join(directory, 'zhihuan-0123456789ab')) && canPass(directory, user) ? directory : '/tmp'
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}

function ownerOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.uid
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

function linkTarget(path: string): string | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(path) : undefined
}

function unsupportedPlatform(): DatabaseStartError {
  return new DatabaseStartError(
    'unsupported_platform',
    '内置数据库不支持 Windows。请用 DATABASE_URL 连接 PostgreSQL 15 或更高版本，或在 WSL 中运行。',
    'The embedded database does not run on Windows. Use PostgreSQL 15 or newer by DATABASE_URL, or run in WSL.',
  )
}

function wrongOwner(cluster: string, owner: number, user: ServerUser): DatabaseStartError {
  return new DatabaseStartError(
    'data_dir_wrong_owner',
    `${cluster} 属于 uid ${owner}，而当前用户是 ${user.name}（uid ${user.uid}）。请用该目录的所有者运行，或执行：sudo chown -R ${user.name} ${cluster}`,
    `${cluster} belongs to uid ${owner}, but this is user ${user.name} (uid ${user.uid}). Run as the owner of that directory, or: sudo chown -R ${user.name} ${cluster}`,
  )
}

function unreachable(directory: string, user: ServerUser): DatabaseStartError {
  return new DatabaseStartError(
    'data_dir_unreachable',
    `以 root 运行时数据库由用户 ${user.name} 运行，它无法进入 ${directory}。请把 ${basename(directory)} 移到 /var/lib 等可进入的位置，并用 ZHIHUAN_DATA 指定。`,
    `Run as root, the database runs as user ${user.name}, who cannot enter ${directory}. Move ${basename(directory)} to a place it can enter, such as /var/lib, and name it with ZHIHUAN_DATA.`,
  )
}

function directoryTaken(directory: string): DatabaseStartError {
  return new DatabaseStartError(
    'directory_taken',
    `目录 ${directory} 已被其他用户占用。请删除它，或把 TMPDIR 设为只有当前用户可写的目录。`,
    `The directory ${directory} belongs to another user. Remove it, or set TMPDIR to a directory only this user can write.`,
  )
}
