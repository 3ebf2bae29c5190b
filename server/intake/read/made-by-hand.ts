import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { openTable } from './open-table.ts'
import type { Note, OpenOptions, Table, TableRow } from './table.ts'

/** Files for tests, made byte by byte so that each may lie in one place. */

export interface ZipEntry {
  name: string
  data: string | Buffer
  stored?: boolean
  /** Lies, where given, in both headers. */
  size?: number
  checksum?: number
  flags?: number
  attributes?: number
  /** Another name in the local header. */
  localName?: string
  /** Points at another entry's data. */
  offset?: number
}

export function zipOf(entries: ZipEntry[], { entryCount = entries.length, tail = '' } = {}): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const data = Buffer.from(entry.data)
    const packed = entry.stored ? data : deflateRawSync(data)
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt16LE(entry.flags ?? 0x800, 2)
    shared.writeUInt16LE(entry.stored ? 0 : 8, 4)
    shared.writeUInt32LE(entry.checksum ?? crc32(data), 10)
    shared.writeUInt32LE(packed.length, 14)
    shared.writeUInt32LE(entry.size ?? data.length, 18)
    const localName = Buffer.from(entry.localName ?? entry.name)
    const name = Buffer.from(entry.name)
    const local = Buffer.from(shared)
    local.writeUInt16LE(localName.length, 22)
    locals.push(Buffer.from('PK\x03\x04', 'latin1'), local, localName, packed)
    const record = Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), shared, Buffer.alloc(14)])
    record.writeUInt16LE(name.length, 28)
    record.writeUInt32LE(entry.attributes ?? 0, 38)
    record.writeUInt32LE(entry.offset ?? offset, 42)
    central.push(record, name)
    offset += 4 + local.length + localName.length + packed.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entryCount, 8)
  end.writeUInt16LE(entryCount, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end, Buffer.from(tail)])
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

export interface BookOptions {
  /** XML inside sheetData of the first sheet. */
  rows?: string
  /** XML before and behind sheetData. */
  before?: string
  behind?: string
  texts?: string
  /** Number formats of the cell styles 0, 1, 2 … */
  formats?: (number | string)[]
  workbookProperties?: string
  sheets?: { name: string; state?: string; rows: string }[]
  /** Replaces or adds parts; null leaves one out. */
  parts?: Record<string, string | Buffer | null>
  mainType?: string
}

/** The entries of a workbook as Excel would write it, but for what is asked otherwise. */
export function bookEntries(options: BookOptions): ZipEntry[] {
  const sheets = options.sheets ?? [{ name: 'Sheet1', rows: options.rows ?? '' }]
  const parts: Record<string, string | Buffer | null> = {
    '[Content_Types].xml': contentTypes(sheets.length, options.mainType),
    '_rels/.rels': relations([['rId1', `${OFFICE}/officeDocument`, 'xl/workbook.xml']]),
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${options.workbookProperties ?? ''}<sheets>${sheets
      .map(
        ({ name, state }, i) =>
          `<sheet name="${name}" sheetId="${i + 1}"${state ? ` state="${state}"` : ''} r:id="rId${i + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ...sheets.map(
        (_, i): Relation => [`rId${i + 1}`, `${OFFICE}/worksheet`, `worksheets/sheet${i + 1}.xml`],
      ),
      ['rIdT', `${OFFICE}/sharedStrings`, 'sharedStrings.xml'],
      ['rIdS', `${OFFICE}/styles`, 'styles.xml'],
    ]),
    'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${options.texts ?? ''}</sst>`,
    'xl/styles.xml': styles(options.formats ?? [0]),
  }
  for (const [i, { rows }] of sheets.entries()) {
    parts[`xl/worksheets/sheet${i + 1}.xml`] =
      `<worksheet xmlns="${MAIN}">${options.before ?? ''}<sheetData>${rows}</sheetData>${options.behind ?? ''}</worksheet>`
  }
  return Object.entries({ ...parts, ...options.parts }).flatMap(([name, data]) =>
    data === null ? [] : [{ name, data }],
  )
}

export function bookOf(options: BookOptions): Buffer {
  return zipOf(bookEntries(options))
}

type Relation = [id: string, type: string, target: string]

function relations(list: Relation[]): string {
  const items = list.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`,
  )
  return `<Relationships xmlns="${PACKAGE}/relationships">${items.join('')}</Relationships>`
}

function contentTypes(
  sheets: number,
  mainType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
): string {
  const items = Array.from(
    { length: sheets },
    (_, i) =>
      `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`,
  )
  return `<Types xmlns="${PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" ContentType="${mainType}"/>${items.join('')}</Types>`
}

function styles(formats: (number | string)[]): string {
  const own = formats.flatMap((code, i) =>
    typeof code === 'string' ? [`<numFmt numFmtId="${164 + i}" formatCode="${code}"/>`] : [],
  )
  const cells = formats.map((code, i) => `<xf numFmtId="${typeof code === 'string' ? 164 + i : code}"/>`)
  return `<styleSheet xmlns="${MAIN}"><numFmts>${own.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${cells.join('')}</cellXfs></styleSheet>`
}

/** `<row>` with inline texts, for rows where the cells do not matter. */
export function textRow(line: number, cells: string[]): string {
  const xml = cells.map(
    (cell, i) => `<c r="${String.fromCharCode(65 + i)}${line}" t="inlineStr"><is><t>${cell}</t></is></c>`,
  )
  return `<row r="${line}">${xml.join('')}</row>`
}

interface ReadAll {
  table: Table
  rows: TableRow[]
  notes: Note[]
}

/** Writes the bytes to a file, reads it whole. */
export async function readBytes(
  folder: string,
  bytes: Buffer | string,
  options: OpenOptions,
): Promise<ReadAll> {
  const file = path.join(folder, `${process.hrtime.bigint()}`)
  await writeFile(file, bytes)
  const table = await openTable(file, options)
  const rows: TableRow[] = []
  for await (const chunk of table.rows()) rows.push(...chunk)
  return { table, rows, notes: table.notes }
}
