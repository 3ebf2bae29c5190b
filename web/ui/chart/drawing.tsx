import type { EChartsOption } from 'echarts'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useWords } from '../../words.ts'
import type { ChartProps } from './chart.tsx'
import { type Engine, startEngine } from './engine.ts'
import { barsOption } from './option-bars.ts'
import { dotsOption } from './option-dots.ts'
import { trendOption } from './option-trend.ts'
import type { Picture } from './picture.ts'

interface Props extends Pick<ChartProps, 'table' | 'onOpen'> {
  picture: Picture
  label: string
  hint: string | undefined
}

/** The picture itself; the line above it reads out the point under the pointer or the one the arrow keys are at. */
export default function Drawing({ picture, table, label, onOpen, hint }: Props) {
  const { t } = useWords()
  const place = useRef<HTMLDivElement>(null)
  const engine = useRef<Engine>(undefined)
  const [at, setAt] = useState<number | null>(null)
  const option = useMemo(() => optionOf(picture, at, label), [picture, at, label])
  const latest = useRef({ picture, onOpen })
  latest.current = { picture, onOpen }

  useEffect(() => {
    const element = place.current
    if (!element) return
    const drawn = startEngine(element)
    engine.current = drawn
    const near = ({ offsetX, offsetY }: { offsetX: number; offsetY: number }) =>
      nearest(drawn, latest.current.picture, offsetX, offsetY)
    drawn.getZr().on('mousemove', (event) => setAt(near(event)))
    drawn.getZr().on('globalout', () => setAt(null))
    drawn.getZr().on('click', (event) => {
      const found = near(event)
      if (found !== null) latest.current.onOpen?.(found)
    })
    const watching = new ResizeObserver(() => drawn.resize())
    watching.observe(element)
    return () => {
      watching.disconnect()
      drawn.dispose()
    }
  }, [])
  useEffect(() => engine.current?.setOption(option, { notMerge: true }), [option])

  const pressed = (event: KeyboardEvent) => {
    const last = table.rows.length - 1
    const now = at ?? -1
    const to = {
      ArrowRight: now + 1,
      ArrowDown: now + 1,
      ArrowLeft: now - 1,
      ArrowUp: now - 1,
      Home: 0,
      End: last,
    }
    if (event.key === 'Enter' && at !== null) onOpen?.(at)
    else if (Object.hasOwn(to, event.key))
      setAt(Math.min(Math.max(to[event.key as keyof typeof to], 0), last))
    else return
    event.preventDefault()
  }
  const shown = at === null ? undefined : table.rows[at]
  return (
    <>
      <p className="chart-read small number" aria-live="polite">
        {shown
          ? shown.map((cell, i) => (i === 0 ? cell : `${table.heads[i]} ${cell}`)).join(' · ')
          : (hint ?? t(onOpen ? 'chart.hintOpen' : 'chart.hint'))}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would group form fields, not points */}
      <div
        className="chart-keys"
        role="group"
        aria-label={t('chart.points')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys walk its points
        tabIndex={0}
        onKeyDown={pressed}
        onBlur={() => setAt(null)}
      >
        <div ref={place} className="chart-place" data-size={picture.kind} style={heightOf(picture)} />
      </div>
    </>
  )
}

/** As tall as the members need, so that no name is left out. */
const heightOf = (picture: Picture) =>
  picture.kind === 'dots' ? { height: 64 + Math.max(picture.points.length, 1) * 28 } : undefined

function optionOf(picture: Picture, at: number | null, label: string): EChartsOption {
  const face = getComputedStyle(document.documentElement).getPropertyValue('--face').trim()
  const drawn =
    picture.kind === 'trend'
      ? trendOption(picture, at)
      : picture.kind === 'dots'
        ? dotsOption(picture, at)
        : barsOption(picture, at)
  return {
    animation: false,
    textStyle: { fontFamily: face, fontSize: 12 },
    aria: { enabled: true, label: { description: label }, decal: { show: twoKinds(picture) } },
    ...drawn,
  }
}

/** A pattern tells two kinds of bars apart without their colour; one kind alone stays plain. */
const twoKinds = (picture: Picture): boolean =>
  picture.kind === 'bars' && picture.points.some(({ marked }) => marked)

/** The place of the point nearest to a spot of the drawing, along the axis that has the names. */
function nearest(engine: Engine, picture: Picture, x: number, y: number): number | null {
  if (!engine.containPixel({ gridIndex: 0 }, [x, y])) return null
  const [across, down] = engine.convertFromPixel({ gridIndex: 0 }, [x, y]) as [number, number]
  const place = Math.round(picture.kind === 'dots' ? down : across)
  return place >= 0 && place < picture.points.length ? place : null
}
