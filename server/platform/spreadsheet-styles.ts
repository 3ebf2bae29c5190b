import { escapeXml } from './spreadsheet-xml.ts'

export interface CellStyle {
  format?: string | undefined
  bold?: boolean
  /** Filled, to be noticed. */
  marked?: boolean
}

/** Collects the styles of a workbook as cells ask for them. */
export function sheetStyles() {
  const styles: CellStyle[] = [{}]
  const formats: string[] = []

  function indexOf({ format, bold = false, marked = false }: CellStyle): number {
    const known = styles.findIndex(
      (style) =>
        style.format === format && (style.bold ?? false) === bold && (style.marked ?? false) === marked,
    )
    if (known >= 0) return known
    if (format !== undefined && !formats.includes(format)) formats.push(format)
    return styles.push({ format, bold, marked }) - 1
  }

  function xml(): string {
    const numberFormats = formats.map(
      (code, i) => `<numFmt numFmtId="${FIRST_OWN + i}" formatCode="${escapeXml(code)}"/>`,
    )
    const cellFormats = styles.map(({ format, bold, marked }) => {
      const id = format === undefined ? 0 : FIRST_OWN + formats.indexOf(format)
      return `<xf numFmtId="${id}" fontId="${bold ? 1 : 0}" fillId="${marked ? 2 : 0}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>`
    })
    return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${
      numberFormats.length > 0
        ? `<numFmts count="${numberFormats.length}">${numberFormats.join('')}</numFmts>`
        : ''
    }<fonts count="2"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFE699"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${cellFormats.length}">${cellFormats.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
  }

  return { indexOf, xml }
}

/** Numbers below are the built-in formats. */
const FIRST_OWN = 164
