import {
  add,
  compare,
  div,
  fromDecimal,
  isDecimal,
  mul,
  type Ratio,
  ratio,
  toDecimal,
  zero,
} from '../platform/ratio.ts'

/** What a column or a line of an inspection form asks: `礼仪-问候语(10)`, `流程-核实身份(10,权重20)`, `用语-服务禁语(否决)`. */
export interface ItemHead {
  group: string
  name: string
  /** Full points, an exact decimal as text; null for a veto item, which is passed or failed. */
  max: string | null
  /** Counts by this instead of by its full points. */
  weight: string | null
}

/** An item with what was found: points as exact decimal text, or whether a veto item was passed. */
export interface Item extends ItemHead {
  points: string | null
  passed: boolean | null
}

const groups: Record<string, string> = {
  etiquette: '礼仪',
  courtesy: '礼仪',
  wording: '用语',
  话术: '用语',
  process: '流程',
  record: '记录',
  records: '记录',
}

const shape = /^\s*([^-－—(（]{1,40})[-－—]\s*(.{1,80}?)\s*[(（]\s*([^()（）]{1,40}?)\s*[)）]\s*$/
const amount =
  /^(\d{1,4}(?:\.\d{1,2})?)\s*分?(?:\s*[,，;；/]\s*(?:权重|weight)\s*[:：=]?\s*(\d{1,4}(?:\.\d{1,2})?)\s*%?)?$/i

/** Reads the head of an item; undefined for a text that is none. */
export function readItemHead(text: string): ItemHead | undefined {
  const [, group = '', name = '', inside = ''] = shape.exec(text.normalize('NFC')) ?? []
  if (name === '') return undefined
  const known = { group: groups[group.trim().toLowerCase()] ?? group.trim(), name }
  if (/^(一票)?否决(项)?$|^veto$/i.test(inside)) return { ...known, max: null, weight: null }
  const [, max, weight] = amount.exec(inside) ?? []
  if (max === undefined || !(compare(fromDecimal(max), zero) > 0)) return undefined
  return { ...known, max, weight: weight ?? null }
}

const verdicts: Record<string, boolean> = {
  通过: true,
  合格: true,
  是: true,
  pass: true,
  passed: true,
  yes: true,
  未通过: false,
  不通过: false,
  不合格: false,
  否: false,
  fail: false,
  failed: false,
  no: false,
}

/** Items written one a line: `礼仪-问候语(10): 8`, `用语-服务禁语(否决): 通过`. The line at fault where one cannot be read. */
export function readItems(text: string): { items: Item[] } | { fault: string } {
  const items: Item[] = []
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const [, headText = '', found = ''] = /^(.*[)）])\s*[:：]?\s*(\S*)\s*$/.exec(line.trim()) ?? []
    const head = readItemHead(headText)
    const item = head && filled(head, found)
    if (!item || items.some((one) => one.group === item.group && one.name === item.name))
      return { fault: line.trim().slice(0, 120) }
    items.push(item)
  }
  return { items }
}

function filled(head: ItemHead, found: string): Item | undefined {
  if (head.max === null) {
    const passed = verdicts[found.toLowerCase()]
    return passed === undefined ? undefined : { ...head, points: null, passed }
  }
  const points = found.replace(/分$/, '')
  return isDecimal(points) && inRange(points, head.max) ? { ...head, points, passed: null } : undefined
}

export const inRange = (points: string, max: string): boolean =>
  compare(fromDecimal(points), zero) >= 0 && compare(fromDecimal(points), fromDecimal(max)) <= 0

export const printItems = (items: readonly Item[]): string => items.map(printItem).join('\n')

function printItem({ group, name, max, weight, points, passed }: Item): string {
  const inside = max === null ? '否决' : weight === null ? max : `${max},权重${weight}`
  return `${group}-${name}(${inside}): ${max === null ? (passed ? '通过' : '未通过') : points}`
}

/** Σ weight × points ÷ full points, over Σ weight, of 100; a failed veto item makes it 0. null without a weighed item. */
export function scoreOf(items: readonly Item[]): string | null {
  let [sum, weights]: [Ratio, Ratio] = [zero, zero]
  for (const { max, weight, points } of items) {
    if (max === null || points === null) continue
    const own = fromDecimal(weight ?? max)
    sum = add(sum, mul(own, div(fromDecimal(points), fromDecimal(max))))
    weights = add(weights, own)
  }
  if (items.some(({ passed }) => passed === false)) return '0'
  if (compare(weights, zero) === 0) return null
  return toDecimal(mul(ratio(100), div(sum, weights)), 3).replace(/\.?0+$/, '')
}

/** That group's share of the form. */
export const groupScoreOf = (items: readonly Item[], group: string): string | null =>
  scoreOf(items.filter((item) => item.group === group))
