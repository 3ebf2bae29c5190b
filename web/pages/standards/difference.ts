import { scopeWords } from '../../../contract/scope-words.ts'
import type { StandardReply } from '../../../contract/standards.ts'

type Indicator = StandardReply['indicators'][number]
type Words = { zh: string; en: string }

/** One thing that differs: null where it is not in that version. */
export interface Difference {
  name: Words
  field: 'indicator' | 'weight' | 'target' | 'rule' | 'measure' | 'period' | 'dimension' | 'source' | 'scope'
  before: Words | null
  after: Words | null
}

const same = (text: string): Words => ({ zh: text, en: text })

/** What a version changed against another, indicator by indicator in its own order; what it dropped comes last. */
export function differences(before: StandardReply, after: StandardReply): Difference[] {
  const old = new Map(before.indicators.map((one) => [one.code, one]))
  const found = after.indicators.flatMap((one) => {
    const was = old.get(one.code)
    return was ? changes(was, one) : [whole(one, 'after')]
  })
  const kept = new Set(after.indicators.map(({ code }) => code))
  return [
    ...found,
    ...before.indicators.filter(({ code }) => !kept.has(code)).map((one) => whole(one, 'before')),
  ]
}

const nameOf = ({ nameZh, nameEn }: Indicator): Words => ({ zh: nameZh, en: nameEn })

/** In the words of both languages; a dash for all records. */
const scopeOf = ({ scope }: Indicator): Words => ({
  zh: scopeWords(scope, 'zh') || '—',
  en: scopeWords(scope, 'en') || '—',
})

const whole = (one: Indicator, side: 'before' | 'after'): Difference => ({
  name: nameOf(one),
  field: 'indicator',
  before: null,
  after: null,
  [side]: { zh: `${one.targetText.zh} · ${one.weight}`, en: `${one.targetText.en} · ${one.weight}` },
})

function changes(was: Indicator, one: Indicator): Difference[] {
  const fields: [Difference['field'], Words, Words][] = [
    ['weight', same(was.weight), same(one.weight)],
    ['target', was.targetText, one.targetText],
    ['rule', was.sentence, one.sentence],
    ['measure', was.definition, one.definition],
    ['period', same(was.period), same(one.period)],
    ['dimension', same(was.dimension), same(one.dimension)],
    ['source', same(was.source), same(one.source)],
    ['scope', scopeOf(was), scopeOf(one)],
  ]
  return fields
    .filter(([, before, after]) => before.zh !== after.zh)
    .map(([field, before, after]) => ({ name: nameOf(one), field, before, after }))
}
