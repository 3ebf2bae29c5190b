import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import {
  importFile,
  isKind,
  kinds,
  type Mapping,
  readMapping,
  undoImport,
  writeErrors,
} from '../server/intake/index.ts'
import { openSink } from '../server/measurement/index.ts'
import { Refusal } from '../server/platform/refusal.ts'
import { openSecrets } from '../server/platform/secrets.ts'
import { type Context, withOrganization } from './context.ts'
import { type Flags, needWord, textFlag, UsageError } from './flags.ts'
import { data, language, talk } from './print.ts'
import type { Command } from './run.ts'

export const command: Command = async (words, flags) => {
  const kind = needWord(words, 0, { zh: '文件种类', en: 'the kind of file' })
  if (kind === 'undo') return undo(needWord(words, 1, { zh: '批次编号', en: 'the batch' }), flags)
  if (!isKind(kind))
    throw new UsageError(`种类只能是：${kinds.join('、')}。`, `The kind is one of: ${kinds.join(', ')}.`)
  const path = needWord(words, 1, { zh: '文件', en: 'the file' })
  if (!existsSync(path))
    throw new Refusal('not_found', 404, { zh: `没有文件 ${path}。`, en: `There is no file ${path}.` })
  const mapping = mappingOf(textFlag(flags, 'mapping'))
  return withOrganization(flags, async (context) => {
    const secrets = openSecrets(context.dataDir)
    const dryRun = flags['dry-run'] === true
    const done = await importFile(context.db, context.scope, {
      kind,
      path,
      fileName: basename(path),
      sourceName: textFlag(flags, 'source'),
      mapping,
      dryRun,
      userId: null,
      now: new Date(),
      secrets,
      openSink: (tx) => openSink(tx, new Date()),
      onProgress: progress(flags),
    })
    const errors = textFlag(flags, 'errors')
    if (errors && done.batch && done.rejected > 0)
      await writeErrors(context.db, context.scope, secrets, done.batch, errors, language())
    const { header: _, ...shown } = done
    const said = <T extends { zh: string; en: string }>({ zh, en, ...rest }: T) => ({
      ...rest,
      message: language() === 'zh' ? zh : en,
    })
    if (flags.json)
      data({
        ...shown,
        dry_run: dryRun || undefined,
        warnings: done.warnings.map(said),
        rejections: done.rejections.map(said),
      })
    else {
      for (const warning of done.warnings)
        talk(
          `▲ ${warning.column ?? ''} ${warning.zh} ×${warning.count}`,
          `▲ ${warning.column ?? ''} ${warning.en} ×${warning.count}`,
        )
      for (const one of done.rejections.slice(0, 20))
        talk(
          `✕ 第 ${one.line} 行 ${one.column ?? ''}：${one.zh}`,
          `✕ line ${one.line} ${one.column ?? ''}: ${one.en}`,
        )
      talk(
        `${dryRun ? '试运行' : '已导入'} ${done.rows} 行：新增 ${done.accepted}，更新 ${done.updated}，未变 ${done.unchanged}，拒绝 ${done.rejected}${done.batch ? `（批次 ${done.batch}）` : ''}`,
        `${dryRun ? 'Would import' : 'Imported'} ${done.rows} rows: ${done.accepted} accepted, ${done.updated} updated, ${done.unchanged} unchanged, ${done.rejected} rejected${done.batch ? ` (batch ${done.batch})` : ''}`,
      )
    }
    return done.rejected > 0 ? 4 : 0
  })
}

function mappingOf(path: string | undefined): Mapping | undefined {
  if (path === undefined) return undefined
  let json: unknown
  try {
    json = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new UsageError(`映射文件 ${path} 读不出：${why}`, `The mapping file ${path} cannot be read: ${why}`)
  }
  const read = readMapping(json)
  if ('mapping' in read) return read.mapping
  throw new UsageError(
    read.faults.map((one) => one.zh).join('；'),
    read.faults.map((one) => one.en).join('; '),
  )
}

function progress(flags: Flags) {
  if (flags.quiet || !process.stderr.isTTY) return undefined
  const started = Date.now()
  return (at: { rows: number; bytes: number; total: number }) => {
    const rate = Math.round(at.rows / Math.max(0.001, (Date.now() - started) / 1000))
    const share = at.total > 0 ? Math.floor((100 * at.bytes) / at.total) : 0
    process.stderr.write(`\r${share}% · ${at.rows} · ${rate}/s   `)
  }
}

async function undo(batch: string, flags: Flags): Promise<number> {
  return withOrganization(flags, async (context: Context) => {
    const { kept } = await undoImport(context.db, context.scope, batch, {
      now: new Date(),
      openSink: (tx) => openSink(tx, new Date()),
    })
    if (flags.json) data({ batch, kept })
    else
      talk(
        `已撤销；因之后被修改而保留 ${kept.length} 条。`,
        `Undone; ${kept.length} kept because they were changed since.`,
      )
    return 0
  })
}
