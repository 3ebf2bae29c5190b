import assert from 'node:assert/strict'
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

const trial = () => page.getByRole('region', { name: '试算' })
const figure = async () => (await trial().locator('.compose-figure').textContent()) ?? ''

test('a measure is composed line by line, tried as it is typed, and saved', async () => {
  await page.goto(`${demo.base}/standards/measures`)
  await page.getByText('还没有自定义度量').waitFor()
  await page.getByRole('link', { name: '新建度量' }).click()
  await trial().getByText('记录数；工单，计入受理时间当日').waitFor()
  const all = Number((await figure()).replace(/\D/g, ''))
  assert.ok(all > 100, await figure())
  await page.getByRole('button', { name: '加一个条件' }).click()
  await page.getByRole('alert').getByText('第1个条件：请填写值').waitFor()
  await page.getByLabel('条件 1 字段').selectOption({ label: '渠道' })
  await page.getByRole('checkbox', { name: '电话' }).check()
  await trial().getByText('记录数；工单中渠道为电话的，计入受理时间当日').waitFor()
  const phone = Number((await figure()).replace(/\D/g, ''))
  assert.ok(phone > 0 && phone < all, `${phone} of ${all}`)
  await page.getByLabel('算法', { exact: true }).selectOption({ label: '中位数或分位数' })
  await page.getByLabel('数值', { exact: true }).selectOption({ label: '一段时长' })
  await trial().getByText('（首次响应时间−受理时间）的中位数（误差≤2%）').waitFor()
  await page.getByLabel('中文名称').fill('电话首次响应中位数')
  await page.getByLabel('英文名称').fill('Median first response by phone')
  await page.getByLabel('代码').fill('Phone')
  await page.getByRole('button', { name: '保存度量' }).click()
  assert.equal(
    await page.getByLabel('代码').evaluate((input: HTMLInputElement) => input.validity.valid),
    false,
  )
  await page.getByLabel('代码').fill('phone_median')
  await page.getByRole('button', { name: '保存度量' }).click()
  await page.waitForURL('**/standards/measures')
  await page.getByText('已汇总').waitFor()
})

test('it stands in the catalogue: figure, drawer and records agree, and an indicator can be made of it', async () => {
  const { from, to } = await monthBefore()
  const api = async (path: string) => (await page.request.get(`${demo.base}${path}`)).json()
  const code = encodeURIComponent('own:phone_median')
  const { rows } = await api(`/api/measures/${code}/figures?from=${from}&to=${to}`)
  const list = await api(`/api/measures/${code}/records?from=${from}&to=${to}&channel=phone`)
  assert.ok(rows[0].records > 0)
  assert.equal(list.total, rows[0].records)
  await page.goto(`${demo.base}/records/measure/${code}?from=${from}&to=${to}`)
  await page.getByText('电话首次响应中位数').first().waitFor()
  await page.goto(`${demo.base}/standards/new`)
  await page.getByRole('button', { name: '从目录添加指标' }).click()
  await page.getByRole('dialog').getByText('电话首次响应中位数').click()
  await page.getByLabel('电话首次响应中位数 权重').waitFor()
})

test('changed, it is another version; a name typed twice is said; deleted, it is gone', async () => {
  await page.goto(`${demo.base}/standards/measures`)
  await page.getByRole('link', { name: '电话首次响应中位数' }).click()
  await page.getByLabel('分位').selectOption({ label: 'P90' })
  await trial().getByText('第90百分位').waitFor()
  await page.getByRole('button', { name: '保存为新版本' }).click()
  await page.waitForURL('**/standards/measures')
  await page.getByText('第 2 版').waitFor()
  await page.goto(`${demo.base}/standards/measures/new`)
  await page.getByLabel('中文名称').fill('另一个')
  await page.getByLabel('英文名称').fill('Another')
  await page.getByLabel('代码').fill('phone_median')
  await page.getByRole('button', { name: '保存度量' }).click()
  await page.getByRole('alert').getByText('已被“电话首次响应中位数”使用').waitFor()
  await page.goto(`${demo.base}/standards/measures`)
  await page.getByRole('button', { name: '删除' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '删除' }).click()
  await page.getByText('还没有自定义度量').waitFor()
})

async function monthBefore(): Promise<{ from: string; to: string }> {
  const { to } = await (await page.request.get(`${demo.base}/api/periods`)).json()
  return { from: new Date(Date.parse(to) - 89 * 86_400_000).toISOString().slice(0, 10), to }
}
