import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openBrowser } from './browser.ts'
import { type Demo, startDemo } from './demo.ts'

let demo: Demo
let browser: Browser

before(async () => {
  demo = await startDemo()
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await demo?.stop()
})

interface Visit {
  page: Page
  context: BrowserContext
}

/** Another browser: nothing is remembered from the one before. */
async function visit(path: string, login = 'demo', width = 1280): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width, height: 760 }, locale: 'zh-CN' })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: demo.base })
  const page = await context.newPage()
  await page.goto(`${demo.base}/sign-in?back=${encodeURIComponent(path)}`)
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('密码').fill('zhihuan-demo')
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname.startsWith('/records'))
  return { page, context }
}

const grid = (page: Page) => page.getByRole('grid')
const firstCell = (page: Page) => page.locator('#cell-0-0')

/** The texts of the first rows, column by column. */
const rowsShown = (page: Page, count: number): Promise<string[][]> =>
  page.evaluate(
    (most) =>
      [...document.querySelectorAll('.large-row')]
        .toSorted((a, b) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex')))
        .slice(0, most)
        .map((row) => [...row.children].map((cell) => cell.textContent ?? '')),
    count,
  )

const titles = (page: Page): Promise<string[]> =>
  page.locator('[role=columnheader] .large-name').allTextContents()

test('filter, sort and columns stand in the address: elsewhere it opens the same rows in the same order; Back undoes', async () => {
  const { page, context } = await visit('/records/work-orders')
  await firstCell(page).waitFor()
  const total = page.getByText(/^共 [\d,]+ 条$/)
  const before = await total.textContent()
  await page.getByRole('button', { name: '“产品/服务名称”的筛选与排列' }).click()
  await page.getByLabel('包含文字').fill('dyj')
  await page.keyboard.press('Enter')
  await page.getByText('包含“dyj”').waitFor()
  await page
    .getByRole('columnheader', { name: /优先级/ })
    .locator('.large-sort')
    .click()
  await page.waitForURL(/sort=priority/)
  await page
    .getByRole('columnheader', { name: /处理人/ })
    .locator('.large-sort')
    .click({ modifiers: ['Shift'] })
  await page.waitForURL(/sort=priority%2Cagent/)
  await page.locator('.list-head').getByRole('button', { name: /列$/ }).click()
  await page.getByRole('checkbox', { name: '处理方案' }).uncheck()
  await page.getByRole('checkbox', { name: '受理时间' }).check()
  await page.keyboard.press('Escape')
  // The rows of before stay until the new ones are here.
  await page.waitForLoadState('networkidle')
  const shown = await rowsShown(page, 12)
  const heads = await titles(page)
  assert.ok(shown.every((row) => row[2] === 'A300打印机'))
  assert.ok(heads.includes('受理时间') && !heads.includes('处理方案'))
  assert.deepEqual([...new Set(shown.map((row) => row[5]))], ['紧急'])
  const address = page.url()

  const other = await visit(new URL(address).pathname + new URL(address).search)
  await firstCell(other.page).waitFor()
  assert.deepEqual(await rowsShown(other.page, 12), shown)
  assert.deepEqual(await titles(other.page), heads)
  await other.context.close()

  await page.goBack()
  await page.waitForURL(/sort=priority(&|$)/)
  await page.goBack()
  await page.waitForURL((url) => !url.search.includes('sort') && url.search.includes('filter'))
  await page.goBack()
  await page.waitForURL((url) => !url.search.includes('filter'))
  await page.getByText(before ?? '').waitFor()
  await context.close()
})

test('a block made with Shift and arrows is added up and copied as cells; the mouse makes the same one', async () => {
  const { page, context } = await visit(
    '/records/responses?sort=externalId&cols=externalId.responseSpeed.overall.submittedAt',
  )
  await firstCell(page).waitFor()
  await grid(page).focus()
  await page.keyboard.press('ArrowRight')
  for (const key of ['Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowRight']) await page.keyboard.press(key)
  const wanted = (await rowsShown(page, 3)).map((row) => [row[1] ?? '', row[2] ?? ''])
  const sum = wanted.flat().reduce((all, text) => all + Number(text), 0)
  await page.getByText(`合计 ${sum}`, { exact: true }).waitFor()
  await page.getByText('选中 6 格').waitFor()
  await page.keyboard.press('Control+c')
  await page.getByText('已复制 6 格').waitFor()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  assert.equal(copied.replaceAll('\r', ''), wanted.map((row) => row.join('\t')).join('\n'))
  await page.locator('#cell-0-1').hover()
  await page.mouse.down()
  await page.locator('#cell-2-2').hover()
  await page.mouse.up()
  await page.getByText(`合计 ${sum}`, { exact: true }).waitFor()
  await context.close()
})

test('over many rows few are drawn; Ctrl+End shows the last, Enter opens it, Escape leads back', async () => {
  const { page, context } = await visit('/records/work-orders?sort=externalId')
  await firstCell(page).waitFor()
  // Rows are there before their number is.
  await page.locator('[aria-rowcount]:not([aria-rowcount="-1"])').waitFor()
  const count = Number(await grid(page).getAttribute('aria-rowcount')) - 1
  assert.ok(count > 1000)
  await grid(page).focus()
  await page.keyboard.press('Control+End')
  const last = page.locator(`#cell-${count - 1}-0`)
  await last.getByRole('link').waitFor()
  assert.ok((await page.locator('.large-row').count()) < 60)
  const number = (await last.textContent()) ?? ''
  assert.equal(number, `DEMO${count}`)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: number }).waitFor()
  await page.keyboard.press('Escape')
  await page.waitForURL(/\/records\/work-orders(\?|$)/)
  await context.close()
})

