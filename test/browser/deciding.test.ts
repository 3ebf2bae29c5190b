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

test('the weights in force, replayed, change nothing; other weights say who moves and where it would turn', async () => {
  await page.goto(`${demo.base}/standards/new`)
  const section = page.getByRole('region', { name: '回放：名次与临界权重' })
  await section.getByRole('button', { name: /回放到/ }).click()
  await section.getByText(/按新权重，名次不变；/).waitFor()
  const totals = await section.getByRole('region', { name: '各周期总分' }).locator('tbody tr').allInnerTexts()
  assert.equal(totals.length, 6)
  for (const row of totals) {
    const [, , before, after, moved] = row.split('\t')
    assert.deepEqual([after?.trim(), moved?.trim()], [before, '0'], row)
  }
  await page.getByLabel('首次响应平均时长 权重').fill('60')
  await section.getByText('草稿已改动').waitFor()
  await page.getByLabel('客户服务体验评分 权重').fill('0')
  await section.getByLabel('回放多少个周期').selectOption('12')
  await section.getByRole('button', { name: /回放到/ }).click()
  await section.getByText(/按新权重，(名次不变|.+由第 \d [升降]至第 \d).*；.+/).waitFor()
  await section.getByText('草稿已改动').waitFor({ state: 'detached' })
  // Until the answer is there the tables are away too.
  await section.getByRole('region', { name: '各周期总分' }).locator('tbody tr').nth(11).waitFor()
  const changed = await section
    .getByRole('region', { name: '各周期总分' })
    .locator('tbody tr')
    .allInnerTexts()
  assert.equal(changed.length, 12)
  assert.ok(
    changed.some((row) => /[▲▼]/.test(row)),
    'other weights, other totals',
  )
  // Which weights would turn an order the numbers of the demo say; each indicator says one or a dash.
  const breakEven = await section
    .getByRole('region', { name: '临界权重', exact: true })
    .locator('tbody tr')
    .allInnerTexts()
  assert.equal(breakEven.length, 4)
  for (const row of breakEven) assert.match(row, /\t\s*(—|((降到|升到) \d+\.\d\d .+ ⇄ .+\s*)+)$/, row)
  await page.getByRole('button', { name: /放弃草稿/ }).click()
})

test('weights by comparing pairs, with the keyboard alone on a phone: refused, mended, put into the draft', async () => {
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto(`${demo.base}/standards/new`)
  await page.getByRole('button', { name: '两两比较定权重' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('还有 6 对未比较').waitFor()
  const choices = dialog.locator('select')
  assert.equal(await choices.count(), 6)
  // A circle: the first over the second, that over the third, and the third far over the first.
  const judge = async (at: number, value: string) => {
    await choices.nth(at).focus()
    const steps = await choices.nth(at).locator('option').count()
    await page.keyboard.press('End')
    for (let i = 0; i < steps && (await choices.nth(at).inputValue()) !== value; i++)
      await page.keyboard.press('ArrowUp')
    assert.equal(await choices.nth(at).inputValue(), value)
  }
  for (const [at, value] of ['2', '1/9', '4', '2', '3', '2'].entries()) await judge(at, value)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  const refused = dialog.getByRole('alert')
  await refused.getByText(/一致性比率 .*须不超过 0\.1.*“客户服务体验评分”比“首次响应平均时长”/).waitFor()
  await judge(1, '3')
  await refused.waitFor({ state: 'detached' })
  await dialog.getByRole('button', { name: '计算权重' }).focus()
  await page.keyboard.press('Enter')
  const take = dialog.getByRole('button', { name: '填入草稿' })
  await take.waitFor()
  assert.equal(await dialog.evaluate((frame) => frame.scrollWidth <= 360), true)
  await take.focus()
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('权重合计 100', { exact: true }).waitFor()
  assert.match(
    await page.getByLabel('修改原因').inputValue(),
    /两两比较（层次分析法）得出，一致性比率 0\.0\d{3}/,
  )
  const first = await page.getByLabel('首次响应平均时长 权重').inputValue()
  assert.notEqual(first, '25')
  // What was judged is still there, and what was put in can be taken back.
  await page.getByRole('button', { name: '撤销' }).click()
  assert.equal(await page.getByLabel('首次响应平均时长 权重').inputValue(), '25')
  await page.getByRole('button', { name: '两两比较定权重' }).click()
  assert.equal(await dialog.locator('select').nth(1).inputValue(), '3')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /回放到/ }).click()
  await page.getByRole('region', { name: '各周期总分' }).waitFor()
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360)
  await page.setViewportSize({ width: 1440, height: 900 })
})

test('the preset of an industry is put into the draft with its limits, and can be taken back', async () => {
  await page.goto(`${demo.base}/standards/new`)
  await page.getByLabel('首次响应平均时长 权重').fill('24')
  await page.getByLabel('填入行业包').selectOption({ label: '电信' })
  await page.getByText(/已填入“电信”的指标与时限/).waitFor()
  await page.getByText('权重合计 100', { exact: true }).waitFor()
  assert.equal(await page.getByLabel('平均故障解决时间 目标值').inputValue(), '24')
  // 硬件/制造售后: a quarter of an hour, five minutes for what is urgent, and the seven limits of handling and of replies.
  const limits = page.getByRole('region', { name: '时限' }).locator('tbody tr')
  assert.equal(await limits.count(), 9)
  await page.getByRole('button', { name: '撤销' }).click()
  assert.equal(await page.getByLabel('首次响应平均时长 权重').inputValue(), '24')
  assert.equal(await limits.count(), 8)
  await page.getByRole('button', { name: /放弃草稿/ }).click()
})
