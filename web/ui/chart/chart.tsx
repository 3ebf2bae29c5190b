import { Button } from 'antd'
import { lazy, type ReactNode, Suspense, useId, useState } from 'react'
import { useWords } from '../../words.ts'
import type { Picture } from './picture.ts'
import { Twin } from './twin.tsx'
import './chart.css'

const Drawing = lazy(() => import('./drawing.tsx'))

export interface ChartProps {
  /** The finding, when there is one; else what is shown. */
  title: ReactNode
  /** Measure, period, n. */
  subtitle: ReactNode
  /** The picture in a sentence or two, for who does not see it. */
  summary: string
  picture?: Picture
  /** Shown in the place of a picture, where one is not drawn but written. */
  children?: ReactNode
  /** The same as a table: one row per point of the picture, in its order. */
  table: { heads: string[]; rows: string[][] }
  /** Opens what lies behind the point at that place. */
  onOpen?: ((place: number) => void) | undefined
  /** Said instead of the usual words on how to read and open the points. */
  hint?: string
  /** Notes under the picture: what the lines are, what a shape means. */
  note?: ReactNode
  actions?: ReactNode
}

/**
 * A picture of figures. It says its finding in words, is walked by the arrow keys, opens its points with Enter, and
 * turns into the table it was drawn from.
 */
export function Chart({
  title,
  subtitle,
  summary,
  picture,
  children,
  table,
  onOpen,
  hint,
  note,
  actions,
}: ChartProps) {
  const { t } = useWords()
  const [asTable, setAsTable] = useState(false)
  const name = useId()
  return (
    <figure className="chart panel" aria-labelledby={name} data-chart={picture?.kind ?? 'heat'}>
      <figcaption className="chart-head">
        <div className="grow">
          <h2 id={name}>{title}</h2>
          <p className="soft small">{subtitle}</p>
        </div>
        {actions}
        <Button size="small" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'chart.asPicture' : 'chart.asTable')}
        </Button>
      </figcaption>
      <p className="unseen" data-summary>
        {summary}
      </p>
      {asTable ? (
        <Twin table={table} />
      ) : !picture ? (
        children
      ) : (
        <Suspense fallback={<div className="chart-place" data-size={picture.kind} />}>
          <Drawing picture={picture} table={table} label={summary} onOpen={onOpen} hint={hint} />
        </Suspense>
      )}
      {note && <div className="chart-note soft small">{note}</div>}
    </figure>
  )
}
