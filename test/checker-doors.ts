// The demo and the ways into it that the checker goes.
import assert from 'node:assert/strict'
import { type Cookies, type DemoApp, openDemoApp } from './demo-app.ts'

export const logins = ['demo', 'demo-supervisor', 'demo-auditor', 'demo-lead', 'demo-specialist'] as const
export type Login = (typeof logins)[number]

export let demo: DemoApp
export const cookies = {} as Record<Login, Cookies>

export async function openDoors(): Promise<void> {
  demo = await openDemoApp()
  for (const login of logins) cookies[login] = await demo.signIn(login)
}

export async function raw(login: Login, url: string) {
  const answer = await demo.app.inject({ method: 'GET', url, cookies: cookies[login] })
  assert.equal(answer.statusCode, 200, `${url}: ${answer.body}`)
  return answer
}
export const get = async <T>(login: Login, url: string): Promise<T> =>
  JSON.parse((await raw(login, url)).body) as T

export async function all<T>(path: string): Promise<T[]> {
  const items: T[] = []
  for (let cursor = ''; ; ) {
    const page = await get<{ items: T[]; next: string | null }>('demo', `${path}?limit=200${cursor}`)
    items.push(...page.items)
    if (!page.next) return items
    cursor = `&cursor=${encodeURIComponent(page.next)}`
  }
}

export function chance(seed: number) {
  let state = seed >>> 0
  const below = (n: number) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0
    return (state ^ (state >>> 13)) % n
  }
  const pick = <T>(list: readonly T[]): T => list[Math.abs(below(list.length))]!
  return { below: (n: number) => Math.abs(below(n)), pick }
}
