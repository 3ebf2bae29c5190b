import type { Page } from 'playwright-core'
import { openBrowser } from '../test/browser/browser.ts'
import { startApp } from './app.ts'
import type { Loaded } from './reading.ts'
import { atMost, type Goal, say } from './report.ts'

const steps = 20
/** Between two steps: a hand is not quicker, and what the page does behind one is not the next one's. */
const restMs = 300
const columns = ['externalId', 'agent', 'product', 'priority', 'receivedAt', 'resolvedAt', 'unit']
const sorts = ['priority', 'agent', 'product', 'unit', 'receivedAt']

interface Taken {
  /** From the press until the rows stand. */
  whole: number
  /** Of it what the route took; the rest is the page's own. */
  route: number
}

/**
 * Goal 23: the list of all work orders in a browser on this machine: sorting it, narrowing it, scrolling it page by page
 * and jumping about in it. What the page itself takes is told apart from what the route takes. The page must have been built.
 */
export async function measureRecords(loaded: Loaded, folder: string): Promise<Goal[]> {
  const { rows } = loaded
  const app = await startApp(loaded, folder)
  const { base, authorization } = app
  const browser = await openBrowser()
  try {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'zh-CN',
      extraHTTPHeaders: { authorization },
    })
    const page = await context.newPage()
    const open = async () => {
      await page.goto(`${base}/records/work-orders?cols=${columns.join('.')}`)
      await page.locator('#cell-0-0 a').waitFor({ timeout: 60_000 })
    }
    await open()
    const sort = (i: number): Step => ({ do: 'sort', name: sorts[i % sorts.length] ?? '' })
    const taken = {
      // A hand comes with the pointer, which stands on the head before it presses.
      sort: await repeat(page, sort, (name) => pointAt(page, name)),
      scroll: await repeat(page, () => ({ do: 'scroll', name: '' })),
      jump: await repeat(page, (i) => ({ do: 'jump', name: String(((i * 7) % steps) / steps) })),
      filter: await filters(page, 400),
      'filter at once': await filters(page, 0),
      // Nothing is remembered, and nobody points first.
      'sort at once': await open().then(() => repeat(page, sort)),
    }
    return Object.entries(taken).flatMap(([name, all]) => {
      const at = (part: (one: Taken) => number, share: number) =>
        all.map(part).toSorted((a, b) => a - b)[Math.ceil(share * all.length) - 1] ?? Number.NaN
      const own = (one: Taken) => one.whole - one.route
      say(
        `goal 23: ${name}: whole median ${at((t) => t.whole, 0.5).toFixed(0)} p95 ${at((t) => t.whole, 0.95).toFixed(0)} ms, route p95 ${at((t) => t.route, 0.95).toFixed(0)} ms, page's own median ${at(own, 0.5).toFixed(0)} p95 ${at(own, 0.95).toFixed(0)} ms`,
      )
      return [
        atMost(
          23,
          `records, ${rows} rows, ${name}: p95 ms, the whole`,
          100,
          at((t) => t.whole, 0.95),
        ),
        atMost(23, `records, ${rows} rows, ${name}: p95 ms of the page's own part`, 100, at(own, 0.95)),
      ]
    })
  } finally {
    await browser.close()
    await app.close()
  }
}

interface Step {
  do: 'sort' | 'scroll' | 'jump'
  name: string
}

async function repeat(
  page: Page,
  step: (i: number) => Step,
  before?: (name: string) => Promise<void>,
): Promise<Taken[]> {
  const taken: Taken[] = []
  for (let i = 0; i < steps; i++) {
    await page.waitForTimeout(restMs)
    await before?.(step(i).name)
    taken.push(await page.evaluate(inPage, { ...step(i), columns }))
  }
  return taken
}

/** From the list to the head of a column, and 150 ms on it, as a quick hand takes. */
async function pointAt(page: Page, name: string): Promise<void> {
  await page.mouse.move(700, 500)
  await page.locator('[role=columnheader]').nth(columns.indexOf(name)).locator('.large-sort').hover()
  await page.waitForTimeout(150)
}

/** The number is searched for as one types it, and asked for after so many ms; each finds some hundreds of rows. */
async function filters(page: Page, typedMs: number): Promise<Taken[]> {
  const taken: Taken[] = []
  for (let i = 0; i < steps; i++) {
    await page.evaluate(() => document.querySelector('.large-frame')?.scrollTo(0, 0))
    await page.locator('#cell-0-0 a').waitFor()
    await page.waitForTimeout(restMs)
    // A piece of a number, then none: both ways the list becomes another.
    const piece = i % 2 ? '' : String((typedMs > 0 ? 100 : 300) + i)
    await page.locator('.list-head .search input').fill(piece)
    if (typedMs > 0) await page.waitForTimeout(typedMs)
    taken.push(await page.evaluate(inPage, { do: 'filter', name: '', columns }))
  }
  return taken
}

/** Runs in the page: acts, waits until no row waits and the picture is drawn, and tells route and page apart. */
async function inPage(step: { do: string; name: string; columns: string[] }): Promise<Taken> {
  const frame = document.querySelector('.large-frame')
  performance.clearResourceTimings()
  const before = frame?.getAttribute('data-question')
  const start = performance.now()
  if (step.do === 'scroll' && frame) frame.scrollTop += frame.clientHeight
  else if (step.do === 'jump' && frame) frame.scrollTop = Number(step.name) * frame.scrollHeight
  else if (step.do === 'filter')
    document.querySelector<HTMLElement>('.list-head .search button.ant-btn')?.click()
  else {
    const titles = [...document.querySelectorAll<HTMLElement>('[role=columnheader]')]
    titles[step.columns.indexOf(step.name)]?.querySelector<HTMLElement>('.large-sort')?.click()
  }
  const nextFrame = () => new Promise((done) => requestAnimationFrame(done))
  const replaced = step.do === 'sort' || step.do === 'filter'
  for (let tries = 0; tries < 600; tries++) {
    await nextFrame()
    const stands = document.querySelector('.large-row .large-cell') && !document.querySelector('.large-wait')
    // Sorted or narrowed, it is another list.
    const shown = document.querySelector('.large-frame')?.getAttribute('data-question')
    const none = document.querySelector('main .state')
    if ((stands || none) && !(replaced && before === shown)) break
  }
  // What stands before a frame is drawn is to be seen with the one after it.
  await nextFrame()
  const end = performance.now()
  // What was here before the press, or is asked for ahead of the next, is not waited for.
  const calls = (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter(
    (one) => one.name.includes('/api/work-orders') && one.responseEnd > start && one.responseEnd <= end,
  )
  const route =
    calls.length === 0
      ? 0
      : Math.max(...calls.map((one) => one.responseEnd)) -
        Math.max(start, Math.min(...calls.map((one) => one.startTime)))
  return { whole: end - start, route }
}
