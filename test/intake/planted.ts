import { csvLine } from '../../server/platform/spreadsheet.ts'

/** A file whose truth is known: what each row means, how it is written, and what was planted into it. */
export const header = [
  '工单编号',
  '客户信息',
  '产品/服务名称',
  '问题描述',
  '问题分类',
  '优先级',
  '复杂程度',
  '处理人',
  '受理时间',
  '首次响应时间',
  '解决时间',
  '重开次数',
  '联系次数',
  '满意度评分',
  '费用',
  '响应是否及时',
  '门店',
] as const
type Column = (typeof header)[number]

/** Each kind of fault: where, what stands there, and the code it must be rejected with. A null column is the whole row. */
export const plantedFaults: readonly [column: Column | null, text: string, code: string][] = [
  ['工单编号', '', 'required'],
  ['工单编号', '   ', 'required'],
  ['工单编号', 'N/A', 'required'],
  ['工单编号', '1.38E+10', 'excel_scientific'],
  ['工单编号', 'X\0Y', 'nul_character'],
  ['客户信息', '1.38E+10', 'excel_scientific'],
  ['问题描述', '长'.repeat(32_768), 'too_long'],
  ['问题描述', '卡\0纸', 'nul_character'],
  ['优先级', 'P99', 'unknown_word'],
  ['优先级', '紧 急!', 'unknown_word'],
  ['优先级', '5', 'unknown_word'],
  ['复杂程度', '超难', 'unknown_word'],
  ['受理时间', 'gestern', 'not_a_date'],
  ['受理时间', '2024-02-30', 'not_a_date'],
  ['受理时间', '2023-02-29 10:00', 'not_a_date'],
  ['受理时间', '2024-13-01 10:00', 'not_a_date'],
  ['受理时间', '2024-05-01 25:00', 'not_a_date'],
  ['受理时间', '2024-05-01 10:61', 'not_a_date'],
  ['受理时间', '2024/4/31 10:00', 'not_a_date'],
  ['受理时间', '1970-01-01', 'implausible_time'],
  ['受理时间', '2099-01-01', 'implausible_time'],
  ['受理时间', '2.02E+13', 'excel_scientific'],
  ['首次响应时间', '下周二', 'not_a_date'],
  ['首次响应时间', '10:30', 'not_a_date'],
  ['解决时间', '2024年', 'not_a_date'],
  ['解决时间', '#REF!', 'not_a_date'],
  ['解决时间', '2024-00-10', 'not_a_date'],
  ['重开次数', '两次', 'not_a_number'],
  ['重开次数', '1.5', 'not_an_integer'],
  ['重开次数', '-1', 'out_of_range'],
  ['联系次数', '99999999999', 'out_of_range'],
  ['联系次数', '很多', 'not_a_number'],
  ['联系次数', '2.25', 'not_an_integer'],
  ['联系次数', '1e', 'not_a_number'],
  ['满意度评分', '6', 'out_of_range'],
  ['满意度评分', '0分', 'out_of_range'],
  ['满意度评分', '-3', 'out_of_range'],
  ['满意度评分', '很好', 'not_a_number'],
  ['满意度评分', '95%', 'out_of_range'],
  ['费用', '12,5', 'decimal_comma'],
  ['费用', '1.2.3', 'not_a_number'],
  ['费用', '约100', 'not_a_number'],
  ['费用', '1.28E+05', 'excel_scientific'],
  ['响应是否及时', '大概', 'not_a_boolean'],
  ['响应是否及时', '2', 'not_a_boolean'],
  [null, 'no times', 'no_time'],
  [null, 'surplus', 'surplus_cells'],
]

/** What a row means, worked out before it is written; instants in ISO. */
export interface Meaning {
  external_id: string
  customer: string
  product: string
  problem: string
  category: string
  subcategory: string | null
  priority: string | null
  complexity: string | null
  agent: string
  received_at: string
  responded_at: string | null
  resolved_at: string | null
  reopen_count: number | null
  contact_count: number | null
  score: string | null
  cost: string | null
  response_in_time: boolean | null
}

export interface PlantedRow {
  line: number
  meaning: Meaning
  /** As it should be written. */
  right: string[]
  /** As the file has it. */
  cells: string[]
  fault: (typeof plantedFaults)[number] | null
}

/** Rows of which `each` of every kind of fault are wrong; the same for the same seed. */
export function plantedRows(count: number, each: number, seed: number): PlantedRow[] {
  const random = dice(seed)
  const rows = Array.from({ length: count }, (_, i) => rowOf(i, random))
  const free = rows.map((_, i) => i)
  for (const fault of plantedFaults)
    for (let n = 0; n < each; n++) {
      const [at] = free.splice(random(free.length), 1)
      plant(rows[at ?? 0]!, fault)
    }
  return rows
}

