import { hash, verify } from '@node-rs/argon2'
import { Refusal } from '../platform/refusal.ts'

const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
let running = 0
const waiting: (() => void)[] = []
/** Some five seconds of work. */
const mostWaiting = 200

const busy = () =>
  new Refusal('busy', 503, {
    zh: '登录请求过多，请稍后再试。',
    en: 'Too many are signing in; try again a little later.',
  })

/** argon2id; at most two at once, so that a flood of sign-ins does not take every core. */
async function limited<T>(work: () => Promise<T>): Promise<T> {
  if (waiting.length >= mostWaiting) throw busy()
  if (running >= 2) await new Promise<void>((go) => waiting.push(go))
  running++
  try {
    return await work()
  } finally {
    running--
    waiting.shift()?.()
  }
}

export const hashPassword = (password: string): Promise<string> => limited(() => hash(password, cost))

let decoy: Promise<string> | undefined
/** An unknown user costs the same time as a wrong password. */
export async function passwordFits(stored: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword('no such user')
  const against = stored ?? (await decoy)
  const fits = await limited(() => verify(against, password))
  return stored !== undefined && fits
}
