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

test('thirty people from Excel are in within five clicks, and a broken row stays to be mended', async () => {
  let clicks = 0
  const click = async (name: string | RegExp) => {
    clicks++
    await page.getByRole('button', { name }).click()
  }
  clicks++
  await page.getByRole('link', { name: '设置' }).click()
  await click('从 Excel 粘贴名单')
  const names = Array.from(
    { length: 30 },
    (_, i) => `${'赵钱孙李周吴'[i % 6]}${'甲乙丙丁戊'[Math.floor(i / 6)]}华`,
  )
  const list = names.map((name, i) => `${name}\tP${String(i + 1).padStart(3, '0')}\t夜班一组\t售后专员`)
  await page
    .getByRole('dialog')
    .getByRole('textbox')
    .fill([...list, '\tP031\t夜班一组\t售后专员'].join('\n'))
  await page.getByText('将新建团队：夜班一组').waitFor()
  await page.getByText('没有姓名。').waitFor()
  await click('写入 30 人')
  await page.getByText('已写入 30 人，1 行未通过').waitFor()
  assert.ok(clicks <= 5, `${clicks} clicks`)
  const left = await page.getByRole('dialog').getByRole('textbox').inputValue()
  assert.match(left, /P031/)
  await page.getByRole('dialog').getByRole('button', { name: '取消' }).click()
  await page.getByRole('button', { name: /^夜班一组/ }).click()
  await page.getByText('30 人', { exact: true }).waitFor()
  assert.match(page.url(), /unit=/)
})

test('a person moves and leaves with a date; the drawer has an address', async () => {
  await page.getByRole('button', { name: '赵甲华' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText('夜班一组').waitFor()
  assert.match(page.url(), /person=/)
  await drawer.getByLabel('调往').selectOption({ index: 1 })
  await drawer.getByLabel('自这一天起', { exact: true }).fill('2099-01-01')
  await drawer.getByRole('button', { name: '调动' }).click()
  await page.getByText('已保存').waitFor()
  await page.reload()
  await page.getByRole('main').waitFor()
})

test('a unit is moved from a day on, and says where it stood', async () => {
  const edit = async (name: string) => {
    await page.getByRole('button', { name: `修改“${name}”` }).click()
    return page.getByRole('dialog')
  }
  await page.evaluate(() =>
    fetch('/api/units', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: '华东大区', kind: 'department' }),
    }),
  )
  await page.goto(`${demo.base}/settings/people`)
  const dialog = await edit('夜班一组')
  // Nothing is asked of a unit that stays where it is.
  assert.equal(await dialog.getByText('自哪天起归属这里').count(), 0)
  await dialog.getByLabel('上级').selectOption({ label: '华东大区' })
  // It was made today and has stood nowhere else.
  assert.ok(await dialog.getByLabel('纠正：一直归属这里').isChecked())
  await dialog.getByRole('radio', { name: '调整：自这一天起' }).check()
  await dialog.getByText('此前的记录仍计入原上级').waitFor()
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.waitFor({ state: 'detached' })
  const again = await edit('夜班一组')
  const history = again.getByRole('region', { name: '归属记录' })
  await history.getByText('华东大区').waitFor()
  assert.match(
    (await history.getByRole('listitem').first().textContent()) ?? '',
    /自 \d{4}-\d\d-\d\d 起 · .+ 于 /,
  )
  assert.equal(await history.getByRole('listitem').count(), 2)
  assert.ok(await again.getByLabel('不改日期').isChecked())
  await again.getByRole('button', { name: '取消' }).click()
})

test('accounts: a new password, disabling and enabling; a key is revoked by itself', async () => {
  const made = await page.evaluate(async () => {
    const answer = await fetch('/api/keys', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: '看板同步', days: 30 }),
    })
    return (await answer.json()) as { key: string }
  })
  await page.goto(`${demo.base}/settings/accounts`)
  const row = page.getByRole('row').filter({ hasText: '看板同步' })
  await row.getByRole('button', { name: '撤销' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '撤销' }).click()
  await row.waitFor({ state: 'detached' })
  const status = await page.evaluate(async (key) => {
    const headers = { authorization: `Bearer ${key}` }
    return (await fetch('/api/me', { headers, credentials: 'omit' })).status
  }, made.key)
  assert.equal(status, 401)
  const lead = page.getByRole('row').filter({ hasText: 'demo-lead' })
  await lead.getByRole('button', { name: '停用' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '停用' }).click()
  await lead.getByText('已停用').waitFor()
  await lead.getByRole('button', { name: '启用' }).click()
  await page.getByRole('dialog').getByLabel('新密码').fill('a new long password')
  await page.getByRole('dialog').getByRole('button', { name: '启用' }).click()
  await lead.getByText('在用').waitFor()
})

