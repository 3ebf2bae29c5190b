import type { z } from 'zod'
import { pairScale, type weighPairs as route } from '../../contract/standards.ts'
import { Refusal } from '../platform/refusal.ts'

type Asked = z.output<typeof route.body>
type Compared = Asked['indicators'][number]

/** The ratio above which judgements contradict each other too much to be used: our convention, after Saaty. */
const mostInconsistent = 0.1

/**
 * Weights from comparing indicators two by two (analytic hierarchy process): the principal eigenvector of the judgements,
 * rounded so that they total 100. Refuses (400) code_twice, judgements_incomplete where a pair is missing, named twice or
 * of an unknown code, and judgements_inconsistent, which names the judgement that fits the others least.
 */
export function weighPairs({ indicators, judgements, places }: Asked): z.input<typeof route.reply> {
  const codes = indicators.map(({ code }) => code)
  checkPairs(codes, judgements)
  const matrix = matrixOf(codes, judgements)
  const { shares, greatest } = principal(matrix)
  const ratio = consistencyRatio(greatest, codes.length)
  if (ratio > mostInconsistent) throw inconsistent(indicators, worstPair(matrix, shares, codes), ratio)
  const weights = rounded(shares, codes, places)
  return {
    weights: codes.map((code, i) => ({ code, weight: weights[i]! })),
    consistency: ratio.toFixed(4),
  }
}

function checkPairs(codes: string[], judgements: Asked['judgements']): void {
  const twice = codes.find((code, i) => codes.indexOf(code) !== i)
  if (twice !== undefined)
    throw new Refusal('code_twice', 400, {
      zh: `指标代码“${twice}”出现了两次,请改其中一个。`,
      en: `The indicator code “${twice}” stands twice; change one of them.`,
    })
  const key = (one: string, other: string) => JSON.stringify([one, other].sort())
  const wanted = new Set(codes.flatMap((one, i) => codes.slice(i + 1).map((other) => key(one, other))))
  const given = judgements.map(({ left, right }) => key(left, right))
  const missing = [...wanted].find((pair) => !given.includes(pair))
  const wrong = given.find((pair, i) => !wanted.has(pair) || given.indexOf(pair) !== i)
  const named = wrong ?? missing
  if (named === undefined) return
  const [one, other] = JSON.parse(named) as [string, string]
  throw new Refusal('judgements_incomplete', 400, {
    zh: `每两个指标须各比较一次,请检查“${one}”与“${other}”。`,
    en: `Every two indicators are compared exactly once; check “${one}” and “${other}”.`,
  })
}

/** How many times as important the row's indicator is as the column's; the other half are the reciprocals. */
export function matrixOf(codes: readonly string[], judgements: Asked['judgements']): number[][] {
  const matrix = codes.map(() => codes.map(() => 1))
  for (const { left, right, times } of judgements) {
    const [row, column] = [codes.indexOf(left), codes.indexOf(right)]
    matrix[row]![column] = timesOf(times)
    matrix[column]![row] = 1 / timesOf(times)
  }
  return matrix
}

const timesOf = (times: string): number =>
  times.startsWith('1/') ? 1 / Number(times.slice(2)) : Number(times)

/** The eigenvector of the greatest eigenvalue, scaled to a sum of 1, by power iteration: all entries are above zero. */
export function principal(matrix: number[][]): { shares: number[]; greatest: number } {
  let shares = matrix.map(() => 1 / matrix.length)
  let greatest = matrix.length
  for (let round = 0; round < 10_000; round++) {
    const next = matrix.map((row) => row.reduce((sum, times, i) => sum + times * shares[i]!, 0))
    greatest = next.reduce((sum, one) => sum + one, 0)
    const scaled = next.map((one) => one / greatest)
    const moved = Math.max(...scaled.map((one, i) => Math.abs(one - shares[i]!)))
    shares = scaled
    if (moved < 1e-15) break
  }
  return { shares, greatest }
}

