import './sparkline.css'

interface Props {
  values: (number | null)[]
  /** Spoken instead of the drawing. */
  label: string
  width?: number
  height?: number
  target?: number
}

/** A small line without axes; a gap where a period has no value, a dot on the last one that has. */
export function Sparkline({ values, label, width = 96, height = 24, target }: Props) {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return <span className="spark-empty">—</span>
  const all = target === undefined ? known : [...known, target]
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const pad = 4
  const x = (i: number) => pad + (i * (width - 2 * pad)) / Math.max(values.length - 1, 1)
  const y = (value: number) =>
    high === low ? height / 2 : height - pad - ((value - low) * (height - 2 * pad)) / (high - low)
  const points = values.flatMap((value, i) => (value === null ? [] : [[x(i), y(value)] as const]))
  const last = points.at(-1)
  return (
    <svg className="spark" width={width} height={height} role="img" aria-label={label}>
      {target !== undefined && (
        <line className="spark-target" x1={pad} x2={width - pad} y1={y(target)} y2={y(target)} />
      )}
      <path className="spark-line" d={pathThrough(values, x, y)} />
      {points.map(([px, py]) => (
        <circle key={px} className="spark-dot" cx={px} cy={py} r={1.5} />
      ))}
      {last && <circle className="spark-last" cx={last[0]} cy={last[1]} r={3} />}
    </svg>
  )
}

function pathThrough(
  values: (number | null)[],
  x: (i: number) => number,
  y: (value: number) => number,
): string {
  return values
    .map((value, i) => {
      if (value === null) return ''
      const starts = i === 0 || values[i - 1] === null
      return `${starts ? 'M' : 'L'}${x(i).toFixed(1)} ${y(value).toFixed(1)}`
    })
    .join('')
}
