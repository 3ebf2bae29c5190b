import type { states } from '../../contract/measurement.ts'
import {
  add,
  ceil,
  compare,
  div,
  floor,
  fromDecimal,
  greatest,
  least,
  mul,
  type Ratio,
  ratio,
  sub,
  zero,
} from '../platform/ratio.ts'
import type { Rule, Target } from '../standards/index.ts'

export type State = (typeof states)[number]
export type Status = 'met' | 'near' | 'missed'

const ten = ratio(10)
const nine = ratio(9)

/** Points 0..10 of an exact value (never of a displayed, rounded one). A rule is one that `publishStandard` let through. */
export function scoreIndicator(value: Ratio, target: Target, rule: Rule): Ratio {
  const short = shortfall(value, target)
  switch (rule.kind) {
    case 'deduct':
      return clamp(sub(ten, mul(stepsOff(short, rule), fromDecimal(rule.points))))
    case 'bands':
      return clamp(bestBand(value, target, rule.bands))
    case 'between':
      return betweenFloorAndTarget(short, target, rule.floor)
    case 'pass_fail':
      return short.n > 0n ? zero : ten
  }
}

/** How far the value is on the wrong side of the target; zero or negative when the target is met. */
function shortfall(value: Ratio, target: Target): Ratio {
  const goal = fromDecimal(target.value)
  return target.operator === '<=' ? sub(value, goal) : sub(goal, value)
}

function stepsOff(short: Ratio, rule: Extract<Rule, { kind: 'deduct' }>): Ratio {
  if (short.n <= 0n) return zero
  const steps = div(short, fromDecimal(rule.per))
  if (rule.step === 'linear') return steps
  return rule.step === 'whole' ? floor(steps) : ceil(steps)
}

/**
 * 核心指标达成率, in percent: the value of the target where more is better, the target of the value where less is. Past 100 where
 * the target is exceeded; null (not to be computed) where nothing, or less than nothing, would stand below the line, or
 * the value is below zero. The sources name the figure and give no formula; this one is ours.
 */
export function attainmentOf(value: Ratio, target: Target): Ratio | null {
  const goal = fromDecimal(target.value)
  const [above, below] = target.operator === '>=' ? [value, goal] : [goal, value]
  if (below.n <= 0n || above.n < 0n) return null
  return mul(ratio(100), div(above, below))
}

/** A band is earned from its `from` on, towards the better side; the best one earned counts, none earned is 0. */
function bestBand(value: Ratio, target: Target, bands: { from: string; score: string }[]): Ratio {
  return bands
    .filter(({ from }) => shortfall(value, { ...target, value: from }).n <= 0n)
    .map(({ score }) => fromDecimal(score))
    .reduce(greatest, zero)
}

function betweenFloorAndTarget(short: Ratio, target: Target, floorText: string): Ratio {
  if (short.n <= 0n) return ten
  const width = shortfall(fromDecimal(floorText), target)
  return width.n <= 0n ? zero : clamp(mul(ten, sub(ratio(1), div(short, width))))
}

const clamp = (points: Ratio): Ratio => greatest(zero, least(ten, points))

/** met: the target is reached; near: missed by no more than one step of the rule, or 9 points and more; else missed. */
export function statusOf(value: Ratio, target: Target, rule: Rule): Status {
  const short = shortfall(value, target)
  if (short.n <= 0n) return 'met'
  if (rule.kind === 'deduct' && compare(short, fromDecimal(rule.per)) <= 0) return 'near'
  return compare(scoreIndicator(value, target, rule), nine) >= 0 ? 'near' : 'missed'
}

export interface ScoredRow {
  code: string
  score: Ratio | null
  weight: string
  state: State
}

export interface Total {
  /** Points 0..10; null when a row failed or nothing carries weight. */
  total: Ratio | null
  /** Σ weight of the rows that counted. */
  baseWeight: Ratio
  leftOut: { code: string; state: State }[]
}

/** Σ weight × score ÷ Σ weight of the rows that have a score; `few` counts, none and incomputable leave the base. */
export function scoreTotal(rows: readonly ScoredRow[]): Total {
  let points = zero
  let baseWeight = zero
  const leftOut: Total['leftOut'] = []
  for (const { code, score, weight, state } of rows) {
    if (score === null || (state !== 'ok' && state !== 'few')) {
      leftOut.push({ code, state })
      continue
    }
    points = add(points, mul(score, fromDecimal(weight)))
    baseWeight = add(baseWeight, fromDecimal(weight))
  }
  const failed = rows.some(({ state }) => state === 'failed')
  return { total: failed || baseWeight.n === 0n ? null : div(points, baseWeight), baseWeight, leftOut }
}
