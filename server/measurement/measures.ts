import type { FactKind } from '../platform/change.ts'
import { Refusal } from '../platform/refusal.ts'
import type { Tally } from './tallies.ts'

type Shape = 'mean' | 'rate' | 'count' | 'nps'

/** A measure: a formula over facts, read from one tally. The catalogue below is the only list. */
export interface Measure {
  code: string
  name: { zh: string; en: string }
  unit: 'min' | 'h' | '%' | 'count' | '分'
  better: 'lower' | 'higher' | 'none'
  shape: Shape
  /** null where the facts it needs are of no kind we keep yet: always incomputable. */
  tally: Tally | null
  /** counts read the failing half: n − numerator */
  facts: FactKind[]
  /** Fields without which a record cannot be measured. */
  needs: string[]
  formula: { zh: string; en: string }
  source: string
  version: number
}

const orders: FactKind[] = ['work_order']
const ratings: FactKind[] = ['response', 'feedback']

const make = (
  code: string,
  zh: string,
  en: string,
  unit: Measure['unit'],
  better: Measure['better'],
  shape: Shape,
  tally: Tally | null,
  facts: FactKind[],
  needs: string[],
  formulaZh: string,
  formulaEn: string,
  source: string,
): Measure => ({
  code,
  name: { zh, en },
  unit,
  better,
  shape,
  tally,
  facts,
  needs,
  formula: { zh: formulaZh, en: formulaEn },
  source,
  version: 1,
})

