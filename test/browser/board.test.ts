import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openBrowser } from './browser.ts'
import { type Demo, startDemo } from './demo.ts'

let demo: Demo
let base: string
let browser: Browser

before(async () => {
  demo = await startDemo()
  base = demo.base
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await demo?.stop()
})

interface Seen {
  context: BrowserContext
  page: Page
  errors: string[]
  elsewhere: string[]
}

async function open(
  login: string,
  options: { width: number; dark?: boolean } = { width: 1440 },
): Promise<Seen> {
  const context = await browser.newContext({
    viewport: { width: options.width, height: 900 },
    locale: 'zh-CN',
    colorScheme: options.dark ? 'dark' : 'light',
  })
  const page = await context.newPage()
  const errors: string[] = []
  const elsewhere: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Uncaught/.test(message.text()))
      errors.push(message.text())
  })
  page.on('request', (request) => {
    if (
      !request.url().startsWith(base) &&
      !request.url().startsWith('data:') &&
      !request.url().startsWith('blob:')
    )
      elsewhere.push(request.url())
  })
  await page.goto(`${base}/`)
  const inputs = page.locator('input')
  await inputs.first().waitFor()
  await inputs.nth(0).fill(login)
  await inputs.nth(1).fill('zhihuan-demo')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/board**')
  await page.getByText('首次响应平均时长').first().waitFor()
  return { context, page, errors, elsewhere }
}

test('the board shows a score; the page makes no request elsewhere and breaks no policy', async () => {
  const { context, page, errors, elsewhere } = await open('demo')
  const text = await page.locator('body').innerText()
  assert.match(text, /综合得分/)
  assert.match(text, /时效性/)
  for (const name of ['首次响应平均时长', '问题一次性解决率', '客户服务体验评分', '工单填写完整度'])
    assert.ok(text.includes(name), name)
  assert.deepEqual(errors, [])
  assert.deepEqual(elsewhere, [])
  await context.close()
})

test('for every indicator: board = list of records = figures = CSV', async () => {
  const { context, page } = await open('demo')
  const check = await page.evaluate(async () => {
    const get = async (url: string) => (await fetch(url)).json()
    const month = (await get('/api/periods')).today.slice(0, 7)
    const found: {
      code: string
      n: number
      records: number
      total: number
      figure: number
      lines: number
      value: number
      api: number
    }[] = []
    const [year, number] = month.split('-').map(Number)
    const last = new Date(Date.UTC(year, number, 0)).getUTCDate()
    const span = `from=${month}-01&to=${month}-${last}`
    const units = [
      '',
      ...(await get('/api/units')).items
        .filter((unit: { kind: string }) => unit.kind !== 'organization')
        .map((unit: { id: string }) => `&unit=${unit.id}`),
    ]
    for (const unit of units) {
      const card = await get(`/api/scorecard?period=${month}${unit}`)
      for (const one of card.indicators) {
        const list = await get(`/api/measures/${one.measure}/records?${span}${unit}&limit=1`)
        const figure = (await get(`/api/measures/${one.measure}/figures?${span}${unit}`)).rows[0]
        const csv = await (await fetch(`/api/measures/${one.measure}/records.csv?${span}${unit}`)).text()
        found.push({
          code: one.code + unit,
          n: one.n,
          records: one.records,
          total: list.total,
          figure: figure?.records ?? 0,
          lines: csv.trim().split('\n').length - 1,
          value: one.value,
          api: figure?.value ?? null,
        })
      }
    }
    return found
  })
  assert.ok(check.length >= 8, `${check.length} compared`)
  for (const one of check) {
    assert.equal(one.total, one.records, `${one.code}: list and board`)
    assert.equal(one.figure, one.records, `${one.code}: figures and board`)
    assert.equal(one.lines, one.records, `${one.code}: CSV and board`)
    assert.equal(one.api, one.value, `${one.code}: value`)
  }
  await context.close()
})

test('a number opens its records, a record its file and line', async () => {
  const { context, page, errors } = await open('demo')
  await page.getByRole('row').filter({ hasText: '首次响应平均时长' }).getByRole('button').first().click()
  const drawer = page.getByRole('dialog')
  await drawer.waitFor()
  const card = await page.evaluate(async () => {
    const periods = await (await fetch('/api/periods')).json()
    return (await fetch(`/api/scorecard?period=${periods.today.slice(0, 7)}`)).json()
  })
  await drawer.getByText(String(card.indicators[0].records)).first().waitFor()
  await drawer
    .getByText(/DEMO\d{4}/)
    .first()
    .click()
  await page.waitForURL('**/records/work-orders/**')
  await page.getByText('示例工单.csv').first().waitFor()
  assert.deepEqual(errors, [])
  await context.close()
})

test('beside the score of the answers stands how many of those asked gave one: on the board, in the drawer, on its page', async () => {
  const { context, page, errors } = await open('demo')
  const { period, rate } = await page.evaluate(async () => {
    const month = (await (await fetch('/api/periods')).json()).today.slice(0, 7)
    const card = await (await fetch(`/api/scorecard?period=${month}`)).json()
    const found = card.indicators.find((one: { measure: string }) => one.measure === 'experience_score')
    return { period: month, rate: found.responseRate as { sent: number; submitted: number } }
  })
  assert.ok(rate.sent > 0 && rate.submitted < rate.sent)
  const percent = `${((100 * rate.submitted) / rate.sent).toFixed(1)}%`
  const told = `${percent}（发放 ${rate.sent}，提交 ${rate.submitted}）`
  await page.goto(`${base}/board?period=${period}`)
  const row = page.getByRole('row').filter({ hasText: '客户服务体验评分' })
  await row.getByText(`回收率 ${percent}`, { exact: true }).waitFor()
  // A figure that does not come from answers has none.
  const other = page.getByRole('row').filter({ hasText: '工单填写完整度' })
  assert.equal(await other.getByText('回收率').count(), 0)
  await row.getByRole('button').first().click()
  await page.getByRole('dialog').getByText(`问卷回收率：${told}`, { exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await row.getByRole('link', { name: '客户服务体验评分' }).click()
  await page.locator('.indicator-head').getByText(told, { exact: true }).waitFor()
  // In a month before the first record nobody was asked.
  await page.goto(`${base}/board?period=2001-01`)
  await row.getByText('回收率未知').waitFor()
  assert.deepEqual(errors, [])
  await context.close()
})

test('narrow and dark: the board fits 360 px', async () => {
  const { context, page, errors } = await open('demo', { width: 360, dark: true })
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  assert.ok(wide <= 360, `the page is ${wide} px wide`)
  assert.deepEqual(errors, [])
  await context.close()
})

test('a specialist sees the own team’s board and no settings', async () => {
  const { context, page } = await open('demo-specialist')
  const text = await page.locator('body').innerText()
  assert.doesNotMatch(text, /示例·华南维修组/)
  const users = await page.evaluate(async () => (await fetch('/api/users')).status)
  assert.equal(users, 403)
  await context.close()
})
