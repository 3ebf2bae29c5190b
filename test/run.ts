// Runs everything, for people and CI alike: types, lint, unused code, the page's build, then every test file
// on a real PostgreSQL and a real browser. The last line is «N passed, N failed».
import { spawn, spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runningEmbedded } from '../server/platform/embedded/index.ts'
import { dropLeftovers } from './database.ts'
import { startPostgres15 } from './postgres-15.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
process.chdir(root)
const only = process.argv.slice(2)
let passed = 0
let failed = 0

const steps: [string, string[]][] = [
  ['types', ['node_modules/typescript/bin/tsc', '--noEmit']],
  ['lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.']],
  [
    'unused',
    [
      'node_modules/knip/bin/knip.js',
      '--no-progress',
      '--include',
      'files,dependencies,unlisted,unresolved,binaries,exports,types',
    ],
  ],
  ['page', ['node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'warn']],
]

if (only.length === 0) {
  for (const [name, args] of steps) {
    const started = Date.now()
    const result = spawnSync(process.execPath, args, { stdio: 'inherit' })
    const seconds = ((Date.now() - started) / 1000).toFixed(1)
    const good = result.status === 0
    console.log(`${good ? '✔' : '✖'} ${name} (${seconds} s)`)
    good ? passed++ : failed++
  }
}

await dropLeftovers()
const files = only.length > 0 ? only : globSync('{server,cli,test,web,contract}/**/*.test.ts').sort()
// The database server's own tests start and kill servers of their own: one file after the other, first.
const heavy = files.filter((file) => file.includes('platform/embedded') || file.includes('test/browser'))
const light = files.filter((file) => !heavy.includes(file))
await runFiles(light, 2)
await runFiles(heavy, 1)
await stopServer()
if (only.length === 0 && !process.env.DATABASE_URL) await onPostgres15()

console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)

/** The same files once more on an outside PostgreSQL of the oldest version served, where its programs are there. */
async function onPostgres15(): Promise<void> {
  const outside = await startPostgres15()
  if (!outside) {
    console.log('PostgreSQL 15 was not tried: its programs are not on this machine')
    return
  }
  console.log('the same on PostgreSQL 15, by DATABASE_URL')
  process.env.DATABASE_URL = outside.url
  try {
    // These drive the embedded server, whatever DATABASE_URL says.
    await runFiles(
      light.filter((file) => !/crash|parity|checker|^web\//.test(file)),
      2,
    )
  } finally {
    delete process.env.DATABASE_URL
    await outside.stop()
  }
}

async function runFiles(some: string[], concurrency: number): Promise<void> {
  if (some.length === 0) return
  const child = spawn(
    process.execPath,
    [
      '--test',
      `--test-concurrency=${concurrency}`,
      '--test-timeout=600000',
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      ...some,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let text = ''
  child.stdout.on('data', (piece: Buffer) => {
    process.stdout.write(piece)
    text += piece.toString()
  })
  const code = await new Promise<number>((done) => child.on('close', (status) => done(status ?? 1)))
  const count = (word: string) =>
    Number([...text.matchAll(new RegExp(`^ℹ ${word} (\\d+)$`, 'gm'))].at(-1)?.[1] ?? 0)
  passed += count('pass')
  failed += count('fail') + count('cancelled')
  if (code !== 0 && count('fail') + count('cancelled') === 0) failed++
  const skipped = count('skipped')
  if (skipped > 0) console.log(`${skipped} tests said why they were skipped (see above)`)
}

/** The embedded server that the test files shared is ended by its own process id. */
async function stopServer(): Promise<void> {
  const running = runningEmbedded(`${root}.test/server`)
  if (!running) return
  process.kill(running.pid, 'SIGINT')
  for (let i = 0; i < 300 && alive(running.pid); i++) await new Promise((done) => setTimeout(done, 100))
}

function alive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch {
    return false
  }
}
