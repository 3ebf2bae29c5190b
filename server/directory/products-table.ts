import type { z } from 'zod'
import type { bringProducts, ProductColumn } from '../../contract/directory.ts'
import type { Tx } from '../platform/database.ts'
import { Refusal } from '../platform/refusal.ts'
import { sql } from '../platform/sql.ts'
import { bringProduct, type ProductLine } from './bring-products.ts'
import { dayIn } from './people-columns.ts'

type Asked = z.output<typeof bringProducts.body>
type Brought = z.output<typeof bringProducts.reply>
type Item = Brought['items'][number]
interface Words {
  zh: string
  en: string
}

/**
 * A pasted list of products, row by row with what became of each; an empty cell says nothing. Without `apply` all of it is
 * done and taken back, so that the preview is what would happen. Refuses a table without names.
 */
export async function bringProductTable(
  tx: Tx,
  { rows, columns: chosen, apply }: Asked,
  now: Date,
): Promise<Brought> {
  const width = Math.max(...rows.map((row) => row.length))
  const heads = (rows[0] ?? []).map(columnOfHead)
  const header = heads.some((column) => column !== null)
  const columns =
    chosen ?? Array.from({ length: width }, (_, i) => (header ? once(heads, i) : inOrder[i]) ?? null)
  if (!columns.includes('name')) throw noNames
  const items: Item[] = []
  if (!apply) await tx.run(sql`savepoint product_table`)
  for (const [i, cells] of rows.entries()) {
    if ((i === 0 && header) || cells.every((cell) => cell.trim() === '')) continue
    const read = lineOf(columns, cells)
    const done =
      'zh' in read
        ? { outcome: 'rejected' as const, ...read }
        : await bringProduct(tx, read, { batchId: null, now, demo: false })
    const why = done.outcome === 'rejected' ? { zh: done.zh, en: done.en } : null
    items.push({ line: i + 1, cells, outcome: done.outcome, why })
  }
  if (!apply) await tx.run(sql`rollback to savepoint product_table`)
  return { columns, header, applied: apply, items }
}

const heads: Record<ProductColumn, RegExp> = {
  code: /^(产品?编码|产品?编号|料号|sku|code|productcode|number)$/,
  name: /^(产品|产品名称|名称|品名|型号|name|product|productname)$/,
  category: /^(产品类别|产品分类|类别|分类|品类|category)$/,
  launchOn: /^(导入期.*|投放.*|上市.*|launch.*)$/,
  growthOn: /^(成长期.*|growth.*)$/,
  maturityOn: /^(成熟期.*|maturity.*)$/,
}
/** What the columns of a table without heads are. */
const inOrder: readonly ProductColumn[] = ['code', 'name', 'category', 'launchOn', 'growthOn', 'maturityOn']

function columnOfHead(cell: string): ProductColumn | null {
  const word = cell.normalize('NFKC').replace(/\s/g, '').toLowerCase()
  return inOrder.find((column) => heads[column].test(word)) ?? null
}

/** A field has one column: the first. */
const once = (columns: readonly (ProductColumn | null)[], i: number): ProductColumn | null =>
  columns.indexOf(columns[i] ?? null) === i ? (columns[i] ?? null) : null

function lineOf(columns: readonly (ProductColumn | null)[], cells: readonly string[]): ProductLine | Words {
  const at = (column: ProductColumn): string | undefined => {
    const place = columns.indexOf(column)
    const text = place === -1 ? '' : (cells[place] ?? '').trim()
    return text === '' ? undefined : text
  }
  const name = at('name')
  if (name === undefined) return { zh: '没有产品名称。', en: 'There is no name.' }
  const code = at('code') ?? name
  if (name.length > 120 || code.length > 60)
    return {
      zh: '产品名称最多 120 个字，编码最多 60 个字。',
      en: 'A name has 120 characters at most, a code 60.',
    }
  const days = { launchOn: at('launchOn'), growthOn: at('growthOn'), maturityOn: at('maturityOn') }
  for (const text of Object.values(days))
    if (text !== undefined && dayIn(text) === undefined)
      return { zh: `“${text}”不是日期，请写 2024-05-01。`, en: `“${text}” is no date; write 2024-05-01.` }
  return {
    code,
    name,
    category: at('category')?.slice(0, 60),
    launchOn: days.launchOn && dayIn(days.launchOn),
    growthOn: days.growthOn && dayIn(days.growthOn),
    maturityOn: days.maturityOn && dayIn(days.maturityOn),
  }
}

const noNames = new Refusal('no_name_column', 400, {
  zh: '没有认出产品名称列，请指定哪一列是名称。',
  en: 'No column of names was found; say which column holds the names.',
})
