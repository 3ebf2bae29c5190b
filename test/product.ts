// The product as its own process, for tests that need the whole of it: started, awaited, killed, ended.
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../cli/main.ts', import.meta.url))

export interface Product {
  child: ChildProcess
  base: string
  /** what it wrote to its error stream so far */
  said(): string
  /** the address it tells people: of the board, or of the set-up with its code */
  printed(): Promise<string>
  end(signal?: NodeJS.Signals): Promise<void>
}

/** Starts it on a free port; answers when it says its address. */
export async function startProduct(dataDir: string, ...flags: string[]): Promise<Product> {
  const env: Record<string, string | undefined> = { ...process.env, ZHIHUAN_DATA: dataDir }
  delete env.NODE_TEST_CONTEXT
  delete env.DATABASE_URL
  const address = join(dataDir, 'address')
  rmSync(address, { force: true })
  const child = spawn(process.execPath, [main, 'start', '--port', '0', ...flags], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr?.on('data', (piece: Buffer) => {
    said += piece
  })
  const ended = new Promise<void>((done) => child.once('close', () => done()))
  // The page may have to be built first.
  for (let i = 0; i < 1800; i++) {
    if (child.exitCode !== null) throw new Error(`the product ended with ${child.exitCode}: ${said}`)
    const base = written(address)
    if (base) {
      return {
        child,
        base,
        said: () => said,
        printed: async () => {
          for (let i = 0; i < 100; i++) {
            const address = /http:\/\/[^\s]+/.exec(said)?.[0]
            if (address) return address
            await wait(100)
          }
          throw new Error(`it told no address: ${said}`)
        },
        end: async (signal = 'SIGTERM') => {
          child.kill(signal)
          await ended
        },
      }
    }
    await wait(100)
  }
  child.kill('SIGKILL')
  throw new Error(`the product did not start: ${said}`)
}

function written(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return ''
  }
}
