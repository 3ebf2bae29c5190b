import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { listMeasures, type Measure, readPeriods } from '../../../contract/measurement.ts'
import { publishStandard, type StandardReply } from '../../../contract/standards.ts'
import { call } from '../../call.ts'
import { useMe } from '../../session.ts'
import { grainOf, periodOf, stepped } from '../../ui/period.ts'
import { Detail, Failure, Loading, NoPermission } from '../../ui/states.tsx'
import { say } from '../../ui/toast.tsx'
import { useWords } from '../../words.ts'
import { newestPeriod } from '../measurement/newest-period.ts'
import { DraftSheet } from './draft-sheet.tsx'
import { type KeptDraft, keepDraft, keptDraft } from './kept-draft.ts'
import { secondsOf } from './limit-amount.ts'
import { LimitsSheet, limitRow } from './limits-sheet.tsx'
import { reasonWith, weighted } from './pairwise.ts'
import type { Weighed } from './pairwise-dialog.tsx'
import { ReplayPanel } from './replay-panel.tsx'
import { draftOf, rowOf } from './rows.ts'
import { standardsQuery } from './standards-query.ts'
import { TrialPanel } from './trial-panel.tsx'
import { isDecimal, sumOfWeights } from './weights.ts'
import './publish.css'

const route = getRouteApi('/inside/standards/new')
export const measuresQuery = {
  queryKey: ['measures'],
  queryFn: () => call(listMeasures, {}),
  staleTime: 300_000,
}

/** The next version starts as a copy of the newest, or as the draft left in this browser; nothing published changes. */
export function PublishPage() {
  const me = useMe()
  const list = useQuery(standardsQuery)
  const measures = useQuery(measuresQuery)
  const span = useQuery({ queryKey: ['periods'], queryFn: () => call(readPeriods, {}) })
  const [started, setStarted] = useState(0)
  if (!me.can.editStandards) return <NoPermission />
  const failed = list.error ?? span.error ?? measures.error
  if (failed) return <Failure error={failed} onRetry={() => void list.refetch()} />
  const newest = list.data?.items[0]
  if (!newest || !span.data || !measures.data) return <Loading rows={8} />
  const fresh: KeptDraft = {
    basedOn: newest.version,
    rows: newest.indicators.map((one) => rowOf(draftOf(one))),
    limits: newest.timeLimits,
    effectiveOn: span.data.today,
    reason: '',
  }
  const owner = [me.organization.id, me.userId] as const
  return (
    <PublishForm
      key={started}
      start={keptDraft(...owner) ?? fresh}
      newest={newest}
      today={span.data.today}
      replayed={lastWhole(span.data, me.organization.monitoringPeriod)}
      measures={measures.data.items}
      keep={(draft) => keepDraft(...owner, draft)}
      onAgain={() => {
        keepDraft(...owner, undefined)
        setStarted(started + 1)
      }}
    />
  )
}

/** The newest period with records that is over. */
function lastWhole(span: { to: string | null; today: string }, monitoringPeriod: string): string {
  const newest = newestPeriod(span, monitoringPeriod)
  return newest === periodOf(grainOf(newest), span.today) ? stepped(newest, -1) : newest
}

interface Props {
  start: KeptDraft
  newest: StandardReply
  today: string
  /** the last period to replay */
  replayed: string
  measures: readonly Measure[]
  keep: (draft: KeptDraft | undefined) => void
  onAgain: () => void
}

function PublishForm({ start, newest, today, replayed, measures, keep, onAgain }: Props) {
  const { t } = useWords()
  const queries = useQueryClient()
  const navigate = route.useNavigate()
  const [rows, setRows] = useState(start.rows)
  const [limits, setLimits] = useState(() => start.limits.map(limitRow))
  const [effectiveOn, setEffectiveOn] = useState(start.effectiveOn)
  const [reason, setReason] = useState(start.reason)
  const [touched, setTouched] = useState(false)
  useEffect(() => {
    if (!touched) return
    const timeLimits = limits.map(({ limit }) => limit)
    keep({ basedOn: start.basedOn, rows, limits: timeLimits, effectiveOn, reason })
  }, [touched, rows, limits, effectiveOn, reason, keep, start.basedOn])
  const drafts = rows.map(({ draft }) => draft)
  const publishing = useMutation({
    mutationFn: () =>
      call(publishStandard, {
        body: { effectiveOn, reason, indicators: drafts, timeLimits: limits.map(({ limit }) => limit) },
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
      set(value)
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
  return (
    <form onSubmit={submit}>
      <div className="page-head">
        <Link to="/standards" search={{}}>
          {t('standards.title')}
        </Link>
        <span className="soft">/</span>
        <h1>{t('standards.publish')}</h1>
        <span className="soft small">{t('standards.basedOn', { version: start.basedOn })}</span>
        <span className="soft small">{t('standards.keptHere')}</span>
        <span className="grow" />
        <Button size="small" onClick={onAgain}>
          {t('standards.again', { version: newest.version })}
        </Button>
      </div>
      <div className="stack">
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
