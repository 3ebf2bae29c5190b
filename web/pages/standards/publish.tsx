import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { readPeriods } from '../../../contract/measurement.ts'
import { publishStandard, type StandardReply } from '../../../contract/standards.ts'
import { call } from '../../call.ts'
import { useMe } from '../../session.ts'
import { Mark } from '../../ui/mark.tsx'
import { Detail, Failure, Loading, NoPermission } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { type Draft, DraftTable } from './draft-table.tsx'
import { standardsQuery } from './standards.tsx'
import { isDecimal, sumOfWeights } from './weights.ts'
import './publish.css'

const route = getRouteApi('/inside/standards/new')

/** The next version starts as a copy of the newest; nothing already published changes. */
export function PublishPage() {
  const me = useMe()
  const list = useQuery(standardsQuery)
  const span = useQuery({ queryKey: ['periods'], queryFn: () => call(readPeriods, {}) })
  if (!me.can.editStandards) return <NoPermission />
  const failed = list.error ?? span.error
  if (failed) return <Failure error={failed} onRetry={() => void list.refetch()} />
  const newest = list.data?.items[0]
  if (!newest || !span.data) return <Loading rows={8} />
  return <PublishForm newest={newest} today={span.data.today} />
}

function PublishForm({ newest, today }: { newest: StandardReply; today: string }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const navigate = route.useNavigate()
  const [drafts, setDrafts] = useState<Draft[]>(() => newest.indicators.map(draftOf))
  const [effectiveOn, setEffectiveOn] = useState(today)
  const [reason, setReason] = useState('')
  const publishing = useMutation({
    mutationFn: () =>
      call(publishStandard, {
        body: { effectiveOn, reason, indicators: drafts, timeLimits: newest.timeLimits },
      }),
    onSuccess: async ({ version }) => {
      await queries.invalidateQueries()
      void navigate({ to: '/standards', search: { version } })
    },
  })
  const sum = sumOfWeights(drafts.map(({ weight }) => weight))
  const readable = drafts.every(({ weight, target }) => isDecimal(weight) && isDecimal(target.value))
  const ready = sum === '100' && readable && reason.trim() !== '' && effectiveOn !== ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) publishing.mutate()
  }
  return (
    <form onSubmit={submit}>
      <div className="page-head">
        <Link to="/standards" search={{}}>
          {t('standards.title')}
        </Link>
        <span className="soft">/</span>
        <h1>{t('standards.publish')}</h1>
        <span className="soft">{t('standards.basedOn', { version: newest.version })}</span>
      </div>
      <div className="stack">
        <DraftTable drafts={drafts} onChange={setDrafts} />
        <div className="row">
          <Mark
            kind={sum === '100' ? 'good' : 'bad'}
            word={t(sum === '100' ? 'standards.sum' : 'standards.sumWrong', { n: sum })}
          />
        </div>
        <section className="panel publish-fields">
          <label htmlFor="effective-on">{t('standards.effectiveOn')}</label>
          <Input
            id="effective-on"
            className="day-input"
            type="date"
            required
            value={effectiveOn}
            onChange={(event) => setEffectiveOn(event.target.value)}
          />
          <label htmlFor="reason">{t('standards.reason')}</label>
          <Input.TextArea
            id="reason"
            required
            maxLength={400}
            rows={2}
            value={reason}
            placeholder={t('standards.reasonHint')}
            onChange={(event) => setReason(event.target.value)}
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

function draftOf(indicator: StandardReply['indicators'][number]): Draft {
  const { sentence: _s, targetText: _t, definition: _d, unit: _u, ...fields } = indicator
  return fields
}
