import { columnLetters, escapeXml } from './spreadsheet-xml.ts'

/** A note on a cell, by its row (from 1) and column (from 0). */
export interface Note {
  row: number
  column: number
  text: string
}

/** Spreadsheets open slowly with more; further noted cells are marked by their fill alone. */
export const mostNotes = 10_000

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** The texts of the notes of one sheet. */
export function notesPart(notes: readonly Note[]): string {
  const list = notes.map(
    ({ row, column, text }) =>
      `<comment ref="${columnLetters(column)}${row}" authorId="0"><text><r><t xml:space="preserve">${escapeXml(text.replace(/(?!\n)\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu, ' '))}</t></r></text></comment>`,
  )
  return `${XML}<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>质环</author></authors><commentList>${list.join('')}</commentList></comments>`
}

/** The boxes the notes are drawn in: hidden until their cell is pointed at. */
export function noteShapes(notes: readonly Note[]): string {
  const shapes = notes.map(
    ({ row, column }, i) =>
      `<v:shape id="_x0000_s${1025 + i}" type="#_x0000_t202" style="position:absolute;width:240pt;height:60pt;z-index:${i + 1};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill><x:Row>${row - 1}</x:Row><x:Column>${column}</x:Column></x:ClientData></v:shape>`,
  )
  return `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>${shapes.join('')}</xml>`
}
