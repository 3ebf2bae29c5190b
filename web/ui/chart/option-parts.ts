import type { YAXisComponentOption } from 'echarts'

/**
 * The colours of theme.css by name. They stand in the drawing as they stand in a style sheet, so a change between
 * light, dark and paper needs no new drawing.
 */
export const ink = {
  series: 'var(--series-1)',
  second: 'var(--series-2, var(--accent))',
  text: 'var(--ink)',
  soft: 'var(--ink-soft)',
  line: 'var(--line-strong)',
  faint: 'var(--line)',
  panel: 'var(--panel)',
  bad: 'var(--bad)',
  none: 'var(--none)',
}

interface Scale {
  bounds?: { low?: number; high?: number }
}

/** A scale around what is drawn, not from zero, and never past the best and the worst there can be. */
export function valueAxis(
  { bounds }: Scale,
  values: number[],
  format: (value: number) => string,
): YAXisComponentOption {
  const [low, high] = values.length > 0 ? [Math.min(...values), Math.max(...values)] : [0, 1]
  const room = (high - low || Math.abs(high) || 1) * 0.08
  return {
    type: 'value',
    scale: true,
    // A percentage of something else than a whole may lie past its bounds.
    min: Math.min(low, Math.max(low - room, bounds?.low ?? Number.NEGATIVE_INFINITY)),
    max: Math.max(high, Math.min(high + room, bounds?.high ?? Number.POSITIVE_INFINITY)),
    splitNumber: 4,
    splitLine: { lineStyle: { color: ink.faint } },
    axisLabel: {
      color: ink.soft,
      formatter: format,
      showMinLabel: false,
      showMaxLabel: false,
      // On a narrow screen every other one stands.
      hideOverlap: true,
    },
  }
}

/** A straight line across the drawing, with its name at the end. */
export const ruleAt = (
  axis: 'xAxis' | 'yAxis',
  value: number,
  text: string,
  kind: 'target' | 'centre' | 'cursor',
) => ({
  ...(axis === 'xAxis' ? { xAxis: value } : { yAxis: value }),
  label: { show: text !== '', formatter: text, position: 'end' as const, color: ink.soft, fontSize: 12 },
  lineStyle: {
    color: kind === 'target' ? ink.text : ink.line,
    width: 1,
    type: kind === 'target' ? ('dashed' as const) : ('solid' as const),
  },
})
