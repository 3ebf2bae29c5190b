import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import type { PeriodState } from '../../contract/measurement.ts'
import { openBrowser } from './browser.ts'
import { type Demo, enterDemo, startDemo } from './demo.ts'

let demo: Demo
let browser: Browser
let page: Page
let month: string
const refused: string[] = []

before(async () => {
  demo = await startDemo()
  browser = await openBrowser()
  page = await enterDemo(browser, demo.base)
  page.on('response', (answer) => {
    if (answer.status() >= 400) refused.push(`${answer.status()} ${answer.url()}`)
  })
  const { items } = (await get('/api/periods/states?grain=month')) as { items: PeriodState[] }
  month = items.find(({ over }) => over)!.period
})
after(async () => {
  await browser?.close()
  await demo?.stop()
})

const get = async (path: string): Promise<unknown> => (await page.request.get(demo.base + path)).json()
const score = async (): Promise<string> =>
  (await page.getByRole('region', { name: '综合得分' }).locator('.total-number').textContent()) ?? ''

test('a month is closed with a note, and the board says of which copy it is', async () => {
  await page.goto(`${demo.base}/board?period=${month}`)
  const before = await score()
  await page.getByRole('link', { name: '周期与关账' }).click()
  await page.getByRole('button', { name: '关账' }).first().click()
  const send = page.locator('dialog').getByRole('button', { name: '关账', exact: true })
  assert.ok(await send.isDisabled(), 'without a note nothing is closed')
  await page.getByRole('textbox', { name: /说明/ }).fill('已与各团队核对')
  await send.click()
  await page.getByRole('cell', { name: '已与各团队核对' }).waitFor()
  await page
    .getByRole('row')
    .filter({ hasText: '已与各团队核对' })
    .getByRole('link', { name: '看板' })
    .click()
  await page.getByText('已关账 · 第 1 份').waitFor()
  assert.equal(await score(), before)
  assert.equal(await page.getByText(/在关账后变动/).count(), 0)
})

test('late changes leave the closed figures and are told; the figures of now are one click away', async () => {
  const frozen = await score()
  const answer = await page.request.post(`${demo.base}/api/responses`, {
    data: { overall: 1, submittedAt: `${month}-15T02:00:00Z` },
    headers: { origin: demo.base },
  })
  assert.equal(answer.status(), 201, await answer.text())
  // The page hears of it by itself.
  await page.getByText('有 1 项指标在关账后变动').waitFor({ timeout: 15_000 })
  assert.equal(await score(), frozen)
  await page.getByRole('row').filter({ hasText: '客户服务体验评分' }).getByRole('button').first().click()
  const note = page.getByText(/^关账（第 1 份）时为 .+ 条记录；现在为 .+ 条。/)
  await note.waitFor()
  const [, then = '', now = ''] = /(\d+) 条记录；.*，(\d+) 条。/.exec((await note.textContent()) ?? '') ?? []
  assert.equal(Number(now), Number(then) + 1)
  await page.getByRole('button', { name: '关闭' }).click()
  await page.getByRole('button', { name: '看当前数据' }).click()
  await page.getByText('当前数据，不是关账时的数').waitFor()
  assert.match(page.url(), /copy=live/)
  await page.waitForLoadState('networkidle')
  assert.deepEqual(refused, [])
})

test('a restatement shows what moved and why, and the copies stand beside each other', async () => {
  await page.getByRole('link', { name: '有 1 项指标在关账后变动' }).click()
  const drawer = page.locator('dialog.dialog-side')
  await drawer.getByText('手工登记').waitFor()
  await drawer.getByRole('button', { name: '重述' }).click()
  await page.getByRole('textbox', { name: /原因/ }).fill('漏录一份问卷')
  await page.locator('dialog.dialog-middle').getByRole('button', { name: '重述', exact: true }).click()
  await drawer.getByText('已重述（第 2 份）').waitFor()
  await drawer.getByRole('cell', { name: '漏录一份问卷' }).waitFor()
  // The figures stand before the address has followed.
  await page.waitForURL(/copy=2/)
  await drawer.getByRole('row').filter({ hasText: '客户服务体验评分' }).first().waitFor()
  await drawer.getByRole('link', { name: '第 1 份' }).click()
  await page.getByText('已关账 · 第 1 份').waitFor()
  await page.getByRole('button', { name: '最新为第 2 份' }).click()
  await page.getByText('已关账 · 第 2 份').waitFor()
  assert.deepEqual(refused, [])
})

test('who may not close sees the states and no button', async () => {
  const other = await enterDemo(browser, demo.base, 'demo-lead')
  await other.goto(`${demo.base}/board/periods`)
  await other.getByText('已重述（第 2 份）').waitFor()
  assert.equal(await other.getByRole('button', { name: '关账' }).count(), 0)
})
