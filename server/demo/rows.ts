import { DAY_MS, dayToDate, monthStart, type Zone } from '../platform/time.ts'

/** The demo company: fictitious, dated relative to today, the same for the same seed and day. */
export interface DemoRows {
  orders: Record<string, string>[]
  responses: Record<string, string>[]
  feedback: Record<string, string>[]
}

export const demoTeams = [
  { name: '示例·热线一组', department: '示例·客服部' },
  { name: '示例·热线二组', department: '示例·客服部' },
  { name: '示例·在线组', department: '示例·客服部' },
  { name: '示例·华东维修组', department: '示例·技术部' },
  { name: '示例·华南维修组', department: '示例·技术部' },
]
export const demoProducts = [
  { code: 'A300', name: 'A300打印机', category: '硬件维修' },
  { code: 'A500', name: 'A500复合机', category: '硬件维修' },
  { code: 'S20', name: 'S20扫描仪', category: '硬件维修' },
  { code: 'B100', name: 'B100软件', category: '软件支持' },
  { code: 'B200', name: 'B200云服务', category: '软件支持' },
  { code: 'C10', name: 'C10咨询服务', category: '咨询类服务' },
]
const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜']
const given = [
  '伟',
  '芳',
  '娜',
  '敏',
  '静',
  '丽',
  '强',
  '磊',
  '军',
  '洋',
  '勇',
  '艳',
  '杰',
  '娟',
  '涛',
  '明',
  '超',
  '霞',
  '平',
  '刚',
  '桂英',
  '志强',
  '秀兰',
  '建华',
]
const towns = ['滨海', '云溪', '青禾', '南桥', '西岭', '东湖', '白石', '金泉', '长宁', '清河']
const trades = ['印务', '物流', '教育', '医药', '餐饮', '建材', '纺织', '电子', '旅游', '食品']

interface Problem {
  category: string
  text: string
  plan: string
  result: string
}
const problems: Record<string, Problem[]> = {
  A300: [
    {
      category: '故障维修-卡纸',
      text: '连续打印二十页后卡纸',
      plan: '更换搓纸轮',
      result: '已更换搓纸轮，连续打印正常',
    },
    {
      category: '故障维修-卡纸',
      text: '双面打印时频繁卡纸',
      plan: '清洁并调整纸路',
      result: '纸路已调整，试印五十页正常',
    },
    {
      category: '故障维修-硬件',
      text: '开机后指示灯红灯常亮',
      plan: '更换电源板',
      result: '电源板已更换，自检通过',
    },
  ],
  A500: [
    {
      category: '故障维修-硬件',
      text: '复印件出现竖向黑线',
      plan: '更换感光鼓',
      result: '感光鼓已更换，图像清晰',
    },
    {
      category: '使用咨询-操作',
      text: '不知道如何设置扫描到邮箱',
      plan: '远程指导设置',
      result: '客户已能自行操作',
    },
  ],
  S20: [
    {
      category: '故障维修-硬件',
      text: '扫描到一半停止',
      plan: '更换传动皮带',
      result: '皮带已更换，连续扫描正常',
    },
    { category: '使用咨询-操作', text: '扫描文件颜色偏黄', plan: '指导校色', result: '校色后颜色正常' },
  ],
  B100: [
    { category: '故障维修-软件', text: '升级后无法登录', plan: '修复账号配置', result: '已恢复登录' },
    {
      category: '使用咨询-操作',
      text: '操作流程复杂，找不到导出入口',
      plan: '发送图文说明',
      result: '客户已完成导出',
    },
    {
      category: '建议反馈-界面',
      text: '希望首页显示待办数量',
      plan: '记录并转产品部',
      result: '已回复处理计划',
    },
  ],
  B200: [
    {
      category: '故障维修-软件',
      text: '数据同步延迟超过一小时',
      plan: '重启同步服务',
      result: '同步恢复正常',
    },
    {
      category: '服务投诉-态度',
      text: '反映电话客服语气生硬',
      plan: '主管致歉并回访',
      result: '客户接受致歉',
    },
  ],
  C10: [
    { category: '使用咨询-方案', text: '咨询设备选型方案', plan: '提供两套方案', result: '客户已确认方案' },
  ],
}

/** A small generator of numbers in [0, 1), the same for the same seed. */
function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296
  }
}

export interface DemoPerson {
  name: string
  team: string
}

export function demoPeople(): DemoPerson[] {
  return Array.from({ length: 24 }, (_, i) => ({
    name: `${surnames[i]}${given[i]}`,
    team: demoTeams[i % demoTeams.length]!.name,
  }))
}

const monthsShown = 6
const ordersPerMonth = 198
/** How long the first answer takes, by month: the fourth lacks people in the evening, the sixth has two more. */
const eveningFactor = [1.3, 1.4, 1.8, 4.2, 2.6, 0.9, 0.9]

