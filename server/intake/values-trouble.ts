/** Something wrong (a fault) or doubtful (a warning) about a value, in both languages. */
export interface Trouble {
  code: TroubleCode
  zh: string
  en: string
}

/** A value, perhaps with a warning, or the reason why there is none. */
export type Parsed<Value> = { value: Value; warning?: Trouble } | { fault: Trouble }

/** The trouble of a code; `{}` in its sentences becomes the detail. */
export function trouble(code: TroubleCode, detail?: string): Trouble {
  if (detail === undefined) return plain[code]
  const { zh, en } = plain[code]
  return { code, zh: zh.replace('{}', () => detail), en: en.replace('{}', () => detail) }
}

export type TroubleCode = keyof typeof sentences

const sentences = {
  required: ['必填，不能为空', 'required, must not be blank'],
  no_time: [
    '没有任何时间，无法归入统计周期。请至少填写一个时间',
    'no time at all, so it belongs to no period; give one time at least',
  ],
  formula_cell: [
    '是公式，不会计算。请复制后“选择性粘贴为数值”',
    'a formula, which is never calculated; paste it as a value',
  ],
  error_cell: ['是错误值 {}，请改为实际内容', 'an error value {}; put the real content'],
  nul_character: ['含有空字符（NUL），请删除', 'holds a NUL character; remove it'],
  too_long: ['超过 32,767 个字符，请缩短', 'longer than 32,767 characters; shorten it'],
  no_such_date: ['日期序号 {} 没有对应的日期', 'no calendar has a day for the date number {}'],
  surplus_cells: [
    '比表头多出内容“{}”。请检查是否有未加引号的分隔符',
    'texts beyond the last column: "{}"; look for a delimiter that needs quotes',
  ],
  excel_scientific: [
    '被 Excel 改成了科学计数法 {}，原来的数字已丢失。请按文本格式重新导出',
    'turned into {} by Excel, the digits are lost; export the column as text',
  ],
  digits_lost: [
    '超过 15 位的数字 {} 可能已被 Excel 截断，请核对',
    'Excel keeps 15 digits only: {} may have lost the others, please check',
  ],
  not_a_date: ['“{}”不是可识别的时间，例如 2024-10-01 14:30', '"{}" is not a time, such as 2024-10-01 14:30'],
  not_in_format: ['与指定的格式 {} 不符', 'does not fit the format {}'],
  nonexistent_time: ['此刻因夏令时在 {} 不存在', 'the clocks of {} skipped this time'],
  repeated_time: [
    '此刻因夏令时出现两次，取较早的一次',
    'the clocks showed this time twice; the first is taken',
  ],
  implausible_time: [
    '不在 1990 年至后年之间，请核对',
    'not between 1990 and two years from now; please check',
  ],
  ambiguous_date: [
    '无法区分日和月，按 {} 读取，请核对',
    'day and month cannot be told apart; read as {}, please check',
  ],
  undecided_date: [
    '“{}”分不清日和月。请在对应关系中写明格式，例如 dd/MM/yyyy',
    'day and month of "{}" cannot be told apart; give the format, such as dd/MM/yyyy',
  ],
  not_a_number: ['“{}”不是数字', '"{}" is not a number'],
  not_an_integer: ['“{}”不是整数', '"{}" is not a whole number'],
  decimal_comma: [
    '“{}”的逗号含义不明。小数请用点号',
    'the comma in "{}" may mean two things; write decimals with a point',
  ],
  remark_dropped: ['括号内的说明未读取', 'the remark in brackets was left out'],
  out_of_range: ['应在 {} 之间', 'must be between {}'],
  not_hours: [
    '“{}”不是小时数。请写小时，如 7.5；分钟和课时请先折算',
    '"{}" is no number of hours; write hours like 7.5, with minutes and lessons converted',
  ],
  rounded: ['保留 {} 位小数', 'rounded to {} decimals'],
  rating_rounded: ['保留一位小数', 'rounded to one decimal'],
  not_a_boolean: ['“{}”不是是/否', '"{}" is neither yes nor no'],
  unknown_word: ['不认识“{}”', 'does not know "{}"'],
  blank_agent: ['责任人为空', 'no responsible person'],
  blank_customer: [
    '没有客户，不计入复购、留存等按客户统计的指标',
    'no customer: it counts in no measure of customers, such as repeat purchases',
  ],
  negative_duration: ['{}', '{}'],
  month_only: ['没有受理时间，按反馈编号归入该月', 'no time given; placed in the month of its number'],
} as const

const plain = Object.fromEntries(
  Object.entries(sentences).map(([code, [zh, en]]) => [code, { code, zh, en }]),
) as Record<TroubleCode, Trouble>
