// A number is a door: board, drawer, list and record agree; charts are tables too; old numbers say so and stay.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Measure, Scorecard } from '../../contract/measurement.ts'
import { zh } from '../../web/locales/zh.ts'
import { numbers } from '../../web/ui/numbers.ts'
import { contrast } from '../colour.ts'
import { type Product, startProduct } from '../product.ts'
import { openBrowser } from './browser.ts'

let dir: string
let product: Product
let browser: Browser
let context: BrowserContext
let page: Page
const errors: string[] = []

before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'zhihuan-figures-'))
  product = await startProduct(join(dir, 'data'), '--demo')
  browser = await openBrowser()
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
  page = await context.newPage()
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) errors.push(message.text())
  })
  await page.goto(`${product.base}/`)
  const inputs = page.locator('input')
  await inputs.first().waitFor()
  await inputs.nth(0).fill('demo')
  await inputs.nth(1).fill('zhihuan-demo')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/board**')
  await page.getByText('首次响应平均时长').first().waitFor()
})
after(async () => {
  await browser?.close()
  await product?.end()
  rmSync(dir, { recursive: true, force: true })
})

const read = <T>(path: string): Promise<T> =>
  page.evaluate(async (url) => (await fetch(url)).json(), path) as Promise<T>

/** The last whole month: the demo always fills it. */
async function lastMonth(): Promise<string> {
  const { today } = await read<{ today: string }>('/api/periods')
  const [year = 0, month = 0] = today.split('-').map(Number)
  return new Date(Date.UTC(year, month - 2, 1)).toISOString().slice(0, 7)
}

const rowOf = (name: string) => page.getByRole('row').filter({ hasText: name })
const drawer = () => page.locator('dialog[open]')

test('for every indicator and three sets of filters, number, drawer and list hold the same records in two clicks', async () => {
  const period = await lastMonth()
  const { items: units } = await read<{ items: { id: string; kind: string }[] }>('/api/units')
  const { items: products } = await read<{ items: { id: string; name: string }[] }>('/api/products')
  const unit = units.find(({ kind }) => kind === 'team')?.id
  const a300 = products.find(({ name }) => name.startsWith('A300'))?.id
  for (const filters of ['', `&unit=${unit}`, `&product=${a300}`]) {
    const card = await read<Scorecard>(`/api/scorecard?period=${period}${filters}`)
    for (const { code, name, records } of card.indicators) {
      assert.ok(records > 0, `${code} ${filters}`)
      await page.goto(`${product.base}/board?period=${period}${filters}`)
      await rowOf(name.zh).getByRole('button').first().click()
      await drawer().locator(`[data-count="${records}"]`).waitFor()
      await drawer().getByText('在记录中打开').click()
      await page.waitForURL('**/records/measure/**')
      await page.getByText(`共 ${records} 条`).first().waitFor()
      assert.equal(await listed(), records, `${code} ${filters}`)
    }
  }
})

/** Rows of the list, after asking for more as long as there is more. */
async function listed(): Promise<number> {
  const more = page.getByRole('button', { name: '显示更多' })
  for (let i = 0; i < 40 && (await more.count()) > 0; i++) {
    const before = await page.locator('main tbody tr').count()
    await more.click()
    await page.waitForFunction((n) => document.querySelectorAll('main tbody tr').length > n, before)
  }
  return page.locator('main tbody tr').count()
}

test('Esc closes one level, Back undoes: a list, a drawer, a filter', async () => {
  const period = await lastMonth()
  await page.goto(`${product.base}/board?period=${period}`)
  await rowOf('首次响应平均时长').getByRole('button').first().click()
  await drawer().waitFor()
  await drawer().getByText('在记录中打开').click()
  await page.waitForURL('**/records/measure/**')
  await page.goBack()
  await drawer().waitFor()
  await page.keyboard.press('Escape')
  await drawer().waitFor({ state: 'detached' })
  assert.doesNotMatch(page.url(), /open=/)
  await page.goBack()
  await drawer().waitFor()
  await page.goBack()
  await drawer().waitFor({ state: 'detached' })

  const choice = page.getByLabel('产品', { exact: true })
  await choice.selectOption({ index: 1 })
  await page.waitForURL('**product=**')
  const chip = page.getByLabel(/去掉此条件 产品/)
  await chip.click()
  await chip.waitFor({ state: 'detached' })
  assert.doesNotMatch(page.url(), /product=/)
  await page.goBack()
  await chip.waitFor()
})

