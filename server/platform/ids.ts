import { randomBytes } from 'node:crypto'

let pool = randomBytes(4096)
let used = 0

/** A new uuid v7: time first, so that indexes grow at one end; 74 random bits behind it. */
export function newId(nowMs: number = Date.now()): string {
  if (used + 10 > pool.length) {
    pool = randomBytes(4096)
    used = 0
  }
  const random = pool.toString('hex', used, used + 10)
  used += 10
  const time = nowMs.toString(16).padStart(12, '0')
  const variant = ((Number.parseInt(random[3]!, 16) & 0x3) | 0x8).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}`
}
