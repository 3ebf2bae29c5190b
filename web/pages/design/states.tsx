import { Button } from 'antd'
import { Refused } from '../../call.ts'
import { StaleBar } from '../../ui/stale-bar.tsx'
import { Empty, Failure, Loading, NoPermission } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'

/** What a page shows when it has nothing, not yet, no longer, or not for you. */
export function States() {
  const { t } = useWords()
  const broken = new Refused({
    type: 'about:blank',
    title: 'internal',
    status: 500,
    code: 'internal',
    detail: t('state.unanswered'),
    request: 'JftNVNnYo6iz',
  })
  return (
    <section className="panel stack">
      <h2>{t('design.states')}</h2>
      <StaleBar since="2026-06-12T10:00:00Z" why={t('state.unanswered')} onRetry={() => undefined} />
      <div className="design-halves">
        <div className="panel">
          <Empty title={t('design.empty')} action={<Button type="primary">{t('design.primary')}</Button>}>
            {t('design.emptyWhy')}
          </Empty>
        </div>
        <div className="panel">
          <NoPermission />
        </div>
        <Failure error={broken} onRetry={() => undefined} />
        <div className="panel">
          <Loading rows={4} />
        </div>
        <div className="panel">
          <Loading shape="table" rows={4} />
        </div>
        <div className="panel">
          <Loading shape="chart" />
        </div>
      </div>
    </section>
  )
}
