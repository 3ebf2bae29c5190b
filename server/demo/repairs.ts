import type { Dice } from './dice.ts'
import type { Calendar, DemoOrder } from './orders.ts'
import { paperJam } from './problems.ts'

type Row = Record<string, string>

const followUpWithinMs = 72 * 3_600_000

/**
 * What became of an order's diagnosis, plan, parts and follow-up. Four in five repairs are diagnosed in writing, those of
 * paper jams wrongly most often; two in five solved orders are to be followed up.
 */
export function repairFields(
  chance: Dice,
  order: DemoOrder,
  { plan = '' }: Row,
  calendar: Calendar,
  wall: (ms: number | null) => string,
): Row {
  const { problem, startedMs, plannedMs, resolvedMs } = order
  const isRepair = problem.category.startsWith('故障维修')
  const solved = resolvedMs !== null
  const said = (share: number, text: string) => (chance.next() < share ? text : '')
  const usedPlan = plan === '' ? chance.pick(problem.plans) : plan
  const cause = causes[usedPlan] ?? ''
  const right = chance.next() < (problem.category === paperJam ? 0.72 : 0.88)
  const others = problem.plans.flatMap((one) => (one === usedPlan ? [] : [causes[one] ?? '']))
  const diagnosis = said(0.8, right || others.length === 0 ? cause : chance.pick(others))
  const parts = partsOf(chance, usedPlan)
  const article = said(0.45, articles[problem.category] ?? '')
  const redone = said(0.85, chance.next() < 0.04 ? '是' : '否')
  const replaced = said(0.9, chance.next() < 0.12 ? '是' : '否')
  const followed = followUp(chance, calendar, resolvedMs)
  return {
    first_diagnosis: isRepair && startedMs !== null ? diagnosis : '',
    final_cause: isRepair && solved && diagnosis !== '' ? cause : '',
    redone: isRepair && solved ? redone : '',
    plan_replaced: solved && plannedMs !== null ? replaced : '',
    parts_requested: isRepair && solved && parts.requested > 0 ? String(parts.requested) : '',
    parts_filled: isRepair && solved && parts.requested > 0 ? String(parts.filled) : '',
    article: solved ? article : '',
    followed_up_at: wall(followed.at),
    follow_up_due_at: wall(followed.due),
  }
}

/** Nothing is ordered for what is cleaned, adjusted or put right in a program. */
function partsOf(chance: Dice, plan: string): { requested: number; filled: number } {
  const more = chance.next() < 0.2
  const short = chance.next() < 0.16
  if (!plan.startsWith('更换') || plan === '更换短信通道') return { requested: 0, filled: 0 }
  const requested = (plan.includes('与') ? 2 : 1) + (more ? 1 : 0)
  return { requested, filled: short ? requested - 1 : requested }
}

/** Most are called on the next day or the one after it, a few too late, a few never. */
function followUp(
  chance: Dice,
  { zone, nowMs }: Calendar,
  resolvedMs: number | null,
): { at: number | null; due: number | null } {
  const wanted = chance.next() < 0.4
  const daysLater = chance.weighted([
    [1, 55],
    [2, 33],
    [4, 6],
    [null, 6],
  ])
  const minute = Math.round(chance.between(9 * 60, 17.5 * 60))
  if (!wanted || resolvedMs === null) return { at: null, due: null }
  const day = zone.localDay(resolvedMs) + (daysLater ?? 0)
  const at = zone.dayStartMs(day) + minute * 60_000
  return { at: daysLater === null || at > nowMs ? null : at, due: resolvedMs + followUpWithinMs }
}

/** The cause that the plan of a repair does away with. */
export const causes: Record<string, string> = {
  更换搓纸轮: '搓纸轮磨损',
  清洁纸路并调整压力: '纸路积粉',
  更换搓纸轮与分离垫: '分离垫老化',
  更换定影入口导板: '定影导板变形',
  更换电源板: '电源板损坏',
  更换感光鼓: '感光鼓划伤',
  更换面板排线: '面板排线老化',
  清洁芯片触点: '芯片触点脏污',
  清洁扫描台: '扫描台有异物',
  更换进稿轮: '进稿轮磨损',
  更换主电机齿轮: '电机齿轮磨损',
  更换传动皮带: '传动皮带老化',
  校正进纸导轨: '进纸导轨偏移',
  更换数据线接口板: '接口板损坏',
  修复账号配置: '账号配置错误',
  调整导出分批: '导出数据量过大',
  发布补丁并远程安装: '程序缺陷',
  重置打印模板: '打印模板损坏',
  重启同步服务: '同步服务停止',
  重新绑定设备: '设备绑定失效',
  修复附件链接: '附件链接失效',
  更换短信通道: '短信通道故障',
}

/** The knowledge base says nothing of complaints. */
const articles: Record<string, string> = {
  [paperJam]: 'KB-101 卡纸排查步骤',
  '故障维修-硬件': 'KB-102 常见硬件故障',
  '故障维修-软件': 'KB-103 软件故障处理',
  '使用咨询-操作': 'KB-201 操作说明',
  '使用咨询-账号': 'KB-202 账号与席位',
  '使用咨询-方案': 'KB-203 选型与租赁',
  '使用咨询-合同': 'KB-204 合同与发票',
}
