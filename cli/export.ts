import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Tx } from '../server/platform/database.ts'
import { openSecrets } from '../server/platform/secrets.ts'
import { csvLine, type SheetValue, writeXlsx } from '../server/platform/spreadsheet.ts'
import { type Zone, zone as zoneOf } from '../server/platform/time.ts'
import { type Context, withOrganization } from './context.ts'
import { type ExportColumn, exportColumns } from './export-columns.ts'
import { type ExportKind, exportKinds, exportRows } from './export-rows.ts'
import { choice, needFlag, needWord, textFlag, UsageError } from './flags.ts'
import { periodOf } from './period.ts'
import { data, language, talk } from './print.ts'
import type { Command } from './run.ts'

export const command: Command = async (words, flags) => {
  const kind = kindOf(needWord(words, 0, { zh: '种类', en: 'the kind' }))
  const period = periodOf(needFlag(flags, 'period'))
  const out = needFlag(flags, 'out')
  const format = /\.(xlsx|csv)$/i.exec(out)?.[1]?.toLowerCase()
  if (format === undefined)
    throw new UsageError('--out 应为 .xlsx 或 .csv 文件。', '--out is an .xlsx or .csv file.')
  const which = choice(textFlag(flags, 'columns') ?? 'all', ['template', 'all'], 'columns')
  const columns = exportColumns(kind, which, language())
  return withOrganization(flags, async (context) => {
    const zone = zoneOf(context.zone)
    const span = {
      from: new Date(zone.dayStartMs(period.fromDay)),
      to: new Date(zone.dayStartMs(period.toDay)),
    }
    let rows = 0
    const cells = async function* (tx: Tx): AsyncGenerator<SheetValue[]> {
      for await (const row of exportRows(tx, kind, span, openSecrets(context.dataDir))) {
        rows++
        yield columns.map(({ value }) => cellOf(value(row), zone))
      }
    }
    await write(context, out, format, kind, columns, cells)
    if (flags.json) data({ kind, period: textFlag(flags, 'period'), rows, out })
    else talk(`已导出 ${rows} 行到 ${out}。`, `Exported ${rows} rows to ${out}.`)
    return 0
  })
}

function kindOf(word: string): ExportKind {
  const kind = exportKinds.find((one) => one === word)
  if (kind) return kind
  throw new UsageError(
    `种类只能是：${exportKinds.join('、')}。`,
    `The kind is one of: ${exportKinds.join(', ')}.`,
  )
}

/** One reading of one moment, in a transaction as long as the file takes. */
const write = (
  { db, scope }: Context,
  out: string,
  format: string,
  kind: ExportKind,
  columns: ExportColumn[],
  cells: (tx: Tx) => AsyncGenerator<SheetValue[]>,
): Promise<void> =>
  db.transaction(
    scope,
    (tx) =>
      format === 'xlsx'
        ? writeXlsx(out, {
            sheets: [
              {
                name: kind,
                columns: columns.map(({ header, format: shown }) => ({
                  header,
                  ...(shown !== undefined && { format: shown }),
                })),
                rows: cells(tx),
              },
            ],
          })
        : writeCsv(
            out,
            columns.map(({ header }) => header),
            cells(tx),
          ),
    { readOnly: true, repeatableRead: true, timeoutMs: 0 },
  )

/** The file appears only when whole. */
async function writeCsv(out: string, header: string[], rows: AsyncGenerator<SheetValue[]>): Promise<void> {
  const part = `${out}.${process.pid}.part`
  async function* lines(): AsyncGenerator<string> {
    yield `\ufeff${csvLine(header)}`
    for await (const row of rows)
      yield csvLine(
        row.map((cell) =>
          typeof cell === 'object' && cell !== null ? cell.date.slice(0, 19).replace('T', ' ') : cell,
        ),
      )
  }
  try {
    await pipeline(Readable.from(lines()), createWriteStream(part))
    await rename(part, out)
  } finally {
    await rm(part, { force: true })
  }
}

/** Times as clocks of the organization show them; decimals as numbers. */
function cellOf(value: unknown, zone: Zone): SheetValue {
  if (value === null || value === undefined) return null
  if (value instanceof Date) {
    const ms = value.getTime()
    return { date: new Date(ms + zone.offsetMs(ms)).toISOString().slice(0, 23) }
  }
  if (typeof value === 'number' || typeof value === 'boolean') return value
  return String(value)
}
