import glossary from '../../../docs/glossary.md?raw'

export interface Term {
  zh: string
  en: string
  line: string
}

/** The rows of the glossary's tables; code and file names in it are for those who build the product. */
export const terms: readonly Term[] = glossary.split('\n').flatMap((row) => {
  const [zh, en, , line] = row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
  if (!zh || !en || !line || /^-+$/.test(zh) || en === 'English') return []
  return [{ zh, en, line: line.replaceAll('`', '') }]
})