test('the organization keeps what is changed about it', async () => {
  await page.goto(`${demo.base}/settings/organization`)
  await page.getByLabel('企业名称').fill('质环示例企业（改）')
  await page.getByLabel('监测周期').selectOption({ label: '季' })
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('已保存').waitFor()
  await page.getByPlaceholder('新类别').fill('安装服务')
  await page.getByRole('button', { name: '新增' }).click()
  await page.getByLabel('类别 安装服务').waitFor()
  await page.reload()
  assert.equal(await page.getByLabel('企业名称').inputValue(), '质环示例企业（改）')
  await page.getByLabel('类别 安装服务').waitFor()
})

test('products: the stages of a life are set in a drawer, a wrong order is said, a pasted list shows what would happen', async () => {
  await page.goto(`${demo.base}/settings/people`)
  await page.getByRole('link', { name: '产品', exact: true }).click()
  await page.getByRole('button', { name: '新增产品' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('产品编码').fill('LIFE-1')
  await drawer.getByLabel('产品名称').fill('生命周期样机')
  await drawer.getByLabel('导入期开始').fill('2024-05-01')
  await drawer.getByLabel('成长期开始').fill('2024-04-01')
  await drawer.getByRole('button', { name: '保存' }).click()
  await drawer.getByText('应依次递增').waitFor()
  await drawer.getByLabel('成长期开始').fill('2024-08-01')
  await drawer.getByRole('button', { name: '保存' }).click()
  await drawer.waitFor({ state: 'detached' })
  const row = page.getByRole('row').filter({ hasText: '生命周期样机' })
  await row.getByText('成长期', { exact: true }).waitFor()
  await page.getByRole('button', { name: '从 Excel 粘贴产品' }).click()
  await page
    .getByRole('dialog')
    .getByRole('textbox')
    .fill('产品编码\t产品名称\t成熟期开始\nLIFE-1\t生命周期样机\t2024-10-01\nLIFE-2\t另一台\t十月')
  await page.getByText('不是日期').waitFor()
  await page.getByRole('button', { name: '写入 1 个产品' }).click()
  await row.getByText('成熟期', { exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await row.getByRole('button', { name: '生命周期样机' }).click()
  assert.equal(await page.getByRole('dialog').getByLabel('成长期开始').inputValue(), '2024-08-01')
  await page.keyboard.press('Escape')
})

test('the hours of this year are published in two clicks, tried on an order, and shown as a year', async () => {
  await page.goto(`${demo.base}/settings/people`)
  await page.getByRole('link', { name: '工作日历' }).click()
  await page.getByRole('button', { name: '发布工作日历' }).click()
  await page.getByText('已发布工作日历').waitFor()
  const tester = page.getByRole('region', { name: '试算一单' })
  // Saturday 9 May 2026 is worked for Labour Day: two hours from Friday 17:00 end on it at 10:00.
  await tester.getByLabel(/受理时间/).fill('2026-05-08T17:00')
  await tester.getByText('2026-05-09 10:00').waitFor()
  await page.goto(`${demo.base}/settings/calendar?year=2026`)
  await page.getByText('248 个工作日').waitFor()
  await page.locator('[title^="2026-05-09 调休上班"]').waitFor()
  await page.goto(`${demo.base}/settings/calendar?year=2099`)
  await page.getByText('2099 年的放假安排尚不知晓').waitFor()
})

test('every page of the settings fits a phone', async () => {
  await page.setViewportSize({ width: 360, height: 740 })
  for (const path of ['people', 'accounts', 'organization', 'products', 'calendar']) {
    await page.goto(`${demo.base}/settings/${path}`)
    await page.locator('main .tabs').waitFor()
    await page.locator('main table, main .settings-field, main .calendar-week').first().waitFor()
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360, path)
  }
})
