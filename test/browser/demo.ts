import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProduct } from '../product.ts'

export interface Demo {
  base: string
  stop(): Promise<void>
}

/** The whole product with the demo organization, in a folder of its own that goes away with it. */
export async function startDemo(): Promise<Demo> {
  const dir = mkdtempSync(join(tmpdir(), 'zhihuan-browser-'))
  const product = await startProduct(join(dir, 'data'), '--demo')
  return {
    base: product.base,
    stop: async () => {
      await product.end()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
