import { displayWidth, plainText, type SheetCell, writeXlsx } from '../platform/spreadsheet.ts'
import { labelText } from './read/header.ts'
import type { Cell } from './read/table.ts'

export interface RejectedRow {
  /** In the user's file. */
  line: number
  cells: Cell[]
  /** Sentences in the language of the workbook. */
  reasons: string[]
}

export interface ErrorWorkbook {
  /** As in the user's file. */
  header: string[]
  rows: Iterable<RejectedRow> | AsyncIterable<RejectedRow>
  lang: 'zh' | 'en'
  /** Where the user's header stands, so that the same mapping reads the mended file. */
  headerRow?: number
  sheet?: string
}

/**
 * The rejected rows as a workbook: the user's own columns and, last, why. Mended there, it is imported again as it is:
 * texts stay texts and the last column goes to no field.
 */
export async function writeErrorWorkbook(path: string, workbook: ErrorWorkbook): Promise<void> {
  const { header, lang } = workbook
  await writeXlsx(path, {
    sheets: [
      {
        name: workbook.sheet ?? (lang === 'zh' ? '错误行' : 'Rejected rows'),
        columns: [
          ...header.map((name) => ({
            header: name,
            width: Math.min(40, Math.max(12, displayWidth(name) + 4)),
          })),
          { header: lang === 'zh' ? '错误原因' : 'Error', width: 60 },
        ],
        rows: sheetRows(workbook),
        ...(workbook.headerRow ? { headerRow: workbook.headerRow } : {}),
      },
    ],
  })
}

async function* sheetRows({ header, rows, lang }: ErrorWorkbook): AsyncGenerator<SheetCell[]> {
  for await (const { line, cells, reasons } of rows) {
    const own = header.map((_, column) => sheetCell(cells[column] ?? null))
    const reason =
      lang === 'zh' ? `第 ${line} 行：${reasons.join('；')}` : `line ${line}: ${reasons.join('; ')}`
    yield [...own, reason]
  }
}

/**
 * A formula or a damaged cell is shown as the text it was. An apostrophe that guards a text is taken off, as the workbook
 * puts its own: else each time round would add one.
 */
function sheetCell(cell: Cell): SheetCell {
  if (typeof cell === 'string') return plainText(cell)
  return typeof cell === 'object' && cell !== null && 'fault' in cell ? labelText(cell) : cell
}
