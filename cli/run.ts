import { ConfigError } from '../server/platform/config.ts'
import { Refusal } from '../server/platform/refusal.ts'
import { parseFlags, UsageError } from './flags.ts'
import { talk } from './print.ts'

export type Command = (words: string[], flags: Record<string, string | boolean | string[]>) => Promise<number>

/** Every command, loaded when called. */
const commands: Record<string, () => Promise<{ command: Command }>> = {
  start: () => import('./start.ts'),
  init: () => import('./init.ts'),
  import: () => import('./import.ts'),
  measure: () => import('./measure.ts'),
  score: () => import('./score.ts'),
  explain: () => import('./explain.ts'),
  period: () => import('./periods.ts'),
  rebuild: () => import('./rebuild.ts'),
  deadline: () => import('./deadline.ts'),
  demo: () => import('./demo.ts'),
  export: () => import('./export.ts'),
  doctor: () => import('./doctor.ts'),
  openapi: () => import('./openapi.ts'),
  user: () => import('./user.ts'),
}

/** Exit codes: 0 ok · 1 failed · 2 usage · 3 not found · 4 partly · 5 configuration. */
export async function run(argv: string[]): Promise<number> {
  const [name = 'help', ...rest] = argv
  if (name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(help)
    return 0
  }
  if (name === '--version') {
    const { version } = await import('../server/app.ts')
    process.stdout.write(`${version}\n`)
    return 0
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load) {
    talk(
      `没有命令 "${name}"。运行 zhihuan help 查看全部命令。`,
      `There is no command "${name}". See zhihuan help.`,
    )
    return 2
  }
  try {
    const { words, flags } = parseFlags(rest)
    if (flags.help) {
      process.stdout.write(help)
      return 0
    }
    const { command } = await load()
    return await command(words, flags)
  } catch (error) {
    return failed(error)
  }
}

function failed(error: unknown): number {
  if (error instanceof UsageError) {
    talk(error.zh, error.en)
    return 2
  }
  if (error instanceof ConfigError) {
    talk(error.zh, error.en)
    return 5
  }
  if (error instanceof Refusal) {
    talk(error.zh, error.en)
    return error.status === 404 ? 3 : 1
  }
  if (isSaid(error)) {
    talk(error.zh, error.en)
    return error.name === 'DatabaseStartError' || error.constructor.name === 'NewerDatabase' ? 5 : 1
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return 1
}

const isSaid = (error: unknown): error is Error & { zh: string; en: string } =>
  error instanceof Error && 'zh' in error && 'en' in error

const help = `质环 Zhihuan — 售后服务质量监测与改进 · after-sales service quality

  start [--port N] [--host H] [--demo]
  init --organization NAME --admin USER --password-file F [--pack general|hardware|contact-center|performance|INDUSTRY] [--zone Z] [--demo]
  import KIND FILE [--source NAME] [--mapping MAP.json] [--dry-run] [--errors OUT.xlsx]
         KIND: work-orders · events · feedback · responses · invitations · calls · inspections · trainings · attendance · messages · costs · purchases · people · products
  import undo BATCH
  measure CODE --from DATE --to DATE [--grain day|week|month|quarter|year|whole] [--by DIM [--across DIM]] [--where DIM=VALUE]…
  score --period 2024-05 [--unit NAME] [--copy live|N]
  explain CODE --period P [--unit NAME]
  period list [--grain day|week|month|quarter|year]
  period close --period P --note TEXT
  period restate --period P --reason TEXT
  rebuild [--check]
  deadline --from TIME --limit 24h|15m|3wd|8wh [--calendar UNIT] [--pauses FILE] [--zone Z]
  export KIND --period P --out FILE.xlsx|.csv
  demo load|clear
  user add USER --name NAME --role ROLE --password-file F [--unit NAME]
  user reset USER --password-file F
  doctor · openapi

  --json · --lang zh|en · --quiet · --data DIR · --organization NAME
`
