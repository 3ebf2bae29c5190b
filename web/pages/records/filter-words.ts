import type { ListColumn } from '../../../contract/list-columns.ts'
import type { ListFilter } from '../../../contract/list-query.ts'
import { wordOf } from '../../../contract/words.ts'
import type { Language, Say } from '../../words.ts'

/** A filter as a person would say it, without the name of its column. */
export function filterWords(
  filter: ListFilter,
  column: ListColumn,
  language: Language,
  t: Say,
  nameOf: (id: string) => string,
): string {
  if (filter.op === 'has') return t('grid.has', { text: filter.text })
  if (filter.op === 'range') {
    if (filter.from && filter.to) return `${filter.from} – ${filter.to}`
    return filter.from ? `≥ ${filter.from}` : `≤ ${filter.to}`
  }
  const said = filter.values.map((value) => {
    if (value === '') return t('grid.blank')
    if (column.words) return wordOf(column.words, value, language)
    return column.kind === 'named' ? nameOf(value) : value
  })
  return new Intl.ListFormat(language, { type: 'disjunction' }).format(said)
}
