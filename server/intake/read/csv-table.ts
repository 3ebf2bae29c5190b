import { stat } from 'node:fs/promises'
import { guessDelimiter, separatorLine } from './delimiter.ts'
import { type Encoding, findEncoding } from './encoding.ts'
import { findHeader, TOP_ROWS } from './header.ts'
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

  const recordOptions: RecordOptions = { delimiter, limits, columnName: positionName, onBlankRows: () => {} }
  const top = await firstRows(readRecords(textPieces(path, encoding), recordOptions), firstLine)
  const header = findHeader(top, options.headerRow ?? 'auto', notes)

  let bytes = 0
  async function* rows(): AsyncGenerator<TableRow[]> {
    bytes = 0
    const counted = notes.findIndex(({ code }) => code === 'blank_rows')
    if (counted >= 0) notes.splice(counted, 1)
    const texts = textPieces(path, encoding, (read) => {
      bytes = read
    })
    const records = readRecords(texts, {
      ...recordOptions,
      columnName: (index) => header.names[index] || positionName(index),
      onBlankRows: (count) => countNote(notes, 'blank_rows', count),
    })
    for await (const chunk of records) {
      const below =
        (chunk[0]?.line ?? 0) > header.line ? chunk : chunk.filter(({ line }) => line > header.line)
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
    notes,
    rows,
    bytesRead: () => bytes,
    bytesTotal: size,
  }
}

/** How a column without a name is called: by its place, counted from 1. */
function positionName(index: number): string {
  return `#${index + 1}`
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

async function firstRows(chunks: AsyncIterable<TableRow[]>, firstLine: number): Promise<TableRow[]> {
  const top: TableRow[] = []
  for await (const chunk of chunks) {
    for (const row of chunk) if (row.line >= firstLine) top.push(row)
    if (top.length >= TOP_ROWS) break
  }
  return top.slice(0, TOP_ROWS)
}