test('a head that is pointed at is asked for before it is pressed, rows are counted once, jumps follow the first page', async () => {
  const { page, context } = await visit('/records/work-orders')
  const asked: URLSearchParams[] = []
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url())
    if (pathname === '/api/work-orders') asked.push(searchParams)
  })
  await firstCell(page).waitFor()
  const head = page.getByRole('columnheader', { name: /处理人/ })
  const fetched = page.waitForResponse((reply) => /sort=agent/.test(reply.url()))
  await head.locator('.large-sort').hover()
  await fetched
  assert.ok(Number(asked.at(-1)?.get('total')) > 1000)
  await head.locator('.large-sort').click()
  await page.locator('[role=grid][data-question*=\'"sort":"agent"\']').waitFor()
  assert.equal(asked.filter((query) => query.get('sort') === 'agent').length, 1)
  // The next press would turn it round.
  await page.waitForResponse((reply) => /sort=-agent/.test(reply.url()))
  const landed = page.waitForResponse((reply) => /offset=/.test(reply.url()))
  await grid(page).evaluate((frame) => frame.scrollTo(0, frame.scrollHeight / 2))
  await landed
  await page.waitForFunction(() => !document.querySelector('.large-wait'))
  const jumps = asked.filter((query) => query.has('offset'))
  assert.ok(jumps.length >= 2 && jumps.every((query) => query.has('cursor') && !query.has('total')))
  await context.close()
})

test('sorted with the keys, the list is another and the focus stays in its head', async () => {
  const { page, context } = await visit('/records/work-orders')
  await firstCell(page).waitFor()
  await grid(page).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await page.waitForURL(/sort=/)
  await page.locator('[role=grid][data-question*=\'"sort"\']').waitFor()
  assert.equal(await grid(page).getAttribute('aria-activedescendant'), 'cell--1-1')
  assert.equal(await grid(page).evaluate((frame) => document.activeElement === frame), true)
  await context.close()
})

test('no key of the table or the page does anything while an input method composes', async () => {
  const { page, context } = await visit('/records/work-orders')
  await firstCell(page).waitFor()
  await page.evaluate(() => {
    document.dispatchEvent(new CompositionEvent('compositionstart'))
  })
  await page.keyboard.press('n')
  assert.equal(await page.locator('dialog[open]').count(), 0)
  await page.evaluate(() => {
    document.dispatchEvent(new CompositionEvent('compositionend'))
  })
  await page.keyboard.press('n')
  await page.locator('dialog[open]').waitFor()
  await context.close()
})

