import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { packName } from '../../../contract/access.ts'
import { listPacks } from '../../../contract/standards.ts'
import { call } from '../../call.ts'
import { Failure, Loading } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { Card } from './card.tsx'
import type { Choice } from './set-up-steps.tsx'

type Pack = z.output<typeof listPacks.reply>['items'][number]
type Limit = Pack['timeLimits'][number]

type Choosing = Choice<(typeof packName.options)[number]>

/** Each pack shows its numbers before it is taken: first those of the sources, then what they become in an industry. */
export function PackStep({ value, onChange }: Choosing) {
  const { t } = useWords()
  const packs = useQuery({ queryKey: ['packs'], queryFn: () => call(listPacks, {}) })
  if (packs.error) return <Failure error={packs.error} onRetry={() => void packs.refetch()} />
  if (!packs.data) return <Loading />
  return (
    <fieldset className="choices-packs">
      <legend>{t('setUp.packWhat')}</legend>
      <div className="choices-cards">
        <Cards
          packs={packs.data.items.filter(({ basedOn }) => basedOn === null)}
          value={value}
          onChange={onChange}
        />
      </div>
      <Industries
        packs={packs.data.items.filter(({ basedOn }) => basedOn !== null)}
        value={value}
        onChange={onChange}
      />
    </fieldset>
  )
}

/** Folded until wanted, unless one of them was chosen before: the first view stays four cards. */
function Industries({ packs, value, onChange }: Choosing & { packs: Pack[] }) {
  const { t } = useWords()
  const [open] = useState(packs.some(({ name }) => name === value))
  return (
    <details className="guessed" open={open}>
      <summary>
        <span>{t('setUp.industries', { n: packs.length })}</span>
        <span className="guessed-change">{t('setUp.show')}</span>
      </summary>
      <div className="choices-cards">
        <Cards packs={packs} value={value} onChange={onChange} />
      </div>
    </details>
  )
}

function Cards({ packs, value, onChange }: Choosing & { packs: Pack[] }) {
  const { said } = useWords()
  return packs.map((pack) => {
    const name = packName.safeParse(pack.name).data
    if (!name) return null
    return (
      <Card
        key={name}
        name="pack"
        checked={name === value}
        onChoose={() => onChange(name)}
        title={said(pack.title)}
      >
        <PackNumbers pack={pack} />
        {pack.basedOn && <p className="pack-source small soft">{said(pack.source)}</p>}
      </Card>
    )
  })
}

function PackNumbers({ pack }: { pack: Pack }) {
  const { t, said, language } = useWords()
  return (
    <>
      <table>
        <thead>
          <tr>
            <th>{t('setUp.indicator')}</th>
            <th className="number">{t('setUp.target')}</th>
            <th className="number">{t('setUp.weight')}</th>
          </tr>
        </thead>
        <tbody>
          {pack.indicators.map((indicator) => (
            <tr key={indicator.nameZh}>
              <td>{language === 'zh' ? indicator.nameZh : indicator.nameEn}</td>
              <td className="number">{said(indicator.targetText)}</td>
              <td className="number">{indicator.weight}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Limits limits={pack.timeLimits} />
    </>
  )
}

/** The limits of single records, a line for each clock. */
function Limits({ limits }: { limits: Limit[] }) {
  const { t, label } = useWords()
  const { duration } = useNumbers()
  const clocks = [...new Set(limits.map(({ clock }) => clock))]
  if (clocks.length === 0) return null
  const kindOf = ({ priority, complexity, channel, faultLevel }: Limit) =>
    [
      priority && label('priority', priority),
      complexity && label('complexity', complexity),
      channel && label('channel', channel),
      faultLevel,
    ]
      .filter(Boolean)
      .join(' ')
  return (
    <dl className="limits small">
      {clocks.map((clock) => (
        <div key={clock}>
          <dt className="soft">{label('limit', clock)}</dt>
          <dd>
            {limits
              .filter((limit) => limit.clock === clock)
              .map((limit) => [kindOf(limit), duration(limit.seconds / 60)].filter(Boolean).join(' '))
              .join(t('setUp.and'))}
          </dd>
        </div>
      ))}
    </dl>
  )
}
