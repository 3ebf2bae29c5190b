import type { Condition, OwnDefinition, Quantity } from '../../../contract/measurement-own.ts'
import { ownDays, ownField } from '../../../contract/own-fields.ts'
import { isDecimal } from '../../platform/ratio.ts'
import { Refusal } from '../../platform/refusal.ts'
import { sortOf, unitOf } from './read.ts'

/** Refuses (400) definition_unusable what could not be counted; `place` says where: `where.0`, `aggregate.of`. */
export function checkDefinition(definition: OwnDefinition): void {
  const { facts, where, day, aggregate } = definition
  if (!ownDays[facts].includes(day))
    throw unusable('day', '请选择计入哪一天的时间', 'choose the moment whose day a record counts on')
  where.forEach((one, i) => {
    checkCondition(definition, one, `where.${i}`, i + 1)
  })
  if (aggregate.kind === 'count') return
  if (aggregate.kind === 'share') {
    aggregate.meeting.forEach((one, i) => {
      checkCondition(definition, one, `aggregate.meeting.${i}`, i + 1)
    })
    return
  }
  checkNumber(definition, aggregate.of, 'aggregate.of')
  if (aggregate.kind === 'ratio') checkRatio(definition, aggregate.of, aggregate.per)
  if (aggregate.kind === 'percentile' && ownField(facts, aggregate.of.field)?.signed)
    throw unusable(
      'aggregate.of',
      '可能为负的金额不能取分位数',
      'an amount that may lie below zero has no percentile here',
    )
  if (aggregate.kind === 'nps' && unitOf(definition, aggregate.of).unit !== 'count')
    throw unusable(
      'aggregate.of',
      '净推荐值需要 0–10 的打分',
      'a net promoter score needs answers from 0 to 10',
    )
}

function checkNumber({ facts }: OwnDefinition, of: Quantity, place: string): void {
  const sort = sortOf(facts, of)
  if (sort === 'amount') return
  if (sort !== 'time')
    throw unusable(place, '请选择一个数值，或一段时长', 'choose a number, or the time between two moments')
  const ends = [of.field, of.until ?? ''].map((key) => ownField(facts, key)?.kind)
  if (ends.some((kind) => kind !== 'moment') || of.field === of.until)
    throw unusable(place, '时长须从一个时间到另一个时间', 'a time runs from one moment until another one')
}

function checkRatio(definition: OwnDefinition, of: Quantity, per: Quantity): void {
  checkNumber(definition, per, 'aggregate.per')
  const [top, bottom] = [unitOf(definition, of).unit, unitOf(definition, per).unit]
  if (top !== bottom && bottom !== 'count')
    throw unusable(
      'aggregate.per',
      '相除的两个数须同为一种单位，或除以次数',
      'both numbers must have one unit, or the lower one must be a count',
    )
}

const ordered = ['<', '<=', '>', '>=']

function checkCondition(definition: OwnDefinition, one: Condition, place: string, number: number): void {
  const { facts } = definition
  const sort = sortOf(facts, one)
  const part = place.startsWith('where')
    ? { zh: `第${number}个条件`, en: `condition ${number}` }
    : { zh: `占比的第${number}个条件`, en: `condition ${number} of the share` }
  const at = (zh: string, en: string) => unusable(place, `${part.zh}：${zh}`, `${part.en}: ${en}`)
  if (sort === undefined) throw at('请选择字段', 'choose a field')
  if (sort === 'time') checkNumber(definition, one, place)
  const { comparison, values } = one
  if (comparison === 'filled' || comparison === 'blank') {
    if (values.length > 0) throw at('“已填”“未填”不需要值', '“filled” and “blank” take no value')
    return
  }
  if (sort === 'moment')
    throw at(
      '时间只能判断已填或未填，或取到另一时间的时长',
      'a moment is filled or blank, or runs until another one',
    )
  if (values.length === 0 || values.some((value) => value === '')) throw at('请填写值', 'a value is missing')
  const numeric = sort === 'amount' || sort === 'time'
  if (!numeric && ordered.includes(comparison))
    throw at('文字不能比较大小', 'texts are not larger or smaller')
  if (numeric && comparison === 'contains') throw at('数值没有“包含”', 'a number does not contain another')
  if (numeric && !values.every(isNumber)) throw at('值须为数字', 'the value must be a number')
  if (ordered.includes(comparison) && values.length > 1) throw at('只能填一个值', 'takes one value')
}

const isNumber = (text: string): boolean => isDecimal(text) && text.length <= 20

const unusable = (place: string, zh: string, en: string) =>
  new Refusal(
    'definition_unusable',
    400,
    { zh: `口径还不能用：${zh}。`, en: `The definition cannot be used yet: ${en}.` },
    { place },
  )
