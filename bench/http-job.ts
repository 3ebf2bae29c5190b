import { Agent, get } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

export interface Load {
  url: string
  authorization: string
  clients: number
  forMs: number
  /** A pace that does not wait for answers; without it each client asks again once it is answered. */
  perSecond?: number
}

export interface Taken {
  perSecond: number
  p99: number
}

const { url, authorization, clients, forMs, perSecond } = JSON.parse(process.argv[2] ?? '{}') as Load
const agent = new Agent({ keepAlive: true, maxSockets: clients })

const ask = (): Promise<void> =>
  new Promise((resolve, reject) => {
    get(url, { agent, headers: { authorization } }, (reply) => {
      if (reply.statusCode !== 200) reject(new Error(`${url} answers ${reply.statusCode}`))
      reply.resume().once('end', resolve)
    }).once('error', reject)
  })

const taken: number[] = []
/** From when it was due until it is answered: a client that is late has waited too. */
const timed = async (due: number) => {
  await ask()
  taken.push(performance.now() - due)
}

for (let i = 0; i < 50; i++) await ask()
const start = performance.now()
if (perSecond === undefined)
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() - start < forMs) await timed(performance.now())
    }),
  )
else {
  const all: Promise<void>[] = []
  for (let i = 0; i < (perSecond * forMs) / 1000; i++) {
    const due = start + (i * 1000) / perSecond
    const early = due - performance.now()
    if (early > 0) await wait(early)
    all.push(timed(due))
  }
  await Promise.all(all)
}
const took = performance.now() - start
const p99 = taken.toSorted((a, b) => a - b)[Math.ceil(taken.length * 0.99) - 1] ?? Number.NaN
process.send?.({ perSecond: (taken.length * 1000) / took, p99 } satisfies Taken)
agent.destroy()
process.disconnect()
