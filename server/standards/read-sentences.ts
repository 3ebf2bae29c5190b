import { compare, fromDecimal, isDecimal } from '../platform/ratio.ts'
import { short } from './sentences.ts'
import type { Rule, Target, Words } from './shapes.ts'

/** Why a cell was not understood, and what it may say; the text itself is for a person to decide. */
export interface Fault {
  fault: Words
}

/** The unit is a measure's unit where the word is known, the word itself where not, '' where none stands. */
export interface ReadTarget {
  target: Target
  unit: string
}

/** Without an operator where the sentence does not tell the side, without a unit where it needs none. */
export interface ReadRule {
  rule: Rule
  operator?: Target['operator']
  unit?: string
}

const longest = 400

/** Reads 目标值: `≤30分钟`, `>= 90 %`, `不低于4.5分`, `24小时以内`; full-width characters are as good as others. */
export function parseTargetText(text: string): ReadTarget | Fault {
  const squeezed = squeeze(text)
  const read = squeezed === undefined ? undefined : bound(squeezed)
  return (
    read ?? {
      fault: {
        zh: `读不懂目标值“${text.slice(0, 60)}”,请写成 ≤30分钟、≥90% 这样。`,
        en: `The target “${text.slice(0, 60)}” is not understood; write it like ≤30 min or ≥90%.`,
      },
    }
  )
}

/**
 * Reads a 评分标准 sentence of any of the four kinds in either language, as `ruleSentence` prints it or typed by hand:
 * `每超5分钟扣1分,扣完为止`. Compare the unit with the measure's: 每超1小时 is not one minute.
 */
export function parseRuleSentence(text: string): ReadRule | Fault {
  const squeezed = squeeze(text)
  const read =
    squeezed === undefined
      ? undefined
      : (passOrFail(squeezed) ?? deduction(squeezed) ?? between(squeezed) ?? bands(squeezed))
  return (
    read ?? {
      fault: {
        zh: `读不懂评分标准“${text.slice(0, 60)}”,请写成 每超5分钟扣1分,扣完为止 这样。`,
        en: `The rule “${text.slice(0, 60)}” is not understood; write it like 1 off per 5 min over, down to 0.`,
      },
    }
  )
}

/** Blanks mean nothing in this grammar, in neither language; width neither. */
function squeeze(text: string): string | undefined {
  if (text.length > longest) return undefined
  return text
    .normalize('NFKC')
    .replaceAll(/\s/g, '')
    .replace(/[。.;]+$/, '')
}

const signs: [RegExp, Target['operator']][] = [
  [/^(?:≤|≦|⩽|<=|=<|不超过|不高于|不大于|不多于|atmost)/, '<='],
  [/^(?:≥|≧|⩾|>=|=>|不低于|不少于|不小于|atleast)/, '>='],
]
const endings: [RegExp, Target['operator']][] = [
  [/(?:以内|及?以下)$/, '<='],
  [/及?以上$/, '>='],
]

/** One side told once: in front by a sign, or behind by 以内 and 以上. */
function bound(text: string): ReadTarget | undefined {
  for (const [mark, operator] of [...signs, ...endings]) {
    const quantity = mark.test(text) ? quantityOf(text.replace(mark, '')) : undefined
    if (quantity) return { target: { operator, value: quantity.value }, unit: quantity.unit }
  }
  return undefined
}

const unitOfWord: Record<string, string> = {
  秒: 's',
  s: 's',
  seconds: 's',
  分钟: 'min',
  min: 'min',
  minutes: 'min',
  小时: 'h',
  h: 'h',
  hours: 'h',
  人时: 'person_h',
  'person-hours': 'person_h',
  '%': '%',
  百分点: '%',
  个百分点: '%',
  分: '分',
  points: '分',
  次: 'count',
  times: 'count',
  元: 'CNY',
  CNY: 'CNY',
}

function quantityOf(text: string): { value: string; unit: string } | undefined {
  const [, value = '', word = ''] = /^(-?[\d.]+)(\D*)$/.exec(text) ?? []
  if (!isStorable(value) || /[,:<>=≤≥]/.test(word)) return undefined
  return { value: short(value), unit: Object.hasOwn(unitOfWord, word) ? unitOfWord[word]! : word }
}

const isStorable = (value: string): boolean => isDecimal(value) && /^-?\d{1,9}(\.\d{1,6})?$/.test(value)

const passOrFail = (text: string): ReadRule | undefined =>
  /^(达标得10分,(未达标|否则)得?0分|10pointswhenmet,otherwise0)$/.test(text)
    ? { rule: { kind: 'pass_fail' } }
    : undefined

const deductZh =
  /^每(超过?|高于?|多|低于?|少于?)([\d.]+\D*?)扣([\d.]+)分(\(按比例\)|\(不足一步按一步\))?(?:[,;]?扣完为止)?$/
const deductEn =
  /^([\d.]+)(?:points?)?offper([\d.]+\D*?)(over|below)(\(inproportion\)|\(apartstepcountsasone\))?(?:,downto0)?$/

function deduction(text: string): ReadRule | undefined {
  const zh = deductZh.exec(text)
  const en = deductEn.exec(text)
  const [side = '', per = '', points = '', part = ''] = zh?.slice(1) ?? [en?.[3], en?.[2], en?.[1], en?.[4]]
  const step = quantityOf(per)
  if (!step || !isStorable(points) || fromDecimal(step.value).n <= 0n || fromDecimal(points).n <= 0n)
    return undefined
  const stepKind = part === '' ? 'whole' : /按比例|proportion/.test(part) ? 'linear' : 'started'
  return {
    rule: { kind: 'deduct', points: short(points), per: step.value, step: stepKind },
    operator: /^(超|高|多|over)/.test(side) ? '<=' : '>=',
    unit: step.unit,
  }
}

const betweenZh = /^(-?[\d.]+\D*)得0分,(-?[\d.]+\D*)得10分,其间按比例$/
const betweenEn = /^0at(-?[\d.]+\D*),10at(-?[\d.]+\D*),inproportionbetween$/

function between(text: string): ReadRule | undefined {
  const [, lowText = '', goalText = ''] = betweenZh.exec(text) ?? betweenEn.exec(text) ?? []
  const low = quantityOf(lowText)
  const goal = quantityOf(goalText)
  if (!low || !goal || low.unit !== goal.unit || low.value === goal.value) return undefined
  const rises = compare(fromDecimal(low.value), fromDecimal(goal.value)) < 0
  return { rule: { kind: 'between', floor: low.value }, operator: rises ? '>=' : '<=', unit: low.unit }
}

/** `≥90%得10分,≥80%得6分,其余得0分`: all bands on one side and in one unit, or it is not a table of bands. */
function bands(text: string): ReadRule | undefined {
  const parts = text.split(/[,;]/)
  if (!/^(其余得?0分|otherwise0)$/.test(parts.pop() ?? '')) return undefined
  const read = parts.map((part) => {
    const [, at = '', zh, en = ''] = /^(.+?)(?:得([\d.]+)分|:([\d.]+))$/.exec(part) ?? []
    return { from: bound(at), score: zh ?? en }
  })
  const first = read[0]?.from
  if (!first || read.length > 20) return undefined
  const found: { from: string; score: string }[] = []
  for (const { from, score } of read) {
    if (from?.target.operator !== first.target.operator || from.unit !== first.unit || !isStorable(score))
      return undefined
    found.push({ from: from.target.value, score: short(score) })
  }
  return { rule: { kind: 'bands', bands: found }, operator: first.target.operator, unit: first.unit }
}
