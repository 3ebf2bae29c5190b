import { eventMeanings } from '../../cases/index.ts'
import {
  agents,
  bring,
  categories,
  channels,
  customers,
  instant,
  iso,
  minute,
  products,
  times,
  type World,
} from './world.ts'

/** Few numbers, so that a later file meets the rows of an earlier one. */
export function importOrders(w: World): Promise<void> {
  const { c } = w
  const rows = Array.from({ length: 1 + c.below(12) }, () => ({
    external_id: `W${c.below(60)}`,
    ...Object.fromEntries(Object.entries(times(w)).map(([name, at]) => [name, iso(at)])),
    category: c.pick([...categories, '']),
    channel: c.pick([...channels, '']),
    priority: c.pick(['urgent', 'important', 'normal', '']),
    product: c.pick(products),
    agent: c.pick(agents),
    responder: c.pick(['', '', ...agents]),
    unit: c.pick(['一组', '二组', '三组', '']),
    customer: c.pick(customers),
    serial: c.pick(['', 'A1', 'A1', 'B2']),
    fault_level: c.pick(['', '一级', '二级']),
    resolution_mode: c.pick(['', '远程', '自助', '上门']),
    cost: c.pick(['', '0', '12.5', '-3.01']),
    contact_count: c.pick(['', '1', '1', '2']),
    visits: c.pick(['', '0', '1', '1', '2']),
    first_diagnosis: c.pick(['', '电源板', '电 源板', '主板']),
    final_cause: c.pick(['', '电源板', '主板']),
    redone: c.pick(['', '是', '否']),
    plan_replaced: c.pick(['', '是', '否']),
    ...c.pick([
      { parts_requested: '', parts_filled: '' },
      { parts_requested: '0', parts_filled: '0' },
      { parts_requested: '3', parts_filled: '2' },
      { parts_requested: '2', parts_filled: '' },
    ]),
    article: c.pick(['', 'KB-1']),
    reopen_count: c.pick(['', '', '0', '1', '2']),
    response_in_time: c.pick(['', '', '', '是', '否']),
    score: c.pick(['', '4', '3.9', '5']),
    excluded_reason: c.often(0.05) ? '测试单' : '',
  }))
  // A file with fewer columns leaves the others of a known row as they are.
  const dropped = c.often(0.3) ? c.pick(['agent', 'category', 'resolved_at', 'score', 'unit', 'article']) : ''
  return bring(
    w,
    'work-orders',
    rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== dropped))),
  )
}

export function importFeedback(w: World): Promise<void> {
  const { c } = w
  return bring(
    w,
    'feedback',
    Array.from({ length: 1 + c.below(6) }, () => ({
      external_id: `F${c.below(20)}`,
      received_at: iso(instant(w)),
      score: c.pick(['5', '4', '3.9', '2', '3', '']),
      suggestion: c.pick(['', '', '无', '少排队']),
      status: c.pick(['open', 'in_progress', 'closed', '']),
      replied_at: c.often(0.4) ? iso(instant(w)) : '',
      agent: c.pick(agents),
      product: c.pick(products),
      channel: c.pick(channels),
    })),
  )
}

/** Of orders that are there or come later, twice about one, and answered or not. */
export function importInvitations(w: World): Promise<void> {
  const { c } = w
  return bring(
    w,
    'invitations',
    Array.from({ length: 1 + c.below(10) }, () => {
      const sent = instant(w)
      return {
        external_id: `Y${c.below(40)}`,
        work_order: c.pick(['', `W${c.below(60)}`, `W${c.below(60)}`, `E${c.below(8)}`]),
        round: c.pick(['', '1', '1', '2']),
        sent_at: iso(sent),
        submitted_at: c.often(0.2) ? iso(sent + (c.below(9000) - 500) * minute) : '',
        channel: c.pick(['短信', 'email', '']),
        excluded_reason: c.often(0.05) ? '测试' : '',
      }
    }),
  )
}

export function importResponses(w: World): Promise<void> {
  const { c } = w
  return bring(
    w,
    'responses',
    Array.from({ length: 1 + c.below(10) }, () => ({
      external_id: `R${c.below(40)}`,
      work_order: c.pick(['', `W${c.below(60)}`, `W${c.below(60)}`]),
      invitation: c.pick(['', `Y${c.below(40)}`]),
      submitted_at: iso(instant(w)),
      overall: c.pick(['', '5', '4', '3.1', '3']),
      attitude: c.pick(['', '5', '2']),
      channel_ease: c.pick(['', '4']),
      handling_quality: c.pick(['', '4.7', '1']),
      suggestion: c.pick(['', '', '少排队']),
      replied_at: c.often(0.4) ? iso(instant(w)) : '',
    })),
  )
}

