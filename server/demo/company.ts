import { dayToDate } from '../platform/time.ts'
import type { Dice } from './dice.ts'

/** The demo company. It is fictitious: so are its people, customers and telephone numbers. */
export const demoTeams = [
  { name: '示例·热线一组', department: '示例·客服部' },
  { name: '示例·热线二组', department: '示例·客服部' },
  { name: '示例·在线组', department: '示例·客服部' },
  { name: '示例·华东维修组', department: '示例·技术部' },
  { name: '示例·华南维修组', department: '示例·技术部' },
] as const
export type TeamName = (typeof demoTeams)[number]['name']
export const eastRepair: TeamName = '示例·华东维修组'
export const southRepair: TeamName = '示例·华南维修组'
export const deskTeams: readonly TeamName[] = ['示例·热线一组', '示例·热线二组', '示例·在线组']

export const demoProducts = [
  { code: 'DEMO-A300', name: 'A300打印机', category: '硬件维修' },
  { code: 'DEMO-A500', name: 'A500复合机', category: '硬件维修' },
  { code: 'DEMO-S20', name: 'S20扫描仪', category: '硬件维修' },
  { code: 'DEMO-B100', name: 'B100软件', category: '软件支持' },
  { code: 'DEMO-B200', name: 'B200云服务', category: '软件支持' },
  { code: 'DEMO-C10', name: 'C10设备咨询', category: '咨询类服务' },
] as const
export type ProductCode = (typeof demoProducts)[number]['code']

export interface DemoPerson {
  employeeNo: string
  name: string
  team: TeamName
  /** First day of the posting, `YYYY-MM-DD`; records before it carry somebody else. */
  fromOn: string
  fromDay: number
}

const rosters: Record<TeamName, string> = {
  示例·热线一组: '赵启明 钱雨桐 孙丽娟 李卓然 周海燕',
  示例·热线二组: '吴国梁 郑思敏 王晓峰 冯倩 陈夜航 褚晚晴',
  示例·在线组: '魏晓彤 蒋一凡 沈佳怡 韩东 杨柳',
  示例·华东维修组: '朱建国 秦岭 许志强 何平 吕秀兰',
  示例·华南维修组: '施磊 张海 孔令军',
}
/** The two who fill the evening shift from the fifth month on. */
const nightShift = ['陈夜航', '褚晚晴']
/** Whose customers are dissatisfied three full months in a row. */
export const strugglingName = '蒋一凡'

export function demoPeople(nightShiftFromDay: number): DemoPerson[] {
  const longAgo = nightShiftFromDay - 1200
  return demoTeams
    .flatMap(({ name: team }) => rosters[team].split(' ').map((name) => ({ name, team })))
    .map(({ name, team }, i) => {
      const fromDay = nightShift.includes(name) ? nightShiftFromDay : longAgo
      return {
        employeeNo: `DEMO-${String(i + 1).padStart(2, '0')}`,
        name,
        team,
        fromOn: dayToDate(fromDay),
        fromDay,
      }
    })
}

export interface DemoCustomer {
  name: string
  contact: string
}

const towns =
  '滨海 云溪 青禾 南桥 西岭 东湖 白石 金泉 松原 清河 石桥 望江 柳湾 兰渡 双塔 竹林 北屏 梅岗 鹤亭 临川'.split(
    ' ',
  )
const trades = '印务 物流 教育 医药 餐饮 建材 纺织 电子 旅游 食品 设计 律师 家居 汽修 园林 出版'.split(' ')
const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何']
const givenNames = '子涵 建军 玉兰 文博 美玲 志远 春华 雅琴 立新 欣然'.split(' ')

/** 200 of them, all with names of their own: two in three are firms, the others private. */
export function demoCustomers(chance: Dice): DemoCustomer[] {
  const seen = new Set<string>()
  const customers: DemoCustomer[] = []
  while (customers.length < 200) {
    const name =
      customers.length % 3 === 0
        ? `${chance.pick(surnames)}${chance.pick(givenNames)}`
        : `${chance.pick(towns)}${chance.pick(trades)}有限公司`
    const known = seen.has(name)
    seen.add(name)
    if (known) continue
    // Numbers in a range that is not given to anybody.
    customers.push({ name, contact: `100${String(10_000_000 + customers.length * 7919).slice(-8)}` })
  }
  return customers
}
