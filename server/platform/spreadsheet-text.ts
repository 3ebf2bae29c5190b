// A formula sign behind any blanks and invisible characters, with apostrophes before it; or a leading control character.
const risky = /^'*(?:[\s\p{Cc}\p{Cf}\p{Zs}]*[=+\-@＝＋－＠]|[\t\r\n\0])/u

/**
 * A text that no spreadsheet takes for a formula: one apostrophe goes before a formula sign, also where blanks, control
 * or invisible characters hide it. `plainText` takes that one apostrophe off again.
 */
export function safeText(value: string): string {
  return value !== '' && risky.test(value) ? `'${value}` : value
}

/** The text as it was before `safeText`. */
export function plainText(value: string): string {
  return value.charCodeAt(0) === APOSTROPHE && risky.test(value) ? value.slice(1) : value
}

const APOSTROPHE = 39

export type CsvValue = string | number | boolean | null | undefined

/** One line of a CSV file, with its CRLF; texts are made safe and quoted where they must be. The caller writes the BOM. */
export function csvLine(values: readonly CsvValue[]): string {
  return `${values.map(csvField).join(',')}\r\n`
}

function csvField(value: CsvValue): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'string')
    return typeof value === 'boolean' ? String(value).toUpperCase() : String(value)
  const safe = safeText(value)
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Columns a text takes on screen: a Chinese character takes two. */
export function displayWidth(text: string): number {
  let width = 0
  for (const char of text)
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u.test(
        char,
      )
        ? 2
        : 1
  return width
}
