import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { writeXlsx } from '../../server/platform/spreadsheet.ts'
import { later } from '../../web/locales/later-zh.ts'
import { zh as first } from '../../web/locales/zh.ts'
import { type Product, startProduct } from '../product.ts'
import { openBrowser } from './browser.ts'

const zh = { ...first, ...later }

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser?.close())

/** A stranger at a fresh product: what they pressed, where they typed, what left the machine, what went wrong. */
interface Visit {
  product: Product
  /** with the data of the product; gone after the visit */
  folder: string
  page: Page
  startedAt: number
  presses: string[]
  typedIn: Set<string>
  elsewhere: string[]
  errors: string[]
}

async function visit(): Promise<Visit> {
  const startedAt = Date.now()
  const folder = mkdtempSync(join(tmpdir(), 'zhihuan-set-up-'))
  const product = await startProduct(join(folder, 'data'))
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
  const page = await context.newPage()
  const presses: string[] = []
  const typedIn = new Set<string>()
  const elsewhere: string[] = []
  const errors: string[] = []
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(product.base))
      elsewhere.push(request.url())
  })
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.exposeFunction('pressed', (what: string) => presses.push(what))
  await page.exposeFunction('typed', (where: string) => typedIn.add(where))
  await page.exposeFunction('broken', (what: string) => errors.push(what))
  await page.addInitScript(() => {
    const told = window as unknown as Record<'pressed' | 'typed' | 'broken', (text: string) => void>
    const nameOf = (target: EventTarget | null) =>
      target instanceof HTMLElement ? `${target.tagName}#${target.id} ${target.innerText?.slice(0, 20)}` : ''
    addEventListener('pointerdown', (event) => event.isTrusted && told.pressed(nameOf(event.target)), true)
    addEventListener(
      'input',
      (event) => {
        const field = event.target
        if (event.isTrusted && field instanceof HTMLInputElement && /^(text|password)$/.test(field.type))
          told.typed(field.id)
      },
      true,
    )
    addEventListener('securitypolicyviolation', (event) =>
      told.broken(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`),
    )
  })
  await page.goto(await product.printed())
  return { product, folder, page, startedAt, presses, typedIn, elsewhere, errors }
}

async function end({ page, product, folder }: Visit): Promise<void> {
  await page.context().close()
  await product.end()
  rmSync(folder, { recursive: true, force: true })
}

/** Fills the account in as a person does: the cursor stands in the first field, Tab leads on. */
async function account({ page }: Visit): Promise<void> {
  await page.locator('input:focus').waitFor()
  await page.keyboard.type('王敏')
  await page.keyboard.press('Tab')
  await page.keyboard.type('a-long-password')
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

test('from a fresh directory to the demo’s board: at most six presses, two fields, nothing from elsewhere', async (context) => {
  const seen = await visit()
  const { page, product, presses, typedIn } = seen
  try {
    await account(seen)
    await press(page, zh['action.next'])
    for (const number of ['≤30分钟', '≥90%', '≥4.5分', '≥95%', '≤15分钟', '≤0.5分钟'])
      await page.getByText(number).first().waitFor()
    await press(page, zh['action.next'])
    await press(page, zh['setUp.go.demo'])
    await page.waitForURL('**/board**')
    await page.getByText('首次响应平均时长').first().waitFor()
    const seconds = (Date.now() - seen.startedAt) / 1000
    context.diagnostic(`${seconds.toFixed(1)} s, ${presses.length} presses, ${typedIn.size} fields`)
    assert.ok(presses.length <= 3, `pressed: ${presses.join(' | ')}`)
    assert.equal(typedIn.size, 2, [...typedIn].join(', '))

    // Three tips, then never again. They follow the board, which is still growing until its last panel stands.
    await page.getByRole('button', { name: '查看数据' }).first().waitFor()
    const tip = page.getByRole('complementary', { name: zh['coach.title'] })
    for (const text of [zh['coach.numbers'], zh['coach.import'], zh['coach.demo']]) {
      await tip.getByText(text).waitFor()
      await tip.getByRole('button').last().click()
    }
    await tip.waitFor({ state: 'detached' })
    assert.ok(presses.length <= 6, `pressed: ${presses.join(' | ')}`)
    await page.reload()
    await page.getByText('首次响应平均时长').first().waitFor()
    assert.equal(await tip.count(), 0)

    // The address of the set-up names nothing any more, in the browser and for programs.
    const gone = await page.goto(await product.printed())
    assert.equal(gone?.status(), 404)
    await page.getByRole('heading', { name: zh['state.noPage'] }).waitFor()
    assert.equal(await page.locator('input').count(), 0)
    const again = { code: 'AAAAA-BBBBB', organization: '另一家', login: 'thief', password: 'a-long-password' }
    const asked = [
      {},
      { method: 'POST', body: JSON.stringify(again), headers: { 'content-type': 'application/json' } },
    ]
    for (const request of asked) assert.equal((await fetch(`${product.base}/api/setup`, request)).status, 404)
    assert.deepEqual(seen.elsewhere, [])
    assert.deepEqual(seen.errors, [])

    // One press and a yes take the demo away again.
    await page.goto(`${product.base}/board`)
    await page.locator('.demo-chip').click()
    await page.getByRole('dialog').getByRole('button', { name: zh['demo.clear'] }).click()
    // How many calls and inspections the demo has follows from the day it is loaded on.
    await page.getByText(new RegExp(zh['demo.cleared'].replace('{{n}}', '\\d{4}'))).waitFor()
    await page.locator('.demo-chip').waitFor({ state: 'detached' })
  } finally {
    await end(seen)
  }
})

const processRecord =
  '工单编号 客户信息 产品/服务名称 问题描述 问题分类 优先级 处理人 处理方案 处理结果 客户确认 反馈时间 受理时间 首次响应时间 启动处理时间 解决时间'.split(
    ' ',
  )

/** 40 orders of last month in the columns of 模板一 and the four times at its right. */
function ownOrders(): string[][] {
  const today = new Date()
  const month = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 1, 1))
    .toISOString()
    .slice(0, 7)
  return Array.from({ length: 40 }, (_, i) => {
    const day = `${month}-${String(1 + (i % 27)).padStart(2, '0')}`
    return [
      `SR${String(i + 1).padStart(3, '0')}`,
      ['张女士', '李先生', '滨海印务有限公司'][i % 3]!,
      ['A300打印机', 'B100软件'][i % 2]!,
      ['双面打印卡纸', '升级后无法登录'][i % 2]!,
      ['故障维修-硬件', '故障维修-软件'][i % 2]!,
      ['紧急', '重要', '一般'][i % 3]!,
      ['周海燕', '郑思敏'][i % 2]!,
      '更换搓纸轮',
      '已恢复正常',
      '确认满意',
      `${day} 16:00`,
      `${day} 09:00`,
      `${day} 09:${String(10 + (i % 20))}`,
      `${day} 10:00`,
      `${day} 15:30`,
    ]
  })
}

test('from a fresh directory to the board of one’s own Excel file in at most eleven presses', async (context) => {
  const seen = await visit()
  const { page, folder, presses, typedIn } = seen
  try {
    const file = join(folder, '售后服务流程记录表.xlsx')
    await writeXlsx(file, {
      sheets: [{ name: '流程记录', columns: processRecord.map((header) => ({ header })), rows: ownOrders() }],
    })
    await account(seen)
    await press(page, zh['action.next'])
    await page.locator('.limits').first().waitFor()
    await press(page, zh['action.next'])
    await page.getByText(zh['setUp.upload'], { exact: true }).click()
    await press(page, zh['setUp.go.upload'])
    await page.waitForURL('**/records/import**')
    const choosing = page.waitForEvent('filechooser')
    await page.getByText(zh['import.chooseFile']).click()
    await (await choosing).setFiles(file)
    // All fifteen columns are known by their headers; the next step shows all forty rows as good.
    await press(page, zh['import.toPreview'])
    await press(page, zh['import.startRows'].replace('{{n}}', '40'))
    await page.getByRole('link', { name: zh['state.toBoard'] }).click()
    await page.waitForURL('**/board**')
    const row = page.getByRole('row').filter({ hasText: '首次响应平均时长' })
    // 09:10…09:29 twice over: a mean of 19.5 minutes.
    await row.getByText('19.5').first().waitFor()
    const seconds = (Date.now() - seen.startedAt) / 1000
    context.diagnostic(`${seconds.toFixed(1)} s, ${presses.length} presses, ${typedIn.size} fields`)
    assert.ok(presses.length <= 11, `pressed: ${presses.join(' | ')}`)
    assert.equal(typedIn.size, 2, [...typedIn].join(', '))
    assert.equal(await page.locator('.demo-chip').count(), 0)
    assert.deepEqual(seen.elsewhere, [])
    assert.deepEqual(seen.errors, [])
  } finally {
    await end(seen)
  }
})

test('the packs of the sources come first; an industry is unfolded, keeps its choice and becomes the standard', async () => {
  const seen = await visit()
  const { page, presses, typedIn } = seen
  try {
    await account(seen)
    await press(page, zh['action.next'])
    const cards = page.getByRole('radio')
    await cards.first().waitFor()
    assert.equal(await cards.count(), 4)
    assert.match(await page.locator('.limits').first().innerText(), /^响应[\s\S]*启动[\s\S]*方案[\s\S]*解决/)
    await page.getByText(zh['setUp.industries'].replace('{{n}}', '8')).click()
    assert.equal(await cards.count(), 12)
    await page.getByText(/目标值为本系统约定:平均故障解决时间、重开率/).waitFor()
    await page.getByRole('radio', { name: /^电信/ }).check()
    await press(page, zh['action.next'])
    await press(page, zh['action.previous'])
    assert.equal(await page.getByRole('radio', { name: /^电信/ }).isChecked(), true)
    await page.setViewportSize({ width: 360, height: 740 })
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360)
    await press(page, zh['action.next'])
    await page.getByText(zh['setUp.later'], { exact: true }).click()
    await press(page, zh['setUp.go.later'])
    await page.waitForURL('**/board**')
    await page.goto(`${seen.product.base}/standards`)
    const table = page.getByRole('table').first()
    assert.match(await table.innerText(), /平均故障解决时间[\s\S]*重开率/)
    assert.ok(presses.length <= 9, `pressed: ${presses.join(' | ')}`)
    assert.equal(typedIn.size, 2)
    assert.deepEqual(seen.errors, [])
  } finally {
    await end(seen)
  }
})
