import type { Dice } from './dice.ts'

const hour = 3_600_000

/**
 * When a customer with a low score or a suggestion was told what came of it: mostly within a day or two, now and then after
 * more than a week, or not at all.
 */
export function repliedMs(chance: Dice, saidMs: number, now: number): number | null {
  const [share, quick, slow] = [chance.next(), chance.between(2, 44), chance.between(200, 300)]
  if (share > 0.93) return null
  const replied = Math.round((saidMs + (share < 0.84 ? quick : slow) * hour) / 60_000) * 60_000
  return replied <= now ? replied : null
}
