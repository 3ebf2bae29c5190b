import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { startApp } from './app.ts'
import type { Load, Taken } from './http-job.ts'
import type { Loaded } from './reading.ts'
import { atLeast, atMost, type Goal, say } from './report.ts'
import { median } from './timing.ts'

/**
 * Goal 13: the scorecard over HTTP, asked again and again by a process of its own, against a route of the same server
 * that answers the same bytes out of its hand; and how long an answer from the database takes at a fixed pace.
 */
export async function measureHttp(loaded: Loaded, folder: string, runs: number): Promise<Goal[]> {
  let body = ''
  const app = await startApp(loaded, folder, (server) => {
    server.get('/bare', (_request, reply) => reply.type('application/json; charset=utf-8').send(body))
  })
  const { base, authorization } = app
  const card = `${base}/api/scorecard?period=2025-06`
  try {
    body = await (await fetch(card, { headers: { authorization } })).text()
    const asked = (url: string): Load => ({ url, authorization, clients: 8, forMs: 2000 })
    const rates: { card: number; bare: number }[] = []
    for (let run = 0; run < runs; run++)
      rates.push({
        card: (await load(asked(card))).perSecond,
        bare: (await load(asked(`${base}/bare`))).perSecond,
      })
    const [ours, bare] = [median(rates.map((one) => one.card)), median(rates.map((one) => one.bare))]
    say(
      `goal 13: ${ours.toFixed(0)} scorecards a second of ${body.length} bytes, ${bare.toFixed(0)} from a bare route`,
    )
    const figures = `${base}/api/measures/first_response_minutes/figures?from=2025-06-01&to=2025-06-30`
    const paced = await load({ ...asked(figures), clients: 64, forMs: 4000, perSecond: 1500 })
    say(
      `goal 13: figures at 1,500 a second: ${paced.perSecond.toFixed(0)} answered, p99 ${paced.p99.toFixed(0)} ms`,
    )
    return [
      atLeast(13, 'scorecard over HTTP: share of a bare route’s answers a second', 0.5, ours / bare),
      atMost(13, 'a figure from the database at 1,500 a second: p99 ms', 50, paced.p99),
    ]
  } finally {
    await app.close()
  }
}

const load = (given: Load): Promise<Taken> => {
  const child = fork(fileURLToPath(new URL('http-job.ts', import.meta.url)), [JSON.stringify(given)])
  return new Promise((resolve, reject) => {
    child.once('message', (taken) => resolve(taken as Taken))
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code !== 0) reject(new Error(`http-job ended with ${code}`))
    })
  })
}
