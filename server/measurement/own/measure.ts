import type { OwnDefinition } from '../../../contract/measurement-own.ts'
import { ownField } from '../../../contract/own-fields.ts'
import type { Measure } from '../measure.ts'
import type { Tally } from '../tallies.ts'
import { formulaOf } from './formula.ts'
import { unitOf } from './read.ts'

/** Means and percentiles of what cannot lie below zero keep a histogram. */
export function keepsSketch({ facts, aggregate }: OwnDefinition): boolean {
  if (aggregate.kind === 'percentile') return true
  return aggregate.kind === 'mean' && ownField(facts, aggregate.of.field)?.signed !== true
}

/** An own measure in the shape of the built-in ones, so that whatever reads those reads it. */
export function measureOfOwn(own: {
  code: string
  nameZh: string
  nameEn: string
  better: Measure['better']
  definition: OwnDefinition
  tally: Tally
  version: number
}): Measure {
  const { definition } = own
  const { aggregate, facts } = definition
  const needs = 'of' in aggregate ? [aggregate.of.until ?? aggregate.of.field] : []
  return {
    code: own.code,
    name: { zh: own.nameZh, en: own.nameEn },
    better: own.better,
    tally: own.tally,
    facts: [facts],
    needs,
    formula: formulaOf(definition),
    source: '自定义',
    version: own.version,
    ...(needs[0] && { lacks: needs[0] }),
    ...shapeOf(definition),
  }
}

function shapeOf(
  definition: OwnDefinition,
): Pick<Measure, 'shape' | 'unit'> & Partial<Pick<Measure, 'size' | 'per' | 'percent'>> {
  const { aggregate } = definition
  switch (aggregate.kind) {
    case 'count':
      return { shape: 'count', unit: 'count' }
    case 'share':
      return { shape: 'rate', unit: '%' }
    case 'nps':
      return { shape: 'nps', unit: '分' }
    case 'ratio': {
      const [top, bottom] = [unitOf(definition, aggregate.of), unitOf(definition, aggregate.per)]
      const inPercent = top.unit === bottom.unit
      return {
        shape: 'ratio',
        unit: inPercent ? '%' : top.unit,
        size: top.size,
        per: { size: bottom.size, inPercent },
      }
    }
    case 'percentile':
      return { shape: 'percentile', ...unitOf(definition, aggregate.of), percent: aggregate.percent }
    default:
      return { shape: aggregate.kind, ...unitOf(definition, aggregate.of) }
  }
}
