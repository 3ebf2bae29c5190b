import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openTable } from '../../server/intake/index.ts'
import { writeXlsx } from '../../server/platform/spreadsheet.ts'
import { openBrowser } from './browser.ts'
import { type Demo, startDemo } from './demo.ts'

let demo: Demo
let browser: Browser
let folder: string
before(async () => {
  demo = await startDemo()
  browser = await openBrowser()
  folder = mkdtempSync(join(tmpdir(), 'zhihuan-wizard-'))
})
after(async () => {
  await browser?.close()
  await demo?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const header = ['工单编号', '受理时间', '优先级', '处理人', '问题描述', '门店']
const csv = `${header.join(',')}
BR1,2024-05-01 08:00,紧急,向导甲,卡纸,东
BR2,下周二,一般,向导甲,黑屏,西
BR3,2024-05-03 08:00,P9,向导乙,异响,南
BR4,2024-05-04 08:00,重要,xiangdaojia,漏墨,北
`

async function openImport(): Promise<{ page: Page; errors: string[] }> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'zh-CN',
    acceptDownloads: true,
  })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Uncaught/.test(message.text()))
      errors.push(message.text())
  })
  await page.goto(`${demo.base}/`)
  const inputs = page.locator('input')
  await inputs.first().waitFor()
  await inputs.nth(0).fill('demo')
  await inputs.nth(1).fill('zhihuan-demo')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/board**')
  await page.goto(`${demo.base}/records/import`)
  return { page, errors }
}

const counts = async (page: Page): Promise<Record<string, number>> => {
  const texts = await page.locator('.counts > div').allInnerTexts()
  return Object.fromEntries(texts.map((text) => text.split('\n')).map(([name, n]) => [name ?? '', Number(n)]))
}
const done = async (page: Page) => {
  await page.waitForURL('**batch=**')
  await page.locator('.panel .mark-good').first().waitFor()
  return counts(page)
}

test('a faulty file: mended in place, imported, its rejected rows mended in the sheet and brought in, undone', async () => {
  const { page, errors } = await openImport()
  const file = join(folder, '五月.csv')
  writeFileSync(file, csv)
  await page.getByPlaceholder(/默认来源/).fill('向导')
  await page.getByPlaceholder(/默认来源/).blur()
  await page.locator('input[type=file]').setInputFiles(file)

  // Columns: guessed, the one that goes nowhere is said to be kept; without the number nothing goes on.
  await page.waitForURL('**step=map**')
  await page.getByText('1 列没有对应的字段，随原始记录保留，不会丢失：门店').waitFor()
  const next = page.getByRole('button', { name: '下一步：预览' })
  const number = page.locator('tr', { hasText: 'BR1' }).locator('.mapping-field')
  await number.hover()
  await number.locator('.ant-select-clear').click()
  await page.getByText(/必填字段“工单编号/).waitFor()
  assert.equal(await next.isDisabled(), true)
  await page.getByRole('button', { name: '恢复自动对应' }).click()
  await page.getByText(/必填字段/).waitFor({ state: 'detached' })
  await next.click()

  // The preview: two rows with an error, two people not found, one of them likely the other.
  await page.waitForURL('**step=preview**')
  await page.getByText('找不到的人 2 位').first().waitFor()
  assert.deepEqual(await counts(page), { 行数: 4, 可新增: 2, 更新: 0, 无变化: 0, 有提醒: 0, 未导入: 2 })
  await page.getByRole('button', { name: '采用 向导甲' }).click()
  await page.getByText('找不到的人 1 位').first().waitFor()
  const bad = page.locator('.cell-bad')
  assert.equal(await bad.count(), 2)
  await page.getByLabel('第 3 行 受理时间').fill('2024-05-02 08:00')
  await page.keyboard.press('Enter')
  await page.getByText('已修改 1 个单元格').waitFor()
  await page.getByRole('button', { name: '导入 3 行' }).waitFor()
  // A reload keeps what was mended and chosen.
  await page.reload()
  await page.getByText('已修改 1 个单元格').waitFor()
  assert.deepEqual(await counts(page), { 行数: 4, 可新增: 3, 更新: 0, 无变化: 0, 有提醒: 0, 未导入: 1 })
  await page.getByRole('button', { name: '导入 3 行' }).click()
  assert.deepEqual(await done(page), { 行数: 4, 新增: 3, 更新: 0, 无变化: 0, 未导入: 1 })
  const first = page.url()

  // The mended record says what the file held and what was read.
  await page.goto(`${demo.base}/records/work-orders?search=BR2`)
  await page.getByRole('link', { name: 'BR2', exact: true }).click()
  await page.getByText('下周二').first().waitFor()
  await page.getByText('2024-05-02 08:00').first().waitFor()

  // The rejected row, mended in the sheet, goes in as it is.
  await page.goto(first)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载错误行.xlsx' }).first().click(),
  ])
  const errorsFile = join(folder, 'errors.xlsx')
  await download.saveAs(errorsFile)
  const table = await openTable(errorsFile, { name: 'errors.xlsx' })
  assert.deepEqual(table.header, [...header, '错误原因'])
  const rows: string[][] = []
  for await (const chunk of table.rows()) rows.push(...chunk.map(({ cells }) => cells.map(String)))
  assert.deepEqual(
    rows.map((row) => row.slice(0, 3)),
    [['BR3', '2024-05-03 08:00', 'P9']],
  )
  const mended = join(folder, '错误行.xlsx')
  await writeXlsx(mended, {
    sheets: [
      {
        name: '错误行',
        columns: table.header.map((name) => ({ header: name })),
        rows: rows.map((row) => row.map((cell, i) => (i === 2 ? '重要' : cell))),
      },
    ],
  })
  await page.getByRole('button', { name: '上传改好的文件' }).click()
  await page.locator('input[type=file]').setInputFiles(mended)
  await page.getByText('沿用这个来源上次的对应关系').waitFor()
  await page.getByRole('button', { name: '下一步：预览' }).click()
  await page.getByRole('button', { name: '导入 1 行' }).click()
  assert.deepEqual(await done(page), { 行数: 1, 新增: 1, 更新: 0, 无变化: 0, 未导入: 0 })

  // Undone, after saying what goes.
  await page.goto(first)
  await page.getByRole('button', { name: '撤销本次导入' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('将删除新增的 3 条，恢复更新前的 0 条。').waitFor()
  await dialog.getByRole('button', { name: '撤销本次导入' }).click()
  await page.locator('.panel').getByText('已撤销').first().waitFor()
  const left = await page.evaluate(async () =>
    ((await (await fetch('/api/work-orders?search=BR')).json()) as { items: { externalId: string }[] }).items
      .map(({ externalId }) => externalId)
      .filter((one) => /^BR\d$/.test(one)),
  )
  assert.deepEqual(left, ['BR3'])
  assert.deepEqual(errors, [])
  await page.context().close()
})
