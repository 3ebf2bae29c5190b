import { parseArgs } from 'node:util'

/** The command was called with words it does not know; exit code 2. */
export class UsageError extends Error {
  readonly zh: string
  readonly en: string
  constructor(zh: string, en: string) {
    super(en)
    this.zh = zh
    this.en = en
  }
}

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const
const options = {
  help: flag,
  json: flag,
  quiet: flag,
  'no-input': flag,
  'dry-run': flag,
  demo: flag,
  check: flag,
  lang: text,
  data: text,
  organization: text,
  admin: text,
  'password-file': text,
  pack: text,
  zone: text,
  port: text,
  host: text,
  source: text,
  mapping: text,
  errors: text,
  from: text,
  to: text,
  grain: text,
  by: text,
  across: text,
  where: { type: 'string', multiple: true } as const,
  period: text,
  limit: text,
  calendar: text,
  pauses: text,
  unit: text,
  columns: text,
  out: text,
  name: text,
  role: text,
  copy: text,
  note: text,
  reason: text,
}

export type Flags = Record<string, string | boolean | string[]>

export function parseFlags(argv: string[]): { words: string[]; flags: Flags } {
  try {
    const { positionals, values } = parseArgs({ args: argv, options, allowPositionals: true, strict: true })
    return { words: positionals, flags: values as Flags }
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    throw new UsageError(`参数有误：${said}`, `The call does not fit: ${said}`)
  }
}

export const textFlag = (flags: Flags, name: string): string | undefined =>
  typeof flags[name] === 'string' ? flags[name] : undefined

export function needFlag(flags: Flags, name: string): string {
  const value = textFlag(flags, name)
  if (value === undefined) throw new UsageError(`缺少 --${name}。`, `--${name} is missing.`)
  return value
}

export function needWord(words: string[], place: number, what: { zh: string; en: string }): string {
  const word = words[place]
  if (word === undefined) throw new UsageError(`缺少${what.zh}。`, `${what.en} is missing.`)
  return word
}

export function choice<const T extends string>(value: string, allowed: readonly T[], name: string): T {
  const found = allowed.find((one) => one === value)
  if (found) return found
  throw new UsageError(
    `--${name} 只能是：${allowed.join('、')}。`,
    `--${name} is one of: ${allowed.join(', ')}.`,
  )
}