export function importCalls(w: World): Promise<void> {
  const { c } = w
  return bring(
    w,
    'calls',
    Array.from({ length: 1 + c.below(8) }, () => {
      const started = instant(w)
      return {
        external_id: `T${c.below(25)}`,
        channel: c.pick(['phone', 'chat', '门店', '']),
        started_at: iso(started),
        answered_at: c.often(0.7) ? iso(started + c.pick([0, 9, 10, 11]) * 1000) : '',
        rings: c.pick(['', '0', '3', '4']),
        agent: c.pick(agents),
        product: c.pick(products),
        work_order: c.pick(['', 'W1', 'W2', 'nobody']),
        excluded_reason: c.often(0.05) ? '骚扰' : '',
      }
    }),
  )
}

export function importInspections(w: World): Promise<void> {
  const { c } = w
  return bring(
    w,
    'inspections',
    Array.from({ length: 1 + c.below(5) }, () => ({
      external_id: `Q${c.below(15)}`,
      kind: c.pick(['质检', '神秘顾客', '']),
      inspected_at: iso(instant(w)),
      contact_at: c.often(0.7) ? iso(instant(w)) : '',
      agent: c.pick(agents),
      work_order: c.pick(['', 'W1', 'W2']),
      score: c.pick(['', '88.125', '100']),
      fields_inspected: '10',
      fields_right: c.pick(['10', '7', '0']),
      nodes_inspected: '5',
      nodes_right: c.pick(['5', '3']),
      '礼仪-问候语(10)': c.pick(['', '7', '10']),
      '用语-禁语(否决)': c.pick(['', '通过', '未通过']),
      '流程-核实(3)': c.pick(['', '1', '2.5']),
    })),
  )
}

export function importTrainings(w: World): Promise<void> {
  const { c } = w
  return bring(
    w,
    'trainings',
    Array.from({ length: 1 + c.below(5) }, () => ({
      external_id: `P${c.below(15)}`,
      kind: c.pick(['培训', '考试', '']),
      held_at: iso(instant(w)),
      agent: c.pick(agents),
      hours: c.pick(['7.5', '0', '']),
      score: c.pick(['', '59.5', '100']),
      passed: c.pick(['', '是', '否']),
    })),
  )
}

export function importPurchases(w: World): Promise<void> {
  const { c } = w
  return bring(
    w,
    'purchases',
    Array.from({ length: 1 + c.below(8) }, () => ({
      external_id: `G${c.below(30)}`,
      customer: c.pick(['甲', '乙', '丙', '']),
      product: c.pick(products),
      amount: c.pick(['', '0', '19.90', '1280.5']),
      ordered_at: iso(instant(w)),
      channel: c.pick(channels),
      agent: c.pick(agents),
      excluded_reason: c.often(0.05) ? '退货' : '',
    })),
  )
}

export function importAttendance(w: World): Promise<void> {
  const { c } = w
  return bring(
    w,
    'attendance',
    Array.from({ length: 1 + c.below(5) }, () => ({
      external_id: `K${c.below(15)}`,
      worked_at: iso(instant(w)),
      agent: c.pick(agents),
      scheduled_hours: c.pick(['8', '0', '7.5', '0.3333']),
      worked_hours: c.pick(['8', '0', '']),
      on_duty: c.pick(['', '是', '否']),
      qualified: c.pick(['', '是', '否']),
    })),
  )
}

export function importMessages(w: World): Promise<void> {
  const { c } = w
  return bring(
    w,
    'messages',
    Array.from({ length: 1 + c.below(12) }, () => ({
      external_id: `M${c.below(40)}`,
      conversation: `S${c.below(5)}`,
      sender: c.pick(['customer', 'agent', 'automatic', 'agent', 'customer']),
      sent_at: iso(instant(w)),
      channel: c.pick(['chat', '门店', '']),
      agent: c.pick(agents),
      unit: c.pick(['一组', '二组', '三组', '']),
      work_order: c.pick(['', 'W1', 'W2', 'nobody']),
      excluded_reason: c.often(0.1) ? '测试' : '',
    })),
  )
}

export function importCosts(w: World): Promise<void> {
  const { c } = w
  return bring(
    w,
    'costs',
    Array.from({ length: 1 + c.below(8) }, () => ({
      external_id: `Y${c.below(25)}`,
      incurred_at: iso(instant(w)),
      kind: c.pick(['labour', 'parts', 'travel', 'compensation']),
      amount: c.pick(['0', '12.5', '0.01', '999']),
      work_order: c.pick(['', ...Array.from({ length: 12 }, (_, i) => `W${i}`), 'E1']),
      agent: c.pick(agents),
      excluded_reason: c.often(0.1) ? '记错' : '',
    })),
  )
}

export function importEvents(w: World): Promise<void> {
  const { c } = w
  return bring(
    w,
    'events',
    Array.from({ length: 1 + c.below(15) }, () => ({
      case: `E${c.below(8)}`,
      activity: c.pick([...eventMeanings]),
      at: iso(instant(w)),
      actor: c.pick(agents),
    })),
  )
}
