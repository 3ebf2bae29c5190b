// Installs the packages of package-lock.json when they are not there yet, before `npm start`, `npm test` and
// `npm run zhihuan`. Plain JavaScript without packages, because it runs before there are any, on Node 20 too.
//
//   node scripts/install.mjs              everything, for tests and development
//   node scripts/install.mjs --omit=dev   what the product needs
//   --quiet                               no ticking clock
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const mark = join(modules, '.zhihuan-installed.json')
const production = process.argv.includes('--omit=dev')
const quiet = process.argv.includes('--quiet')
const oldestNode = 20
const productNode = 24

if (nodeMajor(process.version) < oldestNode) {
  fail(
    `质环需要 Node.js ${oldestNode} 或更高版本，当前为 ${process.version}。请安装 Node.js ${productNode} LTS 后重试。`,
    `Zhihuan needs Node.js ${oldestNode} or newer, this is ${process.version}. Install Node.js ${productNode} LTS and try again.`,
  )
}
if (!installed()) {
  await alone(async () => {
    if (!installed()) await install()
  })
}

function installed() {
  const mode = modeMarked() ?? modeFound()
  return mode === 'dev' || (production && mode === 'production')
}

/** What we have installed for exactly this lock file on this kind of machine. */
function modeMarked() {
  const found = readJson(mark)
  const { lock, platform } = fingerprint()
  return found?.lock === lock && found.platform === platform ? found.mode : undefined
}

function fingerprint() {
  const lock = createHash('sha256').update(readFileSync(lockPath())).digest('hex')
  return { lock, platform: `${process.platform}-${process.arch}` }
}

function lockPath() {
  const path = join(root, 'package-lock.json')
  if (existsSync(path)) return path
  return fail(`找不到 ${path}。请重新获取完整的代码。`, `${path} is missing. Get the complete code again.`)
}

/** What somebody has installed with npm by hand: npm notes what it put there. */
function modeFound() {
  const noted = readJson(join(modules, '.package-lock.json'))?.packages
  if (!noted || !runsProduct()) return undefined
  const needed = Object.entries(readJson(lockPath()).packages).filter(
    ([path, { optional, devOptional }]) => path !== '' && !optional && !devOptional,
  )
  const missing = needed.filter(([path, { version }]) => noted[path]?.version !== version)
  if (missing.some(([, { dev }]) => !dev)) return undefined
  const mode = missing.length === 0 ? 'dev' : 'production'
  leaveMark(mode)
  return mode
}

function leaveMark(mode) {
  writeFileSync(mark, JSON.stringify({ ...fingerprint(), mode }))
}

/** Two installations at the same time would pull the packages from under each other. */
async function alone(work) {
  const lock = join(
    tmpdir(),
    `zhihuan-install-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`,
  )
  for (let told = false; !take(lock); told = true) {
    if (!told) say('另一个进程正在安装，等待它完成… / another process is installing, waiting for it…')
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  process.on('exit', () => rmSync(lock, { force: true }))
  await work()
}

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') return true // no place for a lock: better alone than not at all
    if (!lives(Number(readText(lock)))) rmSync(lock, { force: true })
    return false
  }
}

function lives(pid) {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

async function install() {
  const began = Date.now()
  const stopClock = startClock(began)
  // Nothing of ours needs install scripts, so no package gets to run one. Named both ways: an environment
  // such as NODE_ENV=production must not decide.
  const scope = production ? '--omit=dev' : '--include=dev'
  const options = [
    'ci',
    scope,
    '--include=optional',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  const { code, output } = await runNpm(options)
  stopClock()
  if (code !== 0) {
    fail(
      `安装依赖包失败（npm ${options.join(' ')}，退出码 ${code}）：\n${output}\n请检查网络与 npm registry 设置（npm config get registry）和磁盘空间，然后重试。`,
      `Installing the packages failed (exit code ${code}, output above). Check the network, the npm registry (npm config get registry) and the disk, then try again.`,
    )
  }
  if (!runsProduct()) {
    fail(
      `没有适用于 ${process.platform}-${process.arch} 的自带 Node.js，而当前为 ${process.version}。请安装 Node.js ${productNode} LTS 后重试。`,
      `No Node.js comes along for ${process.platform}-${process.arch}, and this is ${process.version}. Install Node.js ${productNode} LTS and try again.`,
    )
  }
  leaveMark(production ? 'production' : 'dev')
  say(`依赖包已安装（${secondsSince(began)} 秒）/ packages installed (${secondsSince(began)} s)`)
}

function startClock(began) {
  const text = '正在安装依赖包，首次约需一分钟 / installing packages, about a minute the first time'
  if (quiet || !process.stderr.isTTY) {
    say(`${text} …`)
    return () => {}
  }
  const tick = () => process.stderr.write(`\r${text} … ${secondsSince(began)} s `)
  const clock = setInterval(tick, 1000)
  tick()
  return () => {
    clearInterval(clock)
    process.stderr.write('\n')
  }
}

/** Runs the npm that called us, with the Node it runs on: ours lies in the directory that npm is about to empty. */
function runNpm(options) {
  const caller = process.env.npm_execpath
  const [command, ...first] = caller?.endsWith('npm-cli.js')
    ? [process.env.npm_node_execpath ?? process.execPath, caller]
    : ['npm']
  return new Promise((resolve) => {
    const child = spawn(command, [...first, ...options], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && command === 'npm',
    })
    let output = ''
    const keep = (chunk) => {
      output = (output + chunk).slice(-4000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => resolve({ code: error.code, output: error.message }))
    child.on('close', (code) => resolve({ code, output: output.trim() }))
  })
}

/** Whether `node` in an npm script is new enough: the one that came with the packages, else the machine's own. */
function runsProduct() {
  const shipped = join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')
  if (!existsSync(shipped)) return nodeMajor(process.version) >= productNode
  const { stdout } = spawnSync(shipped, ['--version'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  return nodeMajor(stdout ?? '') >= productNode
}

function nodeMajor(version) {
  return Number(/^v(\d+)/.exec(version)?.[1] ?? 0)
}

function secondsSince(began) {
  return Math.round((Date.now() - began) / 1000)
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function say(line) {
  process.stderr.write(`${line}\n`)
}

function fail(zh, en) {
  say(zh)
  say(en)
  process.exit(5)
}