test('N opens the form; what is missing is said at its field, nothing typed is lost, on a phone too', async () => {
  const { page, context } = await visit('/records/work-orders', 'demo-lead', 360)
  await firstCell(page).waitFor()
  await page.keyboard.press('n')
  const dialog = page.locator('dialog[open]')
  await dialog.getByLabel('客户信息').fill('北极星有限公司')
  await dialog.getByLabel('问题描述').fill('打印有黑线')
  await dialog.getByRole('button', { name: '保存' }).click()
  assert.equal(await dialog.getByText('请填写此项。').count(), 3)
  assert.equal(await dialog.getByLabel('客户信息').inputValue(), '北极星有限公司')
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await page.keyboard.press('n')
  assert.equal(await dialog.getByLabel('问题描述').inputValue(), '打印有黑线')
  await dialog.getByLabel('产品/服务名称').click()
  await dialog.getByText('A300打印机').last().click()
  await dialog.getByLabel('问题分类').selectOption('repair')
  await dialog.getByLabel('优先级').selectOption('normal')
  await dialog.getByRole('button', { name: '保存' }).click()
  await page.getByText(/已保存，编号 SR\d+/).waitFor()
  await page
    .getByRole('link', { name: /^SR\d+/ })
    .first()
    .waitFor()
  await context.close()
})

test('two people edit one record: the second is told, sees what stands, and keeps what was typed', async () => {
  const one = await visit('/records/feedback')
  await firstCell(one.page).getByRole('link').click()
  await one.page.getByRole('button', { name: '编辑' }).click()
  const path = new URL(one.page.url()).pathname
  const two = await visit(path)
  await two.page.getByRole('button', { name: '编辑' }).click()
  await two.page.getByLabel('改进建议').fill('第二个人的建议')
  await one.page.getByLabel('处理状态').selectOption('in_progress')
  await one.page.getByRole('button', { name: '保存修改' }).click()
  await one.page.getByText('修改了记录').waitFor()
  await two.page.getByRole('button', { name: '保存修改' }).click()
  await two.page.getByText('已被他人修改').waitFor()
  assert.equal(await two.page.getByLabel('改进建议').inputValue(), '第二个人的建议')
  assert.equal(await two.page.getByLabel('处理状态').inputValue(), 'in_progress')
  await two.page.getByRole('button', { name: '仍保存我的修改' }).click()
  await two.page.getByText('第二个人的建议').first().waitFor()
  await two.page.getByText('修改了记录').nth(1).waitFor()
  await two.page.getByRole('button', { name: '不计入统计' }).click()
  await two.page.getByLabel('原因').fill('重复登记')
  await two.page.locator('dialog').getByRole('button', { name: '不计入统计' }).click()
  await two.page.getByText('不计入统计：重复登记').waitFor()
  await two.page.getByRole('button', { name: '撤销' }).click()
  await two.page.getByText('不计入统计：重复登记').waitFor({ state: 'detached' })
  await one.context.close()
  await two.context.close()
})

test('the clocks of an order are stopped with a reason and let run again; why it is due then is one press away', async () => {
  const { page, context } = await visit('/records/work-orders', 'demo-supervisor')
  // Answered, as a pause does not stop the clock of the response, and still open.
  const id = await page.evaluate(async () => {
    type Order = {
      id: string
      respondedAt: string | null
      resolvedAt: string | null
      resolutionDueAt: string | null
    }
    const { items } = (await (await fetch('/api/work-orders?limit=200')).json()) as { items: Order[] }
    const running = (one: Order) => Date.parse(one.resolutionDueAt ?? '') > Date.now()
    return items.find((one) => one.respondedAt && !one.resolvedAt && running(one))?.id
  })
  assert.ok(id, 'no order is open and answered')
  await page.goto(page.url().replace(/\/records.*/, `/records/work-orders/${id}`))
  await page.getByText('时限未到').first().waitFor()
  await page.getByRole('button', { name: '暂停计时' }).click()
  await page.getByPlaceholder('原因，如 等客户寄回设备').fill('等配件到货')
  await page.keyboard.press('Enter')
  await page.getByText('仍在暂停').first().waitFor()
  assert.equal(await page.getByText('时限未到').count(), 0)
  await page.getByText('为什么是这个时限').click()
  await page.getByText('仍在暂停，尚不到期。').first().waitFor()
  await page.reload()
  await page.getByRole('button', { name: '继续计时' }).click()
  await page.getByText('时限未到').first().waitFor()
  const history = page.locator('.history')
  await history
    .getByText(/等配件到货/)
    .first()
    .waitFor()
  assert.doesNotMatch((await history.textContent()) ?? '', /T\d\d:/, 'times are those of the organization')
  await context.close()
})