export function demoRows(seed: number, now: Date, zone: Zone): DemoRows {
  const next = dice(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!
  const today = zone.localDay(now.getTime())
  const wall = (ms: number): string =>
    new Date(ms + zone.offsetMs(ms)).toISOString().slice(0, 19).replace('T', ' ')
  const people = demoPeople()
  const customers = Array.from({ length: 200 }, (_, i) =>
    i % 3 === 0
      ? { name: `${pick(surnames)}${pick(given)}`, phone: `139${String(10_000_000 + i * 7919).slice(-8)}` }
      : {
          name: `${pick(towns)}${pick(trades)}${i}公司`,
          phone: `137${String(20_000_000 + i * 6007).slice(-8)}`,
        },
  )
  const rows: DemoRows = { orders: [], responses: [], feedback: [] }
  const weak = people[7]!.name
  let start = monthStart(today)
  for (let i = 0; i < monthsShown; i++) start = monthStart(start - 1)
  let number = 0
  for (let m = 0; m <= monthsShown; m++) {
    const end = m === monthsShown ? today : monthStart(start + 40)
    const days = end - start
    const wanted = Math.round((ordersPerMonth * days) / 30)
    let smallTeam = 0
    for (let k = 0; k < wanted; k++) {
      let day = start + Math.floor((k / wanted) * days)
      // Weekends are thinner: half of their orders come on the Monday.
      if ((day + 4) % 7 >= 5 - 0 && next() < 0.5 && day + 2 < end) day += 2
      const evening = next() < 0.25
      const minute = evening ? 18 * 60 + Math.floor(next() * 240) : 9 * 60 + Math.floor(next() * 540)
      const received = zone.dayStartMs(day) + minute * 60_000
      if (received > now.getTime()) continue
      const product = next() < 0.42 ? demoProducts[0]! : pick(demoProducts)
      const problem = pick(problems[product.code] ?? [])
      let person = pick(people)
      // The southern repair team is small: nine orders in the last full month.
      if (m === monthsShown - 1 && person.team === demoTeams[4]!.name && ++smallTeam > 9) person = people[0]!
      const wait = (8 + next() * 30) * (evening ? (eveningFactor[m] ?? 1) : 1)
      const responded = received + wait * 60_000
      const complex = next() < 0.12
      const started = responded + (5 + next() * 90) * 60_000
      const hours = complex ? 20 + next() * 70 : 1 + next() * 26
      const resolved = started + hours * 3_600_000
      const open = resolved > now.getTime() || (m >= monthsShown - 1 && next() < 0.02)
      const contacts = next() < 0.86 ? 1 : 2
      number++
      const customer = pick(customers)
      const id = `DEMO${String(number).padStart(4, '0')}`
      const blank = (text: string, share: number) => (next() < share ? '' : text)
      const answered = responded <= now.getTime()
      rows.orders.push({
        external_id: id,
        customer: blank(customer.name, 0.03),
        contact: customer.phone,
        product: product.name,
        problem: problem.text,
        category: problem.category,
        priority: complex ? '重要' : next() < 0.08 ? '紧急' : '一般',
        complexity: complex ? '复杂' : '普通',
        channel: pick(['电话', '在线', '邮件', '门店']),
        unit: person.team,
        agent: person.name,
        plan: open ? '' : blank(problem.plan, 0.12),
        result: open ? '' : blank(problem.result, 0.1),
        confirmation: open ? '' : blank(pick(['确认满意', '确认满意', '基本满意']), 0.2),
        received_at: wall(received),
        responded_at: answered ? wall(responded) : '',
        started_at: open && started > now.getTime() ? '' : wall(started),
        resolved_at: open ? '' : wall(resolved),
        closed_at: open ? '' : wall(resolved + 3_600_000),
        contact_count: open ? '' : String(contacts),
        reopen_count: next() < 0.03 ? '1' : '0',
        fault_identified_at: open || !problem.category.startsWith('故障') ? '' : wall(started + 600_000),
      })
      const asked = open || resolved + 2 * DAY_MS > now.getTime() ? 1 : next()
      if (asked > 0.37) continue
      const low = person.name === weak && m >= 2 && m <= 4
      const base = low ? 3 : wait > 60 ? 3.6 : 4.5
      const score = () => String(Math.max(1, Math.min(5, Math.round(base + (next() - 0.5) * 1.6))))
      const overall = score()
      rows.responses.push({
        external_id: `DEMO-W${String(rows.responses.length + 1).padStart(4, '0')}`,
        work_order: id,
        submitted_at: wall(resolved + (2 + next() * 40) * 3_600_000),
        response_speed: wait > 60 ? '3' : score(),
        resolution_efficiency: score(),
        attitude: score(),
        professionalism: score(),
        overall,
        recommend: String(Math.max(0, Math.min(10, Math.round(Number(overall) * 2 + (next() - 0.5) * 2)))),
        suggestion:
          Number(overall) <= 3 ? pick(['晚上电话很难打通', '希望一次修好', '请提前告知上门时间']) : '',
        channel: '在线',
        unit: person.team,
        agent: person.name,
        product: product.name,
      })
      // Closed, says the order, while the customer says it is not solved: what checking must find.
      if (rows.feedback.length < 40 && next() < 0.05)
        rows.feedback.push({
          external_id: `FX${dayToDate(day).slice(0, 7).replace('-', '')}${String(rows.feedback.length + 1).padStart(3, '0')}`,
          customer: customer.name,
          product: product.name,
          problem: rows.feedback.length < 7 ? `${problem.text}，仍未彻底解决` : problem.text,
          channel: '电话回访',
          status: rows.feedback.length < 7 ? '已关闭' : pick(['处理中', '已回访', '已关闭']),
          score: rows.feedback.length < 7 ? '2分' : `${overall}分`,
          suggestion: pick(['建议增加维修培训', '优化界面引导', '']),
          agent: person.name,
          unit: person.team,
          received_at: wall(resolved + DAY_MS),
        })
    }
    start = end
  }
  return rows
}
