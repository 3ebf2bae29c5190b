/** Language of the talk on stderr and of tables: --lang, else ZHIHUAN_LANG, else Chinese. */
export function language(argv: string[] = process.argv): 'zh' | 'en' {
  const place = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='))
  const given = place < 0 ? undefined : (argv[place]?.split('=')[1] ?? argv[place + 1])
  if (given === 'zh' || given === 'en') return given
  return /^en/i.test(process.env.ZHIHUAN_LANG ?? '') ? 'en' : 'zh'
}

/** Talk goes to stderr, so that stdout is data alone. */
export function talk(zh: string, en: string): void {
  process.stderr.write(`${language() === 'zh' ? zh : en}\n`)
}

export function data(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u

/** A Chinese character is two columns wide. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (wide.test(letter) ? 2 : 1), 0)

/** A table aligned by display width; numbers are told by `right`. */
export function table(header: string[], rows: string[][], right: number[] = []): void {
  const widths = header.map((title, i) =>
    Math.max(widthOf(title), ...rows.map((row) => widthOf(row[i] ?? ''))),
  )
  const line = (cells: string[]) =>
    cells
      .map((cell, i) => {
        const gap = ' '.repeat((widths[i] ?? 0) - widthOf(cell))
        return right.includes(i) ? gap + cell : cell + gap
      })
      .join('  ')
      .trimEnd()
  for (const cells of [header, ...rows]) process.stdout.write(`${line(cells)}\n`)
}