export const measures: readonly Measure[] = [
  make(
    'first_response_minutes',
    '首次响应平均时长',
    'Mean first response time',
    'min',
    'lower',
    'mean',
    'first_response',
    orders,
    ['received_at', 'responded_at'],
    'Σ(首次响应−受理)÷已响应工单数，计入受理日',
    'mean(first response − received), on the day received',
    '000, 004',
  ),
  make(
    'response_minutes',
    '平均响应时长',
    'Mean response time (ART)',
    'min',
    'lower',
    'mean',
    null,
    orders,
    ['messages'],
    'Σ每次响应等待÷响应次数，需要逐条消息',
    'Σ wait of every response ÷ responses; needs messages',
    '001',
  ),
  make(
    'response_in_time_rate',
    '响应及时率',
    'Response in time',
    '%',
    'higher',
    'rate',
    'response_in_time',
    orders,
    ['response_due_at'],
    '时限内响应÷（已响应或已到时限）',
    'responded within the limit ÷ (responded or limit passed)',
    '004',
  ),
  make(
    'response_timeouts',
    '响应超时次数',
    'Response timeouts',
    'count',
    'lower',
    'count',
    'response_in_time',
    orders,
    ['response_due_at'],
    '响应时限已过而未按时响应的工单数',
    'orders whose response limit passed',
    '004',
  ),
  make(
    'start_in_time_rate',
    '启动及时率',
    'Start in time',
    '%',
    'higher',
    'rate',
    'start_in_time',
    orders,
    ['started_at', 'start_due_at'],
    '按优先级2/24/48小时内启动÷（已启动或已到时限）',
    'work started within 2/24/48 h by priority',
    '002',
  ),
  make(
    'plan_in_time_rate',
    '方案及时率',
    'Plan in time',
    '%',
    'higher',
    'rate',
    'plan_in_time',
    orders,
    ['plan_confirmed_at', 'plan_due_at'],
    '时限内确认方案÷（已确认或已到时限）',
    'plan confirmed within its limit',
    '001, 002',
  ),
  make(
    'handling_hours',
    '服务处理时长',
    'Handling time',
    'h',
    'lower',
    'mean',
    'handling',
    orders,
    ['started_at', 'resolved_at'],
    'Σ(解决−启动)÷n，计入解决日',
    'mean(resolved − started), on the day resolved',
    '004',
  ),
  make(
    'resolution_hours',
    '平均解决时长',
    'Mean resolution time',
    'h',
    'lower',
    'mean',
    'resolution',
    orders,
    ['received_at', 'resolved_at'],
    'Σ(解决−受理)÷n，计入解决日',
    'mean(resolved − received), on the day resolved',
    '000, 002',
  ),
  make(
    'fault_repair_hours',
    '平均故障解决时间',
    'Mean fault repair time',
    'h',
    'lower',
    'mean',
    'fault_repair',
    orders,
    ['fault_identified_at', 'resolved_at'],
    'Σ(解决−故障确认)÷n，仅故障维修类',
    'mean(resolved − fault identified), repair orders',
    '004',
  ),
  make(
    'resolution_in_time_rate',
    '解决及时率',
    'Resolution in time',
    '%',
    'higher',
    'rate',
    'resolution_in_time',
    orders,
    ['resolution_due_at'],
    '普通24小时、复杂72小时内解决÷（已解决或已到时限）',
    'within 24 h (ordinary) / 72 h (complex) ÷ (resolved or limit passed)',
    '000',
  ),
  make(
    'resolution_timeouts',
    '解决超时次数',
    'Resolution timeouts',
    'count',
    'lower',
    'count',
    'resolution_in_time',
    orders,
    ['resolution_due_at'],
    '解决时限已过而未按时解决的工单数',
    'orders whose resolution limit passed',
    '004',
  ),
  make(
    'first_contact_resolution',
    '一次性解决率',
    'First-contact resolution',
    '%',
    'higher',
    'rate',
    'first_contact',
    orders,
    ['contact_count', 'resolved_at'],
    '联系一次即解决、未重开、7天内同客户同产品同类未再来÷已解决',
    'one contact, not re-opened, nor followed by the same customer, product and category within 7 d ÷ resolved',
    '000, 004',
  ),
  make(
    'fcr_all_rate',
    '首次解决率（总工单口径）',
    'First-time resolved of all',
    '%',
    'higher',
    'rate',
    'fcr_all',
    orders,
    ['contact_count'],
    '首次解决工单数÷期内受理的总工单数',
    'first-time resolved ÷ all orders received in the period',
    '001',
  ),
  make(
    'resolution_rate',
    '问题解决率',
    'Resolution rate',
    '%',
    'higher',
    'rate',
    'resolved_share',
    orders,
    ['received_at'],
    '已解决且未重开÷期内受理',
    'resolved and not re-opened ÷ received in the period',
    '001',
  ),
  make(
    'reopen_rate',
    '重开率',
    'Re-open rate',
    '%',
    'lower',
    'rate',
    'reopened',
    orders,
    ['resolved_at'],
    '7天内重开÷已解决',
    're-opened within the window ÷ resolved',
    'field',
  ),
  make(
    'record_completeness',
    '工单填写完整度',
    'Record completeness',
    '%',
    'higher',
    'rate',
    'completeness',
    orders,
    [],
    '已填必填项÷应填必填项',
    'filled required fields ÷ required fields',
    '000',
  ),
  make(
    'experience_score',
    '客户服务体验评分',
    'Service experience score',
    '分',
    'higher',
    'mean',
    'experience',
    ratings,
    ['overall'],
    '整体满意度(1–5分)的平均',
    'mean of the overall item, 1–5',
    '000',
  ),
  make(
    'csat_rate',
    '客户满意度',
    'Customer satisfaction (CSAT)',
    '%',
    'higher',
    'rate',
    'csat',
    ratings,
    ['overall'],
    '整体满意度≥4分÷评价数',
    'overall ≥ 4 of 5 ÷ ratings',
    '001',
  ),
  make(
    'item_score:response_speed',
    '分项评分·响应速度',
    'Item score: response speed',
    '分',
    'higher',
    'mean',
    'response_speed',
    ['response'],
    ['response_speed'],
    '问题响应速度的平均',
    'mean of the item',
    '002',
  ),
  make(
    'item_score:resolution_efficiency',
    '分项评分·解决效率',
    'Item score: resolution efficiency',
    '分',
    'higher',
    'mean',
    'resolution_efficiency',
    ['response'],
    ['resolution_efficiency'],
    '问题解决效率的平均',
    'mean of the item',
    '002',
  ),
  make(
    'item_score:attitude',
    '分项评分·服务态度',
    'Item score: attitude',
    '分',
    'higher',
    'mean',
    'attitude',
    ['response'],
    ['attitude'],
    '服务态度的平均',
    'mean of the item',
    '002',
  ),
  make(
    'item_score:professionalism',
    '分项评分·专业性',
    'Item score: professionalism',
    '分',
    'higher',
    'mean',
    'professionalism',
    ['response'],
    ['professionalism'],
    '专业性的平均',
    'mean of the item',
    '002',
  ),
  make(
    'nps',
    '净推荐值',
    'Net promoter score',
    '分',
    'higher',
    'nps',
    'nps',
    ['response'],
    ['recommend'],
    '%(9–10)−%(0–6)，范围−100…100',
    '%(9–10) − %(0–6), −100…100',
    '000, 004',
  ),
  make(
    'survey_response_rate',
    '问卷回收率',
    'Survey response rate',
    '%',
    'higher',
    'rate',
    null,
    ['response'],
    ['invitations'],
    '已提交÷已发放，需要发放记录',
    'submitted ÷ sent; needs invitations',
    'field',
  ),
]

export const measureCodes = measures.map((measure) => measure.code)

export const attribution = {
  zh: '计入工单或评价所记的团队、人员、产品',
  en: 'counted for the team, person and product the record carries',
}

/** @throws Refusal 404 naming near codes */
export function measureOf(code: string): Measure {
  const found = measures.find((measure) => measure.code === code)
  if (found) return found
  const near = measureCodes.filter((known) => known.includes(code) || distance(known, code) <= 4).slice(0, 3)
  const hint = near.length > 0 ? near : measureCodes.slice(0, 3)
  throw new Refusal(
    'unknown_measure',
    404,
    {
      zh: `没有指标“${code}”。相近的有：${hint.join('、')}。`,
      en: `There is no measure "${code}". Near: ${hint.join(', ')}.`,
    },
    { near: hint },
  )
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min(
          (row[j] ?? 0) + 1,
          (next[j - 1] ?? 0) + 1,
          (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
        ),
      )
    row = next
  }
  return row[b.length] ?? 0
}
