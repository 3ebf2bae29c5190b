import type { Indicator, Pack, Words } from '../shapes.ts'
import { ruleOrigin, targetOrigin } from './origin.ts'

/** An indicator of a preset with its weight there; what else is given replaces the source's own. */
export const weighing = (
  indicator: Indicator,
  weight: string,
  changed: Partial<Indicator> = {},
): Indicator => ({
  ...indicator,
  ...changed,
  weight,
})

/** An indicator no source gives numbers for: target and rule are our convention, in steps that cost one point. */
export const ours = (
  measure: string,
  name: Words,
  given: Pick<Indicator, 'dimension' | 'source' | 'weight' | 'target'> & { per: string },
): Indicator => {
  const { per, ...fields } = given
  return {
    code: measure,
    measure,
    nameZh: name.zh,
    nameEn: name.en,
    period: 'month',
    rule: { kind: 'deduct', points: '1', per, step: 'whole' },
    minimumN: 10,
    ...fields,
  }
}

/**
 * A preset of an industry: a reviewed choice of indicators and weights on the grounds of a pack of sources. Its
 * account of what comes from where is written from the numbers themselves.
 */
export const industry = (
  base: Pack,
  given: Pick<Pack, 'name' | 'title' | 'indicators'> & Partial<Pick<Pack, 'timeLimits'>>,
): Pack => ({
  timeLimits: base.timeLimits,
  ...given,
  basedOn: base.name,
  source: { zh: accountZh(base, given.indicators), en: accountEn(base, given.indicators) },
})

function accountZh(base: Pack, indicators: readonly Indicator[]): string {
  const [sourced, own] = told(indicators, 'zh', '、')
  return [
    `在“${base.title.zh}”上按行业调整`,
    sourced && `目标值取自来源:${sourced}`,
    own && `目标值为本系统约定:${own}`,
    `扣分步长${stepsOf(indicators, 'zh', '、')}`,
    '指标的选择与权重为本系统约定',
    `时限同“${base.title.zh}”`,
  ]
    .filter(Boolean)
    .join(';')
}

function accountEn(base: Pack, indicators: readonly Indicator[]): string {
  const [sourced, own] = told(indicators, 'en', ', ')
  return [
    `“${base.title.en}” adjusted to the industry`,
    sourced && `targets from sources: ${sourced}`,
    own && `targets that are our convention: ${own}`,
    `steps ${stepsOf(indicators, 'en', ', ')}`,
    'the choice of indicators and their weights are our convention',
    `time limits as in “${base.title.en}”`,
  ]
    .filter(Boolean)
    .join('; ')
}

type Language = keyof Words
const nameOf = (one: Indicator, language: Language) => (language === 'zh' ? one.nameZh : one.nameEn)

/** The indicators whose target stands in a source, each with that source, and those whose target is ours. */
function told(indicators: readonly Indicator[], language: Language, comma: string): [string, string] {
  const origin = (one: Indicator) => targetOrigin(one)?.[language]
  const sourced = indicators.filter((one) => origin(one))
  const brackets = language === 'zh' ? ['(', ')'] : [' (', ')']
  return [
    sourced.map((one) => `${nameOf(one, language)}${brackets[0]}${origin(one)}${brackets[1]}`).join(comma),
    indicators
      .filter((one) => !origin(one))
      .map((one) => nameOf(one, language))
      .join(comma),
  ]
}

function stepsOf(indicators: readonly Indicator[], language: Language, comma: string): string {
  const sourced = indicators.filter((one) => ruleOrigin(one)).map((one) => nameOf(one, language))
  if (language === 'zh')
    return sourced.length === 0 ? '为本系统约定' : `取自表1:${sourced.join(comma)},其余为本系统约定`
  return sourced.length === 0 ? 'are our convention' : `from table 1: ${sourced.join(comma)}; all others ours`
}
