import type { Dice } from './dice.ts'
import type { DemoOrder } from './orders.ts'

type Row = Record<string, string>

/** What the repairs cost: the hours of each, the parts and the way of some; now and then a complaint is made good. */
export function costRows(
  chance: Dice,
  orders: readonly DemoOrder[],
  rows: readonly Row[],
  wall: (ms: number | null) => string,
): Row[] {
  const costs: Row[] = []
  orders.forEach(({ resolvedMs }, i) => {
    const { category = '', external_id: work_order = '' } = rows[i] ?? {}
    if (resolvedMs === null) return
    const spend = (kind: string, from: number, to: number) =>
      costs.push({
        external_id: `DEMO-C${String(costs.length + 1).padStart(4, '0')}`,
        incurred_at: wall(resolvedMs).slice(0, 10),
        kind,
        amount: chance.between(from, to).toFixed(2),
        work_order,
      })
    if (category.startsWith('服务投诉') && chance.next() < 0.4) spend('补偿', 20, 200)
    if (!category.startsWith('故障维修')) return
    spend('人工', 40, 160)
    if (chance.next() < 0.35) spend('配件', 30, 420)
    if (chance.next() < 0.3) spend('差旅', 15, 90)
  })
  return costs
}