/**
 * Mean consistency index of random judgements on the scale 1/9 … 9 for 1 to 10 things compared: T. L. Saaty, The Analytic
 * Hierarchy Process, McGraw-Hill 1980 (the table reprinted in most textbooks; later simulations differ in the second
 * decimal).
 */
const randomIndex = [0, 0, 0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49]

/** Consistency index (λ − n) ÷ (n − 1) over that of random judgements; two things cannot contradict each other. */
export function consistencyRatio(greatest: number, n: number): number {
  const random = randomIndex[n - 1]!
  return random === 0 ? 0 : Math.max(0, (greatest - n) / (n - 1) / random)
}

interface Pair {
  row: number
  column: number
  /** what was judged, and what all judgements together come to */
  judged: number
  meant: number
}

/**
 * The judgement farthest from what the weights say. Of three things all are equally far: then the strongest, and of
 * equals the first by code, whatever the order given.
 */
export function worstPair(matrix: number[][], shares: number[], codes: readonly string[]): Pair {
  const pairs = matrix.flatMap((line, row) =>
    line.flatMap((judged, column): Pair[] =>
      judged > 1 || (judged === 1 && codes[row]! < codes[column]!)
        ? [{ row, column, judged, meant: shares[row]! / shares[column]! }]
        : [],
    ),
  )
  const off = ({ judged, meant }: Pair) => Math.round(Math.abs(Math.log(judged / meant)) * 1e9)
  const name = ({ row, column }: Pair) => `${codes[row]} ${codes[column]}`
  return pairs.sort(
    (one, other) => off(other) - off(one) || other.judged - one.judged || (name(one) < name(other) ? -1 : 1),
  )[0]!
}

function inconsistent(indicators: Compared[], { row, column, judged, meant }: Pair, ratio: number): Refusal {
  const [one, other] = [indicators[row]!, indicators[column]!]
  const [was, is] = [onScale(judged), onScale(meant)]
  const said = ratio.toFixed(2) === '0.10' ? ratio.toFixed(4) : ratio.toFixed(2)
  return new Refusal(
    'judgements_inconsistent',
    400,
    {
      zh: `判断前后不一致:一致性比率 ${said},须不超过 0.1。最不一致的是“${one.nameZh}”比“${other.nameZh}”:填的是 ${was},各项判断合起来约为 ${is}。请先核对这一项。`,
      en: `The judgements contradict each other: the consistency ratio is ${said} and may not be above 0.1. The one that fits least is “${one.nameEn}” against “${other.nameEn}”: judged ${was}, while all together come to about ${is}. Check that one first.`,
    },
    { left: one.code, right: other.code, judged: was, meant: is, consistency: ratio.toFixed(4) },
  )
}

/** The step of the scale nearest to a ratio, by proportion. */
function onScale(times: number): string {
  const off = (step: string) => Math.abs(Math.log(timesOf(step) / times))
  return pairScale.reduce<string>((best, step) => (off(step) < off(best) ? step : best), '1')
}

/**
 * Shares of 1 as decimals that total exactly 100, by largest remainder; of equal remainders the first code gets the unit
 * left over, so that the order of the indicators changes nothing.
 */
export function rounded(
  shares: readonly number[],
  codes: readonly string[],
  places: 0 | 1 | number,
): string[] {
  const units = 100 * 10 ** places
  // Beyond nine decimals a share is noise of the iteration: two that are equal must stay so.
  const exact = shares.map((share) => Math.round(share * units * 1e9))
  const whole = exact.map((one) => Math.floor(one / 1e9))
  const left = units - whole.reduce((sum, one) => sum + one, 0)
  const order = exact
    .map((one, i) => ({ i, rest: one % 1e9, code: codes[i]! }))
    .sort((one, other) => other.rest - one.rest || (one.code < other.code ? -1 : 1))
  for (const { i } of order.slice(0, left)) whole[i]! += 1
  return whole.map((one) => (places === 0 ? String(one) : (one / 10 ** places).toFixed(places)))
}