test('every chart has its table twin and says itself in words', async () => {
  const period = await lastMonth()
  const card = await read<Scorecard>(`/api/scorecard?period=${period}`)
  const codes = card.indicators.map(({ code }) => code)
  const places = [
    `/board?period=${period}`,
    ...codes.map((code) => `/board?period=${period}&open=${code}`),
    ...codes.map((code) => `/board/m/${code}?period=${period}`),
    ...['agent', 'product', 'category', 'channel', 'priority'].map(
      (by) => `/board/m/${codes[0]}?period=${period}&by=${by}`,
    ),
    ...['day', 'week', 'quarter', 'year'].map(
      (grain) => `/board/m/${codes[0]}?period=${period}&grain=${grain}`,
    ),
  ]
  let charts = 0
  for (const place of places) {
    await page.goto(product.base + place)
    // The heat map is written, not drawn: it has a test of its own.
    const drawn = 'figure.chart:not([data-chart="heat"])'
    const shown = page.locator(`${place.includes('open=') ? 'dialog' : 'main'} ${drawn}`)
    await shown.first().locator('.chart-place svg').waitFor()
    for (const chart of await shown.all()) {
      charts++
      await chart.locator('.chart-place svg').waitFor()
      const summary = (await chart.locator('[data-summary]').textContent()) ?? ''
      assert.ok(summary.length > 20, `${place}: ${summary}`)
      assert.notEqual((await chart.locator('h2').textContent())?.trim(), '', place)
      await chart.getByRole('button', { name: '查看数据' }).click()
      const rows = await chart.locator('tbody tr').allTextContents()
      assert.ok(rows.length > 0, place)
      const names = await chart.locator('tbody th').allTextContents()
      for (const name of names) assert.ok(summary.includes(name), `${place}: ${name} is not in: ${summary}`)
      await chart.getByRole('button', { name: '查看图形' }).click()
    }
    // The small lines of the board stand in a table of the same numbers and are spoken as a list of them.
    for (const line of await page.locator('svg.spark').all())
      assert.match((await line.getAttribute('aria-label')) ?? '', /\d/, place)
  }
  assert.ok(charts >= 1 + 4 + 2 * 13, `${charts} charts`)
  assert.deepEqual(errors, [])
})

test('the heat map says itself, has its twin, reads in either look, scrolls in its own box, and a cell opens its records', async () => {
  const period = await lastMonth()
  const address = `${product.base}/board/m/first_response_minutes?period=${period}`
  await page.goto(address)
  const heat = page.locator('figure[data-chart="heat"]')
  await heat.locator('td[data-heat]').first().waitFor()
  const cells = await heat.locator('td[data-heat]').count()
  assert.ok(cells > 3, `${cells} cells`)
  assert.match((await heat.locator('[data-summary]').textContent()) ?? '', /个产品.*个类别.*个组合/)
  for (const look of ['light', 'dark'] as const) {
    await page.evaluate((theme) => document.documentElement.setAttribute('data-theme', theme), look)
    const pairs = await heat.locator('td[data-heat]').evaluateAll((all) =>
      all
        .filter((cell) => /^[1-6]$/.test(cell.getAttribute('data-heat') ?? ''))
        .map((cell) => {
          const { color, backgroundColor } = getComputedStyle(cell)
          return [color, backgroundColor].map(
            (rgb) =>
              `#${(rgb.match(/\d+/g) ?? []).map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`,
          )
        }),
    )
    assert.ok(pairs.length > 0, look)
    for (const [ink = '', ground = ''] of pairs)
      assert.ok(contrast(ink, ground) >= 4.5, `${look}: ${ink} on ${ground}`)
  }
  await heat.getByRole('button', { name: '查看数据' }).click()
  assert.equal(await heat.locator('tbody tr').count(), cells)
  await heat.getByRole('button', { name: '查看图形' }).click()
  await page.setViewportSize({ width: 360, height: 740 })
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  assert.ok(wide <= 360, `the page is ${wide} wide`)
  await page.setViewportSize({ width: 1440, height: 900 })
  const cell = heat.locator('td[data-heat]:has(a)').first()
  const n = /n=([\d,]+)/.exec((await cell.getAttribute('title')) ?? '')?.[1]?.replace(',', '')
  await cell.locator('a').click()
  await page.waitForURL('**/records/measure/**')
  await page.getByText(`共 ${n} 条`).first().waitFor()
  assert.equal(await listed(), Number(n))
  assert.deepEqual(errors, [])
})

