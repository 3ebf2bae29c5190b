import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { mostCompared, pairScale, weighPairs } from '../../../contract/standards.ts'
import { call } from '../../call.ts'
import { Choose } from '../../ui/choose.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Grid } from '../../ui/grid.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Detail } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { type Judged, judgedTimes, pairKey, pairsOf, type Times } from './pairwise.ts'
import type { Draft } from './rows.ts'
import './pairwise-dialog.css'

export type Weighed = z.output<typeof weighPairs.reply>

interface Props {
  drafts: readonly Draft[]
  onWeighed: (weighed: Weighed) => void
}

/** Opens the comparison; what was judged stays while the page is open. */
export function PairwiseWeights({ drafts, onWeighed }: Props) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  const [judged, setJudged] = useState<Judged>({})
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('pair.open')}</Button>
      {open && (
        <Dialog title={t('pair.title')} place="side" onClose={() => setOpen(false)}>
          {drafts.length < 2 || drafts.length > mostCompared ? (
            <p>{t('pair.count', { most: mostCompared, n: drafts.length })}</p>
          ) : (
            <Comparison
              drafts={drafts}
              judged={judged}
              onJudge={(key, times) => setJudged({ ...judged, [key]: times })}
              onWeighed={(weighed) => {
                setOpen(false)
                onWeighed(weighed)
              }}
            />
          )}
        </Dialog>
      )}
    </>
  )
}

interface ComparisonProps extends Props {
  judged: Judged
  onJudge: (key: string, times: Times) => void
}

/** Every two indicators, then the weights that come of it, or why they cannot be used. */
function Comparison({ drafts, judged, onJudge, onWeighed }: ComparisonProps) {
  const { t, language } = useWords()
  const nameOf = ({ nameZh, nameEn }: Draft) => (language === 'zh' ? nameZh : nameEn)
  const pairs = pairsOf(drafts).map(({ left, right }) => ({
    left,
    right,
    times: judgedTimes(judged, left.code, right.code),
  }))
  const open = pairs.filter(({ times }) => times === undefined).length
  const weighing = useMutation({
    mutationFn: () =>
      call(weighPairs, {
        body: {
          indicators: drafts.map(({ code, nameZh, nameEn }) => ({ code, nameZh, nameEn })),
          judgements: pairs.flatMap(({ left, right, times }) =>
            times === undefined ? [] : [{ left: left.code, right: right.code, times }],
          ),
        },
      }),
  })
  return (
    <div className="stack pairwise">
      <p className="soft">{t('pair.how')}</p>
      <ul className="pairs">
        {pairs.map(({ left, right, times }) => (
          <li key={pairKey(left.code, right.code)}>
            <span>{t('pair.of', { left: nameOf(left), right: nameOf(right) })}</span>
            <PairChoice
              left={nameOf(left)}
              right={nameOf(right)}
              value={times}
              onChange={(chosen) => {
                weighing.reset()
                onJudge(pairKey(left.code, right.code), chosen)
              }}
            />
          </li>
        ))}
      </ul>
      <div className="row">
        <Button
          type={weighing.data ? 'default' : 'primary'}
          onClick={() => weighing.mutate()}
          disabled={open > 0}
          loading={weighing.isPending}
        >
          {t('pair.weigh')}
        </Button>
        {open > 0 && <span className="soft small">{t('pair.left', { n: open })}</span>}
      </div>
      {weighing.error && (
        <div role="alert" className="refusal">
          <Detail error={weighing.error} />
        </div>
      )}
      {weighing.data && <Outcome drafts={drafts} weighed={weighing.data} onTake={onWeighed} />}
    </div>
  )
}

function PairChoice({
  left,
  right,
  value,
  onChange,
}: {
  left: string
  right: string
  value: Times | undefined
  onChange: (times: Times) => void
}) {
  const { t, label } = useWords()
  const wordOf = (times: Times) => {
    const steps = times.replace('1/', '')
    if (steps === '1') return t('pair.same')
    const name = times.startsWith('1/') ? right : left
    return t('pair.more', { name, word: label('pairWord', steps), n: steps })
  }
  return (
    <Choose
      label={t('pair.of', { left, right })}
      {...(value === undefined && { all: t('pair.choose') })}
      value={value}
      options={pairScale.map((times) => ({ value: times, label: wordOf(times) }))}
      onChange={(chosen) => chosen && onChange(chosen as Times)}
    />
  )
}

function Outcome({
  drafts,
  weighed,
  onTake,
}: {
  drafts: readonly Draft[]
  weighed: Weighed
  onTake: (weighed: Weighed) => void
}) {
  const { t, said } = useWords()
  const weights = new Map(weighed.weights.map(({ code, weight }) => [code, weight]))
  return (
    <div className="stack pairwise" aria-live="polite">
      <Mark kind="good" word={t('pair.consistent', { n: weighed.consistency })} />
      <Grid
        caption={t('pair.weights')}
        rows={[...drafts]}
        keyOf={({ code }) => code}
        columns={[
          {
            key: 'name',
            title: t('standards.name'),
            wrap: true,
            cell: ({ nameZh, nameEn }) => said({ zh: nameZh, en: nameEn }),
          },
          { key: 'was', title: t('pair.was'), right: true, wide: true, cell: ({ weight }) => weight },
          {
            key: 'weight',
            title: t('pair.weights'),
            right: true,
            cell: ({ code }) => <b>{weights.get(code)}</b>,
          },
        ]}
      />
      <div className="row">
        <Button type="primary" onClick={() => onTake(weighed)}>
          {t('pair.take')}
        </Button>
      </div>
    </div>
  )
}
