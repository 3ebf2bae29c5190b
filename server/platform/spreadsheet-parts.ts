import type { Note } from './spreadsheet-notes.ts'
import { columnLetters, escapeXml } from './spreadsheet-xml.ts'

/** One sheet as written. */
export interface SheetPart {
  name: string
  columns: number
  headerRow: number
  lastRow: number
  notes: Note[]
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** The workbook with its sheets, filters and the rows that each printed page repeats. */
export function workbookPart(sheets: SheetPart[]): string {
  const list = sheets.map(
    ({ name }, i) => `<sheet name="${escapeXml(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`,
  )
  const names = sheets.flatMap((sheet, i) => {
    const quoted = `'${escapeXml(sheet.name.replaceAll("'", "''"))}'`
    const last = columnLetters(Math.max(0, sheet.columns - 1))
    return [
      `<definedName name="_xlnm._FilterDatabase" localSheetId="${i}" hidden="1">${quoted}!$A$${sheet.headerRow}:$${last}$${sheet.lastRow}</definedName>`,
      `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">${quoted}!$${sheet.headerRow}:$${sheet.headerRow}</definedName>`,
    ]
  })
  return `${XML}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}"><sheets>${list.join('')}</sheets><definedNames>${names.join('')}</definedNames></workbook>`
}

export function workbookRelations(sheets: SheetPart[]): string {
  const list = sheets.map((_, i) => relation(i + 1, 'worksheet', `worksheets/sheet${i + 1}.xml`))
  return relations([...list, relation(sheets.length + 1, 'styles', 'styles.xml')])
}

/** What a sheet with notes points to: the boxes they are drawn in, and their texts. */
export const sheetRelations = (sheet: number): string =>
  relations([
    relation(1, 'vmlDrawing', `../drawings/vmlDrawing${sheet}.vml`),
    relation(2, 'comments', `../comments${sheet}.xml`),
  ])

export const packageRelations = relations([relation(1, 'officeDocument', 'xl/workbook.xml')])

function relations(list: string[]): string {
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${list.join('')}</Relationships>`
}

function relation(id: number, type: string, target: string): string {
  return `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${target}"/>`
}

export function contentTypes(sheets: SheetPart[]): string {
  const part = (name: string, type: string) =>
    `<Override PartName="${name}" ContentType="${TYPES}.${type}+xml"/>`
  const list = sheets.map((_, i) => part(`/xl/worksheets/sheet${i + 1}.xml`, 'worksheet'))
  const notes = sheets.flatMap((sheet, i) =>
    sheet.notes.length > 0 ? [part(`/xl/comments${i + 1}.xml`, 'comments')] : [],
  )
  return `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>${part('/xl/workbook.xml', 'sheet.main')}${list.join('')}${notes.join('')}${part('/xl/styles.xml', 'styles')}</Types>`
}
