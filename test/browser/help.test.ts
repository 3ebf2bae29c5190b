import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { measures } from '../../server/measurement/measures.ts'
import { openBrowser } from './browser.ts'
import { type Demo, enterDemo, startDemo } from './demo.ts'

let demo: Demo
let browser: Browser
let page: Page

before(async () => {
  demo = await startDemo()
  browser = await openBrowser()
  page = await enterDemo(browser, demo.base, 'demo-auditor', 360)
})
after(async () => {
  await browser?.close()
  await demo?.stop()
})

test('every measure of the catalogue has its formula and a worked example, in both languages, on a phone', async () => {
  for (const language of ['zh', 'en'] as const) {
    await page.goto(`${demo.base}/help`)
    await page.evaluate((chosen) => localStorage.setItem('zhihuan.language', chosen), language)
    await page.reload()
    for (const { code, formula } of measures) {
      const article = page.locator(`article[id="${code}"]`)
      // Compared as it stands: a search by text takes a Σ behind a name for the end of a word.
      await article.waitFor()
      assert.equal(await article.locator('.help-formula').textContent(), formula[language])
      const example = (await article.locator('p').nth(1).textContent()) ?? ''
      assert.match(example, /\d/, code)
      assert.doesNotMatch(example, /_/, code)
      if (code === 'first_response_minutes')
        await article.getByText(language === 'zh' ? /受理时间/ : /Received/).waitFor()
    }
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360)
  }
  await page.evaluate(() => localStorage.setItem('zhihuan.language', 'zh'))
})

test('what holds of a unit that moved and of stages of products is told in both languages', async () => {
  const said = {
    zh: ['生命周期', '12 月 1 日起属于成长期', '归属', '6 月及以前仍计入原部门'],
    en: ['growth', 'one of 1 December of growth', 'moved', 'June and before stay with its former department'],
  }
  for (const [language, [stage, ofStage, move, ofMove]] of Object.entries(said)) {
    await page.evaluate((chosen) => localStorage.setItem('zhihuan.language', chosen), language)
    await page.goto(`${demo.base}/help?q=${encodeURIComponent(stage!)}`)
    await page.getByText(ofStage!).waitFor()
    await page.goto(`${demo.base}/help?q=${encodeURIComponent(move!)}`)
    await page.getByText(ofMove!).waitFor()
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360)
  }
  await page.evaluate(() => localStorage.setItem('zhihuan.language', 'zh'))
})

test('a search finds across measures, states, keys and terms, and has an address', async () => {
  await page.goto(`${demo.base}/help`)
  await page.getByLabel('搜索帮助').fill('缺列')
  await page.getByText('计算所需的字段没有数据').waitFor()
  assert.equal(await page.locator('article').count(), 0)
  await page.goto(`${demo.base}/help?q=posting`)
  await page.getByText('任职 · posting').waitFor()
  await page.goto(`${demo.base}/help?q=zzzz`)
  await page.getByText('没有找到').waitFor()
})
