import { useQuery } from '@tanstack/react-query'
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

/** Each pack shows its numbers before it is taken. */
export function PackStep({ value, onChange }: Choice<(typeof packName.options)[number]>) {
  const { t, said } = useWords()
  const packs = useQuery({ queryKey: ['packs'], queryFn: () => call(listPacks, {}) })
  if (packs.error) return <Failure error={packs.error} onRetry={() => void packs.refetch()} />
  if (!packs.data) return <Loading />
  return (
    <fieldset className="choices-cards">
      <legend>{t('setUp.packWhat')}</legend>
      {packs.data.items.map((pack) => {
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
          </Card>
        )
      })}
    </fieldset>
  )
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
  const kindOf = ({ priority, complexity, channel }: Limit) =>
    [
      priority && label('priority', priority),
      complexity && label('complexity', complexity),
      channel && label('channel', channel),
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
