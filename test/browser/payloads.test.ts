import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { csvLine } from '../../server/platform/spreadsheet.ts'
import { payloads } from '../payloads.ts'
import { type Product, startProduct } from '../product.ts'
import { openBrowser } from './browser.ts'

let folder: string
let product: Product
let browser: Browser
let context: BrowserContext
const executed: string[] = []
const reported: string[] = []
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zhihuan-payloads-'))
  product = await startProduct(join(folder, 'data'), '--demo')
  browser = await openBrowser()
  context = await browser.newContext({ viewport: { width: 1440, height: 2400 }, locale: 'zh-CN' })
  await context.exposeFunction('hit', (n: unknown) => executed.push(`payload ${String(n)}`))
  await context.exposeFunction('violated', (what: string) => reported.push(what))
  await context.addInitScript(() => {
    const told = window as unknown as { violated(what: string): void }
    addEventListener('securitypolicyviolation', (event) =>
      told.violated(`${location.pathname} ${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    )
  })
  const signedIn = await context.request.post(`${product.base}/api/session`, {
    data: { login: 'demo', password: 'zhihuan-demo' },
  })
  assert.equal(signedIn.status(), 200)
})
after(async () => {
  await browser?.close()
  await product?.end()
  rmSync(folder, { recursive: true, force: true })
})

async function open(path: string): Promise<Page> {
  const page = await context.newPage()
  page.on('dialog', (dialog) => {
    executed.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.goto(`${product.base}${path}`)
  await page.locator('main').first().waitFor()
  // The stream of events keeps the network busy for good; what is loading says so.
  await page
    .locator('.loading')
    .first()
    .waitFor({ state: 'detached', timeout: 1500 })
    .catch(() => {})
  await page.waitForTimeout(250)
  return page
}

/** Row `i`, place `k` of a file: over all rows each place meets every payload, and a row shows many. */
const at = (i: number, k: number) => payloads[(i * 13 + k * 31) % payloads.length]!
const day = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10)

async function bring(
  kind: string,
  fileName: string,
  header: string[],
  fields: (string | null)[],
  rows: string[][],
) {
  const columns = Object.fromEntries(header.flatMap((name, k) => (fields[k] ? [[name, fields[k]]] : [])))
  const query = new URLSearchParams({
    kind,
    fileName,
    source: payloads[40]!.slice(0, 110),
    mapping: JSON.stringify({ columns }),
  })
  const started = await context.request.post(`${product.base}/api/imports?${query}`, {
    headers: { 'content-type': 'application/octet-stream' },
    data: Buffer.from([header, ...rows].map(csvLine).join('')),
  })
  assert.equal(started.status(), 202, await started.text())
  const { id } = await started.json()
  for (;;) {
    const batch = await (await context.request.get(`${product.base}/api/imports/${id}`)).json()
    if (!['waiting', 'running'].includes(batch.state)) return batch as Batch
    await new Promise((go) => setTimeout(go, 200))
  }
}
interface Batch {
  id: string
  state: string
  rows: number
  accepted: number
  updated: number
  rejected: number
}

test('there are 300 different payloads, and the trap catches what runs and what is refused', async () => {
  assert.equal(payloads.length, 300)
  assert.equal(new Set(payloads).size, 300)
  const page = await open('/board')
  await page.evaluate(() => {
    const picture = document.createElement('div')
    picture.innerHTML = '<img src=x onerror=hit(0)>'
    document.body.append(picture)
    ;(window as unknown as { hit(n: number): void }).hit(-1)
  })
  await page.waitForTimeout(300)
  await page.close()
  assert.deepEqual(executed.splice(0), ['payload -1'])
  assert.match(reported.splice(0).join(), /script-src/)
})

const orderTexts = [
  'customer',
  'contact',
  'product',
  'problem',
  'demand',
  'category',
  'subcategory',
  'channel',
  'agent',
  'plan',
  'result',
  'confirmation',
]
const batches: Batch[] = []

test('every text field, header and file name takes them, by file and by hand', async () => {
  // A header that is a payload and goes to no field is kept as it came; so is one that does.
  const header = ['工单编号', '受理时间', ...orderTexts.map((_, k) => at(k, 3)), `${at(7, 9)}多余的列`]
  const rows = payloads.map((_, i) => [
    `X${i}`,
    `${day} 09:00`,
    ...orderTexts.map((_, k) => at(i, k)),
    at(i, 20),
  ])
  batches.push(
    await bring(
      'work-orders',
      '"><img src=x onerror=hit(1)>.csv',
      header,
      ['external_id', 'received_at', ...orderTexts, null],
      rows,
    ),
  )
  const rating = (i: number) => [`Y${i}`, `${day} 10:00`, '4', at(i, 1), at(i, 2), at(i, 3), at(i, 4)]
  batches.push(
    await bring(
      'responses',
      '<svg onload=hit(2)>.csv',
      ['问卷编号', '提交时间', '整体满意度', ...[1, 2, 3, 4].map((k) => at(k, 5))],
      ['external_id', 'submitted_at', 'overall', 'suggestion', 'channel', 'agent', 'product'],
      payloads.map((_, i) => rating(i)),
    ),
    await bring(
      'feedback',
      'javascript:hit(3).csv',
      ['反馈编号', '反馈日期', '满意度', ...[1, 2, 3, 4].map((k) => at(k, 6))],
      ['external_id', 'received_at', 'score', 'suggestion', 'channel', 'problem', 'customer'],
      payloads.map((_, i) => rating(i)),
    ),
    await bring(
      'invitations',
      '<body onhashchange=hit(11)>.csv',
      ['编号', '发放时间', ...[1, 2, 3, 4, 5].map((k) => at(k, 11))],
      ['external_id', 'sent_at', 'channel', 'agent', 'customer', 'product', 'work_order'],
      payloads.map((_, i) => [`I${i}`, `${day} 11:00`, ...[1, 2, 3, 4, 5].map((k) => at(i, k))]),
    ),
    await bring(
      'calls',
      '<iframe src=javascript:hit(6)>.csv',
      ['编号', '开始时间', ...[1, 2, 3, 4, 5].map((k) => at(k, 7))],
      ['external_id', 'started_at', 'channel', 'agent', 'customer', 'product', 'work_order'],
      payloads.map((_, i) => [`T${i}`, `${day} 11:00`, ...[1, 2, 3, 4, 5].map((k) => at(i, k))]),
    ),
    await bring(
      'inspections',
      '<body onload=hit(7)>.csv',
      ['编号', '质检时间', '得分', ...[1, 2, 3, 4, 5].map((k) => at(k, 8))],
      ['external_id', 'inspected_at', 'score', 'inspector', 'form', 'remark', 'work_order', 'contact_number'],
      payloads.map((_, i) => [`Q${i}`, `${day} 12:00`, '80', ...[1, 2, 3, 4, 5].map((k) => at(i, k))]),
    ),
    await bring(
      'trainings',
      '<math href=javascript:hit(9)>.csv',
      ['编号', '时间', '时长', ...[1, 2].map((k) => at(k, 9))],
      ['external_id', 'held_at', 'hours', 'agent', 'course'],
      payloads.map((_, i) => [`P${i}`, `${day} 13:00`, '2', ...[1, 2].map((k) => at(i, k))]),
    ),
    await bring(
      'purchases',
      '<video onerror=hit(8)>.csv',
      ['编号', '下单时间', ...[1, 2, 3, 4].map((k) => at(k, 10))],
      ['external_id', 'ordered_at', 'channel', 'agent', 'customer', 'product'],
      payloads.map((_, i) => [`G${i}`, `${day} 13:00`, ...[1, 2, 3, 4].map((k) => at(i, k))]),
    ),
    await bring(
      'attendance',
      '<body onpageshow=hit(10)>.csv',
      ['编号', '日期', '排班工时', at(1, 10)],
      ['external_id', 'worked_at', 'scheduled_hours', 'agent'],
      payloads.map((_, i) => [`K${i}`, day, '8', at(i, 1)]),
    ),
    await bring(
      'messages',
      '<svg onload=hit(11)>.csv',
      ['会话编号', '发送方', '发送时间', at(1, 11), at(2, 11)],
      ['conversation', 'sender', 'sent_at', 'channel', 'agent'],
      payloads.map((one, i) => [one, '客户', `${day} 14:00`, at(i, 1), at(i, 2)]),
    ),
    await bring(
      'costs',
      '"><img src=x onerror=hit(12)>.csv',
      ['编号', '日期', '类别', '金额', at(1, 12), at(2, 12)],
      ['external_id', 'incurred_at', 'kind', 'amount', 'work_order', 'product'],
      payloads.map((_, i) => [`Y${i}`, day, '配件', '1', at(i, 1), at(i, 2)]),
    ),
    await bring(
      'people',
      '=1+1.csv',
      ['工号', '姓名'],
      ['employee_no', 'name'],
      payloads.map((text, i) => [`P${i} ${text}`.slice(0, 40), text.slice(0, 60)]),
    ),
    await bring(
      'products',
      '@SUM.csv',
      ['编码', '名称'],
      ['code', 'name'],
      payloads.map((text, i) => [`${i} ${text}`.slice(0, 60), text]),
    ),
  )
  for (const batch of batches)
    assert.ok(
      batch.state === 'done' && batch.accepted + batch.updated > 200,
      JSON.stringify(batch).slice(0, 400),
    )
  // Rejections quote what they refuse.
  const wrong = payloads.map((text, i) => [`Z${i}`, text, text])
  batches.push(
    await bring(
      'work-orders',
      `${payloads[60]}.csv`.slice(0, 200),
      ['工单编号', '受理时间', '解决时间'],
      ['external_id', 'received_at', 'resolved_at'],
      wrong,
    ),
  )
  assert.ok(batches.at(-1)!.rejected > 200, JSON.stringify(batches.at(-1)).slice(0, 300))
  for (const [i, text] of payloads.entries()) {
    const data = { name: `${i} ${text}`.slice(0, 110), kind: 'team' }
    const made = await context.request.post(`${product.base}/api/units`, { data })
    assert.equal(made.status(), 201, await made.text())
    if (i % 10 > 0) continue
    const user = {
      login: `u${i}${text}`.slice(0, 60),
      name: text.slice(0, 60),
      password: 'a long password',
      role: 'specialist',
      unitId: (await made.json()).id,
    }
    const added = await context.request.post(`${product.base}/api/users`, { data: user })
    assert.equal(added.status(), 201, await added.text())
    if (i % 50 > 0) continue
    const definition = {
      facts: 'work_order',
      where: [{ field: 'subcategory', comparison: 'is', values: [text.slice(0, 200)] }],
      day: 'receivedAt',
      aggregate: { kind: 'count' },
    }
    const own = {
      code: `m${i}`,
      nameZh: text.slice(0, 80),
      nameEn: text.slice(0, 80),
      better: 'none',
      definition,
    }
    const composed = await context.request.post(`${product.base}/api/own-measures`, { data: own })
    assert.equal(composed.status(), 201, await composed.text())
  }
})

test('every page shows them, and none runs or is even tried', async (t) => {
  const { items } = await (await context.request.get(`${product.base}/api/work-orders?limit=100`)).json()
  const own = (items as { id: string; externalId: string }[]).filter(({ externalId }) =>
    externalId.startsWith('X'),
  )
  assert.ok(own.length > 50)
  const idsOf = async (path: string): Promise<string[]> => {
    const answer = await (await context.request.get(`${product.base}${path}`)).json()
    return (answer.items as { id: string }[]).slice(0, 3).map(({ id }) => id)
  }
  const period = day.slice(0, 7)
  const span = `from=${day}&to=${day}`
  const measure = 'first_response_minutes'
  const shown: Record<string, string[]> = {
    '/': ['/'],
    '/setup': ['/setup'],
    '/sign-in': [`/sign-in?back=${encodeURIComponent('javascript:hit(4)')}`],
    '/board': [`/board?period=${period}`, `/board?open=${encodeURIComponent(payloads[30]!)}`],
    '/board/m/$code': [
      `/board/m/${measure}?period=${period}`,
      `/board/m/${encodeURIComponent(payloads[31]!)}`,
    ],
    '/records/measure/$code': [
      `/records/measure/record_completeness?${span}`,
      `/records/measure/${encodeURIComponent(payloads[32]!)}`,
    ],
    '/records/work-orders': [
      '/records/work-orders',
      `/records/work-orders?search=${encodeURIComponent('<script>')}`,
    ],
    '/records/work-orders/$id': own.slice(0, 8).map(({ id }) => `/records/work-orders/${id}`),
    '/records/feedback': ['/records/feedback'],
    '/records/responses': ['/records/responses'],
    '/records/invitations': ['/records/invitations'],
    '/records/contacts': ['/records/contacts'],
    '/records/inspections': ['/records/inspections'],
    '/records/trainings': ['/records/trainings'],
    '/records/purchases': ['/records/purchases'],
    '/records/attendance': ['/records/attendance'],
    '/records/messages': ['/records/messages'],
    '/records/costs': ['/records/costs'],
    '/board/periods': ['/board/periods'],
    '/records/feedback/$id': (await idsOf('/api/feedback')).map((id) => `/records/feedback/${id}`),
    '/records/responses/$id': (await idsOf('/api/responses')).map((id) => `/records/responses/${id}`),
    '/records/invitations/$id': (await idsOf('/api/invitations')).map((id) => `/records/invitations/${id}`),
    '/records/contacts/$id': (await idsOf('/api/contacts')).map((id) => `/records/contacts/${id}`),
    '/records/inspections/$id': (await idsOf('/api/inspections')).map((id) => `/records/inspections/${id}`),
    '/records/trainings/$id': (await idsOf('/api/trainings')).map((id) => `/records/trainings/${id}`),
    '/records/purchases/$id': (await idsOf('/api/purchases')).map((id) => `/records/purchases/${id}`),
    '/records/messages/$id': (await idsOf('/api/messages')).map((id) => `/records/messages/${id}`),
    '/records/costs/$id': (await idsOf('/api/costs')).map((id) => `/records/costs/${id}`),
    '/records/attendance/$id': (await idsOf('/api/attendance')).map((id) => `/records/attendance/${id}`),
    '/records/import': ['/records/import', ...batches.map(({ id }) => `/records/import?batch=${id}`)],
    '/standards': ['/standards'],
    '/standards/new': ['/standards/new'],
    '/standards/measures': ['/standards/measures'],
    '/standards/measures/new': ['/standards/measures/new'],
    '/standards/measures/$id': (await idsOf('/api/own-measures')).map((id) => `/standards/measures/${id}`),
    '/settings/people': ['/settings/people'],
    '/settings/accounts': ['/settings/accounts'],
    '/settings/organization': ['/settings/organization'],
    '/settings/products': ['/settings/products'],
    '/settings/calendar': ['/settings/calendar'],
    '/help': ['/help', `/help?search=${encodeURIComponent('<script>')}`],
    '/design': ['/design'],
  }
  const source = readFileSync(fileURLToPath(new URL('../../web/routes.tsx', import.meta.url)), 'utf8')
  const paths = [...source.matchAll(/path: '([^']+)'/g)].map(([, path]) => path!)
  assert.deepEqual(
    paths.filter((path) => !shown[path]),
    [],
    'a new page is shown here too',
  )
  let seen = 0
  let pages = 0
  for (const path of paths)
    for (const address of shown[path]!) {
      const page = await open(address).catch((error) => {
        throw new Error(`${address}: ${error}`)
      })
      // Lists come in pieces.
      for (let more = 0; more < 2; more++) {
        const button = page.getByRole('button', { name: '显示更多' })
        if ((await button.count()) === 0) break
        await button
          .first()
          .click({ timeout: 1000 })
          .catch(() => {})
        await page.waitForTimeout(100)
      }
      const text = await page.locator('body').innerText()
      if (/hit|alert/.test(text)) seen++
      pages++
      await page.close()
    }
  t.diagnostic(`${pages} pages opened, ${seen} of them showing payloads`)
  assert.ok(seen >= 20, `${seen} pages show payloads`)
  assert.deepEqual(executed, [])
  assert.deepEqual(reported, [])
})

test('a preview shows the header and the cells of a file before anything is written, and nothing runs', async () => {
  const page = await open('/records/import')
  const text = [payloads.slice(0, 40), payloads.slice(100, 140), payloads.slice(200, 240)]
    .map(csvLine)
    .join('')
  await page.locator('input[type=file]').setInputFiles({
    name: '<img src=x onerror=hit(5)>.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(text),
  })
  await page.getByText(payloads[25]!, { exact: false }).first().waitFor()
  assert.deepEqual(executed, [])
  assert.deepEqual(reported, [])
  await page.close()
})

test('what is exported holds no cell a spreadsheet would take for a formula', async () => {
  const files = [
    `/api/measures/record_completeness/records.csv?from=${day}&to=${day}`,
    `/api/measures/experience_score/records.csv?from=${day}&to=${day}`,
  ]
  for (const file of files) {
    const csv = await (await context.request.get(`${product.base}${file}`)).text()
    assert.ok(csv.length > 5000, file)
    for (const cell of csv.replace(/^\ufeff/, '').matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,\r\n]*))/gm)) {
      const text = cell[1] ?? cell[2] ?? ''
      assert.doesNotMatch(text, /^[=@\t\r＝]|^[+-](?![\d.]+$)/, `${file}: ${text}`)
    }
  }
  const errors = await context.request.get(`${product.base}/api/imports/${batches.at(-1)!.id}/errors.xlsx`)
  assert.equal(errors.status(), 200)
  // Texts are text cells, and not one cell is a formula.
  const path = join(folder, 'errors.xlsx')
  writeFileSync(path, await errors.body())
  const sheet = execFileSync('unzip', ['-p', path, 'xl/worksheets/sheet1.xml'], {
    maxBuffer: 50_000_000,
  }).toString()
  assert.ok(sheet.length > 50_000)
  assert.doesNotMatch(sheet, /<f[ >]/)
})
