import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from './browser.ts'
import { type Demo, enterDemo, startDemo } from './demo.ts'

let demo: Demo
let browser: Browser
/** Two machines: each has a browser store of its own. */
let here: Page
let there: Page

before(async () => {
  demo = await startDemo()
  browser = await openBrowser()
  here = await enterDemo(browser, demo.base)
  there = await enterDemo(browser, demo.base)
})
after(async () => {
  await browser?.close()
  await demo?.stop()
})

const weight = (page: Page) => page.getByLabel('首次响应平均时长 权重')
const save = async (page: Page) => {
  await page.getByRole('button', { name: '保存草稿' }).click()
}

test('a draft saved on one machine is taken up on another; the later save is never overwritten', async () => {
  await here.goto(`${demo.base}/standards/new`)
  await weight(here).fill('20')
  await here.getByLabel('草稿名称').fill('三季度')
  // Enter in the name saves; it does not publish.
  await here.getByLabel('草稿名称').press('Enter')
  await here.waitForURL('**/standards/new?draft=*')
  await here.getByText(/保存于 \d{4}-/).waitFor()

  await there.goto(`${demo.base}/standards/new`)
  await weight(there).waitFor()
  assert.equal(await weight(there).inputValue(), '25', 'without opening it, the newest version')
  await there.getByLabel('打开草稿').selectOption({ label: '三季度' })
  await there.waitForURL('**/standards/new?draft=*')
  await there.getByText(/权重合计 95/).waitFor()
  assert.equal(await weight(there).inputValue(), '20')
  await weight(there).fill('21')
  await save(there)
  await there.getByText(/已保存草稿“三季度”/).waitFor()

  await weight(here).fill('19')
  await save(here)
  const refused = here.getByRole('alert')
  await refused.getByText(/在您打开之后保存了这份草稿（第 2 次）/).waitFor()
  // What was typed outlives a reload, and is still not the server's.
  await here.reload()
  await weight(here).waitFor()
  assert.equal(await weight(here).inputValue(), '19')
  await here.getByText(/已于 .* 保存了更新的内容/).waitFor()
  await save(here)
  await refused.getByRole('button', { name: '打开对方的内容' }).click()
  await here.getByText(/权重合计 96/).waitFor()
  assert.equal(await weight(here).inputValue(), '21')
})

test('one’s own changes can become a draft of their own', async () => {
  await weight(here).fill('22')
  await save(here)
  await here.getByText(/已保存草稿“三季度”/).waitFor()
  await weight(there).fill('23')
  await there.getByLabel('草稿名称').fill('三季度·乙案')
  await save(there)
  await there.getByRole('alert').getByRole('button', { name: '另存为新草稿' }).click()
  await there.getByText(/已保存草稿“三季度·乙案”/).waitFor()
  await there.getByText(/权重合计 98/).waitFor()
  assert.equal(await weight(there).inputValue(), '23')
  assert.deepEqual(await there.getByLabel('打开草稿').locator('option').allInnerTexts(), [
    '仅在本浏览器的草稿',
    '三季度·乙案',
    '三季度',
  ])
})

test('publishing ends the draft; who still edits it is told and loses nothing', async () => {
  const address = here.url()
  const other = await there.context().newPage()
  await other.goto(address)
  await weight(other).fill('24')
  await weight(here).fill('25')
  await here.getByLabel('修改原因').fill('定稿')
  await here.getByRole('button', { name: '发布新版本' }).click()
  await here.waitForURL('**/standards?version=2')
  await other.reload()
  await other.getByText('这份草稿已被删除或发布').waitFor()
  assert.equal(await weight(other).inputValue(), '24')
  await other.getByLabel('草稿名称').fill('余下的')
  await save(other)
  await other.waitForURL((url) => url.href !== address && url.search.includes('draft='))
  await other.getByRole('button', { name: '删除草稿' }).click()
  await other.getByRole('dialog').getByRole('button', { name: '删除草稿' }).click()
  await other.waitForURL('**/standards/new')
  await other.setViewportSize({ width: 360, height: 740 })
  await weight(other).waitFor()
  assert.equal(await other.evaluate(() => document.documentElement.scrollWidth), 360)
  await other.close()
})
