/** A generated ticket; instants are epoch ms, members are numbers. The same seed and count give the same tickets. */
export interface Ticket {
  number: number
  team: number
  agent: number
  product: number
  category: number
  channel: number
  customer: number
  priority: 0 | 1 | 2
  complex: boolean
  receivedAt: number
  respondedAt: number | null
  startedAt: number | null
  resolvedAt: number | null
  contacts: number
  reopened: number
  filled: number
}

export const teams = 60
export const agents = 1200
export const products = 300
export const channels = ['phone', 'chat', 'email', 'store', 'web', 'app']
export const categories = ['repair', 'consultation', 'complaint', 'suggestion'].flatMap((category) =>
  Array.from({ length: 8 }, (_, i) => ({ category, subcategory: `类别${i + 1}` })),
)
export const requiredFields = 9

export const zoneName = 'Asia/Shanghai'
/** 24 months: 2024-01-01 up to 2026-01-01 in Shanghai. */
export const fromMs = Date.UTC(2023, 11, 31, 16)
export const toMs = Date.UTC(2025, 11, 31, 16)
export const now = new Date(Date.UTC(2026, 0, 15))

const minute = 60_000

/** Tickets in the order they come in, as a help desk's database holds them. */
export function* tickets(count: number, seed = 7): Generator<Ticket> {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (below: number) => Math.floor(next() * below)
  for (let number = 0; number < count; number++) {
    const agent = whole(agents)
    const complex = next() < 0.15
    const receivedAt = Math.floor((fromMs + ((number + next()) / count) * (toMs - fromMs)) / 1000) * 1000
    const startedAt = receivedAt + (5 + whole(240)) * minute + whole(60) * 1000
    const hours = (complex ? 80 : 26) * next() ** 2
    const resolved = next() < 0.96
    yield {
      number,
      team: agent % teams,
      agent,
      product: Math.floor(products * next() ** 2),
      category: whole(categories.length),
      channel: whole(channels.length),
      customer: whole(Math.max(1, count >> 3)),
      priority: next() < 0.1 ? 0 : next() < 0.3 ? 1 : 2,
      complex,
      receivedAt,
      // Some systems keep no first response: those are what the live run fills in.
      respondedAt: next() < 0.9 ? receivedAt + (1 + whole(60)) * minute + whole(60) * 1000 : null,
      startedAt,
      resolvedAt: resolved ? startedAt + Math.floor(hours * 3600) * 1000 : null,
      contacts: next() < 0.85 ? 1 : 2 + whole(2),
      reopened: next() < 0.04 ? 1 : 0,
      filled: next() < 0.5 ? requiredFields : requiredFields - whole(4),
    }
  }
}
