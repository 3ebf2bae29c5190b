/** A statement with its parameters: text and values apart, so nothing is ever string-built. */
export interface Sql {
  text: string
  values: unknown[]
}

const isSql = (value: unknown): value is Sql =>
  typeof value === 'object' && value !== null && 'text' in value && 'values' in value

/** sql`select … where id = ${id}`; a hole takes a parameter or another `sql` piece, never raw text. */
export function sql(strings: TemplateStringsArray, ...holes: unknown[]): Sql {
  let text = strings[0] ?? ''
  const values: unknown[] = []
  holes.forEach((hole, i) => {
    if (isSql(hole)) {
      text += shift(hole.text, values.length)
      values.push(...hole.values)
    } else {
      values.push(hole)
      text += `$${values.length}`
    }
    text += strings[i + 1] ?? ''
  })
  return { text, values }
}

/** Pieces joined by a separator that is part of the code, e.g. `joinSql(conditions, ' and ')`. */
export function joinSql(pieces: Sql[], separator: ' and ' | ' or ' | ', ' | ' || ' | ' union all '): Sql {
  const values: unknown[] = []
  const text = pieces.map((piece) => {
    const shifted = shift(piece.text, values.length)
    values.push(...piece.values)
    return shifted
  })
  return { text: text.join(separator), values }
}

const shift = (text: string, by: number): string =>
  by === 0 ? text : text.replace(/\$(\d+)/g, (_, n: string) => `$${Number(n) + by}`)
