import Papa from 'papaparse'

const candidates = [',', ';', '\t', '|']

/**
 * The delimiter under which most records of a sample have the same number of columns, the larger number winning;
 * a comma where there is one column only.
 */
export function guessDelimiter(sample: string): string {
  let best = { delimiter: ',', agreeing: 0, columns: 1 }
  for (const delimiter of candidates) {
    const { agreeing, columns } = agreement(sample, delimiter)
    if (columns < 2) continue
    const better = agreeing - best.agreeing
    if (better > 0.1 || (better > -0.1 && columns > best.columns)) best = { delimiter, agreeing, columns }
  }
  return best.delimiter
}

/** `sep=;` on the first line, as Excel writes and reads it: the delimiter and the length of the line. */
export function separatorLine(text: string): { delimiter: string; length: number } | null {
  const found = /^"?sep=([,;\t|])"?(?:\r\n|\r|\n)/i.exec(text)
  return found?.[1] ? { delimiter: found[1], length: found[0].length } : null
}

/** Share of records with the commonest number of columns, and that number. */
function agreement(sample: string, delimiter: string): { agreeing: number; columns: number } {
  const { data } = Papa.parse<string[]>(sample, { delimiter, preview: 60, skipEmptyLines: 'greedy' })
  // The last record may be cut off.
  const records = data.length > 1 ? data.slice(0, -1) : data
  const counts = new Map<number, number>()
  for (const record of records) counts.set(record.length, (counts.get(record.length) ?? 0) + 1)
  let best = { agreeing: 0, columns: 1 }
  for (const [columns, count] of counts) {
    const agreeing = count / records.length
    if (columns > 1 && agreeing > best.agreeing) best = { agreeing, columns }
  }
  return best
}
