import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { downloadStandard, type StandardReply } from '../../../contract/standards.ts'
import { addressOf } from '../../paths.ts'
import { useMe } from '../../session.ts'
import { Choose } from '../../ui/choose.tsx'
import { Grid } from '../../ui/grid.tsx'
import { useLimitText } from '../../ui/limit-text.ts'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { IndicatorTable } from './indicator-table.tsx'
import { standardsQuery } from './standards-query.ts'
import { Versions } from './versions.tsx'

const route = getRouteApi('/inside/standards')

/** What figures are judged by: each version as 表1, with its day, author and reason. */
export function StandardsPage() {
  const { t } = useWords()
  const me = useMe()
  const { version } = route.useSearch()
  const navigate = route.useNavigate()
  const list = useQuery(standardsQuery)
  if (list.error) return <Failure error={list.error} onRetry={() => void list.refetch()} />
  if (!list.data) return <Loading rows={8} />
  const versions = list.data.items
  const shown = versions.find((one) => one.version === version) ?? versions[0]
  const show = (chosen: number | undefined) => void navigate({ search: { version: chosen } })
  return (
    <>
      <div className="page-head">
        <h1>{t('standards.title')}</h1>
        {shown && (
          <Choose
            label={t('standards.version')}
            value={String(shown.version)}
            options={versions.map((one) => ({
              value: String(one.version),
              label: t('standards.versionFrom', { version: one.version, day: one.effectiveOn }),
            }))}
            onChange={(chosen) => show(chosen ? Number(chosen) : undefined)}
          />
        )}
        <span className="grow" />
        {shown && (
          <a href={addressOf(downloadStandard, { query: { version: shown.version } })} download>
            {t('standards.download')}
          </a>
        )}
        <Link to="/standards/measures">{t('page.ownMeasures')}</Link>
        {me.can.editStandards && shown && <Link to="/standards/new">{t('standards.publish')}</Link>}
      </div>
      {shown ? (
        <div className="stack">
          <p className="soft">
            {shown.reason} · {shown.author ?? '—'}
          </p>
          <IndicatorTable indicators={shown.indicators} />
          <Limits limits={shown.timeLimits} />
          <Versions versions={versions} shown={shown.version} onShow={show} />
        </div>
      ) : (
        <Empty title={t('board.noStandard')} />
      )}
    </>
  )
}

function Limits({ limits }: { limits: StandardReply['timeLimits'] }) {
  const { t, label } = useWords()
  const limitText = useLimitText()
  if (limits.length === 0) return null
  return (
    <>
      <h2>{t('standards.limits')}</h2>
      <Grid
        caption={t('standards.limits')}
        rows={limits}
        keyOf={(limit) =>
          [limit.clock, limit.priority, limit.complexity, limit.channel, limit.faultLevel].join(' ')
        }
        columns={[
          { key: 'clock', title: t('standards.clock'), cell: ({ clock }) => label('limit', clock) },
          {
            key: 'priority',
            title: t('field.priority'),
            cell: ({ priority }) => (priority ? label('priority', priority) : t('limits.every')),
          },
          {
            key: 'complexity',
            title: t('field.complexity'),
            cell: ({ complexity }) => (complexity ? label('complexity', complexity) : t('limits.every')),
          },
          {
            key: 'channel',
            title: t('field.channel'),
            cell: ({ channel }) => (channel ? label('channel', channel) : t('limits.every')),
          },
          {
            key: 'faultLevel',
            title: t('field.fault_level'),
            cell: ({ faultLevel }) => faultLevel || t('limits.every'),
          },
          {
            key: 'within',
            title: t('standards.within'),
            right: true,
            cell: (limit) => limitText(limit).within,
          },
          { key: 'runs', title: t('limits.runs'), wide: true, cell: (limit) => limitText(limit).runs },
        ]}
      />
    </>
  )
}
