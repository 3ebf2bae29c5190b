import { parseArgs } from 'node:util'

export type Size = '10k' | '100k' | '1m' | '10m'
export const rowsOf: Record<Size, number> = {
  '10k': 10_000,
  '100k': 100_000,
  '1m': 1_000_000,
  '10m': 10_000_000,
}
export const sizes = Object.keys(rowsOf) as Size[]
/** A tenth of a size, to see how cost grows. */
export const smallerThan: Record<Size, Size> = { '10k': '10k', '100k': '10k', '1m': '100k', '10m': '1m' }
const allGoals = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14]

export interface Args {
  size: Size
  json: boolean
  goals: Set<number>
  runs: number
  /** The board in a browser, at 100,000 tickets, and nothing else. */
  board: boolean
  /** The list of work orders in a browser, at 100,000 rows, and nothing else. */
  records: boolean
  /** Draws how reading grows from 10,000 tickets to the size, into this file, and nothing else. */
  curve: string | undefined
}

export const usage =
  'npm run bench -- --size 10k|100k|1m|10m [--json] [--goals 1,2,3,…] [--runs 5] | --board | --records | --curve FILE.svg'

/** @throws Error with the usage for anything it does not know */
export function readArgs(argv: string[]): Args {
  const { values } = parseArgs({
    args: argv,
    options: {
      size: { type: 'string', default: '1m' },
      json: { type: 'boolean', default: false },
      goals: { type: 'string', default: allGoals.join(',') },
      runs: { type: 'string', default: '5' },
      board: { type: 'boolean', default: false },
      records: { type: 'boolean', default: false },
      curve: { type: 'string' },
    },
  })
  const { size } = values
  if (size !== '10k' && size !== '100k' && size !== '1m' && size !== '10m')
    throw new Error(`no such size: ${size}\n${usage}`)
  const goals = values.goals.split(',').map(Number)
  const unknown = goals.find((goal) => !allGoals.includes(goal))
  if (unknown !== undefined) throw new Error(`no such goal here: ${unknown}\n${usage}`)
  const runs = Number(values.runs)
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs is a whole number from 1\n${usage}`)
  return {
    size,
    json: values.json,
    goals: new Set(goals),
    runs,
    board: values.board,
    records: values.records,
    curve: values.curve,
  }
}
