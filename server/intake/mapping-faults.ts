/** Why a mapping cannot be used: nothing is read before it is mended. */
export interface MappingFault {
  code: MappingFaultCode
  zh: string
  en: string
  column?: string
  field?: string
  suggestions?: string[]
}

export type MappingFaultCode = keyof typeof sentences

const sentences = {
  not_a_mapping: ['对应关系文件有误：{}', 'the mapping is not valid: {}'],
  no_such_column: ['文件中没有“{}”列', 'the file has no column "{}"'],
  unclear_column: [
    '文件中有多列都像“{}”，请写出完整列名',
    'several columns resemble "{}"; write the full name',
  ],
  no_such_field: ['没有“{}”这个字段', 'there is no field "{}"'],
  field_twice: ['字段“{}”对应了两列，请只保留一列', 'two columns go to the field "{}"; keep one'],
  required_unmapped: ['必填字段“{}”还没有对应的列', 'no column goes to the required field "{}"'],
  no_time_column: [
    '没有任何时间列，工单无法归入统计周期。请至少对应一个时间字段',
    'no column holds a time, so no order belongs to a period; map one time field at least',
  ],
  format_without_time: ['“{}”不是时间字段，不能指定格式', '"{}" is not a time, so it takes no format'],
  bad_format: [
    '时间格式“{}”无法使用，请参照 yyyy/M/d H:mm:ss',
    'the format "{}" cannot be used; write it like yyyy/M/d H:mm:ss',
  ],
  bad_word: ['“{}”不是该字段可用的取值', '"{}" is not a value of this field'],
  unknown_zone: ['没有时区“{}”，请写如 Asia/Shanghai', 'there is no zone "{}"; write it like Asia/Shanghai'],
} as const

export function mappingFault(
  code: MappingFaultCode,
  detail: string,
  place: { column?: string; field?: string; suggestions?: string[] } = {},
): MappingFault {
  const [zh, en] = sentences[code]
  const { suggestions = [] } = place
  const hintZh = suggestions.length > 0 ? `。是否为：${suggestions.join('、')}？` : ''
  const hintEn =
    suggestions.length > 0 ? `; did you mean ${suggestions.map((name) => `"${name}"`).join(', ')}?` : ''
  const short = detail.length > 100 ? `${detail.slice(0, 100)}…` : detail
  return {
    code,
    zh: zh.replace('{}', () => short) + hintZh,
    en: en.replace('{}', () => short) + hintEn,
    ...place,
  }
}
