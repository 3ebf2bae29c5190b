import type { Page } from 'playwright-core'
import { openBrowser } from '../test/browser/browser.ts'
import { startApp } from './app.ts'
import type { Loaded } from './reading.ts'
import { atMost, type Goal, say } from './report.ts'
import { elapsedMs } from './timing.ts'

const loads = 20

/**
 * Goal 22: the board of the company opened again and again in a browser on this machine, until its numbers stand and
 * until every panel does; beside it the bare route. The page must have been built (`npm run build`).
 */
export async function measureBoard(loaded: Loaded, folder: string): Promise<Goal[]> {
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
    const first = await open(page, base)
    say(
      `goal 22: first load ${first.numbers.toFixed(0)} ms to the numbers, ${first.all.toFixed(0)} ms to all`,
    )
    const taken: { numbers: number; all: number; route: number }[] = []
    for (let i = 0; i < loads; i++) {
      const route = await elapsedMs(async () => {
        const reply = await fetch(`${base}/api/scorecard?period=2025-12`, { headers: { authorization } })
        if (!reply.ok) throw new Error(`the scorecard answers ${reply.status}`)
        await reply.text()
      })
      taken.push({ ...(await open(page, base)), route })
    }
    const at = (share: number, part: keyof (typeof taken)[number]) =>
      taken.map((one) => one[part]).toSorted((a, b) => a - b)[Math.ceil(share * loads) - 1] ?? Number.NaN
    for (const part of ['numbers', 'all', 'route'] as const)
      say(
        `goal 22: ${part} of ${loads} loads: median ${at(0.5, part).toFixed(0)} ms, p95 ${at(0.95, part).toFixed(0)} ms`,
      )
    const p95 = (part: 'numbers' | 'all') => at(0.95, part)
    return [
      atMost(22, `board, ${rows} tickets: p95 s to its numbers`, 1.5, p95('numbers') / 1000),
      atMost(22, `board, ${rows} tickets: p95 s until every panel stands`, 3, p95('all') / 1000),
    ]
  } finally {
    await browser.close()
    await app.close()
  }
}

/** Ms from asking for the address until the table has its numbers, and until units and findings stand beside it. */
async function open(page: Page, base: string): Promise<{ numbers: number; all: number }> {
  await page.goto('about:blank')
  const start = performance.now()
  await page.goto(`${base}/board?period=2025-12`, { waitUntil: 'commit' })
  await page.locator('table.score .score-actual .door').first().waitFor({ timeout: 60_000 })
  const numbers = performance.now() - start
  await page.locator('main figure.chart .chart-place svg').waitFor({ timeout: 60_000 })
  await page.locator('.look-list').waitFor({ timeout: 60_000 })
  return { numbers, all: performance.now() - start }
}
