import type { Condition, OwnDefinition, Quantity } from '../../../contract/measurement-own.ts'
import { factNames, ownField } from '../../../contract/own-fields.ts'
import { wordOf } from '../../../contract/words.ts'
import { unitWords } from '../../standards/index.ts'
import { sortOf, unitOf } from './read.ts'

interface Words {
  zh: string
  en: string
}

/** A definition as a sentence, the way the catalogue writes its formulas. */
export function formulaOf(definition: OwnDefinition): Words {
  const { where, day } = definition
  const field = ownField(definition.facts, day)
  const records = factNames[definition.facts]
  const met = conditionsOf(definition, where)
  const made = madeOf(definition)
  return {
    zh: `${made.zh}；${records.zh}${met ? `中${met.zh}的` : ''}，计入${field?.zh ?? day}当日`,
    en: `${made.en}; ${records.en}${met ? ` with ${met.en}` : ''}, on the day of ${lower(field?.en ?? day)}`,
  }
}

function madeOf(definition: OwnDefinition): Words {
  const { aggregate } = definition
  const of = 'of' in aggregate ? numberName(definition, aggregate.of) : { zh: '', en: '' }
  switch (aggregate.kind) {
    case 'count':
      return { zh: '记录数', en: 'number of records' }
    case 'sum':
      return { zh: `Σ${of.zh}`, en: `Σ ${of.en}` }
    case 'mean':
      return { zh: `Σ${of.zh}÷记录数`, en: `Σ ${of.en} ÷ records` }
    case 'percentile': {
      const { percent } = aggregate
      return percent === 50
        ? { zh: `${of.zh}的中位数（误差≤2%）`, en: `median of ${of.en} (within 2 %)` }
        : {
            zh: `${of.zh}的第${percent}百分位（误差≤2%）`,
            en: `${percent}th percentile of ${of.en} (within 2 %)`,
          }
    }
    case 'share': {
      const met = conditionsOf(definition, aggregate.meeting) ?? { zh: '', en: '' }
      return { zh: `其中${met.zh}的记录数÷记录数`, en: `records with ${met.en} ÷ records` }
    }
    case 'ratio': {
      const per = numberName(definition, aggregate.per)
      return { zh: `Σ${of.zh}÷Σ${per.zh}`, en: `Σ ${of.en} ÷ Σ ${per.en}` }
    }
    case 'nps':
      return { zh: `${of.zh}：%(9–10)−%(0–6)`, en: `${of.en}: %(9–10) − %(0–6)` }
  }
}

function numberName({ facts }: OwnDefinition, { field, until }: Quantity): Words {
  const one = ownField(facts, field)
  const [zh, en] = [one?.zh ?? field, lower(one?.en ?? field)]
  if (until === undefined) return { zh, en }
  const end = ownField(facts, until)
  return { zh: `（${end?.zh ?? until}−${zh}）`, en: `(${lower(end?.en ?? until)} − ${en})` }
}

const conditionsOf = (definition: OwnDefinition, conditions: readonly Condition[]): Words | undefined => {
  if (conditions.length === 0) return undefined
  const said = conditions.map((one) => conditionName(definition, one))
  return { zh: said.map(({ zh }) => zh).join('且'), en: said.map(({ en }) => en).join(' and ') }
}

const verbs: Record<Condition['comparison'], Words> = {
  is: { zh: '为', en: ' is ' },
  not: { zh: '不为', en: ' is not ' },
  contains: { zh: '含', en: ' contains ' },
  filled: { zh: '已填', en: ' filled' },
  blank: { zh: '未填', en: ' blank' },
  '<': { zh: '<', en: ' < ' },
  '<=': { zh: '≤', en: ' ≤ ' },
  '>': { zh: '>', en: ' > ' },
  '>=': { zh: '≥', en: ' ≥ ' },
}

function conditionName(definition: OwnDefinition, one: Condition): Words {
  const name = numberName(definition, one)
  const sort = sortOf(definition.facts, one)
  const unit =
    sort === 'amount' || sort === 'time' ? unitOf({ ...definition, timeUnit: 'min' }, one).unit : ''
  // A plain count is compared bare.
  const sign = unit === '' || unit === 'count' ? { zh: '', en: '' } : unitWords(unit)
  const words = ownField(definition.facts, one.field)?.words
  const said = (language: 'zh' | 'en') =>
    one.values.map((value) => (words ? wordOf(words, value, language) : `${value}${sign[language]}`))
  return {
    zh: `${name.zh}${verbs[one.comparison].zh}${said('zh').join('或')}`,
    en: `${name.en}${verbs[one.comparison].en}${said('en').join(' or ')}`,
  }
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