test('an order that is solved is opened again with a limit of its own, and solved again', async () => {
  const { page, context } = await visit('/records/work-orders', 'demo-supervisor')
  const id = await page.evaluate(async () => {
    type Order = { id: string; resolvedAt: string | null; episodes: unknown[] }
    const { items } = (await (await fetch('/api/work-orders?limit=200')).json()) as { items: Order[] }
    return items.find((one) => one.resolvedAt && one.episodes.length === 0)?.id
  })
  assert.ok(id, 'no order is solved')
  await page.goto(page.url().replace(/\/records.*/, `/records/work-orders/${id}`))
  await page.getByRole('button', { name: '重新打开工单' }).click()
  await page.getByText('时限未到').first().waitFor()
  await page.getByText('为什么是这个时限').click()
  await page.getByText('（第 1 次重新打开）').waitFor()
  // While it is open its clocks can be stopped.
  await page.getByRole('button', { name: '暂停计时' }).waitFor()
  await page.getByRole('button', { name: '再次解决' }).click()
  await page.getByRole('button', { name: '重新打开工单' }).waitFor()
  const history = page.locator('.history')
  await history
    .getByText(/重新打开的各次/)
    .first()
    .waitFor()
  assert.doesNotMatch((await history.textContent()) ?? '', /T\d\d:/, 'times are those of the organization')
  await context.close()
})

test('a saved view is a chip; as the usual one it opens the list, and “all” still leads to all', async () => {
  const { page, context } = await visit('/records/feedback?filter=status%3Aopen', 'demo-supervisor')
  await page.getByRole('button', { name: '保存视图' }).click()
  await page.getByLabel('视图名称').fill('待处理的')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '设为或取消默认视图' }).click()
  await page.getByLabel('默认视图').waitFor()
  await context.close()
  const again = await visit('/records/feedback', 'demo-supervisor')
  await again.page.waitForURL(/filter=status/)
  await again.page.getByRole('button', { name: '全部' }).click()
  await again.page.waitForURL(/view=all/)
  await again.page.reload()
  await again.page.waitForURL(/view=all/)
  await again.page.getByRole('button', { name: '全部' }).waitFor()
  await again.page.keyboard.press('Control+k')
  await again.page.keyboard.type('待处理的')
  await again.page.getByRole('option', { name: '待处理的' }).waitFor()
  await again.page.keyboard.press('Enter')
  await again.page.waitForURL(/feedback\?filter=status/)
  await again.context.close()
})

test('an export is downloaded as it is seen', async () => {
  const { page, context } = await visit('/records/responses?filter=overall%3D1..2')
  await page.getByRole('button', { name: '导出' }).click()
  const arriving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSV' }).click()
  const download = await arriving
  assert.match(download.suggestedFilename(), /^客户满意度调查_\d{4}-\d\d-\d\d\.csv$/)
  const { readFileSync } = await import('node:fs')
  const bytes = readFileSync(await download.path())
  assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf])
  const lines = bytes.toString().trim().split('\r\n')
  assert.match(lines[0] ?? '', /问卷编号,工单编号,提交时间,1\.问题响应速度/)
  const count = Number(await grid(page).getAttribute('aria-rowcount')) - 1
  assert.equal(lines.length - 1, count)
  await context.close()
})
