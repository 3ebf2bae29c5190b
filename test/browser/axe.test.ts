import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
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

/** Every address of the site map, so that a page added there is looked at without being named here. */
const paths = [
  ...readFileSync(new URL('../../web/routes.tsx', import.meta.url), 'utf8').matchAll(
    /^ {2}path: '([^']+)'/gm,
  ),
].map(([, path]) => path!)

/** Where a single record of a list comes from. */
const lists: Record<string, string> = {
  '/records/work-orders/$id': '/api/work-orders?limit=1',
  '/records/feedback/$id': '/api/feedback?limit=1',
  '/records/responses/$id': '/api/responses?limit=1',
  '/records/invitations/$id': '/api/invitations?limit=1',
  '/records/contacts/$id': '/api/contacts?limit=1',
  '/records/inspections/$id': '/api/inspections?limit=1',
  '/records/trainings/$id': '/api/trainings?limit=1',
  '/records/purchases/$id': '/api/purchases?limit=1',
  '/records/attendance/$id': '/api/attendance?limit=1',
  '/records/messages/$id': '/api/messages?limit=1',
  '/records/costs/$id': '/api/costs?limit=1',
  '/standards/measures/$id': '/api/own-measures',
}

/** The demo has none of these: one is entered. */
async function enterWhatIsLacking(page: Page): Promise<void> {
  const { items } = await (await page.request.get(`${demo.base}/api/people`)).json()
  const [agentId, now] = [items[0].id, new Date().toISOString()]
  for (const [list, data] of [
    ['trainings', { agentId, course: '沟通技巧', heldAt: now, hours: 7.5 }],
    ['attendance', { agentId, workedAt: now, scheduledHours: 8 }],
  ] as const) {
    const made = await page.request.post(`${demo.base}/api/${list}`, { data, headers: { origin: demo.base } })
    assert.equal(made.status(), 201)
  }
  const definition = { facts: 'work_order', where: [], day: 'receivedAt', aggregate: { kind: 'count' } }
  const own = { code: 'all_orders', nameZh: '全部工单', nameEn: 'All orders', better: 'none', definition }
  // Light and dark come here one after the other.
  const composed = await page.request.post(`${demo.base}/api/own-measures`, {
    data: own,
    headers: { origin: demo.base },
  })
  assert.ok([201, 409].includes(composed.status()), await composed.text())
}

async function addressOf(page: Page, path: string): Promise<string> {
  const get = async (url: string) => (await page.request.get(demo.base + url)).json()
  const { to } = await get('/api/periods')
  const month = to.slice(0, 7)
  if (path === '/records/measure/$code')
    return `/records/measure/first_response_time?from=${month}-01&to=${to}`
  if (path === '/board/m/$code') {
    const card = await get(`/api/scorecard?period=${month}`)
    return `/board/m/${card.indicators[0].code}`
  }
  const list = lists[path]
  const filled = list ? path.replace('$id', (await get(list)).items[0].id) : path
  assert.doesNotMatch(filled, /\$/, `${path}: say above which record stands for it`)
  return filled
}

/** Over the page: what opens there is looked at too. */
const over: { at: string; name: string; open: (page: Page) => Promise<void> }[] = [
  {
    at: '/board',
    name: 'drawer',
    open: (page) =>
      page.getByRole('row').filter({ hasText: '首次响应平均时长' }).getByRole('button').first().click(),
  },
  { at: '/board', name: 'palette', open: (page) => page.keyboard.press('Control+k') },
  { at: '/board', name: 'keys', open: (page) => page.keyboard.press('?') },
  { at: '/board', name: 'account', open: (page) => page.getByRole('button', { name: '账号' }).click() },
]

for (const scheme of ['light', 'dark'] as const)
  test(`axe finds nothing serious on any page, ${scheme}`, async () => {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'zh-CN',
      colorScheme: scheme,
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    const found: string[] = []
    const look = async (name: string) => {
      const { violations } = await new AxeBuilder({ page }).analyze()
      for (const { id, impact, nodes } of violations)
        if (impact === 'serious' || impact === 'critical')
          for (const node of nodes.slice(0, 4))
            found.push(`${name}: ${id} ${node.target.join(' ')} ${node.any[0]?.message ?? ''}`)
    }
    const visit = async (address: string) => {
      await page.goto(demo.base + address)
      await page.locator('h1, h2').first().waitFor({ state: 'attached' })
      await page.waitForLoadState('networkidle')
    }
    await visit('/sign-in')
    await look('/sign-in')
    const data = { login: 'demo', password: 'zhihuan-demo' }
    const answer = await page.request.post(`${demo.base}/api/session`, {
      data,
      headers: { origin: demo.base },
    })
    assert.equal(answer.status(), 200)
    await enterWhatIsLacking(page)
    let looked = 0
    for (const path of paths.filter((one) => one !== '/sign-in' && one !== '/')) {
      await visit(await addressOf(page, path))
      await look(path)
      looked += 1
    }
    assert.ok(looked >= 12, `${looked} pages`)
    for (const { at, name, open } of over) {
      await visit(at)
      await open(page)
      await page.waitForTimeout(500)
      await look(`${at} ${name}`)
    }
    await page.setViewportSize({ width: 360, height: 740 })
    for (const path of ['/board', '/records/work-orders', '/design']) {
      await visit(path)
      await look(`${path} at 360 px`)
    }
    assert.deepEqual(found, [])
    await context.close()
  })
