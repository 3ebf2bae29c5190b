import type { z } from 'zod'
import { readStandardCells, tableColumns } from '../../../contract/standards.ts'
import { call } from '../../call.ts'
import { type Draft, freeCode, type Row, rowRead, type Unread } from './rows.ts'

/** The cells of a block copied from a spreadsheet; undefined for a plain text, which the field takes itself. */
export function blockOf(text: string): string[][] | undefined {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n')
  const cells = lines.map((line) => line.split('\t').map((cell) => cell.trim()))
  return cells.length > 1 || (cells[0]?.length ?? 0) > 1 ? cells : undefined
}

type Body = z.input<typeof readStandardCells.body>

/**
 * Puts a block onto the rows from a cell on. Rows pasted with their name are found by it; others keep their place; what
 * hangs over the foot becomes new rows. The server reads the cells, as it reads those of a file.
 */
export async function pasted(rows: readonly Row[], at: { row: number; column: string }, block: string[][]) {
  const first = (tableColumns as readonly string[]).indexOf(at.column)
  const last = Math.min(tableColumns.length, first + Math.max(...block.map((cells) => cells.length)))
  const columns = tableColumns.slice(first, last)
  const named = columns.includes('name')
  const asked: Body['rows'] = block.map((cells, i) => {
    const under = rows[at.row + i]?.draft
    return {
      ...(under && !named && { code: under.code, measure: under.measure }),
      cells: tableColumns.map((column, place) => {
        const given = place >= first ? cells[place - first] : undefined
        if (given !== undefined || !under || named || column !== 'target') return given ?? ''
        // A rule counts to one side of its target: the reader has to know which.
        return `${under.target.operator}${under.target.value}`
      }),
    }
  })
  const { items } = await call(readStandardCells, { body: { rows: asked } })
  const fresh = items.map(rowRead)
  const next = [...rows]
  for (const [i, row] of fresh.entries()) {
    const under = next[at.row + i]
    next[at.row + i] = under && !named ? merged(under, row, columns) : row
  }
  return { rows: distinct(next), read: fresh.length }
}

const fieldsOf: Record<string, readonly (keyof Draft)[]> = {
  dimension: ['dimension'],
  name: ['nameZh', 'nameEn'],
  source: ['source'],
  period: ['period'],
  weight: ['weight'],
  target: ['target'],
  rule: ['rule'],
}

function merged(under: Row, row: Row, columns: readonly string[]): Row {
  const taken = columns.flatMap((column) => fieldsOf[column] ?? [])
  const changed = Object.fromEntries(taken.map((field) => [field, row.draft[field]]))
  const kept: Unread[] = under.unread.filter(({ column }) => !columns.includes(column))
  const doubts = row.unread.filter(({ column }) => columns.includes(column))
  return { ...under, draft: { ...under.draft, ...changed }, unread: [...kept, ...doubts] }
}

function distinct(rows: readonly Row[]): Row[] {
  const done: Row[] = []
  for (const row of rows) done.push({ ...row, draft: { ...row.draft, code: freeCode(row.draft.code, done) } })
  return done
}
