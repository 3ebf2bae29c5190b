import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Measure } from '../../../contract/measurement.ts'
import { publishStandard, type StandardReply, type StoredDraft } from '../../../contract/standards.ts'
import { call } from '../../call.ts'
import { periodOf, stepped } from '../../ui/period.ts'
import { Detail } from '../../ui/states.tsx'
import { say } from '../../ui/toast.tsx'
import { useWords } from '../../words.ts'
import { DraftBar } from './draft-bar.tsx'
import { DraftSheet } from './draft-sheet.tsx'
import { type KeptDraft, refOf } from './kept-draft.ts'
import { secondsOf } from './limit-amount.ts'
import { LimitsSheet, limitRow } from './limits-sheet.tsx'
import { reasonWith, weighted } from './pairwise.ts'
import type { Weighed } from './pairwise-dialog.tsx'
import { ReplayPanel } from './replay-panel.tsx'
import { type Pack, packRows } from './rows.ts'
import { TrialPanel } from './trial-panel.tsx'
import { isDecimal, sumOfWeights } from './weights.ts'
import './publish.css'

const route = getRouteApi('/inside/standards/new')

interface Props {
  start: KeptDraft
  /** whether it comes from this browser, not yet saved to the server */
  kept: boolean
  /** whether the draft it belonged to is no longer there */
  gone: boolean
  newest: StandardReply
  today: string
  /** the last period to replay */
  replayed: string
  measures: readonly Measure[]
  keep: (draft: KeptDraft | undefined) => void
  onOpen: (draftId: string | undefined) => void
  onAgain: () => void
}

/** The draft as it is edited, tried, saved and published. */
export function PublishForm(props: Props) {
  const { start, kept, gone, newest, today, replayed, measures, keep, onOpen, onAgain } = props
  const { t, said } = useWords()
  const queries = useQueryClient()
  const navigate = route.useNavigate()
  const [rows, setRows] = useState(start.rows)
  const [limits, setLimits] = useState(() => start.limits.map(limitRow))
  const [effectiveOn, setEffectiveOn] = useState(start.effectiveOn)
  const [reason, setReason] = useState(start.reason)
  const [opened, setOpened] = useState(start.draft)
  const [unsaved, setUnsaved] = useState(kept)
  const [touched, setTouched] = useState(false)
  const timeLimits = limits.map(({ limit }) => limit)
  const content = { basedOn: start.basedOn, rows, limits: timeLimits, effectiveOn, reason }
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is kept is made of these, and new with each drawing
  useEffect(() => {
    if (touched) keep({ ...content, draft: opened })
  }, [touched, rows, limits, effectiveOn, reason, opened])
  const drafts = rows.map(({ draft }) => draft)
  const publishing = useMutation({
    mutationFn: () =>
      call(publishStandard, {
        body: {
          effectiveOn,
          reason,
          indicators: drafts,
          timeLimits,
          ...(opened && { draft: { id: opened.id, version: opened.version } }),
        },
      }),
    onSuccess: async ({ version }) => {
      keep(undefined)
      await queries.invalidateQueries()
      void navigate({ to: '/standards', search: { version } })
    },
  })
  const sum = sumOfWeights(drafts.map(({ weight }) => weight))
  const doubts = rows.filter(({ draft, unread }) => unread.length > 0 || draft.measure === '').length
  const readable =
    drafts.every(({ weight, target }) => isDecimal(weight) && isDecimal(target.value)) &&
    limits.every(({ amount, unit }) => secondsOf(amount, unit) !== undefined)
  const ready = sum === '100' && readable && doubts === 0 && reason.trim() !== '' && effectiveOn !== ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) publishing.mutate()
  }
  const change =
    <Value,>(set: (value: Value) => void) =>
    (value: Value) => {
      setTouched(true)
      setUnsaved(true)
      set(value)
    }
  const saved = (stored: StoredDraft) => {
    const another = stored.id !== opened?.id
    keep(undefined)
    setTouched(false)
    setUnsaved(false)
    setOpened(refOf(stored))
    if (another) onOpen(stored.id)
  }
  const compared = useRef<string>(undefined)
  const takeWeights = (weighed: Weighed) => {
    const sentence = t('pair.reason', { n: weighed.consistency })
    change(setRows)(weighted(rows, weighed))
    setReason(reasonWith(reason, compared.current, sentence))
    compared.current = sentence
    say(t('pair.taken'), () => {
      setRows(rows)
      setReason(reason)
    })
  }
  const takePack = (pack: Pack) => {
    change(setRows)(packRows(pack))
    setLimits(pack.timeLimits.map(limitRow))
    say(t('packs.taken', { name: said(pack.title) }), () => {
      setRows(rows)
      setLimits(limits)
    })
  }
  return (
    <form onSubmit={submit}>
      <div className="page-head">
        <Link to="/standards" search={{}}>
          {t('standards.title')}
        </Link>
        <span className="soft">/</span>
        <h1>{t('standards.publish')}</h1>
        <span className="soft small">{t('standards.basedOn', { version: start.basedOn })}</span>
        <span className="grow" />
        {(!opened || unsaved) && (
          <Button size="small" onClick={onAgain}>
            {opened ? t('drafts.discard') : t('standards.again', { version: newest.version })}
          </Button>
        )}
      </div>
      <div className="stack">
        <DraftBar
          opened={opened}
          unsaved={unsaved}
          content={() => content}
          onOpen={onOpen}
          onSaved={saved}
          onReread={onAgain}
          onDeleted={() => {
            keep(undefined)
            onOpen(undefined)
          }}
        />
        {gone && <p className="refusal">{t('drafts.gone')}</p>}
        {start.basedOn !== newest.version && (
          <p className="refusal">
            {t('standards.outdated', { old: start.basedOn, version: newest.version })}
          </p>
        )}
        <DraftSheet
          rows={rows}
          measures={measures}
          sum={sum}
          doubts={doubts}
          onChange={change(setRows)}
          onWeighed={takeWeights}
          onPack={takePack}
        />
        <TrialPanel drafts={drafts} period={stepped(periodOf('month', today), -1)} />
        <ReplayPanel drafts={drafts} period={replayed} />
        <h2>{t('standards.limits')}</h2>
        <LimitsSheet rows={limits} onChange={change(setLimits)} />
        <section className="panel publish-fields">
          <label htmlFor="effective-on">{t('standards.effectiveOn')}</label>
          <Input
            id="effective-on"
            className="day-input"
            type="date"
            required
            value={effectiveOn}
            onChange={(event) => change(setEffectiveOn)(event.target.value)}
          />
          <label htmlFor="reason">{t('standards.reason')}</label>
          <Input.TextArea
            id="reason"
            required
            maxLength={400}
            rows={2}
            value={reason}
            placeholder={t('standards.reasonHint')}
            onChange={(event) => change(setReason)(event.target.value)}
          />
        </section>
        {publishing.error && (
          <div role="alert" className="refusal">
            <Detail error={publishing.error} />
          </div>
        )}
        <div className="row">
          <Button type="primary" htmlType="submit" disabled={!ready} loading={publishing.isPending}>
            {t('standards.publish')}
          </Button>
          <span className="soft small">{t('standards.keeps')}</span>
        </div>
      </div>
    </form>
  )
}
