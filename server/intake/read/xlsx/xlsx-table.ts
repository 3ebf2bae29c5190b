import { findHeader, type HeaderRow, labelText, TOP_ROWS } from '../header.ts'
import { countNote, note } from '../notes.ts'
import { FileRefusal } from '../refusal.ts'
import type { Limits, Note, OpenOptions, Table, TableRow } from '../table.ts'
import { openArchive } from './archive.ts'
import { mergeFiller } from './merged.ts'
import { type Outline, readOutline } from './outline.ts'
import { readSharedTexts } from './shared-texts.ts'
import { type SheetContext, sheetRows } from './sheet-rows.ts'
import { readStyles } from './styles.ts'
import { readWorkbook, type Sheet } from './workbook.ts'

/** A sheet of a workbook. The packed file and its table of texts stay in memory, the rows do not. */
export async function openXlsx(path: string, options: OpenOptions, limits: Limits): Promise<Table> {
  const archive = await openArchive(path, limits)
  const workbook = await readWorkbook(archive)
  const outlines = new Map<Sheet, Outline>()
  const outlineOf = async (sheet: Sheet) => {
    const outline = outlines.get(sheet) ?? (await readOutline(archive, sheet.part))
    outlines.set(sheet, outline)
    return outline
  }
  const sheet = await chooseSheet(
    workbook.sheets,
    options.sheet,
    async (one) => (await outlineOf(one)).hasData,
  )
  const outline = await outlineOf(sheet)
  const notes: Note[] = []
  const context: SheetContext = {
    archive,
    part: sheet.part,
    sheetName: sheet.name,
    texts: await readSharedTexts(archive, workbook.sharedTexts, limits),
    styles: await readStyles(archive, workbook.styles),
    from1904: workbook.from1904,
    takeCachedValues: options.takeCachedValues ?? false,
    limits,
    finish: () => {},
    onCachedValue: () => {},
  }
  const top = await firstRows(sheetRows(context))
  const header = lowerHeader(findHeader(top, options.headerRow ?? 'auto', notes), top, outline)
  noteSheets(workbook.sheets, sheet, notes)
  noteOutline(outline, header, notes)
  if (workbook.linksOutside) notes.push(note('external_links'))

  let bytes = 0
  async function* rows(): AsyncGenerator<TableRow[]> {
    bytes = 0
    const cached = notes.findIndex(({ code }) => code === 'cached_values')
    if (cached >= 0) notes.splice(cached, 1)
    const fill = mergeFiller(outline.merged, Math.max(header.names.length, 1))
    const chunks = sheetRows(
      { ...context, finish: fill, onCachedValue: () => countNote(notes, 'cached_values') },
      (read) => {
        bytes = read
      },
    )
    for await (const chunk of chunks) {
      const below =
        (chunk[0]?.line ?? 0) > header.line ? chunk : chunk.filter(({ line }) => line > header.line)
      if (below.length > 0) yield below
    }
  }

  return {
    format: 'xlsx',
    encoding: null,
    delimiter: null,
    sheets: workbook.sheets.map(({ name, hidden }) => ({ name, hidden })),
    sheet: workbook.sheets.indexOf(sheet) + 1,
    headerRow: header.line,
    header: header.names,
    top,
    notes,
    rows,
    bytesRead: () => bytes,
    bytesTotal: archive.inflatedBytes(sheet.part),
  }
}

async function chooseSheet(
  sheets: Sheet[],
  wanted: number | string | undefined,
  hasData: (sheet: Sheet) => Promise<boolean>,
): Promise<Sheet> {
  if (wanted !== undefined) {
    const found = typeof wanted === 'number' ? sheets[wanted - 1] : sheets.find(({ name }) => name === wanted)
    if (!found) throw new FileRefusal('no_such_sheet', wanted)
    return found
  }
  for (const sheet of sheets) if (!sheet.hidden && (await hasData(sheet))) return sheet
  throw new FileRefusal('empty_file')
}

async function firstRows(chunks: AsyncIterable<TableRow[]>): Promise<TableRow[]> {
  const top: TableRow[] = []
  for await (const chunk of chunks) {
    top.push(...chunk)
    if (top.length >= TOP_ROWS) break
  }
  return top.slice(0, TOP_ROWS)
}

/** Where cells of the header are merged with the row below, that row holds the names of the parts: 时间 over 受理, 解决. */
function lowerHeader(header: HeaderRow, top: TableRow[], { merged }: Outline): HeaderRow {
  const tall = merged.filter((area) => area.firstRow === header.line && area.lastRow === header.line + 1)
  const below = top.find(({ line }) => line === header.line + 1)
  if (tall.length === 0 || !below) return header
  const width = Math.max(header.names.length, below.cells.length)
  const names = Array.from({ length: width }, (_, column) => {
    const part = labelText(below.cells[column] ?? null)
    const wide = merged.find(
      (area) => area.firstRow === header.line && area.firstColumn <= column && column <= area.lastColumn,
    )
    const whole = header.names[wide?.firstColumn ?? column] ?? ''
    return [whole, part].filter(Boolean).join('-')
  })
  return { line: header.line + 1, names, width }
}

function noteSheets(sheets: Sheet[], chosen: Sheet, notes: Note[]): void {
  const others = sheets.filter((sheet) => sheet !== chosen)
  const hidden = others.filter((sheet) => sheet.hidden).length
  if (hidden > 0) notes.push(note('hidden_sheets', { count: hidden }))
  if (others.length > hidden) notes.push(note('other_sheets', { count: others.length - hidden }))
}

function noteOutline(outline: Outline, header: HeaderRow, notes: Note[]): void {
  const hidden = header.names.filter((_, column) =>
    outline.hiddenColumns.some(([first, last]) => first <= column && column <= last),
  ).length
  if (hidden > 0) notes.push(note('hidden_columns', { count: hidden }))
  if (outline.hiddenRows > 0) notes.push(note('hidden_rows', { count: outline.hiddenRows }))
  const merged = outline.merged.filter(({ lastRow }) => lastRow > header.line).length
  if (merged > 0) notes.push(note('merged_cells', { count: merged }))
}
