/** One target of the speed page, as measured in this run. */
export interface Goal {
  id: number
  name: string
  /** `>= 1000` */
  goal: string
  measured: number
  met: boolean
}

export const atLeast = (id: number, name: string, limit: number, measured: number): Goal => ({
  id,
  name,
  goal: `>= ${limit}`,
  measured: rounded(measured),
  met: measured >= limit,
})

export const atMost = (id: number, name: string, limit: number, measured: number): Goal => ({
  id,
  name,
  goal: `<= ${limit}`,
  measured: rounded(measured),
  met: measured <= limit,
})

const rounded = (value: number): number => Number(value.toPrecision(4))

/** Progress goes to the error stream: standard output holds the result alone. */
export const say = (text: string): void => {
  process.stderr.write(`${text}\n`)
}

export function printGoals(goals: Goal[], json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ goals })}\n`)
    return
  }
  for (const { id, name, goal, measured, met } of goals)
    process.stdout.write(`${met ? '✔' : '✕'} goal ${id}: ${name}: ${measured} (${goal})\n`)
}
