import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
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

/** A page of somebody signed in to the demo, at the board. */
export async function enterDemo(browser: Browser, base: string, login = 'demo', width = 1440): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(base)
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('密码').fill('zhihuan-demo')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/board**')
  return page
}
