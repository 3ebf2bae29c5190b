import { mkdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

/**
 * Chromium without a download: the one named by CHROMIUM_PATH, else the one inside `@sparticuz/chromium` (x64 Linux
 * only). The caller closes it.
 */
export async function openBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? (await unpackedChromium()),
    // Not the package's own arguments: they switch web security off, and the page's policy is part of what is tested.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  })
}

/** Unpacks into a folder of that version, so that an earlier version left in the temporary folder is never started. */
async function unpackedChromium(): Promise<string> {
  const entry = import.meta.resolve('@sparticuz/chromium')
  // The package does not export its package.json, so it is read beside the code.
  const described = new URL(`${entry.slice(0, entry.indexOf('/build/'))}/package.json`)
  const { version } = JSON.parse(readFileSync(described, 'utf8')) as { version: string }
  const folder = join(tmpdir(), `chromium-${version}`)
  mkdirSync(folder, { recursive: true })
  const before = process.env.TMPDIR
  process.env.TMPDIR = folder
  try {
    const { default: packaged } = await import('@sparticuz/chromium')
    return await packaged.executablePath()
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}
