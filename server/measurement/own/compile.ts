import type { Condition, OwnDefinition } from '../../../contract/measurement-own.ts'
import type { FactKind } from '../../platform/change.ts'
import { ceil, floor, fromDecimal, mul, ratio } from '../../platform/ratio.ts'
import type { Zone } from '../../platform/time.ts'
import type { Fact } from '../kinds/measured-kind.ts'
import type { Emit } from '../tallies.ts'
import { numberReader, readerOf, sortOf, unitOf } from './read.ts'

/** What one fact adds to an organization's own tallies. */
export type OwnShare = (fact: Fact, zone: Zone, emit: Emit) => void
/** By kind of fact; kinds without own measures have none. */
export type OwnShares = Partial<Record<FactKind, OwnShare>>

export const noOwnShares: OwnShares = {}

/** A definition and the tally its shares go to. */
export interface Slotted {
  tally: number
  definition: OwnDefinition
}

export function compileOwn(measures: readonly Slotted[]): OwnShares {
  const byKind = Map.groupBy(measures, ({ definition }) => definition.facts)
  return Object.fromEntries(
    [...byKind].map(([facts, some]) => {
      const shares = some.map(shareOf)
      return [
        facts,
        (fact: Fact, zone: Zone, emit: Emit) => {
          for (const share of shares) share(fact, zone, emit)
        },
      ]
    }),
  )
}

/** Durations and sums stay exact below 2^53: a single number above this is a slip of the pen. */
const mostParts = 1e12

function shareOf({ tally, definition }: Slotted): OwnShare {
  const { facts, where, day, aggregate } = definition
  const meets = allOf(definition, where)
  const dayOf = readerOf(facts, day)
  const counted = amountOf(definition)
  return (fact, zone, emit) => {
    const at = dayOf(fact)
    if (typeof at !== 'number' || !meets(fact)) return
    const found = counted(fact)
    if (found === undefined) emit(tally, zone.localDay(at), 0, 0, 1)
    else if (Math.abs(found[0]) <= mostParts) emit(tally, zone.localDay(at), found[0], found[1], 0)
  }

  /** value and n of a record that counts; undefined where it lacks a number. */
  function amountOf(of: OwnDefinition): (fact: Fact) => [value: number, n: number] | undefined {
    switch (aggregate.kind) {
      case 'count':
        // A count reads what is not in the numerator.
        return () => [0, 1]
      case 'share': {
        const also = allOf(of, aggregate.meeting)
        return (fact) => [also(fact) ? 1 : 0, 1]
      }
      case 'ratio': {
        const [top, bottom] = [numberReader(facts, aggregate.of), numberReader(facts, aggregate.per)]
        return (fact) => {
          const [above, below] = [top(fact), bottom(fact)]
          return above === null || below === null ? undefined : [above, below]
        }
      }
      case 'nps': {
        const read = numberReader(facts, aggregate.of)
        return (fact) => {
          const answer = read(fact)
          return answer === null ? undefined : [answer >= 9 ? 1 : answer <= 6 ? -1 : 0, 1]
        }
      }
      default: {
        const read = numberReader(facts, aggregate.of)
        return (fact) => {
          const value = read(fact)
          return value === null ? undefined : [value, 1]
        }
      }
    }
  }
}

function allOf(definition: OwnDefinition, conditions: readonly Condition[]): (fact: Fact) => boolean {
  const each = conditions.map((one) => conditionOf(definition, one))
  return (fact) => each.every((meets) => meets(fact))
}

function conditionOf({ facts }: OwnDefinition, one: Condition): (fact: Fact) => boolean {
  const { comparison, values } = one
  const sort = sortOf(facts, one)
  if (sort === 'amount' || sort === 'time') return numberCondition(facts, one)
  const read = readerOf(facts, one.field)
  if (comparison === 'filled') return (fact) => isFilled(read(fact))
  if (comparison === 'blank') return (fact) => !isFilled(read(fact))
  if (comparison === 'contains')
    return (fact) => {
      const text = read(fact)
      return typeof text === 'string' && values.some((value) => text.includes(value))
    }
  const among = new Set<string | number | null>(values)
  // What is blank is not any of them.
  return comparison === 'not' ? (fact) => !among.has(read(fact)) : (fact) => among.has(read(fact))
}

const isFilled = (value: string | number | null) => value !== null && value !== ''

/** Compared in whole parts, so that nothing is rounded. */
function numberCondition(facts: FactKind, one: Condition): (fact: Fact) => boolean {
  const read = numberReader(facts, one)
  const { comparison, values } = one
  if (comparison === 'filled') return (fact) => read(fact) !== null
  if (comparison === 'blank') return (fact) => read(fact) === null
  const { size } = unitOf({ facts, timeUnit: 'min' }, one)
  const limits = values.map((value) => mul(fromDecimal(value), ratio(size)))
  const [limit] = limits
  if (comparison === 'is' || comparison === 'not') {
    const among = new Set(limits.filter(({ d }) => d === 1n).map(({ n }) => Number(n)))
    const wanted = comparison === 'is'
    return (fact) => {
      const value = read(fact)
      return value === null ? !wanted : among.has(value) === wanted
    }
  }
  if (!limit) return () => false
  const [below, above] = [Number(floor(limit).n), Number(ceil(limit).n)]
  const test = {
    '<': (value: number) => value < above,
    '<=': (value: number) => value <= below,
    '>': (value: number) => value > below,
    '>=': (value: number) => value >= above,
  }[comparison as '<' | '<=' | '>' | '>=']
  return (fact) => {
    const value = read(fact)
    return value !== null && test(value)
  }
}
