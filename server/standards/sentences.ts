import { fromDecimal, sub } from '../platform/ratio.ts'
import type { Rule, Target, Words } from './shapes.ts'

const unitWords: Record<string, { zh: string; en: string }> = {
  min: { zh: '分钟', en: ' min' },
  h: { zh: '小时', en: ' h' },
  person_h: { zh: '人时', en: ' person-hours' },
  '%': { zh: '%', en: '%' },
  points: { zh: '分', en: ' points' },
  分: { zh: '分', en: ' points' },
  count: { zh: '次', en: ' times' },
  CNY: { zh: '元', en: ' CNY' },
}
/** What stands behind a number of a unit. */
export const wordsOf = (unit: string): Words =>
  unitWords[unit] ?? { zh: unit, en: unit === '' ? '' : ` ${unit}` }

/** 目标值 as 表1 writes it: `≤30分钟`, `≥90%`. */
export function targetText(target: Target, unit: string): Words {
  const sign = target.operator === '<=' ? '≤' : '≥'
  const word = wordsOf(unit)
  return { zh: `${sign}${short(target.value)}${word.zh}`, en: `${sign} ${short(target.value)}${word.en}` }
}

/** 评分标准 as 表1 writes it: `每超5分钟扣1分,扣完为止`, `每低1%扣0.5分`; part steps are named unless whole. */
export function ruleSentence(rule: Rule, target: Target, unit: string): Words {
  switch (rule.kind) {
    case 'deduct':
      return deductSentence(rule, target, unit)
    case 'bands':
      return bandsSentence(rule.bands, target, unit)
    case 'between':
      return betweenSentence(rule.floor, target, unit)
    case 'pass_fail':
      return { zh: '达标得10分,未达标得0分', en: '10 points when met, otherwise 0' }
  }
}

const stepWords = {
  whole: { zh: '', en: '' },
  linear: { zh: '(按比例)', en: ' (in proportion)' },
  started: { zh: '(不足一步按一步)', en: ' (a part step counts as one)' },
} as const

function deductSentence(rule: Extract<Rule, { kind: 'deduct' }>, target: Target, unit: string): Words {
  const over = target.operator === '<='
  const [points, per, word, step] = [short(rule.points), short(rule.per), wordsOf(unit), stepWords[rule.step]]
  return {
    zh: `每${over ? '超' : '低'}${per}${word.zh}扣${points}分${step.zh}${over ? ',扣完为止' : ''}`,
    en: `${points} off per ${per}${word.en} ${over ? 'over' : 'below'}${step.en}${over ? ', down to 0' : ''}`,
  }
}

function bandsSentence(bands: { from: string; score: string }[], target: Target, unit: string): Words {
  const texts = bands
    .toSorted((a, b) => (sub(fromDecimal(b.score), fromDecimal(a.score)).n > 0n ? 1 : -1))
    .map(({ from, score }) => ({ text: targetText({ ...target, value: from }, unit), score: short(score) }))
  return {
    zh: `${texts.map(({ text, score }) => `${text.zh}得${score}分`).join(',')},其余得0分`,
    en: `${texts.map(({ text, score }) => `${text.en}: ${score}`).join(', ')}, otherwise 0`,
  }
}

function betweenSentence(floor: string, target: Target, unit: string): Words {
  const [low, goal, word] = [short(floor), short(target.value), wordsOf(unit)]
  return {
    zh: `${low}${word.zh}得0分,${goal}${word.zh}得10分,其间按比例`,
    en: `0 at ${low}${word.en}, 10 at ${goal}${word.en}, in proportion between`,
  }
}

/** `25.0000` → `25`: a decimal without the zeros a column adds. */
export function short(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal
}
