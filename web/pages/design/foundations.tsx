import { appearance, density } from '../../ui/appearance.ts'
import { useWords } from '../../words.ts'
import { Either } from '../shell/either.tsx'

const surfaces = [
  'sunken',
  'ground',
  'panel',
  'raised',
  'line',
  'line-strong',
  'edge',
  'accent',
  'accent-wash',
]
const status = ['good', 'warn', 'bad', 'none', 'good-wash', 'warn-wash', 'bad-wash', 'none-wash']
const series = ['series-1', 'series-2', 'series-3', 'series-4', 'series-5']
const heat = ['heat-1', 'heat-2', 'heat-3', 'heat-4', 'heat-5', 'heat-6']
const sizes = ['kpi', 'heading', 'large', 'body', 'small']

/** Theme, density, colours and type, all by the names the style sheets use. */
export function Foundations() {
  const { t, label } = useWords()
  return (
    <section className="panel stack">
      <div className="row design-switches">
        <h2>{t('design.foundations')}</h2>
        <span className="grow" />
        <Either
          name={t('shell.appearance')}
          kept={appearance}
          of={['system', 'light', 'dark']}
          word={(value) => label('appearance', value)}
        />
        <Either
          name={t('shell.density')}
          kept={density}
          of={['comfortable', 'compact']}
          word={(value) => label('density', value)}
        />
      </div>
      <Swatches names={surfaces} />
      <Swatches names={status} />
      <Swatches names={series} />
      <div className="design-heat">
        {heat.map((name, i) => (
          <span
            key={name}
            style={{ background: `var(--${name})`, color: `var(--heat-ink${i < 3 ? '' : '-flipped'})` }}
          >
            {name}
          </span>
        ))}
      </div>
      {sizes.map((size) => (
        <div key={size} className="row">
          <code className="design-name">{size}</code>
          <span style={{ fontSize: `var(--${size})`, lineHeight: `var(--${size}-line)` }}>
            {t('design.sample')} <b>8.16</b>
          </span>
        </div>
      ))}
    </section>
  )
}

const Swatches = ({ names }: { names: readonly string[] }) => (
  <div className="design-swatches">
    {names.map((name) => (
      <span key={name}>
        <i style={{ background: `var(--${name})` }} />
        <code>{name}</code>
      </span>
    ))}
  </div>
)
