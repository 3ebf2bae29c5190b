import { writeFileSync } from 'node:fs'
import type { Times } from './reading.ts'

export interface Curve {
  name: string
  points: ({ rows: number } & Times)[]
}

const width = 440
const height = 300
const frame = { left: 64, right: 96, top: 44, bottom: 44 }
const lines = [
  { of: 'ours', name: 'Zhihuan', colour: '#0a5f8a' },
  { of: 'duckdb', name: 'DuckDB', colour: '#b35c00' },
  { of: 'postgres', name: 'PostgreSQL', colour: '#8a1c1c' },
] as const

/** Both axes by powers of ten: a straight line up is as much more time as there are more rows, a flat one is none. */
export function drawCurves(curves: readonly Curve[], file: string): void {
  const panels = curves.map((curve, i) => `<g transform="translate(${i * width} 0)">${panel(curve)}</g>`)
  writeFileSync(
    file,
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width * curves.length} ${height}" font-family="sans-serif" font-size="12">
<title>Milliseconds of an answer against the number of tickets</title>
<rect width="100%" height="100%" fill="#ffffff"/>
${panels.join('\n')}
</svg>
`,
  )
}

function panel({ name, points }: Curve): string {
  const times = points.flatMap((point) => lines.flatMap(({ of }) => point[of] ?? []))
  const x = axis(
    points.map(({ rows }) => rows),
    frame.left,
    width - frame.right,
  )
  const y = axis(times, height - frame.bottom, frame.top)
  const parts = [`<text x="${frame.left}" y="22" font-weight="bold">${name}</text>`]
  for (const { at, power } of y.ticks)
    parts.push(
      `<path d="M${frame.left} ${at}H${width - frame.right}" stroke="#dddddd"/>`,
      `<text x="${frame.left - 8}" y="${at + 4}" text-anchor="end">${amount(power)} ms</text>`,
    )
  for (const { at, power } of x.ticks)
    parts.push(`<text x="${at}" y="${height - 20}" text-anchor="middle">${amount(power)}</text>`)
  for (const { of, name: who, colour } of lines) {
    const drawn = points.flatMap((point) => {
      const ms = point[of]
      return ms === undefined ? [] : [[x.place(point.rows), y.place(ms)] as const]
    })
    const last = drawn.at(-1)
    if (!last) continue
    parts.push(
      `<polyline points="${drawn.map((one) => one.join()).join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      ...drawn.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3.5" fill="${colour}"/>`),
      `<text x="${last[0] + 8}" y="${last[1] + 4}" fill="${colour}">${who}</text>`,
    )
  }
  return parts.join('\n')
}

const amount = (power: number): string =>
  power < 0 ? (10 ** power).toFixed(-power) : (10 ** power).toLocaleString('en')

/** Places on a logarithmic axis, and its whole powers of ten. */
function axis(values: number[], from: number, to: number) {
  const low = Math.floor(Math.log10(Math.min(...values)))
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))))
  const at = (power: number) => Math.round((from + ((power - low) / (high - low)) * (to - from)) * 10) / 10
  const powers = Array.from({ length: high - low + 1 }, (_, i) => low + i)
  return {
    place: (value: number) => at(Math.log10(value)),
    ticks: powers.map((power) => ({ at: at(power), power })),
  }
}
