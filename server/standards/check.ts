import {
  add,
  compare,
  fromDecimal,
  isDecimal,
  type Ratio,
  ratio,
  toDecimal,
  zero,
} from '../platform/ratio.ts'
import { Refusal } from '../platform/refusal.ts'
import type { Indicator, TimeLimit } from './shapes.ts'

const hundred = ratio(100)

/** Refuses (400) what could not be measured or scored: each refusal names the indicator and the remedy. */
export function checkDraft(
  indicators: readonly Indicator[],
  timeLimits: readonly TimeLimit[],
  knownMeasures?: readonly string[],
): void {
  checkIndicators(indicators, knownMeasures)
  checkSum(indicators)
  checkLimits(timeLimits)
}

/** Refuses (400) what could not be scored, one by one; together they need not weigh 100 yet. */
export function checkIndicators(indicators: readonly Indicator[], knownMeasures?: readonly string[]): void {
  checkCodes(indicators)
  for (const indicator of indicators) {
    if (knownMeasures && !knownMeasures.includes(indicator.measure)) throw unknownMeasure(indicator)
    checkRule(indicator)
    checkWeight(indicator)
  }
}

function checkCodes(indicators: readonly Indicator[]): void {
  const seen = new Set<string>()
  for (const { code } of indicators) {
    if (seen.has(code))
      throw new Refusal(
        'code_twice',
        400,
        {
          zh: `指标代码“${code}”出现了两次,请改其中一个。`,
          en: `The indicator code “${code}” stands twice; change one of them.`,
        },
        { code },
      )
    seen.add(code)
  }
}

const unknownMeasure = ({ code, measure }: Indicator) =>
  new Refusal(
    'unknown_measure',
    400,
    {
      zh: `指标“${code}”用了未知的度量“${measure}”,请从度量目录中选择。`,
      en: `Indicator “${code}” uses the unknown measure “${measure}”; choose one from the catalogue.`,
    },
    { code, measure },
  )

function checkRule({ code, target, rule }: Indicator): void {
  const inRange = (text: string) => {
    const value = fromDecimal(text)
    return value.n >= 0n && compare(value, ratio(10)) <= 0
  }
  if (rule.kind === 'deduct' && (fromDecimal(rule.per).n <= 0n || fromDecimal(rule.points).n <= 0n))
    throw unusableRule(code, '扣分与步长都须大于0', 'points and step must be above 0')
  if (rule.kind === 'bands' && !rule.bands.every(({ score }) => inRange(score)))
    throw unusableRule(code, '各档得分须在0到10之间', 'the score of a band must be from 0 to 10')
  if (rule.kind === 'between') {
    const side = compare(fromDecimal(rule.floor), fromDecimal(target.value))
    if (target.operator === '<=' ? side <= 0 : side >= 0)
      throw unusableRule(
        code,
        '得0分的值须在目标值的不利一侧',
        'the floor must be on the wrong side of the target',
      )
  }
}

const unusableRule = (code: string, zh: string, en: string) =>
  new Refusal(
    'rule_unusable',
    400,
    {
      zh: `指标“${code}”的评分标准无法使用:${zh}。`,
      en: `The rule of indicator “${code}” cannot be used: ${en}.`,
    },
    { code },
  )

function checkWeight({ code, weight }: Indicator): void {
  if (!isStorable(weight))
    throw new Refusal(
      'weight_unusable',
      400,
      {
        zh: `指标“${code}”的权重“${weight}”须在0到100之间,至多四位小数。`,
        en: `The weight “${weight}” of indicator “${code}” must be from 0 to 100 with at most four decimals.`,
      },
      { code, weight },
    )
}

function checkSum(indicators: readonly Indicator[]): void {
  const sum = indicators.map(({ weight }) => fromDecimal(weight)).reduce(add, zero)
  if (compare(sum, hundred) === 0) return
  const said = plain(sum)
  throw new Refusal(
    'weights_not_100',
    400,
    {
      zh: `权重合计为${said},必须正好为100。`,
      en: `The weights total ${said}; they must total exactly 100.`,
    },
    { sum: said },
  )
}

/** The column keeps four decimals: a fifth would be rounded, and the stored weights no longer total 100. */
function isStorable(weight: string): boolean {
  if (!isDecimal(weight)) return false
  const value = fromDecimal(weight)
  return value.n >= 0n && compare(value, hundred) <= 0 && 10_000n % value.d === 0n
}

const plain = (sum: Ratio): string => toDecimal(sum, 4).replace(/\.?0+$/, '')

function checkLimits(timeLimits: readonly TimeLimit[]): void {
  const seen = new Set<string>()
  for (const { clock, priority, complexity, channel, faultLevel, seconds, runs } of timeLimits) {
    if (runs === 'workdays' && seconds % 86_400 !== 0)
      throw new Refusal(
        'limit_unusable',
        400,
        {
          zh: '按工作日计的时限须为整天数，如 3 个工作日；不足一天请改用工作时间的小时数。',
          en: 'A limit in working days is a whole number of days, like 3; for less than a day use hours of working time.',
        },
        { clock, seconds },
      )
    const key = [clock, priority, complexity, channel, faultLevel].join(' ')
    if (seen.has(key))
      throw new Refusal(
        'limit_twice',
        400,
        {
          zh: `同一时限(${key.trim()})出现了两次,请删去其中一个。`,
          en: `The same time limit (${key.trim()}) stands twice; remove one of them.`,
        },
        { clock, priority, complexity, channel, faultLevel },
      )
    seen.add(key)
  }
}