test('a chart is walked by the arrow keys, reads each point out, and opens it with Enter', async () => {
  const period = await lastMonth()
  await page.goto(`${product.base}/board/m/first_response_minutes?period=${period}`)
  const chart = page.locator('figure[data-chart="trend"]')
  await chart.locator('.chart-place svg').waitFor()
  await chart.locator('.chart-keys').focus()
  await page.keyboard.press('End')
  const read = chart.locator('.chart-read')
  const last = await read.textContent()
  assert.match(
    last ?? '',
    new RegExp(`^${Number(period.slice(0, 4))}年${Number(period.slice(5))}月 · 数值 .*n `),
  )
  await page.keyboard.press('ArrowLeft')
  assert.notEqual(await read.textContent(), last)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await drawer().waitFor()
  assert.match(page.url(), new RegExp(`open=${period}`))
})

test('a drawing follows a window that becomes narrower, never the window the drawing', async () => {
  const period = await lastMonth()
  await page.goto(`${product.base}/board/m/first_response_minutes?period=${period}`)
  await page.locator('.chart-place svg').nth(1).waitFor()
  for (const width of [1000, 600, 360, 1440]) {
    await page.setViewportSize({ width, height: 900 })
    await page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth, undefined, {
      timeout: 5000,
    })
  }
})

// DOORS=200 asks more of them.
const doors = Number(process.env.DOORS ?? 12)
test(`${doors} random figures read the same on the page and on the command line`, async () => {
  const { items: units } = await read<{ items: { id: string }[] }>('/api/units')
  const { items: products } = await read<{ items: { id: string }[] }>('/api/products')
  const { items: measures } = await read<{ items: Measure[] }>('/api/measures')
  const { today } = await read<{ today: string }>('/api/periods')
  const pick = <Item>(list: readonly Item[]): Item => list[Math.floor(Math.random() * list.length)]!
  const [year = 0, month = 0] = today.split('-').map(Number)
  for (let i = 0; i < doors; i++) {
    const back = pick([1, 2, 3, 4])
    const period = new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 7)
    const last = new Date(Date.UTC(year, month - back, 0)).toISOString().slice(0, 10)
    const filters = Object.entries({
      unit: pick([undefined, ...units])?.id,
      product: pick([undefined, undefined, ...products])?.id,
    }).flatMap(([name, id]) => (id ? [[name, id] as const] : []))
    const narrowed = new URLSearchParams([['period', period], ...filters.map((one) => [...one])])
    await page.goto(`${product.base}/board?${narrowed}`)
    const card = await read<Scorecard>(`/api/scorecard?${narrowed}`)
    const { code, name, measure } = pick(card.indicators)
    const row = page.locator('table.score tbody tr').filter({ hasText: name.zh })
    await row.locator('.score-n').waitFor()
    const where = filters.flatMap(([dimension, id]) => ['--where', `${dimension}=${id}`])
    const told = await command('measure', measure, '--from', `${period}-01`, '--to', last, ...where)
    const unit = measures.find((one) => one.code === measure)?.unit ?? ''
    const number = row.locator('.score-actual .door')
    const shown = (await number.count()) === 0 ? '' : await number.textContent()
    assert.equal(shown?.replaceAll(/\s/g, ''), asWritten(told.value, unit), `${code} ${narrowed}`)
    const n = (await row.locator('.score-n').textContent())?.replaceAll(/\D/g, '')
    assert.equal(Number(n || 0), told.n, `${code} ${narrowed}`)
  }
})

const texts: Record<string, string> = zh
const sayZh = (key: string, fill: Record<string, string | number> = {}): string =>
  (texts[key] ?? key).replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(fill[name]))
