import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { talk } from './print.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Builds the page when its sources changed since the last time; a second start does not wait for it. */
export async function buildPage(): Promise<void> {
  const mark = join(root, 'web/dist/.built')
  const hash = createHash('sha256')
  for (const file of globSync('{web,contract}/**/*.{ts,tsx,css,html}', {
    cwd: root,
    exclude: (name) => name === 'dist',
  }).sort()) {
    const { size, mtimeMs } = statSync(join(root, file))
    hash.update(`${file} ${size} ${mtimeMs}\n`)
  }
  const now = hash.digest('hex')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === now) return
  talk('正在生成网页（首次约 20 秒）…', 'Building the page (about 20 s the first time) …')
  const { build } = await import('vite')
  await build({ root: join(root, 'web'), logLevel: 'error' })
  writeFileSync(mark, now)
}
