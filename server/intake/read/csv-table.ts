import { stat } from 'node:fs/promises'
import { guessDelimiter, separatorLine } from './delimiter.ts'
import { type Encoding, findEncoding } from './encoding.ts'
import { findHeader, type HeaderRow, labelText, TOP_ROWS } from './header.ts'
import { countNote, note } from './notes.ts'
import { type RecordOptions, readRecords } from './records.ts'
import { FileRefusal } from './refusal.ts'
import type { Limits, Note, OpenOptions, Table, TableRow } from './table.ts'
import { textPieces } from './text-pieces.ts'

const SAMPLE_CHARS = 64 * 1024
const CHUNK_ROWS = 2000

/** A table in delimited text of any common encoding. */
export async function openCsv(path: string, options: OpenOptions, limits: Limits): Promise<Table> {
  const { size } = await stat(path)
  if (size > limits.csvBytes) throw new FileRefusal('too_large', Math.round(limits.csvBytes / 1024 ** 2))
  const encoding = await findEncoding(path, options.encoding ?? 'auto')
  const notes: Note[] = []
  if (encoding.guessed) notes.push(note('encoding_guessed', { sample: encoding.label.toUpperCase() }))
  const sample = await sampleText(path, encoding)
  const separator = separatorLine(sample)
  const delimiter = separator?.delimiter ?? guessDelimiter(sample)
  const firstLine = separator ? 2 : 1

  const top: TableRow[] = []
  const recordOptions: RecordOptions = {
    delimiter,
    limits,
    columnName: (index) => nameOf(top, index),
    onBlankRows: () => {},
  }
  await readTop(readRecords(textPieces(path, encoding), recordOptions), firstLine, top)
  const header = findHeader(top, options.headerRow ?? 'auto', notes)

  let bytes = 0
  async function* rows(): AsyncGenerator<TableRow[]> {
    bytes = 0
    forgetCounts(notes)
    const texts = textPieces(path, encoding, (read) => {
      bytes = read
    })
    const records = readRecords(texts, {
      ...recordOptions,
      columnName: (index) => header.names[index] || columnPlace(index),
      onBlankRows: (count) => countNote(notes, 'blank_rows', count),
    })
    for await (const chunk of records) {
      const below =
        (chunk[0]?.line ?? 0) > header.line ? chunk : chunk.filter(({ line }) => line > header.line)
      markWidths(below, header, notes)
      for (let i = 0; i < below.length; i += CHUNK_ROWS) yield below.slice(i, i + CHUNK_ROWS)
    }
  }

  return {
    format: 'csv',
    encoding: encoding.label,
    delimiter,
    sheets: [],
    sheet: 0,
    headerRow: header.line,
    header: header.names,
    top,
    notes,
    rows,
    bytesRead: () => bytes,
    bytesTotal: size,
  }
}

/** A new reading counts anew. */
function forgetCounts(notes: Note[]): void {
  const kept = notes.filter(({ code }) => code !== 'blank_rows' && code !== 'short_rows')
  notes.splice(0, notes.length, ...kept)
}

/** A row with texts behind its last column has a delimiter too many, and no telling where. */
function markWidths(rows: TableRow[], { width }: HeaderRow, notes: Note[]): void {
  let short = 0
  for (const { cells } of rows) {
    if (cells.length < width) short++
    else if (cells.length > width && cells.slice(width).some((cell) => cell !== '')) {
      cells[width] = { fault: 'surplus', text: cells.slice(width).map(labelText).join(' ').slice(0, 200) }
    }
  }
  if (short > 0) countNote(notes, 'short_rows', short)
}

/** How a column without a name is called: by its place, counted from 1. */
function columnPlace(index: number): string {
  return `#${index + 1}`
}

/** Name of a column while the header is being looked for. */
function nameOf(top: TableRow[], index: number): string {
  return (top.length > 0 && findHeader(top, 'auto', []).names[index]) || columnPlace(index)
}

async function sampleText(path: string, encoding: Encoding): Promise<string> {
  let sample = ''
  for await (const text of textPieces(path, encoding)) {
    sample += text
    if (sample.length >= SAMPLE_CHARS) break
  }
  if (sample.trim() === '') throw new FileRefusal('empty_file')
  return sample.slice(0, SAMPLE_CHARS)
}

async function readTop(chunks: AsyncIterable<TableRow[]>, firstLine: number, top: TableRow[]): Promise<void> {
  for await (const chunk of chunks) {
    for (const row of chunk) if (row.line >= firstLine && top.length < TOP_ROWS) top.push(row)
    if (top.length >= TOP_ROWS) return
  }
}