const { value: writeValue } = numbers(sayZh, 'zh', 'Asia/Shanghai')
/** A value as the page writes it, from the number the command line gives. */
const asWritten = (amount: number | null, unit: string): string =>
  amount === null ? '' : writeValue(amount, unit).replaceAll(/\s/g, '')

async function command(...args: string[]): Promise<{ n: number; value: number | null }> {
  const env: Record<string, string | undefined> = { ...process.env, ZHIHUAN_DATA: join(dir, 'data') }
  delete env.NODE_TEST_CONTEXT
  delete env.DATABASE_URL
  const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [main, ...args, '--json'], { env })
  const { rows } = JSON.parse(stdout) as { rows: { n: number; value: number | null }[] }
  return rows[0] ?? { n: 0, value: null }
}

for (const by of ['product', 'category'])
  test(`a member of a split by ${by} opens exactly its records, under its name`, async () => {
    const period = await lastMonth()
    await page.goto(`${product.base}/board/m/first_response_minutes?period=${period}&by=${by}`)
    const chart = page.locator('figure[data-chart="dots"]')
    await chart.getByRole('button', { name: '查看数据' }).click()
    const first = chart.locator('tbody tr').first()
    const name = (await first.locator('th, td').first().textContent()) ?? 'no name'
    const n = (await first.locator('td').last().textContent())?.replace(',', '')
    await chart.getByRole('button', { name: '查看图形' }).click()
    await chart.locator('.chart-place svg').waitFor()
    await chart.locator('.chart-keys').focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
    assert.match(decodeURIComponent(page.url()), new RegExp(`open=${by}:`))
    await drawer().locator(`[data-count="${n}"]`).waitFor()
    await drawer().getByRole('heading', { name }).waitFor()
  })

test('things to look at are written from the figures and lead to their records', async () => {
  const { today } = await read<{ today: string }>('/api/periods')
  const [year = 0, month = 0] = today.split('-').map(Number)
  // The demo plants too few people in the evenings three months before this one.
  const period = new Date(Date.UTC(year, month - 4, 1)).toISOString().slice(0, 7)
  await page.goto(`${product.base}/board?period=${period}`)
  const things = page.locator('.look-list li')
  await things.filter({ hasText: '18–22 点占未达标记录的' }).waitFor()
  assert.equal(await things.count(), 3)
  await things.first().getByText('查看记录').click()
  await page.waitForURL('**/records/measure/**')
  assert.match(page.url(), new RegExp(`from=${period}-01`))
})

test('a new record changes the board by itself, and nothing is taken away meanwhile', async () => {
  await page.goto(`${product.base}/board`)
  await rowOf('工单填写完整度').waitFor()
  await page.evaluate(() => {
    document.querySelector('table.score')?.setAttribute('data-kept', 'yes')
  })
  const n = rowOf('首次响应平均时长').locator('.score-n')
  const before = await n.textContent()
  const status = await page.evaluate(async () => {
    const at = Date.now() - 3_600_000
    const reply = await fetch('/api/work-orders', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        receivedAt: new Date(at).toISOString(),
        respondedAt: new Date(at + 60_000).toISOString(),
      }),
    })
    return reply.status
  })
  assert.equal(status, 201)
  await page.waitForFunction(
    ([selector, was]) => document.querySelector(selector ?? '')?.textContent !== was,
    ['table.score[data-kept] tbody tr:first-child .score-n', before],
  )
  assert.equal(Number((await n.textContent())?.replace(',', '')), Number(before?.replace(',', '')) + 1)
})

test('when the product goes away a bar says since when, the numbers stay, and it comes back by itself', async () => {
  await page.goto(`${product.base}/board`)
  const value = rowOf('首次响应平均时长').locator('.score-actual')
  const before = await value.textContent()
  const port = new URL(product.base).port
  await product.end()
  const bar = page.locator('.stale-bar')
  await bar.waitFor({ timeout: 20_000 })
  assert.match((await bar.textContent()) ?? '', /数据停在 \d{4}-.*自 \d{4}-.* 断开/)
  assert.equal(await value.textContent(), before)
  await bar.getByRole('button', { name: '重试' }).click()
  assert.equal(await value.textContent(), before)
  product = await startProduct(join(dir, 'data'), '--port', port)
  await bar.waitFor({ state: 'detached', timeout: 30_000 })
  assert.equal(await value.textContent(), before)
})
