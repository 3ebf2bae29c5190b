import { resolve } from 'node:path'

export interface Config {
  dataDir: string
  databaseUrl: string | null
  host: string
  port: number
}

/** Every wrong setting is named at once. */
export class ConfigError extends Error {
  readonly zh: string
  readonly en: string
  constructor(problems: { zh: string; en: string }[]) {
    super(problems.map((problem) => problem.en).join('\n'))
    this.zh = problems.map((problem) => problem.zh).join('\n')
    this.en = this.message
  }
}

/** Flags stand above the environment, the environment above the defaults. */
export function readConfig(
  env: Record<string, string | undefined>,
  flags: { port?: string; host?: string; data?: string } = {},
): Config {
  const problems: { zh: string; en: string }[] = []
  const portText = flags.port ?? env.PORT ?? '4780'
  const port = Number(portText)
  if (!/^\d{1,5}$/.test(portText) || port > 65_535)
    problems.push({
      zh: `端口 "${portText}" 无效：请用 0 到 65535 的整数（--port 或 PORT）。`,
      en: `Port "${portText}" is not usable: give a whole number from 0 to 65535 (--port or PORT).`,
    })
  const databaseUrl = env.DATABASE_URL || null
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl))
    problems.push({
      zh: 'DATABASE_URL 必须以 postgres:// 或 postgresql:// 开头。',
      en: 'DATABASE_URL must start with postgres:// or postgresql://.',
    })
  if (problems.length > 0) throw new ConfigError(problems)
  return {
    dataDir: resolve(flags.data ?? env.ZHIHUAN_DATA ?? 'data'),
    databaseUrl,
    host: flags.host ?? env.HOST ?? '127.0.0.1',
    port,
  }
}
