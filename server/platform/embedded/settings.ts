import { chownSync, readFileSync, renameSync, statfsSync, writeFileSync } from 'node:fs'
import { totalmem, userInfo } from 'node:os'
import { join } from 'node:path'
import type { Place } from './place.ts'

export const superUser = 'postgres'
export const ownerRole = 'zhihuan_owner'
export const appRole = 'zhihuan_app'

const megabyte = 1024 * 1024

/**
 * Writes the server's settings and who may sign in. They are ours and renewed at each start; a site's own
 * wishes go into `alter system`, which stands above them. True when any of them changed.
 */
export function writeSettings(place: Place, walCompression: 'lz4' | 'on'): boolean {
  const files = {
    'postgresql.conf': settings(walCompression),
    'pg_hba.conf': `local all ${superUser},${ownerRole},${appRole} peer map=zhihuan\n`,
    'pg_ident.conf': identities(),
  }
  return Object.entries(files)
    .map(([name, text]) => writeIfOther(join(place.cluster, name), text, place))
    .includes(true)
}

function settings(walCompression: 'lz4' | 'on'): string {
  const memory = memoryBytes() / megabyte
  return `# Written by Zhihuan at each start. Own settings: alter system set …
max_connections = 60
shared_buffers = ${Math.round(Math.min(1024, Math.max(128, memory / 4)))}MB
effective_cache_size = ${Math.round(Math.max(256, memory / 2))}MB
work_mem = 32MB
maintenance_work_mem = 128MB
dynamic_shared_memory_type = ${dynamicSharedMemory()}
max_wal_size = 2GB
wal_compression = ${walCompression}
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
datestyle = 'iso, ymd'
lc_messages = 'C'
default_text_search_config = 'pg_catalog.simple'
log_line_prefix = '%m [%p] %q%u@%d '
log_min_duration_statement = -1
# Statements and details hold what users typed, which has no place in a log.
log_min_error_statement = panic
log_error_verbosity = terse
`
}

/** What this process may use: the container's limit where there is one. */
function memoryBytes(): number {
  const limit = process.constrainedMemory()
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem()
}

/** Containers often have 64 MB in /dev/shm, on which parallel queries fail. */
function dynamicSharedMemory(): 'posix' | 'mmap' {
  if (process.platform !== 'linux') return 'posix'
  try {
    const { bsize, blocks } = statfsSync('/dev/shm')
    return bsize * blocks >= 512 * megabyte ? 'posix' : 'mmap'
  } catch {
    return 'mmap'
  }
}

/** Root may do anything to the files already; nobody else but our own user gets in. */
function identities(): string {
  return [...new Set(['root', userInfo().username])]
    .flatMap((name) => [superUser, ownerRole, appRole].map((role) => `zhihuan "${name}" ${role}\n`))
    .join('')
}

function writeIfOther(path: string, text: string, { user }: Place): boolean {
  if (readFileSync(path, 'utf8') === text) return false
  const draft = `${path}.draft`
  writeFileSync(draft, text, { mode: 0o600 })
  if (user.switched) chownSync(draft, user.uid, user.gid)
  renameSync(draft, path)
  return true
}
