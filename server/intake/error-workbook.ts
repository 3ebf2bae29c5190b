import {
  displayWidth,
  plainText,
  type SheetCell,
  type SheetValue,
  writeXlsx,
} from '../platform/spreadsheet.ts'
import { labelText } from './read/header.ts'
import type { Cell } from './read/table.ts'

export interface RejectedRow {
  /** In the user's file. */
  line: number
  cells: Cell[]
  /** In the language of the workbook; `column` is a header of the user's file, null for the row as a whole. */
  reasons: { column: string | null; text: string }[]
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
 * texts stay texts and the last column goes to no field. A cell at fault is filled and says why when pointed at.
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
    const own = header.map((name, column) => {
      const value = sheetCell(cells[column] ?? null)
      const faults = reasons.filter((reason) => reason.column === name)
      return faults.length > 0 ? { value, note: faults.map(({ text }) => text).join('\n') } : value
    })
    const zh = lang === 'zh'
    const said = reasons.map(({ column, text }) => (column ? `${column}${zh ? '：' : ': '}${text}` : text))
    yield [...own, zh ? `第 ${line} 行：${said.join('；')}` : `line ${line}: ${said.join('; ')}`]
  }
}

/**
 * A formula or a damaged cell is shown as the text it was. An apostrophe that guards a text is taken off, as the workbook
 * puts its own: else each time round would add one.
 */
function sheetCell(cell: Cell): SheetValue {
  if (typeof cell === 'string') return plainText(cell)
  return typeof cell === 'object' && cell !== null && 'fault' in cell ? labelText(cell) : cell
}
