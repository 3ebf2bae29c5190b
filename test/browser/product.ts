import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url))

/** The product as a process of its own, started by its command on a data directory of its own. */
export interface Product {
  /** The address it printed: of the board, or of the set-up with its code. */
  printed: string
  base: string
  dataDir: string
  folder: string
  stop(): Promise<void>
}

export async function startProduct(...flags: string[]): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), 'zhihuan-browser-'))
  const dataDir = join(folder, 'data')
  const env: Record<string, string | undefined> = { ...process.env, ZHIHUAN_DATA: dataDir }
  delete env.NODE_TEST_CONTEXT
  delete env.DATABASE_URL
  const child = spawn(process.execPath, [main, 'start', '--port', '0', ...flags], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stop = async () => {
    const ended = new Promise((done) => child.once('close', done))
    if (child.exitCode === null && child.kill('SIGTERM')) await ended
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const printed = await addressIn(child)
    return { printed, base: new URL(printed).origin, dataDir, folder, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The first address it prints; it prints one once it answers. */
function addressIn(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let text = ''
    const read = (chunk: Buffer) => {
      text += chunk.toString()
      const address = /http:\/\/[^\s]+/.exec(text)?.[0]
      if (address) found(address)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', (code) => failed(new Error(`the product ended with ${code}: ${text}`)))
    setTimeout(() => failed(new Error(`the product did not start: ${text}`)), 120_000).unref()
  })
}
