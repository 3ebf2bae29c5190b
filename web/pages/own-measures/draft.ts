import type { FactKind } from '../../../contract/fact-kinds.ts'
import type {
  Aggregate,
  Condition,
  OwnDefinition,
  OwnMeasure,
  Quantity,
} from '../../../contract/measurement-own.ts'
import { ownDays, ownField, ownFields } from '../../../contract/own-fields.ts'

export interface Composed {
  code: string
  nameZh: string
  nameEn: string
  better: OwnMeasure['better']
  definition: OwnDefinition
}

export const momentsOf = (facts: FactKind) => ownFields[facts].filter(({ kind }) => kind === 'moment')
export const amountsOf = (facts: FactKind) => ownFields[facts].filter(({ kind }) => kind === 'amount')

/** What a kind of record starts with: all of them, counted. */
export const startOf = (facts: FactKind): OwnDefinition => ({
  facts,
  where: [],
  day: ownDays[facts][0] ?? '',
  aggregate: { kind: 'count' },
  timeUnit: 'min',
})

export const emptyDraft = (): Composed => ({
  code: '',
  nameZh: '',
  nameEn: '',
  better: 'lower',
  definition: startOf('work_order'),
})

/** The first number of a kind: an amount, else the time between its first moments. */
export function firstNumber(facts: FactKind): Quantity {
  const [amount] = amountsOf(facts)
  return amount ? { field: amount.key } : firstTime(facts)
}

export function firstTime(facts: FactKind): Quantity {
  const [from, until] = momentsOf(facts)
  return { field: from?.key ?? '', until: until?.key ?? '' }
}

/** Another way of counting, with what was chosen before where it still fits. */
export function aggregateOf(kind: Aggregate['kind'], { facts, aggregate }: OwnDefinition): Aggregate {
  const of = 'of' in aggregate ? aggregate.of : firstNumber(facts)
  switch (kind) {
    case 'count':
      return { kind }
    case 'share':
      return { kind, meeting: [firstCondition(facts)] }
    case 'percentile':
      return { kind, of, percent: 50 }
    case 'ratio':
      return { kind, of, per: firstNumber(facts) }
    default:
      return { kind, of }
  }
}

export const firstCondition = (facts: FactKind): Condition =>
  conditionOn(facts, ownFields[facts][0]?.key ?? '')

/** A condition on another field, as it begins. */
export function conditionOn(facts: FactKind, field: string, until?: string): Condition {
  if (until !== undefined) return { field, until, comparison: '>', values: [] }
  const kind = ownField(facts, field)?.kind
  const comparison = kind === 'moment' ? 'filled' : kind === 'amount' ? '>=' : 'is'
  return { field, comparison, values: [] }
}

/** Whether a definition speaks of times that are shown: then a unit for them is chosen. */
export const showsTime = ({ aggregate }: OwnDefinition): boolean =>
  'of' in aggregate && aggregate.of.until !== undefined
