import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from './browser.ts'
import { type Demo, enterDemo, startDemo } from './demo.ts'

let demo: Demo
let browser: Browser
let page: Page

before(async () => {
  demo = await startDemo()
  browser = await openBrowser()
  page = await enterDemo(browser, demo.base)
})
after(async () => {
  await browser?.close()
  await demo?.stop()
})

/** As a spreadsheet puts it into the clipboard, dropped on the field that has the focus. */
const paste = (text: string) =>
  page.evaluate((plain) => {
    const data = new DataTransfer()
    data.setData('text/plain', plain)
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
    document.activeElement?.dispatchEvent(event)
  }, text)

test('the table is edited like a sheet, tried on last month and published with a reason', async () => {
  await page.goto(`${demo.base}/standards/new`)
  const weight = page.getByLabel('首次响应平均时长 权重')
  await weight.fill('20')
  await page.getByText('权重合计 95，须为 100 才能发布').waitFor()
  assert.equal(await page.getByRole('button', { name: '发布新版本' }).isDisabled(), true)
  // Enter goes down the column.
  await weight.press('Enter')
  assert.equal(
    await page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
    '问题一次性解决率 权重',
  )
  // A block of two columns from Excel, two rows on: weight and target.
  await paste('30\t≥88%\n40\t不低于4.4分')
  await page.getByText('已粘贴 2 行').waitFor()
  assert.equal(await page.getByLabel('客户服务体验评分 目标值').inputValue(), '4.4')
  await page.getByText('权重合计 100', { exact: true }).waitFor()
  // 30 minutes and two and two fifths of five minutes: 42; 8, 7.6 and 7 points.
  const example = page.locator('.sheet-example').first()
  assert.match((await example.textContent()) ?? '', /42分钟.*按整步 8\.0.*按比例 7\.6.*不足一步按一步 7\.0/)
  await page.getByRole('button', { name: /的数据试算/ }).click()
  await page.getByText(/总分 [\d.]+ → [\d.]+/).waitFor()
  // The draft outlives a reload: it is kept in this browser.
  await page.reload()
  assert.equal(await page.getByLabel('首次响应平均时长 权重').inputValue(), '20')
  await page.getByLabel('修改原因').fill('三季度重点转向体验')
  await page.getByRole('button', { name: '发布新版本' }).click()
  await page.waitForURL('**/standards?version=2')
  const differences = page.getByRole('region', { name: '第 2 版与第 1 版的差异' })
  await differences.getByText('≥ 88%').or(differences.getByText('≥88%')).waitFor()
  assert.match((await differences.textContent()) ?? '', /首次响应平均时长.*25.*20/)
})

test('what is not understood is kept and flagged, and cannot be published before it is confirmed', async () => {
  await page.goto(`${demo.base}/standards/new`)
  await page
    .getByLabel('首次响应平均时长 步长')
    .or(page.locator('[data-row="0"][data-column="rule"]'))
    .first()
    .focus()
  await paste('看情况扣分\t')
  await page.getByText('需确认').first().waitFor()
  await page.getByText('1 个指标有待确认的单元格').waitFor()
  await page.getByText('看情况扣分').waitFor()
  await page.locator('[data-row="0"][data-column="rule"]').first().fill('6')
  await page.getByText('1 个指标有待确认的单元格').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /放弃草稿/ }).click()
})

test('the exported workbook is read back as the same table', async () => {
  await page.goto(`${demo.base}/standards`)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '导出 Excel' }).click(),
  ])
  const path = await download.path()
  assert.ok(readFileSync(path).length > 1000)
  await page.goto(`${demo.base}/standards/new`)
  await page.getByLabel('首次响应平均时长 权重').waitFor()
  await page.locator('input[type=file]').setInputFiles({
    name: '指标表.xlsx',
    mimeType: 'application/octet-stream',
    buffer: readFileSync(path),
  })
  await page.getByText('已读入 4 个指标').waitFor()
  await page.getByText('权重合计 100', { exact: true }).waitFor()
  assert.equal(await page.getByText('需确认').count(), 0)
})

test('a limit of ten seconds, and one in working time', async () => {
  await page.goto(`${demo.base}/standards/new`)
  const limits = page.getByRole('region', { name: '时限' })
  const first = limits.locator('tbody tr').first()
  await first.getByLabel('时限', { exact: true }).fill('10')
  await first.getByLabel('单位').selectOption({ label: '秒' })
  await first.getByLabel('计时').selectOption({ label: '工作时间' })
  await page.getByText('工作时间按各单位的工作日历').waitFor()
  const last = limits.locator('tbody tr').last()
  await last.getByLabel('时限', { exact: true }).fill('1.5')
  await last.getByLabel('单位').selectOption({ label: '个工作日' })
  // Half a working day is none: it cannot be published.
  await page.getByLabel('修改原因').fill('在线 10 秒内应答')
  assert.ok(await page.getByRole('button', { name: '发布新版本' }).isDisabled())
  await last.getByLabel('时限', { exact: true }).fill('3')
  await page.getByRole('button', { name: '发布新版本' }).click()
  await page.waitForURL('**/standards?version=3')
  await page.getByText('10秒').waitFor()
  await page.getByText('3个工作日').waitFor()
})

test('an indicator that stands for calls alone: its number opens exactly the calls', async () => {
  await page.goto(`${demo.base}/standards/new`)
  await page.getByRole('region', { name: '服务质量监测指标表' }).locator('tbody tr').first().waitFor()
  const first = page.getByRole('region', { name: '服务质量监测指标表' }).locator('tbody tr').first()
  await first.getByText('范围：全部记录').click()
  await first.getByLabel(/渠道$/).selectOption({ label: '电话' })
  await first.getByText('范围：电话').waitFor()
  await page.getByLabel('生效日期').fill('2020-01-01')
  await page.getByLabel('修改原因').fill('热线单独考核')
  await page.getByRole('button', { name: '发布新版本' }).click()
  await page.waitForURL('**/standards?version=4')
  await page.locator('.indicator-name').getByText('电话').waitFor()
  await page.goto(`${demo.base}/board`)
  const row = page.locator('table.score tbody tr').first()
  await row.locator('.score-name').getByText('电话').waitFor()
  const n = Number((await row.locator('.score-n').textContent())?.replaceAll(/\D/g, ''))
  await row.locator('.score-actual .door').click()
  await page.locator(`dialog [data-count="${n}"]`).waitFor()
  await page.goBack()
  await row.getByRole('link').click()
  await page.locator('.indicator-facts').getByText(String(n), { exact: true }).waitFor()
})

test('both pages fit a phone', async () => {
  await page.setViewportSize({ width: 360, height: 740 })
  for (const path of ['/standards', '/standards/new']) {
    await page.goto(demo.base + path)
    await page.locator('main table').first().waitFor()
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360, path)
  }
  await page.setViewportSize({ width: 1440, height: 900 })
})
