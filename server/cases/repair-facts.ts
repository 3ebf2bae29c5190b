import type { FactRow } from '../platform/fact-table.ts'

/** What follows from the fields of a repair, its parts and the article used; says why they cannot be kept. */
export function deriveRepair(row: FactRow) {
  row.diagnosis_right = sameWords(row.first_diagnosis, row.final_cause)
  row.article_used = isBlank(row.article) ? (row.article_given ?? null) : true
  const { parts_requested: requested = null, parts_filled: filled = null } = row
  if (filled === null || (requested !== null && filled <= requested)) return undefined
  return {
    code: 'parts_wrong',
    zh: '当场满足的备件数应与申请备件数同时填写，且不超过后者。',
    en: 'Parts there at once go together with parts requested, and are at most as many.',
  }
}

const isBlank = (text: FactRow[string] | undefined): boolean => typeof text !== 'string' || text.trim() === ''

/** Whether two texts are the same but for width, case, spaces and punctuation; null unless both say something. */
function sameWords(one: FactRow[string] | undefined, other: FactRow[string] | undefined): boolean | null {
  const [a, b] = [normal(one), normal(other)]
  return a === '' || b === '' ? null : a === b
}

const normal = (text: FactRow[string] | undefined): string =>
  typeof text === 'string'
    ? text
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\s\p{P}]+/gu, '')
    : ''
