import type { Dice } from './dice.ts'
import type { DemoOrder } from './orders.ts'

type Row = Record<string, string>

/** Every fifteenth solved order is inspected two days later, by the same form. */
export function inspectionRows(
  chance: Dice,
  orders: readonly DemoOrder[],
  rows: readonly Row[],
  wall: (ms: number | null) => string,
  now: number,
): Row[] {
  const inspections: Row[] = []
  orders.forEach((order, i) => {
    const { external_id = '', unit = '', agent = '' } = rows[i] ?? {}
    const inspectedMs = order.resolvedMs === null ? now : order.resolvedMs + 2 * 86_400_000
    if (i % 15 !== 7 || inspectedMs >= now) return
    const points = () => String(Math.round(chance.between(6.5, 10.4)))
    inspections.push({
      external_id: `DEMO-Q${String(inspections.length + 1).padStart(3, '0')}`,
      kind: '质检',
      inspected_at: wall(inspectedMs),
      contact_at: wall(order.resolvedMs),
      inspector: '示例·质检员',
      agent,
      unit,
      work_order: external_id,
      form: '服务质检表',
      '礼仪-问候语(10)': points(),
      '礼仪-结束语(10)': points(),
      '用语-规范用语(10)': points(),
      '用语-服务禁语(否决)': chance.next() < 0.03 ? '未通过' : '通过',
      '流程-核实需求(10)': points(),
      '记录-记录完整(10)': points(),
      fields_inspected: '10',
      fields_right: String(Math.round(chance.between(8, 10.4))),
      nodes_inspected: '8',
      // Every sixth finds a step left out, every twelfth two.
      nodes_right: inspections.length % 6 === 5 ? (inspections.length % 4 === 3 ? '6' : '7') : '8',
    })
  })
  return inspections
}
