import { readFileSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname } from 'node:path'
import { DatabaseStartError } from './refusal.ts'

/** The operating-system user PostgreSQL runs as. `switched`: we are root and give the right up for it. */
export interface ServerUser {
  name: string
  uid: number
  gid: number
  switched: boolean
}

/** Finds that user; `clusterOwner` is the uid owning an existing database, which keeps it. */
export function serverUser(clusterOwner: number | undefined): ServerUser {
  if (process.getuid?.() !== 0) return ourselves()
  const users = unprivilegedUsers()
  const chosen =
    users.find((user) => user.uid === clusterOwner) ??
    users.find((user) => user.name === 'zhihuan') ??
    users.find((user) => user.name === 'nobody')
  if (chosen) return chosen
  throw new DatabaseStartError(
    'no_os_user',
    '以 root 运行时，数据库需要一个普通系统用户，但 /etc/passwd 中没有 zhihuan 或 nobody。请执行：useradd --system zhihuan',
    'Run as root, the database needs an ordinary system user, but /etc/passwd has neither zhihuan nor nobody. Run: useradd --system zhihuan',
  )
}

/** initdb and peer sign-in both look the user up by its uid and fail without an entry. */
function ourselves(): ServerUser {
  try {
    const { username, uid, gid } = userInfo()
    return { name: username, uid, gid, switched: false }
  } catch {
    const uid = process.getuid?.()
    throw new DatabaseStartError(
      'no_os_user',
      `当前用户（uid ${uid}）在 /etc/passwd 中没有条目，数据库无法启动。请添加该用户，或用 DATABASE_URL 连接外部 PostgreSQL。`,
      `The current user (uid ${uid}) has no entry in /etc/passwd, so the database cannot start. Add the user, or use an outside PostgreSQL by DATABASE_URL.`,
    )
  }
}

function unprivilegedUsers(): ServerUser[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name: name ?? '', uid: Number(uid), gid: Number(gid), switched: true }))
    .filter((user) => user.name !== '' && user.uid > 0)
}

/** The uid and gid to spawn with, or nothing when we already are that user. */
export function spawnIdentity(user: ServerUser): { uid?: number; gid?: number } {
  return user.switched ? { uid: user.uid, gid: user.gid } : {}
}

/** Whether the user may pass through `directory` and everything above it, by the mode bits. */
export function canPass(directory: string, user: ServerUser): boolean {
  if (!user.switched) return true
  const { mode, uid, gid } = statSync(directory)
  const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
  if ((mode & bit) === 0) return false
  const above = dirname(directory)
  return above === directory || canPass(above, user)
}
