import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Select } from 'antd'
import { listStandards, type StandardReply } from '../../../contract/standards.ts'
import { call } from '../../call.ts'
import { useMe } from '../../session.ts'
import { Grid } from '../../ui/grid.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { sumOfWeights } from './weights.ts'

const route = getRouteApi('/inside/standards')
export const standardsQuery = { queryKey: ['standards'], queryFn: () => call(listStandards, {}) }

/** What figures are judged by: each version as 表1, with its day, author and reason. */
export function StandardsPage() {
  const { t } = useWords()
  const me = useMe()
  const { version } = route.useSearch()
  const navigate = route.useNavigate()
  const list = useQuery(standardsQuery)
  if (list.error) return <Failure error={list.error} onRetry={() => void list.refetch()} />
  if (!list.data) return <Loading rows={8} />
  const shown = list.data.items.find((one) => one.version === version) ?? list.data.items[0]
  return (
    <>
      <div className="page-head">
        <h1>{t('standards.title')}</h1>
        <Select
          aria-label={t('standards.version')}
          className="search"
          value={shown?.version ?? null}
          onChange={(chosen) => void navigate({ search: { version: chosen ?? undefined } })}
          options={list.data.items.map((one) => ({
            value: one.version,
            label: t('standards.versionFrom', { version: one.version, day: one.effectiveOn }),
          }))}
        />
        <span className="grow" />
        {me.can.editStandards && shown && <Link to="/standards/new">{t('standards.publish')}</Link>}
      </div>
      {shown ? <Version standard={shown} /> : <Empty title={t('board.noStandard')} />}
    </>
  )
}

function Version({ standard }: { standard: StandardReply }) {
  const { t, said, label, language } = useWords()
  const { stamp, duration } = useNumbers()
  return (
    <div className="stack">
      <p className="soft">
        {standard.reason} · {standard.author ?? '—'} ·{' '}
        <span className="number">{stamp(standard.publishedAt)}</span>
      </p>
      <Grid
        caption={t('standards.table')}
        rows={standard.indicators}
        keyOf={({ code }) => code}
        columns={[
          {
            key: 'dimension',
            title: t('standards.dimension'),
            cell: ({ dimension }) => label('dimension', dimension),
          },
          {
            key: 'name',
            title: t('standards.name'),
            cell: ({ nameZh, nameEn }) => <b>{language === 'zh' ? nameZh : nameEn}</b>,
          },
          {
            key: 'definition',
            wrap: true,
            title: t('standards.definition'),
            wide: true,
            cell: ({ definition }) => said(definition),
          },
          { key: 'source', title: t('standards.source'), wide: true, cell: ({ source }) => source },
          {
            key: 'period',
            title: t('standards.period'),
            wide: true,
            cell: ({ period }) => label('grain', period),
          },
          { key: 'weight', title: t('standards.weight'), right: true, cell: ({ weight }) => weight },
          {
            key: 'target',
            title: t('standards.target'),
            right: true,
            cell: ({ targetText }) => said(targetText),
          },
          { key: 'rule', wrap: true, title: t('standards.rule'), cell: ({ sentence }) => said(sentence) },
        ]}
      />
      <p className="number">
        {t('standards.sum', { n: sumOfWeights(standard.indicators.map(({ weight }) => weight)) })}
      </p>
      {standard.timeLimits.length > 0 && (
        <>
          <h2>{t('standards.limits')}</h2>
          <Grid
            caption={t('standards.limits')}
            rows={standard.timeLimits}
            keyOf={(limit) => [limit.clock, limit.priority, limit.complexity, limit.channel].join(' ')}
            columns={[
              { key: 'clock', title: t('standards.clock'), cell: ({ clock }) => label('limit', clock) },
              {
                key: 'priority',
                title: t('field.priority'),
                cell: ({ priority }) => priority && label('priority', priority),
              },
              {
                key: 'complexity',
                title: t('field.complexity'),
                cell: ({ complexity }) => complexity && label('complexity', complexity),
              },
              {
                key: 'channel',
                title: t('field.channel'),
                cell: ({ channel }) => channel && label('channel', channel),
              },
              {
                key: 'within',
                title: t('standards.within'),
                right: true,
                cell: ({ seconds }) => duration(seconds / 60),
              },
            ]}
          />
        </>
      )}
    </div>
  )
}