export const csvOf = (rows: PlantedRow[]): string =>
  [header, ...rows.map(({ cells }) => cells)].map((cells) => csvLine([...cells])).join('')

function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

const two = (n: number): string => String(n).padStart(2, '0')

/** A wall time in Shanghai, eight hours ahead, in one of the ways files write it. */
function timeOf(day: number, hour: number, minute: number, way: number): { text: string; iso: string } {
  const at = new Date(Date.UTC(2024, 4, day, hour, minute) - 8 * 3_600_000).toISOString()
  const texts = [
    `2024-05-${two(day)} ${two(hour)}:${two(minute)}`,
    `2024/5/${day} ${hour}:${two(minute)}`,
    `2024年5月${day}日 ${hour}时${minute}分`,
    `2024-05-${two(day)}${two(hour)}:${two(minute)}`,
    `2024-05-${two(day)}T${two(hour)}:${two(minute)}:00+08:00`,
  ]
  return { text: texts[way] ?? '', iso: at }
}

function rowOf(i: number, random: (below: number) => number): PlantedRow {
  const pick = <T>(...options: [string, T][]): [string, T] => options[random(options.length)]!
  const day = 1 + random(27)
  const hour = random(12)
  const received = timeOf(day, hour, random(60), random(5))
  const responded = random(4) === 0 ? null : timeOf(day, hour + 1, random(60), random(5))
  const resolved = random(3) === 0 ? null : timeOf(day + 1, hour + 2, random(60), random(5))
  const problem = [
    '屏幕"触控"不灵敏',
    '卡纸,未解决',
    '＝不是公式',
    "'=1+1",
    ' 前后空格 ',
    '-5 度不开机',
    '@全体',
  ][random(7)]!
  const [category, meant] = pick<[string, string | null]>(
    ['故障维修-硬件', ['repair', '硬件']],
    ['使用咨询', ['consultation', null]],
    ['服务投诉', ['complaint', null]],
    ['以旧换新', ['以旧换新', null]],
  )
  const [priority, urgency] = pick<string | null>(
    ['紧急', 'urgent'],
    ['重要', 'important'],
    ['一般', 'normal'],
    ['', null],
  )
  const [complexity, hardness] = pick<string | null>(['普通', 'ordinary'], ['复杂', 'complex'], ['', null])
  const [reopened, reopenCount] = pick<number | null>(['0', 0], ['1次', 1], ['', null])
  const [contacts, contactCount] = pick<number | null>(['1', 1], ['２', 2], ['', null])
  const [score, points] = pick<string | null>(
    ['4分', '4'],
    ['5', '5'],
    ['４', '4'],
    ['3.5', '3.5'],
    ['', null],
  )
  const [cost, money] = pick<string | null>(['¥1,280.50', '1280.5'], ['99', '99'], ['0', '0'], ['', null])
  const [inTime, verdict] = pick<boolean | null>(['是', true], ['N', false], ['', null])
  const meaning: Meaning = {
    external_id: `SR${String(i).padStart(6, '0')}`,
    customer: `客户${random(500)}`,
    product: `产品${random(12)}`,
    problem: problem.trim(),
    category: meant[0],
    subcategory: meant[1],
    priority: urgency,
    complexity: hardness,
    agent: `员工${random(30)}`,
    received_at: received.iso,
    responded_at: responded?.iso ?? null,
    resolved_at: resolved?.iso ?? null,
    reopen_count: reopenCount,
    contact_count: contactCount,
    score: points,
    cost: money,
    response_in_time: verdict,
  }
  const right = [
    meaning.external_id,
    meaning.customer,
    meaning.product,
    problem,
    category,
    priority,
    complexity,
    meaning.agent,
    received.text,
    responded?.text ?? '',
    resolved?.text ?? '',
    reopened,
    contacts,
    score,
    cost,
    inTime,
    `门店${random(9)}`,
  ]
  return { line: i + 2, meaning, right, cells: right, fault: null }
}

function plant(row: PlantedRow, fault: (typeof plantedFaults)[number]): void {
  const [column, text, code] = fault
  const cells = [...row.right]
  if (column !== null) cells[header.indexOf(column)] = text
  else if (code === 'no_time')
    for (const name of ['受理时间', '首次响应时间', '解决时间'] as const) cells[header.indexOf(name)] = ''
  else cells.push('多', '余')
  row.cells = cells
  row.fault = fault
}
